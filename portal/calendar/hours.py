"""Counting minutes within office hours. Pure.

Office hours run through noon: no regulation takes the midday rest out of the time a service
may take, and offices that serve the public keep a counter open.
"""

from datetime import date, datetime, time, timedelta

from portal.calendar.workdays import WorkCalendar
from portal.thai.dates import BANGKOK


def _at(moment: datetime, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=moment.tzinfo)


def _start_of_time(start: datetime, cal: WorkCalendar, opens: time, closes: time) -> datetime:
    """The first moment at or after start in which the office is open."""
    day = start.date()
    if cal.is_working(day) and start < _at(start, day, closes):
        return max(start, _at(start, day, opens))
    return _at(start, cal.next_working(day), opens)


def add_office_hours(
    start: datetime, minutes: int, cal: WorkCalendar, opens: time, closes: time
) -> datetime:
    """When so many minutes of open office have passed, counted from the moment of starting.

    The clock is Thai time whatever zone `start` is in (the database gives UTC). The time ends
    on the day it fills up: an exactly full day ends at closing time, not at the next opening.
    """
    if closes <= opens:
        raise ValueError("the office closes after it opens")
    if minutes < 0:
        raise ValueError("minutes are counted forward only")
    moment = _start_of_time(start.astimezone(BANGKOK), cal, opens, closes)
    left = timedelta(minutes=minutes)
    while moment + left > (closing := _at(moment, moment.date(), closes)):
        left -= closing - moment
        moment = _at(moment, cal.next_working(moment.date()), opens)
    return moment + left
