"""Which rows stand on which page."""

from hypothesis import given
from hypothesis import strategies as st

from reports.pages import Merged, Room, paginate

ROOM = Room(page=100, first=20, more=10, carry=5, tail=8)


def test_rows_that_fit_stand_on_one_page():
    assert paginate([30, 30, 12], [], ROOM) == [range(3)]


def test_rows_go_over_when_the_tail_does_not_fit():
    assert paginate([30, 30, 13], [], ROOM) == [range(2), range(2, 3)]


def test_tail_never_stands_alone():
    assert paginate([40, 40], [], ROOM) == [range(1), range(1, 2)]


def test_pages_leave_room_for_the_lines_that_lead_on():
    # 20 head + 75 rows would fit, but not the line that leads to the next page
    assert paginate([25, 25, 26, 30], [], ROOM) == [range(2), range(2, 4)]


def test_merged_cell_needs_its_height_on_each_page_it_covers():
    merged = [Merged(frozenset({0, 1, 2}), 70)]
    assert paginate([10, 10, 35, 10], merged, ROOM) == [range(3), range(3, 4)]
    assert paginate([10, 10, 35, 10], [], ROOM) == [range(4)]


def test_row_taller_than_a_page_has_a_page_of_its_own():
    assert paginate([10, 500, 10], [], ROOM) == [range(1), range(1, 2), range(2, 3)]


def test_no_rows_need_no_page():
    assert paginate([], [], ROOM) == []


def test_room_for_one_row_is_what_the_fullest_page_leaves():
    assert ROOM.for_one_row == 70


def test_room_for_one_row_is_never_nothing():
    assert Room(page=100, first=120, more=120, carry=5).for_one_row == 25


@given(st.lists(st.floats(1, 69), min_size=1, max_size=60))
def test_every_row_stands_once_and_no_page_is_too_full(rows):
    runs = paginate(rows, [], ROOM)
    assert [row for run in runs for row in run] == list(range(len(rows)))
    for number, run in enumerate(runs):
        head = ROOM.more + ROOM.carry if number else ROOM.first
        foot = ROOM.tail if number == len(runs) - 1 else ROOM.carry
        assert len(run) == 1 or head + sum(rows[row] for row in run) + foot <= ROOM.page
