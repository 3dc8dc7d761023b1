"""The five parts of a memo that gets read, and what a row offers for them."""

from dataclasses import dataclass

from portal.accounts.posts import director_post
from processes.shape import Decides
from workflows.cases import rules
from workflows.cases.models import Task, TaskStatus
from workflows.letters.earlier import copied_case, earlier_round
from workflows.letters.models import Letter, LetterKind


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a memo: the key it is stored under, its printed heading, what belongs in it."""

    key: str
    label: str
    hint: str
    required: bool


PROPOSAL = "proposal"
PARTS = (
    Part("background", "เรื่องเดิม", "ความเป็นมา คำสั่ง หรือหนังสือที่เกี่ยวข้องก่อนหน้านี้", False),
    Part("facts", "ข้อเท็จจริง", "สิ่งที่ดำเนินการแล้ว ข้อมูลและตัวเลขที่ผู้พิจารณาต้องรู้", True),
    Part("law", "ข้อกฎหมาย/ระเบียบ", "กฎหมาย ระเบียบ หรือหนังสือสั่งการที่ใช้พิจารณา", False),
    Part("considerations", "ข้อพิจารณา", "ความเห็นของผู้เสนอ ทางเลือก ข้อดีและข้อจำกัด", True),
    Part(PROPOSAL, "ข้อเสนอ", "ขอให้พิจารณาเรื่องใด ผู้พิจารณาจะเห็นส่วนนี้เป็นส่วนแรก", True),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a memo form shows before anything was saved; `source` is where it is from.

    `latest` are the results of this round, where the words taken over do not tell them.
    """

    to: str
    subject: str
    urgency: str
    parts: dict[str, str]
    source: str = ""
    latest: str = ""


def memo_of(task: Task) -> Letter | None:
    """The memo of this row in this round."""
    return task.letters.filter(kind=LetterKind.MEMO).select_related("edited_by").first()


def missing_parts(memo: Letter | None) -> list[str]:
    """In Thai, what a memo still lacks before it can be put up."""
    if memo is None:
        return ["บันทึกข้อความ"]
    lacking = [
        label for label, value in (("เรียน", memo.to), ("เรื่อง", memo.subject)) if not value.strip()
    ]
    return lacking + [
        part.label
        for part in PARTS
        if part.required and not str(memo.fields.get(part.key, "")).strip()
    ]


def written_parts(memo: Letter | None) -> list[tuple[str, str]]:
    """Headings and texts of what is written, in printed order."""
    fields = memo.fields if memo else {}
    return [(part.label, fields[part.key]) for part in PARTS if fields.get(part.key)]


def offer(task: Task) -> Offer:
    """The row's earlier memo, of a round before or of last year's case, or a beginning."""
    earlier = earlier_round(task, LetterKind.MEMO)
    if earlier is not None:
        return _from(earlier, f"รอบที่ {earlier.task.round}", _facts(task))
    earlier = copied_case(task, LetterKind.MEMO)
    if earlier is not None:
        return _from(earlier, f"เรื่อง {earlier.task.case.code}", _facts(task))
    post = director_post()
    return Offer(
        to=post.title if post else "",
        subject=task.case.title,
        urgency="",
        parts={"facts": _facts(task), PROPOSAL: _closing_words(task)},
    )


def _from(memo: Letter, source: str, latest: str) -> Offer:
    told = latest in str(memo.fields.get("facts", ""))
    return Offer(
        memo.to, memo.subject, memo.urgency, dict(memo.fields), source, "" if told else latest
    )


def _facts(task: Task) -> str:
    """The results of the rows finished before this one, a line each."""
    done = Task.objects.filter(
        case=task.case_id, status=TaskStatus.DONE, activity=0,
        step__position__lt=task.step.position,
    ).select_related("step").prefetch_related("step__items")  # fmt: skip
    newest = {row.step.position: row for row in done.order_by("step__position", "round")}
    told = ((row.step.chart_text, _came_of(row)) for row in newest.values())
    return "\n".join(f"{text}: {said}" for text, said in told if said)


def _came_of(row: Task) -> str:
    """The result of a row, and what its sheet comes to."""
    totals = rules.shown_sheet(row).get("totals", [])
    sums = " ".join(_in_words(total["label"], total["text"]) for total in totals)
    return " ".join(part for part in (row.result.strip(), sums) if part)


def _in_words(label: str, amount: str) -> str:
    """`งบประมาณรวม (บาท)` and its amount as a sentence says them: the unit comes last."""
    words, _, unit = label.partition(" (")
    return f"{words} {amount} {unit.rstrip(')')}".rstrip()


def _closing_words(task: Task) -> str:
    if task.step.decides == Decides.ACKNOWLEDGE:
        return f"จึงเรียนมาเพื่อโปรด{task.step.verb or 'ทราบ'}"
    verb = task.step.verb
    asked = verb if verb.startswith("พิจารณา") else f"พิจารณา{verb}"
    return f"จึงเรียนมาเพื่อโปรด{asked}"
