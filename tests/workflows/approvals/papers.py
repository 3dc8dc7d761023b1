"""A short flow with one deciding row, and a paper on its way up."""

from datetime import datetime, timedelta
from typing import Any

from portal.accounts.models import Proof, ProofMethod, User
from processes.models import Flow
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, Bench, complete, open_task
from workflows.approvals.content import shown_hash
from workflows.approvals.deciding import decide
from workflows.approvals.models import Decision, DecisionStatus, Submission
from workflows.approvals.submitting import submit
from workflows.cases.models import Case, Task
from workflows.letters.models import Letter
from workflows.letters.services import save_memo

LATER = MONDAY + timedelta(hours=3)
CHAIN = ("head", "deputy", "director")


def approval_flow(*, chain: tuple[str, ...] = CHAIN, decides: str = "decide", **step: Any) -> Flow:
    """Three rows: work, work, decide; then one after the decision."""
    items = step.pop("items", ())
    deciding = {
        "key": "ask", "kind": "propose", "decides": decides, "chain": list(chain),
        "verb": "ให้ความเห็นชอบ" if decides == "decide" else "รับทราบ", **step,
    }  # fmt: skip
    return make_flow(["study", "draft", deciding, "after"], items=items)


def at_asking(bench: Bench, flow: Flow | None = None, *, now: datetime = MONDAY) -> Task:
    """A case that stands on the deciding row, nothing written yet."""
    case = bench.start(flow or approval_flow(), now=now)
    complete(open_task(case, "study"), bench.officer, now=now)
    complete(open_task(case, "draft"), bench.officer, now=now)
    return open_task(case, "ask")


def write_memo(task: Task, by: User, *, now: datetime = MONDAY, **values: Any) -> Letter:
    parts = {
        "background": "ตามแผนปฏิบัติการประจำปี", "facts": "สำรวจแล้ว 24 โรงเรียน",
        "law": "ระเบียบงานสารบรรณ", "considerations": "ควรดำเนินการในภาคเรียนนี้",
        "proposal": "จึงเรียนมาเพื่อโปรดพิจารณาให้ความเห็นชอบ", **values.pop("parts", {}),
    }  # fmt: skip
    facts = {"to": "ผู้อำนวยการสำนักงานเขตฯ", "subject": "ขอความเห็นชอบแนวทาง", **values}
    return save_memo(task, parts=parts, by=by, now=now, **facts)


def prepared(bench: Bench, flow: Flow | None = None, *, now: datetime = MONDAY) -> Task:
    """The deciding row with its memo written."""
    task = at_asking(bench, flow, now=now)
    write_memo(task, bench.officer, now=now)
    return task


def submitted(bench: Bench, flow: Flow | None = None, *, now: datetime = MONDAY) -> Submission:
    return submit(prepared(bench, flow, now=now), by=bench.officer, now=now)


def prove(user: User, *, at: datetime = LATER) -> Proof:
    return Proof.objects.create(user=user, method=ProofMethod.PASSWORD, at=at)


def open_link(submission: Submission) -> Decision:
    return Decision.objects.get(submission=submission, status=DecisionStatus.OPEN)


def give(
    decision: Decision, by: User, outcome: str, *, now: datetime = LATER, **values: Any
) -> Decision:
    """Decide as the page does: with a proof of now and the hash of what is shown now."""
    facts = {"proof": prove(by, at=now), "seen_hash": shown_hash(decision), **values}
    return decide(decision, by=by, outcome=outcome, now=now, **facts)


def at_director(bench: Bench, flow: Flow | None = None, *, now: datetime = MONDAY) -> Decision:
    """A paper both links on the way have endorsed."""
    submission = submitted(bench, flow, now=now)
    give(open_link(submission), bench.head, "endorsed")
    give(open_link(submission), bench.deputy, "endorsed")
    return open_link(submission)


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)
