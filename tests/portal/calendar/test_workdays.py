from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendar.workdays import WorkCalendar, months_end, plain_end

DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
WEEKEND = DAYS.filter(lambda day: day.weekday() >= 5)
CALENDARS = st.builds(
    WorkCalendar,
    off=st.frozensets(DAYS, max_size=60),
    working=st.frozensets(WEEKEND, max_size=5),
)
NUMBERS = st.integers(0, 80)

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
FATHERS_DAY = WorkCalendar(off=frozenset({date(2026, 12, 7)}))


def test_day_one_is_the_next_working_day() -> None:
    assert WorkCalendar().add(FRIDAY, 1) == MONDAY


def test_days_off_are_not_counted() -> None:
    assert FATHERS_DAY.add(date(2026, 12, 4), 1) == date(2026, 12, 8)
    assert FATHERS_DAY.add(date(2026, 12, 4), 5) == date(2026, 12, 14)


def test_a_weekend_day_the_office_works_is_counted() -> None:
    saturday = date(2026, 11, 21)
    assert WorkCalendar(working=frozenset({saturday})).add(FRIDAY, 1) == saturday


def test_a_range_within_one_week_counts_its_last_day_and_not_its_first() -> None:
    assert WorkCalendar().count(MONDAY, date(2026, 11, 27)) == 4
    assert WorkCalendar().count(MONDAY, MONDAY) == 0


def test_counting_backwards_is_negative() -> None:
    assert WorkCalendar().count(date(2026, 11, 27), MONDAY) == -4


def test_no_days_leave_the_day_as_it_is() -> None:
    assert WorkCalendar().add(date(2026, 11, 22), 0) == date(2026, 11, 22)


def test_counting_backwards_by_add_is_refused() -> None:
    with pytest.raises(ValueError, match="forward"):
        WorkCalendar().add(FRIDAY, -1)


@given(CALENDARS, DAYS, NUMBERS)
def test_adding_days_and_counting_them_are_inverse(cal: WorkCalendar, day: date, days: int) -> None:
    assert cal.count(day, cal.add(day, days)) == days


@given(CALENDARS, DAYS, st.integers(1, 80))
def test_added_days_end_on_a_working_day(cal: WorkCalendar, day: date, days: int) -> None:
    assert cal.is_working(cal.add(day, days))


@given(CALENDARS, DAYS, NUMBERS, NUMBERS)
def test_adding_in_two_parts_is_adding_at_once(
    cal: WorkCalendar, day: date, first: int, second: int
) -> None:
    assert cal.add(cal.add(day, first), second) == cal.add(day, first + second)


@given(CALENDARS, DAYS, st.integers(0, 30), NUMBERS)
def test_a_later_start_never_ends_earlier(
    cal: WorkCalendar, day: date, later: int, days: int
) -> None:
    assert cal.add(day, days) <= cal.add(day + timedelta(days=later), days)


@given(CALENDARS, DAYS, NUMBERS, DAYS)
def test_one_more_day_off_never_brings_a_date_forward(
    cal: WorkCalendar, day: date, days: int, off: date
) -> None:
    assert cal.add(day, days) <= WorkCalendar(cal.off | {off}, cal.working).add(day, days)


@given(CALENDARS, DAYS)
def test_the_next_working_day_is_after_and_nothing_is_jumped(cal: WorkCalendar, day: date) -> None:
    found = cal.next_working(day)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days)]
    assert cal.is_working(found)
    assert not any(cal.is_working(other) for other in between)


@given(CALENDARS, DAYS)
def test_a_day_moves_to_a_working_day_only_if_it_is_off(cal: WorkCalendar, day: date) -> None:
    moved = cal.on_or_after(day)
    assert (moved == day) == cal.is_working(day)
    assert cal.is_working(moved)


def test_plain_days_do_not_count_the_first_and_do_count_days_off() -> None:
    assert plain_end(date(2026, 11, 20), 15) == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("opened", "months", "ends"),
    [
        (date(2026, 11, 20), 1, date(2026, 12, 20)),
        (date(2026, 11, 20), 2, date(2027, 1, 20)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_end_on_the_same_date_or_the_last_of_a_shorter_month(
    opened: date, months: int, ends: date
) -> None:
    assert months_end(opened, months) == ends


@given(DAYS, st.integers(0, 36))
def test_months_never_spill_into_the_month_after(day: date, months: int) -> None:
    ends = months_end(day, months)
    assert (ends.year * 12 + ends.month) - (day.year * 12 + day.month) == months
    assert ends.day <= day.day


@given(CALENDARS, DAYS, NUMBERS)
def test_counting_is_the_number_of_working_days_one_by_one(
    cal: WorkCalendar, start: date, span: int
) -> None:
    days = [start + timedelta(days=n) for n in range(1, span + 1)]
    assert cal.count(start, start + timedelta(days=span)) == sum(map(cal.is_working, days))
