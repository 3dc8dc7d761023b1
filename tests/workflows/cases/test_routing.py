"""The line: what opens first, what next, where a return may go."""

from processes.shape import Flow
from tests.factories.standard import make_shape
from workflows.cases import routing


def line(*steps) -> Flow:
    return make_shape(steps).flows[0]


def throughout(key: str) -> dict:
    return {"key": key, "duration": {"unit": "throughout"}}


def keys(openings) -> list[tuple[str, bool]]:
    return [(opening.step.key, opening.blocking) for opening in openings]


def test_first_row_opens_and_blocks():
    assert keys(routing.first_openings(line("a", "b"))) == [("a", True)]


def test_throughout_row_lets_the_next_one_open():
    flow = line("a", throughout("b"), "c", "d")
    assert keys(routing.next_openings(flow, "a")) == [("b", False), ("c", True)]


def test_throughout_row_with_nothing_dated_after_it_blocks():
    flow = line("a", throughout("b"), throughout("c"))
    assert keys(routing.next_openings(flow, "a")) == [("b", True)]


def test_nothing_opens_after_the_last_row():
    assert routing.next_openings(line("a", "b"), "b") == ()


def test_sub_rows_open_with_their_parent():
    flow = line("a", {"key": "b1", "parent": "a"}, {"key": "b2", "parent": "a"}, "c")
    opening = routing.first_openings(flow)[0]
    assert [row.key for row in opening.sub_rows] == ["b1", "b2"]


def test_going_to_a_sub_row_opens_its_parent_with_it_alone():
    flow = line("a", {"key": "b1", "parent": "a"}, {"key": "b2", "parent": "a"}, "c")
    opening = routing.opening_at(flow, "b2")
    assert (opening.step.key, [row.key for row in opening.sub_rows]) == ("a", ["b2"])


def test_return_goes_to_the_printed_row():
    flow = line("a", "b", "c", {"key": "d", "returns_to": "b"})
    assert routing.default_return(flow, "d").key == "b"


def test_return_without_a_printed_branch_goes_to_the_row_before():
    assert routing.default_return(line("a", "b", "c"), "c").key == "b"


def test_return_of_the_first_row_is_to_itself():
    assert routing.default_return(line("a", "b"), "a").key == "a"


def test_return_targets_are_earlier_rows_and_itself_without_passed_ones():
    flow = line("a", throughout("b"), "c", "d")
    assert [row.key for row in routing.return_targets(flow, "c")] == ["a", "c"]
