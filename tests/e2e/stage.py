"""What stands in the office before somebody opens a browser: made by the services, not by hand."""

from django.utils import timezone

from portal.demo.people import Cast
from processes.models import Flow
from tests.factories.standard import make_flow
from tests.factories.work import complete, open_task
from workflows.approvals.models import Decision
from workflows.approvals.submitting import submit
from workflows.cases import opening
from workflows.cases.models import Case, Task
from workflows.letters.services import save_memo

MEMO = {
    "facts": "ดำเนินการแล้ว",
    "considerations": "พิจารณาแล้วเห็นว่าเหมาะสม",
    "proposal": "เห็นควรอนุมัติ",
}
SUBJECT = "ขออนุมัติเรื่องทดสอบ"
# one row of work, one row that goes straight to the director
SHORT = (
    {"key": "work"},
    {
        "key": "decide",
        "kind": "propose",
        "decides": "decide",
        "verb": "อนุมัติ",
        "chain": ["director"],
        "returns_to": "work",
    },
    {"key": "after"},
)


def case_of(cast: Cast, flow: Flow | None = None, title: str = "เรื่องทดสอบ") -> Case:
    """A case opened by the officer today."""
    return opening.start_case(
        flow or make_flow(SHORT),
        title=title,
        unit=cast.unit,
        opened_on=timezone.localdate(),
        by=cast.staff,
        now=timezone.now(),
    )


def do_row(cast: Cast, case: Case) -> Task:
    """The row the case stands on is done."""
    return complete(open_task(case), cast.staff, now=timezone.localtime())


def paper_for_the_director(cast: Cast) -> Decision:
    """A paper that has reached the director."""
    case = case_of(cast)
    do_row(cast, case)
    task, now = open_task(case), timezone.now()
    save_memo(task, subject=SUBJECT, to="ผู้อำนวยการ", parts=MEMO, by=cast.staff, now=now)
    return submit(task, by=cast.staff, now=now).decisions.get()
