"""Counting working days. Pure: dates in, dates out, nothing read from anywhere."""

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """Monday to Friday, less the days off, plus the weekend days the office works."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the office is open that day."""
        if day in self.working:
            return True
        return day.weekday() < _SATURDAY and day not in self.off

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a working day, else the next one."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def next_working(self, day: date) -> date:
        """The first working day after the day: day one of anything that starts on it."""
        return self.on_or_after(day + ONE_DAY)

    def add(self, day: date, days: int) -> date:
        """The n-th working day after the day. With 0 the day itself, working or not."""
        if days < 0:
            raise ValueError("working days are counted forward only")
        for _ in range(days):
            day = self.next_working(day)
        return day

    def count(self, start: date, end: date) -> int:
        """How many working days lie after start, up to and including end; negative backwards."""
        if end < start:
            return -self.count(end, start)
        off = _between(self._off_weekdays, start, end)
        return _weekdays(end) - _weekdays(start) - off + _between(self._worked_weekends, start, end)

    @cached_property
    def _off_weekdays(self) -> list[date]:
        return sorted(day for day in self.off - self.working if day.weekday() < _SATURDAY)

    @cached_property
    def _worked_weekends(self) -> list[date]:
        return sorted(day for day in self.working if day.weekday() >= _SATURDAY)


def _between(days: list[date], start: date, end: date) -> int:
    """How many of the sorted days lie after start, up to and including end."""
    return bisect_right(days, end) - bisect_right(days, start)


def _weekdays(day: date) -> int:
    """Mondays to Fridays from the first day of the calendar, a Monday, to this day."""
    weeks, rest = divmod(day.toordinal(), 7)
    return 5 * weeks + min(rest, 5)


def plain_end(opened_on: date, days: int) -> date:
    """The last of so many calendar days; the first day is not counted.

    Administrative Procedure Act B.E. 2539, section 64: where the authority itself must act,
    this day counts even if it is a day off.
    """
    return opened_on + timedelta(days=days)


def months_end(opened_on: date, months: int) -> date:
    """The same date so many months on, or the last day of a shorter month.

    Civil and Commercial Code, section 193/5.
    """
    years, month = divmod(opened_on.month - 1 + months, 12)
    year, month = opened_on.year + years, month + 1
    return date(year, month, min(opened_on.day, monthrange(year, month)[1]))
