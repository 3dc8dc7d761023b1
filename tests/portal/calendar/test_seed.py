"""The days are compared with the government's own yearly lists, not with the library."""

from datetime import UTC, date, datetime

import pytest

from portal.audit.models import OfficeEvent
from portal.calendar import seed as library
from portal.calendar.models import DayKind, DayOff
from portal.calendar.seed import official_days
from portal.calendar.selectors import days_of, work_calendar
from portal.calendar.services import seed
from tests.factories.calendar import make_day_off

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
OFFICIAL, SUBSTITUTE, SPECIAL = DayKind.OFFICIAL, DayKind.SUBSTITUTE, DayKind.SPECIAL

YEAR_2569 = [
    (date(2025, 10, 13), OFFICIAL),  # วันนวมินทรมหาราช
    (date(2025, 10, 23), OFFICIAL),  # วันปิยมหาราช
    (date(2025, 12, 5), OFFICIAL),  # วันชาติ
    (date(2025, 12, 10), OFFICIAL),  # วันรัฐธรรมนูญ
    (date(2025, 12, 31), OFFICIAL),  # วันสิ้นปี
    (date(2026, 1, 1), OFFICIAL),  # วันขึ้นปีใหม่
    (date(2026, 1, 2), SPECIAL),  # มติคณะรัฐมนตรี 12 พ.ย. 2567
    (date(2026, 3, 3), OFFICIAL),  # วันมาฆบูชา
    (date(2026, 4, 6), OFFICIAL),  # วันจักรี
    (date(2026, 4, 13), OFFICIAL),  # วันสงกรานต์
    (date(2026, 4, 14), OFFICIAL),
    (date(2026, 4, 15), OFFICIAL),
    (date(2026, 5, 4), OFFICIAL),  # วันฉัตรมงคล; 1 May is worked
    (date(2026, 5, 13), OFFICIAL),  # วันพืชมงคล
    (date(2026, 5, 31), OFFICIAL),  # วันวิสาขบูชา, a Sunday
    (date(2026, 6, 1), SUBSTITUTE),
    (date(2026, 6, 3), OFFICIAL),  # วันเฉลิมพระชนมพรรษาพระบรมราชินี
    (date(2026, 7, 28), OFFICIAL),  # วันเฉลิมพระชนมพรรษา
    (date(2026, 7, 29), OFFICIAL),  # วันอาสาฬหบูชา
    (date(2026, 7, 30), OFFICIAL),  # วันเข้าพรรษา
    (date(2026, 8, 12), OFFICIAL),  # วันแม่แห่งชาติ
]

YEAR_2570 = [
    (date(2026, 10, 13), OFFICIAL),
    (date(2026, 10, 23), OFFICIAL),
    (date(2026, 12, 5), OFFICIAL),  # a Saturday
    (date(2026, 12, 7), SUBSTITUTE),
    (date(2026, 12, 10), OFFICIAL),
    (date(2026, 12, 31), OFFICIAL),
    (date(2027, 1, 1), OFFICIAL),
    (date(2027, 2, 21), OFFICIAL),  # วันมาฆบูชา, a Sunday
    (date(2027, 2, 22), SUBSTITUTE),
    (date(2027, 4, 6), OFFICIAL),
    (date(2027, 4, 13), OFFICIAL),
    (date(2027, 4, 14), OFFICIAL),
    (date(2027, 4, 15), OFFICIAL),
    # 1 May is a Saturday: neither it nor 3 May in lieu; วันพืชมงคล is not announced yet
    (date(2027, 5, 4), OFFICIAL),
    (date(2027, 5, 20), OFFICIAL),  # วันวิสาขบูชา
    (date(2027, 6, 3), OFFICIAL),
    (date(2027, 7, 18), OFFICIAL),  # วันอาสาฬหบูชา, a Sunday
    (date(2027, 7, 19), OFFICIAL),  # วันเข้าพรรษา
    (date(2027, 7, 20), SUBSTITUTE),
    (date(2027, 7, 28), OFFICIAL),
    (date(2027, 8, 12), OFFICIAL),
]


@pytest.mark.parametrize(("year", "expected"), [(2569, YEAR_2569), (2570, YEAR_2570)])
def test_migrate_seeds_exactly_the_official_days(
    year: int, expected: list[tuple[date, DayKind]]
) -> None:
    assert list(days_of(year).values_list("date", "kind")) == expected


@pytest.mark.parametrize("year", [2569, 2570, 2571])
def test_what_migrate_wrote_out_agrees_with_the_mended_library(year: int) -> None:
    stored = days_of(year).values_list("date", "kind", "name", "source", "announced_on")
    assert list(stored) == [
        (found.day, found.kind, found.name, found.source, found.announced_on)
        for found in official_days(year)
    ]


def test_every_seeded_day_says_where_it_comes_from() -> None:
    assert DayOff.objects.filter(source="").count() == 0
    special = DayOff.objects.get(kind=SPECIAL)
    assert (special.source, special.announced_on) == (
        "มติคณะรัฐมนตรี 12 พ.ย. 2567",
        date(2024, 11, 12),
    )


def test_labour_day_and_its_substitute_are_worked() -> None:
    calendar = work_calendar()
    assert calendar.is_working(date(2026, 5, 1))
    assert calendar.is_working(date(2027, 5, 3))


@pytest.mark.parametrize("year", range(2566, 2573))
def test_no_year_lists_what_offices_do_not_keep(year: int) -> None:
    names = " ".join(found.name for found in official_days(year))
    assert ("แรงงาน" in names, "วันเด็ก" in names) == (False, False)


def test_only_one_day_was_given_in_lieu_at_new_year_2566() -> None:
    days = [found.day for found in official_days(2566)]
    assert date(2023, 1, 2) in days
    assert date(2023, 1, 3) not in days


def test_special_days_of_the_cabinet_are_kept_as_special() -> None:
    special = [found.day for found in official_days(2566) if found.kind == SPECIAL]
    assert special == [date(2022, 10, 14), date(2022, 12, 30), date(2023, 5, 5), date(2023, 7, 31)]


def test_the_ploughing_day_is_official_where_it_was_announced() -> None:
    ploughing = [found for found in official_days(2569) if found.name == "วันพืชมงคล"]
    assert [(found.day, found.source) for found in ploughing] == [
        (date(2026, 5, 13), library.BY_PALACE)
    ]


def test_seeding_again_changes_nothing_and_says_nothing() -> None:
    assert seed([2569, 2570, 2571], now=NOW) == []
    assert OfficeEvent.objects.count() == 0


def test_seeding_a_further_year_adds_its_days_and_records_it_once() -> None:
    added = seed([2572], now=NOW)
    assert [day.date for day in added] == [found.day for found in official_days(2572)]
    event = OfficeEvent.objects.get()
    assert event.text == f"เติมปฏิทินปีงบประมาณ 2572 จำนวน {len(added)} วัน"
    assert event.data["dates"][0] == "2028-10-13"


def test_seeding_never_brings_back_what_the_office_cancelled() -> None:
    DayOff.objects.filter(date=date(2027, 2, 22)).update(cancelled_at=NOW)
    assert seed([2570], now=NOW) == []
    assert work_calendar().is_working(date(2027, 2, 22))


def test_seeding_never_overwrites_a_day_the_office_entered() -> None:
    own = make_day_off(date(2028, 10, 13), "วันหยุดที่สำนักงานบันทึกเอง", kind=DayKind.LOCAL)
    seed([2572], now=NOW)
    own.refresh_from_db()
    assert DayOff.objects.filter(date=own.date).count() == 1
    assert own.name == "วันหยุดที่สำนักงานบันทึกเอง"
