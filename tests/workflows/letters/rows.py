"""Rows that want letters."""

from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, Bench, open_task
from workflows.cases.models import Task
from workflows.letters.models import Letter
from workflows.letters.services import MemberLine, save_order

APPOINT_ITEMS = [
    {"key": "members", "text": "รายชื่อ", "step": "appoint", "needs": "members"},
    {"key": "order", "text": "คำสั่ง", "step": "appoint", "needs": "order"},
    {"key": "number", "text": "เลขคำสั่ง", "step": "appoint", "needs": "number"},
]
TWO = (
    MemberLine("นายสาธิต ตัวอย่าง", "นักวิชาการคอมพิวเตอร์", "ประธาน"),
    MemberLine("นางสมมติ ตัวอย่าง", "ครู", "กรรมการ"),
)


def appoint_task(bench: Bench) -> Task:
    flow = make_flow([{"key": "appoint", "kind": "appoint"}, "work"], items=APPOINT_ITEMS)
    return open_task(bench.start(flow))


def asking_task(bench: Bench, **step: object) -> Task:
    deciding = {
        "key": "ask", "kind": "propose", "decides": "decide", "chain": ["director"],
        "verb": "ให้ความเห็นชอบ", **step,
    }  # fmt: skip
    return open_task(bench.start(make_flow([deciding, "after"])))


def letter_task(bench: Bench) -> Task:
    """A row that waits for a letter from outside."""
    items = [{"key": "letter", "text": "หนังสือ", "step": "notice", "needs": "letter"}]
    return open_task(
        bench.start(make_flow([{"key": "notice", "external": True}, "work"], items=items))
    )


def sending_task(bench: Bench) -> Task:
    items = [{"key": "number", "text": "เลขหนังสือ", "step": "send", "needs": "number"}]
    return open_task(
        bench.start(make_flow([{"key": "send", "kind": "letter"}, "work"], items=items))
    )


def write_order(task: Task, bench: Bench, **values: object) -> Letter:
    facts = {
        "subject": "แต่งตั้งคณะทำงาน", "authority": "มาตรา 37", "duties": "ดำเนินการ",
        "signer": "นายผู้ลงนาม ตัวอย่าง", "signer_post": "ผู้อำนวยการ", "members": TWO, **values,
    }  # fmt: skip
    return save_order(task, by=bench.officer, now=MONDAY, **facts)


def needs_met(task: Task) -> list[str]:
    return sorted(Task.objects.get(pk=task.pk).ticks)
