"""A fiscal year drawn as twelve small months. Pure: days in, cells out."""

from calendar import SUNDAY, Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.calendar.models import DayKind, DayOff
from portal.calendar.workdays import months_end
from portal.thai.dates import (
    MONTHS,
    WEEKDAYS,
    WEEKDAYS_SHORT,
    be_year,
    fiscal_year_range,
)

_WEEKS = Calendar(SUNDAY)
# Thai calendars begin the week on Sunday
HEADINGS = tuple((WEEKDAYS[day], WEEKDAYS_SHORT[day]) for day in (6, 0, 1, 2, 3, 4, 5))


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a month's grid; `day` is None before the first and after the last."""

    day: date | None = None
    look: str = ""
    name: str = ""
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """One month, week by week from Sunday, and how many days of it are worked."""

    name: str
    weeks: tuple[tuple[Cell, ...], ...]
    working_days: int


def months_of(year: int, days: Iterable[DayOff], today: date) -> list[Month]:
    """The months of a fiscal year, October first."""
    marked = {day.date: day for day in days}
    october = fiscal_year_range(year)[0]
    return [_month(months_end(october, n), marked, today) for n in range(12)]


def _month(start: date, marked: dict[date, DayOff], today: date) -> Month:
    weeks = tuple(
        tuple(
            _cell(day, marked.get(day), today) if day.month == start.month else Cell()
            for day in week
        )
        for week in _WEEKS.monthdatescalendar(start.year, start.month)
    )
    worked = sum(cell.look in ("work", "extra") for week in weeks for cell in week)
    return Month(f"{MONTHS[start.month - 1]} {be_year(start)}", weeks, worked)


def _cell(day: date, marked: DayOff | None, today: date) -> Cell:
    name = marked.name if marked else ""
    return Cell(day, _look(day, marked), name, day == today)


def _look(day: date, marked: DayOff | None) -> str:
    if marked is None:
        return "work" if day.weekday() < 5 else "weekend"
    return "extra" if marked.kind == DayKind.WORKING else "off"
