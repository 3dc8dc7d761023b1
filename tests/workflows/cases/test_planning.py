"""The plan of a flow on a calendar without holidays: 2 November 2026 is a Monday."""

from datetime import date, time

import pytest

from portal.calendar.workdays import WorkCalendar
from tests.factories.standard import make_shape
from workflows.cases.planning import plan, working_days
from workflows.cases.reckoning import OfficeTime

OFFICE = OfficeTime(WorkCalendar(frozenset(), frozenset()), time(8, 30), time(16, 30))
START = date(2026, 11, 2)


def days(least: int, most: int | None = None, unit: str = "working_day", **more) -> dict:
    return {"min": least, "max": most or least, "unit": unit, **more}


def row(key: str, duration: dict | None = None, **more) -> dict:
    return {"key": key, **({"duration": duration} if duration else {}), **more}


def dates(*rows) -> dict[str, tuple]:
    flow = make_shape(rows).flows[0]
    return {
        entry.key: (entry.opens, entry.expected, entry.due) for entry in plan(flow, START, OFFICE)
    }


def test_a_row_opens_on_the_due_date_of_the_row_before():
    planned = dates(row("a", days(1, 5)), row("b", days(3)))
    assert planned == {
        "a": (date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 9)),
        "b": (date(2026, 11, 9), date(2026, 11, 12), date(2026, 11, 12)),
    }


@pytest.mark.parametrize("unit", ["throughout", "per_plan", "none"])
def test_a_row_without_time_takes_none(unit):
    planned = dates(row("a", {"unit": unit}), row("b", days(1)))
    assert planned["a"] == (START, None, None)
    assert planned["b"][0] == START


def test_plain_days_count_days_off():
    assert dates(row("a", days(5, unit="day")))["a"][2] == date(2026, 11, 7)


def test_plain_days_of_somebody_outside_end_on_a_working_day():
    planned = dates(row("a", days(5, unit="day"), external=True))
    assert planned["a"][2] == date(2026, 11, 9)


def test_months_end_on_the_same_date():
    assert dates(row("a", days(1, unit="month")))["a"][2] == date(2026, 12, 2)


@pytest.mark.parametrize("unit", ["hour", "minute"])
def test_hours_and_minutes_end_on_the_next_working_day(unit):
    assert dates(row("a", days(3, unit=unit)))["a"] == (START, date(2026, 11, 3), date(2026, 11, 3))


def test_rows_sharing_time_have_one_window_counted_once():
    shared = {"duration_from": "a", "duration_merged": True}
    planned = dates(row("a", days(5)), row("b", {"unit": "included"}, **shared), row("c", days(1)))
    assert planned["a"] == planned["b"]
    assert planned["c"][0] == planned["a"][2]


def test_sub_rows_open_together_and_the_next_row_at_the_latest_of_them():
    planned = dates(
        row("a"),
        row("a1", days(2), parent="a"),
        row("a2", days(5), parent="a"),
        row("b", days(1)),
    )
    assert planned["a1"][0] == planned["a2"][0] == START
    assert planned["a"][2] == planned["b"][0] == date(2026, 11, 9)


def test_an_activity_counts_as_one():
    assert dates(row("a", days(3, 5, unit="day", per="activity")))["a"][2] == date(2026, 11, 7)


def test_the_whole_plan_is_counted_in_working_days_at_least_and_at_most():
    """1 to 5 working days, then a week of plain days that holds five of them."""
    flow = make_shape([row("a", days(1, 5)), row("b", days(7, unit="day")), row("c")]).flows[0]
    assert working_days(flow, plan(flow, START, OFFICE), START, OFFICE) == (6, 10)


def test_a_plan_without_any_time_takes_no_working_days():
    flow = make_shape([row("a"), row("b")]).flows[0]
    assert working_days(flow, plan(flow, START, OFFICE), START, OFFICE) == (0, 0)
