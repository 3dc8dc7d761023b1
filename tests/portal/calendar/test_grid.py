from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from portal.calendar.grid import HEADINGS, Cell, months_of
from portal.calendar.models import DayKind, DayOff
from portal.calendar.workdays import WorkCalendar
from portal.thai.dates import fiscal_year_range

TODAY = date(2026, 11, 20)
FATHERS_DAY = DayOff(date=date(2026, 12, 7), kind=DayKind.SUBSTITUTE, name="วันหยุดชดเชย")
WORKED = DayOff(date=date(2026, 11, 28), kind=DayKind.WORKING, name="วันทำการชดเชย")


def _cells(days: list[DayOff], month: int) -> list[Cell]:
    drawn = months_of(2570, days, TODAY)[month]
    return [cell for week in drawn.weeks for cell in week if cell.day]


def test_a_fiscal_year_has_its_twelve_months_from_october() -> None:
    names = [month.name for month in months_of(2570, [], TODAY)]
    assert (len(names), names[0], names[3], names[-1]) == (
        12,
        "ตุลาคม 2569",
        "มกราคม 2570",
        "กันยายน 2570",
    )


def test_weeks_begin_on_sunday() -> None:
    october = months_of(2570, [], TODAY)[0]
    assert HEADINGS[0] == ("อาทิตย์", "อา.")
    assert [cell.day.day if cell.day else None for cell in october.weeks[0]] == (
        [None, None, None, None, 1, 2, 3]
    )


def test_each_day_looks_like_what_it_is() -> None:
    looks = {cell.day: cell.look for cell in _cells([FATHERS_DAY], 2) + _cells([WORKED], 1)}
    assert (looks[date(2026, 12, 7)], looks[date(2026, 12, 6)], looks[date(2026, 12, 8)]) == (
        "off",
        "weekend",
        "work",
    )
    assert looks[date(2026, 11, 28)] == "extra"


def test_a_marked_day_carries_its_name_and_today_is_marked() -> None:
    names = {cell.day: cell.name for cell in _cells([FATHERS_DAY], 2)}
    today = [cell.day for cell in _cells([], 1) if cell.is_today]
    assert (names[FATHERS_DAY.date], names[date(2026, 12, 8)]) == ("วันหยุดชดเชย", "")
    assert today == [TODAY]


@given(st.lists(st.dates(date(2026, 10, 1), date(2027, 9, 30)), unique=True, max_size=40))
def test_the_months_count_the_working_days_of_the_year(dates: list[date]) -> None:
    days = [DayOff(date=day, kind=DayKind.SPECIAL, name="วันหยุด") for day in dates]
    first, last = fiscal_year_range(2570)
    calendar = WorkCalendar(off=frozenset(dates))
    counted = calendar.count(first, last) + calendar.is_working(first)
    assert sum(month.working_days for month in months_of(2570, days, TODAY)) == counted
