"""Changing the calendar, and with it the due dates of open tasks. Closed tasks never move.

The day itself is changed first, in a transaction of its own; then the cases it touches are
reckoned again, a batch at a time, so that no lock is held for long. Should that be broken off,
`manage.py seed_calendar` finishes it: reckoning again what is right already changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import User
from portal.calendar import services as calendar
from portal.calendar.models import DayKind, DayOff
from portal.calendar.selectors import work_calendar
from portal.calendar.workdays import WorkCalendar
from portal.exceptions import NotAllowed
from portal.thai.dates import thai_date
from workflows.cases import history
from workflows.cases.deadlines import office_time, redate
from workflows.cases.models import OPEN_STATUSES, Case, Task
from workflows.cases.moves import lock_case, row_name
from workflows.cases.reckoning import OfficeTime

BATCH = 1000
Moved = list[tuple[Task, date | None]]


@dataclass(frozen=True, slots=True)
class Effect:
    """How many open tasks get another due date, in how many cases."""

    tasks: int = 0
    cases: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the calendar, as each case's history tells it."""

    text: str
    data: dict[str, Any]
    by: User | None
    now: datetime


def add_day(
    day: date,
    *,
    kind: str,
    name: str,
    source: str,
    by: User,
    now: datetime,
    announced_on: date | None = None,
) -> tuple[DayOff, Effect]:
    """Add a day to the calendar and reckon the open tasks it touches."""
    _demand_administrator(by)
    added = calendar.add_day(
        day, kind=kind, name=name, source=source, announced_on=announced_on, by=by, now=now
    )
    return added, _redate_touched(day, _change("เพิ่ม", added, by, now))


def cancel_day(day_off: DayOff, *, reason: str, by: User, now: datetime) -> tuple[DayOff, Effect]:
    """Take a day out of the calendar and reckon the open tasks it touches."""
    _demand_administrator(by)
    cancelled = calendar.cancel_day(day_off, reason=reason, by=by, now=now)
    return cancelled, _redate_touched(cancelled.date, _change("ยกเลิก", cancelled, by, now))


def seed_calendar(fiscal_years: Iterable[int], *, now: datetime) -> tuple[list[DayOff], Effect]:
    """Fill in fiscal years, then reckon every open task, whatever was left behind before."""
    years = sorted(set(fiscal_years))
    added = calendar.seed(years, now=now)
    text = f"เติมปฏิทินปีงบประมาณ {', '.join(map(str, years))}"
    change = Change(text, {"seeded": years}, None, now)
    return added, _redate_batches(_case_keys(Q()), change)


def effect_of_adding(
    day: date,
    *,
    kind: str,
    name: str,
    source: str,
    by: User,
    now: datetime,
    announced_on: date | None = None,
) -> Effect:
    """What `add_day` would move. Raises what it would raise."""
    _demand_administrator(by)
    today = timezone.localdate(now)
    calendar.check_day(
        day, kind=kind, name=name, source=source, announced_on=announced_on, today=today
    )
    return _rehearse(day, _with_day(work_calendar(), day, kind))


def effect_of_cancelling(day_off: DayOff, *, by: User) -> Effect:
    """What `cancel_day` would move."""
    _demand_administrator(by)
    return _rehearse(day_off.date, _without_day(work_calendar(), day_off.date))


def _demand_administrator(by: User) -> None:
    if not by.administers:
        raise NotAllowed("เฉพาะผู้ดูแลระบบเท่านั้นที่แก้ไขปฏิทินวันทำการได้")


def _change(verb: str, day_off: DayOff, by: User, now: datetime) -> Change:
    text = f"{verb}{day_off.get_kind_display()} {thai_date(day_off.date)} {day_off.name}"
    data = {"dayoff": day_off.pk, "date": day_off.date.isoformat()}
    return Change(text, data, by, now)


def _with_day(cal: WorkCalendar, day: date, kind: str) -> WorkCalendar:
    if kind == DayKind.WORKING:
        return WorkCalendar(cal.off, cal.working | {day})
    return WorkCalendar(cal.off | {day}, cal.working)


def _without_day(cal: WorkCalendar, day: date) -> WorkCalendar:
    return WorkCalendar(cal.off - {day}, cal.working - {day})


def _touched(day: date) -> Q:
    """Open tasks a change of one day can move: the day lies between opening and due date.

    Where the clock stood still the day may lie later, within the wait.
    """
    waited = Q(case__tasks__waits__stops_clock=True)
    return Q(opens_on__lte=day) & (Q(due_on__gte=day) | waited)


def _case_keys(touched: Q) -> list[int]:
    tasks = Task.objects.filter(touched, status__in=OPEN_STATUSES)
    return list(tasks.values_list("case_id", flat=True).order_by("case_id").distinct())


def _redate_touched(day: date, change: Change) -> Effect:
    return _redate_batches(_case_keys(_touched(day)), change)


def _redate_batches(keys: list[int], change: Change) -> Effect:
    time, moved = office_time(), []
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            moved += [_redate_case(key, time, change) for key in keys[start : start + BATCH]]
    return _effect(moved)


def _redate_case(key: int, time: OfficeTime, change: Change) -> Moved:
    case = lock_case(key)
    moved = redate(case, time)
    if moved:
        history.record(
            case,
            "calendar_changed",
            by=change.by,
            now=change.now,
            text=f"กำหนดเสร็จเปลี่ยนเพราะปฏิทินเปลี่ยน ({change.text}): {_told(moved)}",
            data={**change.data, "moved": [_moved_data(task, before) for task, before in moved]},
        )
    return moved


def _told(moved: Moved) -> str:
    return "; ".join(_told_task(task, before) for task, before in moved)


def _told_task(task: Task, before: date | None) -> str:
    if task.due_on == before:
        return f"{row_name(task)} คาดว่าเสร็จ {_day(task.expected_on)}"
    return f"{row_name(task)} จาก {_day(before)} เป็น {_day(task.due_on)}"


def _day(day: date | None) -> str:
    return thai_date(day) if day else "ไม่กำหนด"


def _moved_data(task: Task, before: date | None) -> dict[str, Any]:
    return {
        "task": task.pk,
        "due_before": before.isoformat() if before else None,
        "due_on": task.due_on.isoformat() if task.due_on else None,
    }


def _rehearse(day: date, cal: WorkCalendar) -> Effect:
    """Reckon for real and take it back: what is foretold is what will happen."""
    time = office_time(cal)
    with transaction.atomic():
        cases = Case.objects.filter(pk__in=_case_keys(_touched(day))).select_related(
            "flow__edition"
        )
        moved = [redate(case, time) for case in cases]
        transaction.set_rollback(True)
    return _effect(moved)


def _effect(moved: list[Moved]) -> Effect:
    """Tasks whose due date moved, and their cases."""
    dues = [[task for task, before in case if task.due_on != before] for case in moved]
    return Effect(sum(map(len, dues)), sum(map(bool, dues)))
