"""Which rows stand on which page. Pure: heights in, runs of rows out.

A row never breaks over a page. One that is taller than a page is cut into pieces before.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """What a page holds, and what its own furniture takes of it.

    `first` and `more` are the heads of the first and of later pages, `carry` a line that leads
    from page to page, `tail` what closes the last page.
    """

    page: float
    first: float = 0.0
    more: float = 0.0
    carry: float = 0.0
    tail: float = 0.0

    @property
    def for_one_row(self) -> float:
        """The most that a single row may take on any page, whatever the heads leave of it."""
        left = self.page - max(self.first, self.more) - 2 * self.carry
        return max(left, self.page / 4)


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged cell: the text in it wants `height`, whichever of `rows` are on the page."""

    rows: frozenset[int]
    height: float


def paginate(rows: Sequence[float], merged: Sequence[Merged], room: Room) -> list[range]:
    """Runs of rows, as many on each page as it holds; the tail never stands alone."""
    runs: list[range] = []
    start = 0
    while start < len(rows):
        stop = _fill(rows, merged, room, start)
        runs.append(range(start, stop))
        start = stop
    return runs


def _fill(rows: Sequence[float], merged: Sequence[Merged], room: Room, start: int) -> int:
    """The row after the last one that fits on a page beginning with `start`."""
    head = room.more + room.carry if start else room.first
    if head + _height(rows, merged, range(start, len(rows))) + room.tail <= room.page:
        return len(rows)
    stop = start + 1
    while stop < len(rows) - 1:
        if head + _height(rows, merged, range(start, stop + 1)) + room.carry > room.page:
            break
        stop += 1
    return stop


def _height(rows: Sequence[float], merged: Sequence[Merged], run: range) -> float:
    """The rows of a run, and what a merged cell needs beyond the rows it covers."""
    total = sum(rows[row] for row in run)
    for cell in merged:
        covered = [rows[row] for row in run if row in cell.rows]
        if covered:
            total += max(0.0, cell.height - sum(covered))
    return total
