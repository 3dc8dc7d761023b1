"""The stored dates of open tasks: reckoned when a row opens, again when the calendar changes."""

from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from portal.calendar.selectors import work_calendar
from portal.calendar.workdays import WorkCalendar
from portal.office.selectors import office
from processes.in_use import flow_in_use
from processes.shape import Flow, Step
from processes.storage import flow_shape
from workflows.cases.models import OPEN_STATUSES, Case, Task, Wait
from workflows.cases.reckoning import (
    OfficeTime,
    Window,
    block_of,
    duration_of,
    moved_by_stops,
    window,
)
from workflows.cases.routing import step_of


def office_time(calendar: WorkCalendar | None = None) -> OfficeTime:
    """The office's calendar and hours as they are now."""
    settings = office()
    return OfficeTime(
        calendar or work_calendar(), settings.opens_at, settings.closes_at, settings.own_day_moves
    )


def opens_on(case: Case, flow: Flow, step: Step, today: date, *, along: bool) -> date:
    """From which day the row's time counts.

    A row that shares its time with rows before it goes on in their window when it is reached
    along the line; returned to directly its time is counted anew.
    """
    if not along or step.duration_from is None:
        return today
    earlier = case.tasks.filter(
        step__key__in=block_of(flow, step) - {step.key}, activity=0
    ).order_by("-pk")
    return earlier.values_list("opens_on", flat=True).first() or today


def reckon(task: Task, flow: Flow, time: OfficeTime) -> Window:
    """The window of a task from its own dates and its clock-stopping waits.

    The office's target days are those of the moment it opened: reckoned again, after a change
    of the calendar or a wait, an open row is not moved by a target set since.
    """
    timed = flow_in_use(task.case.flow, task.opened_at)
    step = step_of(timed, task.step.key)
    counted = window(
        duration_of(timed, step), task.opens_on, task.opened_at, time, external=step.external
    )
    stopped = _stopped_days(task, flow, step, time.calendar)
    return Window(
        counted.expected_on,
        moved_by_stops(counted.due_on, stopped, time.calendar),
        counted.due_at if stopped == 0 else None,
    )


def set_window(task: Task, dates: Window) -> bool:
    """Put the dates on the task, unsaved; whether anything changed."""
    before = (task.expected_on, task.due_on, task.due_at)
    task.expected_on, task.due_on, task.due_at = dates.expected_on, dates.due_on, dates.due_at
    return before != (dates.expected_on, dates.due_on, dates.due_at)


def redate(case: Case, time: OfficeTime) -> list[tuple[Task, date | None]]:
    """Reckon the case's open tasks again and save them: (task, due date before) of those moved."""
    flow = flow_shape(case.flow)
    moved = []
    open_tasks = case.tasks.filter(status__in=OPEN_STATUSES).select_related("step")
    for task in open_tasks.order_by("-activity", "pk"):
        before = task.due_on
        if set_window(task, _own_or_latest(task, flow, time)):
            task.save(update_fields=["expected_on", "due_on", "due_at"])
            moved.append((task, before))
    return moved


def stretch_to_children(task: Task) -> None:
    """A row that holds activities is due when the latest of them is."""
    latest = task.children.filter(status__in=OPEN_STATUSES).aggregate(due=Max("due_on"))["due"]
    if latest is not None and latest != task.due_on:
        task.due_on = latest
        task.save(update_fields=["due_on"])


def _own_or_latest(task: Task, flow: Flow, time: OfficeTime) -> Window:
    own = activity_window(task, flow, time) if task.activity else reckon(task, flow, time)
    latest = task.children.filter(status__in=OPEN_STATUSES).aggregate(due=Max("due_on"))["due"]
    return own if latest is None else Window(own.expected_on, latest, None)


def activity_window(task: Task, flow: Flow, time: OfficeTime) -> Window:
    """An activity's own last day where one is set, else the standard counted from its first."""
    if task.until_on is not None:
        return Window(task.until_on, task.until_on)
    return reckon(task, flow, time)


def _stopped_days(task: Task, flow: Flow, step: Step, calendar: WorkCalendar) -> int:
    waits = Wait.objects.filter(
        task__case=task.case_id,
        task__step__key__in=block_of(flow, step),
        task__opens_on=task.opens_on,
        task__activity=task.activity,
        stops_clock=True,
        ended_at__isnull=False,
    )
    stopped = [(wait.began_at, wait.ended_at) for wait in waits if wait.ended_at is not None]
    return sum(calendar.count(_day(began), _day(ended)) for began, ended in stopped)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
