from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.thai import dates
from portal.thai.dates import BadDate, WrongEra, parse_thai_date

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(1940, 1, 1), date(2060, 12, 31))


def test_dates_are_written_in_the_buddhist_era() -> None:
    assert dates.thai_date(TODAY) == "20 พ.ย. 2569"
    assert dates.thai_date(TODAY, digits=True) == "๒๐ พ.ย. ๒๕๖๙"
    assert dates.thai_date_long(TODAY) == "20 พฤศจิกายน 2569"


def test_moments_are_written_in_thai_time() -> None:
    late = datetime(2026, 11, 20, 20, 5, tzinfo=UTC)
    assert dates.thai_datetime(late) == "21 พ.ย. 2569 03:05 น."
    assert dates.thai_date(late) == "21 พ.ย. 2569"
    assert dates.thai_datetime(late, digits=True) == "๒๑ พ.ย. ๒๕๖๙ ๐๓:๐๕ น."


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 9, 30), 2569),
        (date(2026, 10, 1), 2570),
        (date(2026, 12, 31), 2570),
        (date(2027, 1, 1), 2570),
    ],
)
def test_fiscal_year_begins_in_october(day: date, year: int) -> None:
    assert dates.fiscal_year(day) == year


@given(DAYS)
def test_every_day_lies_in_its_fiscal_year_and_in_no_other(day: date) -> None:
    year = dates.fiscal_year(day)
    first, last = dates.fiscal_year_range(year)
    assert first <= day <= last
    assert dates.fiscal_year_range(year + 1)[0] == last + timedelta(days=1)


@pytest.mark.parametrize(
    "typed",
    [
        "20/11/2569", "20-11-2569", "20.11.2569", "๒๐/๑๑/๒๕๖๙", " 20/11/2569 ",
        "20 พ.ย. 2569", "20 พย 2569", "20พ.ย.2569", "20 พฤศจิกายน 2569",
        "๒๐ พฤศจิกายน พ.ศ. ๒๕๖๙", "วันที่ 20 พฤศจิกายน 2569", "2569-11-20",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_thai_date(typed, today=TODAY) == TODAY


@given(DAYS)
def test_what_is_written_can_be_read_back(day: date) -> None:
    for write in (dates.thai_date, dates.thai_date_long):
        assert parse_thai_date(write(day, digits=True), today=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("20/11/2026", TODAY),
        ("2026-11-20", TODAY),
        ("20 พ.ย. 2026", TODAY),
        ("29/2/2024", date(2024, 2, 29)),
    ],
)
def test_a_christian_year_is_refused_and_the_right_day_offered(typed: str, meant: date) -> None:
    with pytest.raises(WrongEra) as refused:
        parse_thai_date(typed, today=TODAY)
    assert refused.value.offer == meant
    assert dates.thai_date(meant) in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "อ่านวันที่ไม่ออก"),
        ("พรุ่งนี้", "อ่านวันที่ไม่ออก"),
        ("20 พยศ. 2569", "อ่านวันที่ไม่ออก"),
        ("20/11-2569", "อ่านวันที่ไม่ออก"),
        ("20/11/69", "ให้ครบสี่หลัก"),
        ("20 พ.ย. ๖๙", "ให้ครบสี่หลัก"),
        ("20/11/256", "ให้ครบสี่หลัก"),
        ("31/2/2569", "ไม่มีวันที่นี้"),
        ("20/13/2569", "ไม่มีวันที่นี้"),
        ("0/1/2569", "ไม่มีวันที่นี้"),
        ("29/2/2023", "ไม่มีวันที่นี้"),
        ("20/11/2899", "ไกลเกินไป"),
        ("20/11/1066", "ไกลเกินไป"),
        ("20/11/0000", "ไกลเกินไป"),
        ("20/11/9999", "ไกลเกินไป"),
    ],
)
def test_what_is_no_date_is_refused_in_words(typed: str, says: str) -> None:
    with pytest.raises(BadDate, match=says) as refused:
        parse_thai_date(typed, today=TODAY)
    assert not isinstance(refused.value, WrongEra)
