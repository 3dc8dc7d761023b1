"""When a row is due. Pure: a duration, the day it opened and the calendar in, dates out.

Day one is the next working day. Plain days and months are calendar time (Administrative
Procedure Act B.E. 2539, section 64: the first day is not counted; the office's own last day
counts even on a day off, somebody else's moves to the next working day).
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from portal.calendar.hours import add_office_hours
from portal.calendar.workdays import WorkCalendar, months_end, plain_end
from processes.shape import Duration, Flow, Step, Unit
from workflows.cases.routing import step_of


@dataclass(frozen=True, slots=True)
class OfficeTime:
    """What the office sets about time; `own_day_moves` applies to plain days and months."""

    calendar: WorkCalendar
    opens_at: time
    closes_at: time
    own_day_moves: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """`expected_on` by the least time, `due_on` by the most, `due_at` for hours and minutes."""

    expected_on: date | None = None
    due_on: date | None = None
    due_at: datetime | None = None


def duration_of(flow: Flow, step: Step) -> Duration:
    """The row's own time, or that of the row it shares one window with."""
    owner = step if step.duration_from is None else step_of(flow, step.duration_from)
    return owner.duration


def block_of(flow: Flow, step: Step) -> frozenset[str]:
    """Keys of the rows that share this row's window, itself among them."""
    owner = step.duration_from or step.key
    return frozenset(row.key for row in flow.steps if owner in (row.key, row.duration_from))


def window(
    duration: Duration, opens_on: date, opened_at: datetime, office: OfficeTime, *, external: bool
) -> Window:
    """Expected and due date of a row that opened on `opens_on` (hours: at `opened_at`)."""
    if duration.unit in (Unit.HOUR, Unit.MINUTE):
        return _hours_window(duration, opened_at, office)
    return day_window(duration, opens_on, office, external=external)


def day_window(duration: Duration, opens_on: date, office: OfficeTime, *, external: bool) -> Window:
    """The window of a duration in days or months; empty where the manual counts nothing."""
    if duration.min is None or duration.max is None:
        return Window()
    return Window(
        expected_on=_end(duration.unit, opens_on, duration.min, office, external),
        due_on=_end(duration.unit, opens_on, duration.max, office, external),
    )


def moved_by_stops(due_on: date | None, stopped_days: int, calendar: WorkCalendar) -> date | None:
    """The due date after the clock stood still for so many working days."""
    if due_on is None or stopped_days == 0:
        return due_on
    return calendar.add(due_on, stopped_days)


def _end(unit: Unit, opens_on: date, count: int, office: OfficeTime, external: bool) -> date:
    if unit is Unit.WORKING_DAY:
        return office.calendar.add(opens_on, count)
    end = plain_end(opens_on, count) if unit is Unit.DAY else months_end(opens_on, count)
    return office.calendar.on_or_after(end) if external or office.own_day_moves else end


def _hours_window(duration: Duration, opened_at: datetime, office: OfficeTime) -> Window:
    minutes = 60 if duration.unit is Unit.HOUR else 1
    ends = [
        add_office_hours(
            opened_at, count * minutes, office.calendar, office.opens_at, office.closes_at
        )
        for count in (duration.min or 0, duration.max or 0)
    ]
    return Window(expected_on=ends[0].date(), due_on=ends[1].date(), due_at=ends[1])
