"""What a link says, and what comes of it."""

from datetime import datetime, timedelta

from django.db import transaction

from portal.accounts.models import Proof, User
from portal.accounts.posts import Seat
from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from portal.notices.services import tell
from portal.office.selectors import office
from portal.thai.dates import thai_datetime
from processes.models import Step
from processes.storage import flow_shape, step_rows
from workflows.approvals.content import is_genuine, shown_hash
from workflows.approvals.models import (
    NEEDS_WORDS,
    Decision,
    DecisionStatus,
    Outcome,
    Submission,
    SubmissionEnd,
)
from workflows.approvals.rights import demand_seat, lines_under
from workflows.approvals.submitting import end, open_next
from workflows.approvals.words import outcome_words, outcomes_for
from workflows.cases import history, moves
from workflows.cases.models import CaseStatus, Task, TaskStatus
from workflows.cases.routing import default_return, return_targets

ENDS = {
    Outcome.APPROVED: SubmissionEnd.DECIDED,
    Outcome.APPROVED_IF: SubmissionEnd.DECIDED,
    Outcome.ACKNOWLEDGED: SubmissionEnd.DECIDED,
    Outcome.REFUSED: SubmissionEnd.DECIDED,
    Outcome.RETURNED: SubmissionEnd.RETURNED,
    Outcome.SENT_BACK: SubmissionEnd.SENT_BACK,
}


@transaction.atomic
def decide(
    decision: Decision, *, by: User, outcome: str, proof: Proof | None, seen_hash: str,
    now: datetime, comment: str = "", return_to: Step | None = None,
) -> Decision:  # fmt: skip
    """Say what this link says, once, by somebody who sits in the post and has just proved it.

    Giving one's own answer again returns it as it is.
    """
    row = moves.lock_task(decision.submission.task_id)
    decision = _read_again(decision, row)
    comment = comment.strip()
    if _is_repeat(decision, by, outcome):
        return decision
    seat = demand_seat(decision, by, now)
    _demand_open(decision)
    _check(decision, outcome, comment, return_to, seen_hash)
    proof = _check_proof(proof, by, now)
    decision.outcome, decision.comment = outcome, comment
    decision.return_to = return_to if outcome == Outcome.RETURNED else None
    _give(decision, seat, proof, now)
    _record(decision, row, by, now)
    _follow(decision, row, by, now)
    return decision


def targets(task: Task) -> list[Step]:
    """The rows a link may return this row to, in printed order."""
    rows = step_rows(task.case.flow)
    return [rows[step.key] for step in return_targets(flow_shape(task.case.flow), task.step.key)]


def usual_target(decision: Decision) -> str:
    """Key of the row a return goes to unless another is named; on the way up, the row itself."""
    task = decision.submission.task
    if not decision.is_last:
        return task.step.key
    return default_return(flow_shape(task.case.flow), task.step.key).key


def what_happened(decision: Decision) -> str:
    """In Thai, why a link has nothing to say any more; empty while it is open."""
    submission = decision.submission
    if decision.status == DecisionStatus.GIVEN and decision.by and decision.at:
        return f"{said_by(decision)}ไปแล้วเมื่อ {thai_datetime(decision.at)}"
    if decision.status == DecisionStatus.SKIPPED:
        return f"ลำดับนี้ถูกข้ามแล้ว เพราะ {decision.comment}"
    if submission.ended_at is not None:
        return _ending(submission)
    if submission.task.status != TaskStatus.SUBMITTED:
        return f"ขั้นตอนนี้ปิดไปแล้ว (สถานะ “{submission.task.get_status_display()}”)"
    if decision.status == DecisionStatus.WAITING:
        return "เรื่องยังไม่ถึงลำดับนี้"
    return ""


def said_by(decision: Decision) -> str:
    """`ชื่อ (ตำแหน่ง) เห็นชอบ`, as history and the second browser are told."""
    name = decision.by.full_name if decision.by else ""
    return f"{name} ({' '.join(decision.lines)}) {words_of(decision)}"


def words_of(decision: Decision) -> str:
    """The outcome in the words of the step as it was put up."""
    row = decision.submission.content["row"]
    return outcome_words(decision.outcome, row["verb"], row["decides"])


# -- the ceremony


def _read_again(decision: Decision, row: Task) -> Decision:
    fresh = Decision.objects.select_related(
        "submission__by", "post", "by", "return_to"
    ).get(pk=decision.pk)  # fmt: skip
    fresh.submission.task = row
    return fresh


def _is_repeat(decision: Decision, by: User, outcome: str) -> bool:
    return (
        decision.status == DecisionStatus.GIVEN
        and decision.by_id == by.pk
        and decision.outcome == outcome
    )


def _demand_open(decision: Decision) -> None:
    told = what_happened(decision)
    if told:
        raise StateConflict(f"บันทึกไม่ได้ เพราะ{told}")
    if not is_genuine(decision.submission):
        raise StateConflict("เนื้อหาที่เสนอไม่ตรงกับที่บันทึกไว้ตอนเสนอ กรุณาแจ้งผู้ดูแลระบบ")


def _check(
    decision: Decision, outcome: str, comment: str, return_to: Step | None, seen_hash: str
) -> None:
    task = decision.submission.task
    if outcome not in outcomes_for(task.step.decides, is_last=decision.is_last):
        raise RuleBroken("กรุณาเลือกผลการพิจารณา", field="outcome")
    if seen_hash != shown_hash(decision):
        raise StateConflict(
            "เรื่องนี้เปลี่ยนไปหลังจากที่ท่านเปิดหน้า กรุณาอ่านใหม่แล้วพิจารณาอีกครั้ง ข้อความที่ท่านพิมพ์ยังอยู่"
        )
    if outcome in NEEDS_WORDS and not comment:
        raise RuleBroken("กรุณาระบุเหตุผลหรือความเห็น", field="comment")
    if outcome == Outcome.RETURNED and return_to not in targets(task):
        raise RuleBroken("กรุณาเลือกขั้นตอนที่คืนไป", field="return_to")


def _check_proof(proof: Proof | None, by: User, now: datetime) -> Proof:
    fresh = timedelta(minutes=office().proof_minutes)
    if proof is None or proof.at > now or now - proof.at >= fresh:
        raise RuleBroken("กรุณายืนยันรหัสผ่านก่อนบันทึก", field="password")
    if proof.user_id != by.pk:
        raise NotAllowed("การยืนยันตัวตนนี้เป็นของบุคคลอื่น")
    return proof


def _give(decision: Decision, seat: Seat, proof: Proof, now: datetime) -> None:
    decision.status, decision.shown_hash = DecisionStatus.GIVEN, shown_hash(decision)
    decision.by, decision.right, decision.lines = seat.user, seat.right, lines_under(seat)
    decision.holding, decision.delegation = seat.holding, seat.delegation
    decision.at, decision.proof = now, proof
    decision.save()
    decision.drafts.all().delete()


def _record(decision: Decision, row: Task, by: User, now: datetime) -> None:
    comment = f": {decision.comment}" if decision.comment else ""
    target = decision.return_to
    row_name = moves.row_name(row)
    where = (
        f"จาก{row_name} ไปขั้นตอนที่ {target.number} {target.chart_text}" if target else f" {row_name}"
    )
    history.record(
        row.case, decision.outcome, by=by, now=now, task=row,
        text=f"{said_by(decision)}{where}{comment}",
        data={
            "submission": decision.submission.number, "link": decision.position,
            "content": decision.submission.content_hash, "shown": decision.shown_hash,
            "right": decision.right, "comment": decision.comment,
            "return_to": target.key if target else None,
        },
    )  # fmt: skip


def _follow(decision: Decision, row: Task, by: User, now: datetime) -> None:
    """An opinion goes up; everything else ends the submission and moves the case."""
    outcome = Outcome(decision.outcome)
    if outcome not in ENDS:
        open_next(decision.submission, now=now)
        return
    end(decision.submission, ENDS[outcome], now)
    if outcome == Outcome.SENT_BACK:
        moves.mark_working(row)
    elif outcome == Outcome.RETURNED and decision.return_to is not None:
        moves.go_to(row.case, decision.return_to.key, by=by, now=now, leaving=TaskStatus.RETURNED)
    elif outcome == Outcome.REFUSED:
        moves.mark_decided(row, now=now)
        moves.close_task(row, status=TaskStatus.REFUSED, by=by, now=now)
        moves.close_case(row.case, CaseStatus.REFUSED, by=by, now=now)
    else:
        _decided(row, by, now)
    _tell_submitter(decision, row)


def _decided(row: Task, by: User, now: datetime) -> None:
    """The row is done, unless the manual prints work after the decision."""
    moves.mark_decided(row, now=now)
    after = row.step.items.filter(after_decision=True)
    if any(item.key not in row.ticks for item in after):
        moves.mark_working(row)
    else:
        moves.finish(row.case, row, status=TaskStatus.DONE, by=by, now=now)


def _tell_submitter(decision: Decision, row: Task) -> None:
    comment = f": {decision.comment}" if decision.comment else ""
    people = [decision.submission.by, *([row.assignee] if row.assignee else [])]
    tell(
        people, key=f"decision-{decision.pk}-given", path=f"/cases/{row.case.code}/",
        text=f"{row.case.code} {decision.submission.subject} {words_of(decision)}{comment}",
        urgent=decision.outcome in (Outcome.RETURNED, Outcome.SENT_BACK),
    )  # fmt: skip


def _ending(submission: Submission) -> str:
    """Who ended it, how and when."""
    if submission.ended == SubmissionEnd.WITHDRAWN and submission.ended_at:
        return f"{submission.by.full_name} ถอนเรื่องไปแล้วเมื่อ {thai_datetime(submission.ended_at)}"
    last = (
        submission.decisions.filter(status=DecisionStatus.GIVEN, outcome__in=list(ENDS))
        .select_related("by")
        .first()
    )
    if last is None or last.at is None:
        return f"เรื่องนี้สิ้นสุดแล้ว ({submission.get_ended_display()})"
    last.submission = submission
    return f"{said_by(last)}ไปแล้วเมื่อ {thai_datetime(last.at)}"
