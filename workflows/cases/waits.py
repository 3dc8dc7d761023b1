"""A row that waits for somebody outside. It blocks completion; it moves the due date only if the
clock is stopped: waiting for สพฐ. or a supplier stops it, a survey's days are the row's own."""

from datetime import date, datetime

from django.db import transaction

from portal.accounts.models import User
from portal.exceptions import RuleBroken, StateConflict
from processes.storage import flow_shape
from workflows.cases import deadlines, history, moves
from workflows.cases.models import Task, Wait, WaitParty
from workflows.cases.transitions import demand


@transaction.atomic
def begin(
    task: Task,
    *,
    party: WaitParty,
    whom: str,
    reason: str,
    stops_clock: bool,
    by: User,
    now: datetime,
    expected_on: date | None = None,
) -> Wait:
    """Begin to wait. One wait at a time."""
    task = moves.lock_task(task.pk)
    demand(task, "wait", by)
    if not reason.strip():
        raise RuleBroken("กรุณาระบุเรื่องที่รอ", field="reason")
    if _running(task) is not None:
        raise StateConflict("ขั้นตอนนี้กำลังรออยู่แล้ว กรุณาบันทึกผลการรอเดิมก่อน")
    moves.start(task, now)
    wait = Wait.objects.create(
        task=task,
        party=party,
        whom=whom.strip(),
        reason=reason.strip(),
        stops_clock=stops_clock,
        expected_on=expected_on,
        began_at=now,
    )
    clock = " (หยุดนับเวลา)" if stops_clock else ""
    history.record(
        task.case,
        "wait_began",
        by=by,
        now=now,
        task=task,
        text=f"{moves.row_name(task)} รอ{wait.get_party_display()} {wait.whom}: "
        f"{wait.reason}{clock}",
    )
    return wait


@transaction.atomic
def end(task: Task, *, outcome: str, by: User, now: datetime) -> Task:
    """End the wait and move the due date on by the working days the clock stood still."""
    task = moves.lock_task(task.pk)
    demand(task, "end_wait", by)
    wait = _running(task)
    if wait is None:
        raise StateConflict("ขั้นตอนนี้ไม่ได้กำลังรอ หรือมีผู้บันทึกผลไปแล้ว")
    wait.ended_at, wait.outcome = now, outcome.strip()
    wait.save(update_fields=["ended_at", "outcome"])
    moves.start(task, now)
    if wait.stops_clock:
        dates = deadlines.reckon(task, flow_shape(task.case.flow), deadlines.office_time())
        deadlines.set_window(task, dates)
        task.save(update_fields=["expected_on", "due_on", "due_at"])
    history.record(
        task.case,
        "wait_ended",
        by=by,
        now=now,
        task=task,
        text=f"{moves.row_name(task)} สิ้นสุดการรอ{wait.get_party_display()}"
        + (f": {wait.outcome}" if wait.outcome else ""),
    )
    return task


def _running(task: Task) -> Wait | None:
    return task.waits.filter(ended_at__isnull=True).first()
