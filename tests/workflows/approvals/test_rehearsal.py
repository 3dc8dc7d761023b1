"""The rehearsal walks what a real case would walk."""

from datetime import date, time

from portal.calendar.workdays import WorkCalendar
from processes.shape import Flow
from tests.factories.standard import make_shape
from workflows.approvals.rehearsal import rehearse
from workflows.cases.reckoning import OfficeTime

OFFICE = OfficeTime(WorkCalendar(frozenset(), frozenset()), time(8, 30), time(16, 30))
START = date(2026, 11, 2)
DECIDE = {"decides": "decide", "chain": ["director"]}


def flow(*steps) -> Flow:
    return make_shape(steps).flows[0]


def path(*steps) -> list[tuple]:
    walked = rehearse(flow(*steps), START, OFFICE)
    assert walked.finished
    return [(step.position, step.round, step.action) for step in walked.path]


def test_first_deciding_row_is_returned_once_to_its_printed_row():
    assert path("a", "b", {"key": "c", "returns_to": "a", **DECIDE}, "d") == [
        (0, 1, "complete"),
        (1, 1, "complete"),
        (2, 1, "return"),
        (0, 2, "complete"),
        (1, 2, "complete"),
        (2, 2, "approve"),
        (3, 1, "complete"),
    ]


def test_second_deciding_row_is_not_returned():
    actions = [action for _, _, action in path({"key": "a", **DECIDE}, {"key": "b", **DECIDE}, "c")]
    assert actions == ["return", "approve", "approve", "complete"]


def test_an_acknowledging_row_is_never_the_one_returned():
    acknowledge = {"decides": "acknowledge", "chain": ["director"]}
    assert path({"key": "a", **acknowledge}) == [(0, 1, "acknowledge")]


def test_optional_rows_are_left_out_and_conditional_ones_walked():
    rows = ("a", {"key": "b", "optional": True}, {"key": "c", "condition": "เกินวงเงิน"})
    assert path(*rows) == [(0, 1, "complete"), (2, 1, "complete")]


def test_sub_rows_are_done_before_their_parent():
    rows = ("a", {"key": "a1", "parent": "a"}, {"key": "a2", "parent": "a"}, "b")
    assert [position for position, _, _ in path(*rows)] == [1, 2, 0, 3]


def test_a_throughout_row_is_done_with_the_case():
    rows = ({"key": "a", "duration": {"unit": "throughout"}}, "b", "c")
    assert [position for position, _, _ in path(*rows)] == [1, 2, 0]


def test_dates_are_the_planned_ones():
    five = {"duration": {"unit": "working_day", "min": 1, "max": 5}}
    walked = rehearse(flow({"key": "a", **five}, {"key": "b", **five}), START, OFFICE)
    assert [step.on for step in walked.path] == [date(2026, 11, 9), date(2026, 11, 16)]


def test_a_deciding_row_nobody_decides_cannot_be_walked():
    assert not rehearse(flow({"key": "a", "decides": "decide"}), START, OFFICE).finished
