"""Activities of a row: their days, and the row's window that stretches to them."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.exceptions import RuleBroken
from portal.thai.dates import thai_date
from processes.storage import flow_shape
from workflows.cases import deadlines, history, moves
from workflows.cases.models import Case, Task
from workflows.cases.services.locking import locked

LATEST_ACTIVITY_DAYS = 3 * 366


@transaction.atomic
def add_activity(
    task: Task,
    *,
    title: str,
    by: User,
    now: datetime,
    from_on: date | None = None,
    until_on: date | None = None,
    place: str = "",
) -> Task:
    """Add an activity to a row that is counted per activity; it has its own dates and result."""
    row = locked(task, "add_activity", by)
    if not title.strip():
        raise RuleBroken("กรุณาระบุชื่อกิจกรรม", field="title")
    check_days(row.case, from_on, until_on)
    moves.start(row, now)
    activity = Task.objects.create(
        case=row.case,
        step=row.step,
        parent=row,
        round=row.round,
        title=title.strip(),
        activity=moves.next_activity_number(row),
        assignee=row.assignee,
        place=place,
        from_on=from_on,
        until_on=until_on,
        opened_at=now,
        opens_on=from_on or timezone.localdate(now),
        letter_due_on=row.letter_due_on,
    )
    reckon_activity(activity)
    history.record(
        row.case,
        "activity_added",
        by=by,
        now=now,
        task=activity,
        text=f"เพิ่ม{moves.row_name(activity)}",
    )
    return activity


def check_days(case: Case, from_on: date | None, until_on: date | None) -> None:
    """RuleBroken for days in the wrong order, or so far from the case that the year is a slip."""
    if from_on is not None and until_on is not None and until_on < from_on:
        raise RuleBroken("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม", field="until_on")
    latest = case.opened_on + timedelta(days=LATEST_ACTIVITY_DAYS)
    for field, day in (("from_on", from_on), ("until_on", until_on)):
        if day is not None and day < case.opened_on:
            raise RuleBroken(f"ต้องไม่ก่อนวันเปิดเรื่อง ({thai_date(case.opened_on)})", field=field)
        if day is not None and day > latest:
            raise RuleBroken("ห่างจากวันเปิดเรื่องเกินสามปี กรุณาตรวจปี พ.ศ.", field=field)


def reckon_activity(activity: Task) -> None:
    """The activity's window from its own days, and its row's window stretched to it."""
    if activity.from_on is not None:
        activity.opens_on = activity.from_on
    time = deadlines.office_time()
    flow = flow_shape(activity.case.flow)
    deadlines.set_window(activity, deadlines.activity_window(activity, flow, time))
    activity.save(update_fields=["opens_on", "expected_on", "due_on", "due_at"])
    if activity.parent is not None:
        deadlines.stretch_to_children(activity.parent)
