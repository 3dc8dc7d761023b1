"""The calendar to read."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.calendar.models import DayKind, DayOff
from portal.thai.dates import fiscal_year
from tests.factories.calendar import make_day_off
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

YEAR_2570 = "/calendar/2570/"
# session, person; days, cancelled days, filled; office, notices
QUERIES = 7


def _signed_in(**values: object) -> Client:
    client = Client()
    client.force_login(make_user(**values), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _page(client: Client, address: str = YEAR_2570) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_lists_every_day_with_its_source() -> None:
    page = _page(_signed_in())
    for day in DayOff.objects.filter(date__range=(date(2026, 10, 1), date(2027, 9, 30))):
        assert page.count(f'id="day-{day.date}"') == 1
        assert day.source in page


def test_the_page_counts_the_working_days_of_the_year() -> None:
    assert "<b>243</b> วันทำการทั้งปี" in _page(_signed_in())


def test_without_a_year_the_current_fiscal_year_is_shown() -> None:
    page = _page(_signed_in(), "/calendar/")
    assert f"ปีงบประมาณ {fiscal_year(date.today())}" in page


def test_any_signed_in_person_reads_it_and_only_the_administrator_is_offered_changes() -> None:
    for values in ({}, {"account": "school"}):
        page = _page(_signed_in(**values))
        assert (page.count("/calendar/add/"), page.count("/cancel/")) == (0, 0)
    page = _page(_signed_in(administers=True))
    assert (page.count("/calendar/add/"), page.count("/cancel/")) == (1, 21)


def test_nobody_reads_it_without_signing_in() -> None:
    answer = Client().get(YEAR_2570)
    assert answer.status_code == 302


@pytest.mark.parametrize("year", [2400, 9999, 2027])
def test_a_year_far_away_is_not_there(year: int) -> None:
    assert _signed_in().get(f"/calendar/{year}/").status_code == 404


def test_cancelled_days_are_shown_with_the_reason() -> None:
    day_off = make_day_off(date(2026, 11, 27), "วันหยุดที่ยกเลิก")
    DayOff.objects.filter(pk=day_off.pk).update(
        cancelled_at=day_off.added_at, cancel_reason="คณะรัฐมนตรีทบทวน"
    )
    page = _page(_signed_in())
    assert "รายการที่ยกเลิกแล้ว 1 รายการ" in page
    assert "คณะรัฐมนตรีทบทวน" in page


def test_a_thin_calendar_is_warned_about() -> None:
    assert "ล่วงหน้าไม่ถึงหนึ่งปี" not in _page(_signed_in())
    DayOff.objects.all().delete()
    page = _page(_signed_in())
    assert "ปฏิทินมีข้อมูลล่วงหน้าไม่ถึงหนึ่งปี" in page
    assert "ยังไม่มีวันหยุดในปีงบประมาณนี้" in page


def test_a_year_without_its_official_days_says_so() -> None:
    assert "ยังไม่มีวันหยุดราชการครบ" in _page(_signed_in(), "/calendar/2573/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_with_one_and_three_days(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    DayOff.objects.all().delete()
    by = make_user()
    for number in range(rows):
        day_off = make_day_off(date(2026, 11, 2 + number), kind=DayKind.LOCAL)
        DayOff.objects.filter(pk=day_off.pk).update(added_by=by)
    client = _signed_in(administers=True)
    with django_assert_num_queries(QUERIES):
        _page(client)
