from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendar.hours import add_office_hours
from portal.calendar.workdays import WorkCalendar

BANGKOK = ZoneInfo("Asia/Bangkok")
OPENS, CLOSES = time(8, 30), time(16, 30)
HOLIDAY = WorkCalendar(off=frozenset({date(2026, 12, 7)}))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(BANGKOK))
MINUTES = st.integers(0, 3000)


def _at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BANGKOK)


def _end(start: datetime, minutes: int, cal: WorkCalendar = HOLIDAY) -> datetime:
    return add_office_hours(start, minutes, cal, OPENS, CLOSES)


@pytest.mark.parametrize(
    ("start", "minutes", "ends"),
    [
        (_at(20, 9), 30, _at(20, 9, 30)),
        (_at(20, 11, 30), 120, _at(20, 13, 30)),
        (_at(20, 16), 60, _at(23, 9)),
        (_at(20, 8, 30), 480, _at(20, 16, 30)),
        (_at(20, 8, 30), 481, _at(23, 8, 31)),
        (_at(20, 7), 60, _at(20, 9, 30)),
        (_at(20, 16, 30), 60, _at(23, 9, 30)),
        (_at(20, 20), 60, _at(23, 9, 30)),
        (_at(21, 10), 60, _at(23, 9, 30)),
        (_at(4, 16, 0, month=12), 60, _at(8, 9, 0, month=12)),
        (_at(20, 9), 0, _at(20, 9)),
    ],
)
def test_minutes_run_only_while_the_office_is_open(
    start: datetime, minutes: int, ends: datetime
) -> None:
    assert _end(start, minutes) == ends


def test_the_clock_is_thai_time_whatever_zone_the_start_is_in() -> None:
    assert _end(_at(20, 16).astimezone(UTC), 60) == _at(23, 9)


@given(MOMENTS, MINUTES)
def test_the_end_lies_within_office_hours_of_a_working_day(start: datetime, minutes: int) -> None:
    end = _end(start, minutes)
    assert HOLIDAY.is_working(end.date())
    assert OPENS <= end.time() <= CLOSES
    assert end >= start


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=9)), MINUTES)
def test_a_later_start_never_ends_earlier(start: datetime, later: timedelta, minutes: int) -> None:
    assert _end(start, minutes) <= _end(start + later, minutes)


@given(MOMENTS, MINUTES, st.integers(1, 3000))
def test_minutes_in_two_parts_are_the_same_minutes(
    start: datetime, first: int, second: int
) -> None:
    assert _end(_end(start, first), second) == _end(start, first + second)


def test_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="closes after it opens"):
        add_office_hours(_at(20, 9), 30, HOLIDAY, CLOSES, OPENS)


def test_negative_minutes_are_refused() -> None:
    with pytest.raises(ValueError, match="forward"):
        _end(_at(20, 9), -1)
