"""The time cell of a row."""

import pytest
from hypothesis import given

from processes import durations
from processes.shape import Duration, Per, Unit
from tests.factories.standard import make_shape
from tests.processes import shapes

CELLS = [
    ("3 วันทำการ", Duration(Unit.WORKING_DAY, 3, 3), "3 วันทำการ"),
    ("1-5  วันทำการ", Duration(Unit.WORKING_DAY, 1, 5), "1 – 5 วันทำการ"),
    ("3 –5 วันต่อกิจกรรม", Duration(Unit.DAY, 3, 5, Per.ACTIVITY), "3 – 5 วันต่อกิจกรรม"),
    ("3 – 5 วัน/ครั้ง", Duration(Unit.DAY, 3, 5, Per.OCCASION), "3 – 5 วัน/ครั้ง"),
    ("15 วัน", Duration(Unit.DAY, 15, 15), "15 วัน"),
    ("2 ชั่วโมง", Duration(Unit.HOUR, 2, 2), "2 ชั่วโมง"),
    ("30 นาที", Duration(Unit.MINUTE, 30, 30), "30 นาที"),
    ("1 เดือน", Duration(Unit.MONTH, 1, 1), "1 เดือน"),
    (
        "5 – 7 วันทำการ (สำหรับขั้นประมวลผล)",
        Duration(Unit.WORKING_DAY, 5, 7, note="สำหรับขั้นประมวลผล"),
        "5 – 7 วันทำการ (สำหรับขั้นประมวลผล)",
    ),
    ("ตลอดระยะเวลา", Duration(Unit.THROUGHOUT), "ตลอดระยะเวลา"),
    ("ตลอดปี", Duration(Unit.THROUGHOUT, printed="ตลอดปี"), "ตลอดปี"),
    (
        "ตามที่ระบุในแผนงาน",
        Duration(Unit.PER_PLAN, printed="ตามที่ระบุในแผนงาน"),
        "ตามที่ระบุในแผนงาน",
    ),
    ("๗ วัน", Duration(Unit.DAY, 7, 7, printed="๗ วัน"), "๗ วัน"),
    ("5 วัน/กิจกรรม", Duration(Unit.DAY, 5, 5, Per.ACTIVITY, "5 วัน/กิจกรรม"), "5 วัน/กิจกรรม"),
    ("", Duration(), ""),
]


@pytest.mark.parametrize(("cell", "duration", "printed"), CELLS)
def test_cell_is_read_and_printed_again(cell, duration, printed):
    assert durations.parse(cell) == duration
    assert durations.printed(duration) == printed


@pytest.mark.parametrize("cell", ["สามวัน", "3", "3 ปี", "วันทำการ", "3 – วัน", "รวมอยู่ในขั้นวิจัย"])
def test_cell_that_is_not_known_is_refused_by_its_words(cell):
    with pytest.raises(ValueError, match=cell):
        durations.parse(cell)


@given(duration=shapes.durations())
def test_what_is_printed_of_a_counted_duration_is_read_back(duration):
    plain = Duration(duration.unit, duration.min, duration.max, duration.per)
    if plain.unit in durations.UNIT_WORDS:
        assert durations.parse(durations.printed(plain)) == plain


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (Duration(Unit.WORKING_DAY, 1, 5), "1 ถึง 5 วันทำการ"),
        (Duration(Unit.DAY, 3, 3, Per.OCCASION), "3 วัน ต่อหนึ่งครั้ง"),
        (Duration(Unit.THROUGHOUT), "ตลอดระยะเวลาดำเนินงาน"),
        (Duration(Unit.PER_PLAN), "ตามที่แผนกำหนด"),
        (Duration(Unit.INCLUDED), "รวมอยู่ในเวลาของขั้นตอนอื่น"),
        (Duration(Unit.INCLUDED, printed="รวมในขั้นวิจัย"), "รวมในขั้นวิจัย"),
        (Duration(), "ไม่กำหนดเวลา"),
    ],
)
def test_duration_is_never_without_words(duration, words):
    assert durations.in_words(duration) == words


def days(key, least, most, **values):
    return {"key": key, "duration": {"unit": "working_day", "min": least, "max": most}, **values}


def total_of(steps):
    return durations.total(make_shape(steps).flows[0])


def test_total_adds_the_rows():
    assert total_of([days("a", 1, 5), days("b", 3, 3)]).working_days == (4, 8)


def test_total_counts_sub_rows_side_by_side():
    steps = [
        "parent",
        days("a", 2, 3, parent="parent"),
        days("b", 1, 9, parent="parent"),
        days("c", 4, 4),
    ]
    assert total_of(steps).working_days == (6, 13)


def test_total_counts_shared_time_once():
    shared = {"key": "b", "duration": {"unit": "included"}, "duration_from": "a"}
    assert total_of([days("a", 7, 7), shared]).working_days == (7, 7)


def test_total_keeps_plain_days_and_months_apart():
    steps = [
        days("a", 1, 1),
        {"key": "b", "duration": {"unit": "day", "min": 3, "max": 5, "per": "activity"}},
        {"key": "c", "duration": {"unit": "month", "min": 1, "max": 1}},
        {"key": "d", "duration": {"unit": "hour", "min": 2, "max": 6}},
    ]
    found = total_of(steps)
    assert (found.working_days, found.days, found.months) == ((2, 2), (3, 5), (1, 1))
    assert found.per
    assert durations.total_in_words(found) == ("2 วันทำการ", "3 – 5 วัน", "1 เดือน")


def test_total_of_rows_without_numbers_has_no_words():
    assert durations.total_in_words(total_of(["a", "b"])) == ()
