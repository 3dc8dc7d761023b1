from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from portal.calendar.models import DayKind, DayOff
from portal.calendar.selectors import (
    as_of,
    cancelled_days_of,
    filled_until,
    is_thin,
    work_calendar,
)
from portal.calendar.services import seed
from tests.factories.calendar import make_day_off
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 20, 2, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
EVENING = datetime(2026, 11, 20, 10, tzinfo=UTC)
TODAY = date(2026, 11, 20)
DAY = date(2026, 11, 27)
SATURDAY = date(2026, 11, 28)


def test_calendar_is_read_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        calendar = work_calendar()
    assert not calendar.is_working(date(2026, 12, 7))


def test_a_working_saturday_is_worked_and_a_day_off_is_not() -> None:
    make_day_off(SATURDAY, kind=DayKind.WORKING)
    make_day_off(DAY)
    calendar = work_calendar()
    assert calendar.is_working(SATURDAY)
    assert not calendar.is_working(DAY)


def test_a_cancelled_day_is_worked_again() -> None:
    day_off = make_day_off(DAY)
    DayOff.objects.filter(pk=day_off.pk).update(cancelled_at=NOON)
    assert work_calendar().is_working(DAY)


def test_the_calendar_can_be_rebuilt_as_of_any_moment() -> None:
    day_off = make_day_off(DAY, added_at=MORNING)
    DayOff.objects.filter(pk=day_off.pk).update(cancelled_at=EVENING)
    before_it_was_known = as_of(datetime(2026, 11, 20, 1, tzinfo=UTC))
    assert before_it_was_known.is_working(DAY)
    assert not as_of(NOON).is_working(DAY)
    assert as_of(EVENING).is_working(DAY)


def test_the_calendar_as_of_now_is_the_calendar() -> None:
    make_day_off(DAY, added_at=MORNING)
    assert as_of(datetime(2100, 1, 1, tzinfo=UTC)) == work_calendar()


def test_the_calendar_is_filled_to_the_end_of_the_last_seeded_year() -> None:
    assert filled_until(TODAY) == date(2028, 9, 30)


def test_a_year_that_is_missing_ends_the_filled_years() -> None:
    seed([2573], now=NOON)
    assert filled_until(TODAY) == date(2028, 9, 30)
    seed([2572], now=NOON)
    assert filled_until(TODAY) == date(2030, 9, 30)


def test_a_few_days_do_not_fill_a_year() -> None:
    DayOff.objects.all().delete()
    make_day_off(DAY, kind=DayKind.OFFICIAL)
    assert filled_until(TODAY) is None


@pytest.mark.parametrize(
    ("filled", "thin"),
    [(None, True), (date(2027, 9, 30), True), (date(2027, 11, 20), False)],
)
def test_a_calendar_is_thin_when_it_ends_within_a_year(filled: date | None, thin: bool) -> None:
    assert is_thin(filled, TODAY) is thin


def test_cancelled_days_are_listed_with_who_and_why(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for day in (DAY, date(2026, 11, 26), date(2026, 11, 25)):
        day_off = make_day_off(day)
        DayOff.objects.filter(pk=day_off.pk).update(
            cancelled_at=NOON, cancelled_by=make_user(), cancel_reason="ประกาศผิด"
        )
    with django_assert_num_queries(1):
        listed = [(day.date, str(day.cancelled_by)[:3]) for day in cancelled_days_of(2570)]
    assert listed == [(date(2026, 11, n), "นาย") for n in (25, 26, 27)]
