"""`{% flowchart flow_shape states %}`: the chart of a flow on the screen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import template

from processes.drawing import Chart, Form, Page, Place, branches, chart_of, lay
from processes.shape import Flow

register = template.Library()

MOST_LINES = 9
# ems: a symbol's width, and the part of it that a decision's text may fill
WIDTH, ROOM = 13.5, 8.0


@dataclass(frozen=True, slots=True)
class State:
    """How a row of a running case stands: an icon and a word, never the colour alone."""

    code: str
    word: str
    icon: str
    tint: str


STATES = {
    state.code: state
    for state in (
        State("done", "เสร็จแล้ว", "check", "#e3efd9"),
        State("current", "กำลังดำเนินการ", "play", "#dfe8f6"),
        State("overdue", "เกินกำหนด", "alert", "#f7d9d2"),
        State("waiting", "รอหน่วยงานอื่น", "wait", "#efe3f1"),
        State("skipped", "ข้าม", "skip", "#ececec"),
    )
}


@dataclass(frozen=True, slots=True)
class Diamond:
    """The outline of a decision, in ems; styles do not reach into a drawing on paper."""

    height: float
    fill: str
    pen: float = 0.1

    @property
    def box(self) -> str:
        return f"0 0 {WIDTH} {self.height}"

    @property
    def points(self) -> str:
        edge, middle, half = self.pen, WIDTH / 2, self.height / 2
        right, low = round(WIDTH - edge, 2), round(self.height - edge, 2)
        return f"{middle},{edge} {right},{half} {middle},{low} {edge},{half}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A place as the template draws it."""

    place: Place
    state: State | None = None

    @property
    def classes(self) -> str:
        """The style classes of the cell: its strokes and its state."""
        names = [f"flow-{stroke}" for stroke in self.place.strokes]
        return " ".join([*names, *([f"flow-is-{self.state.code}"] if self.state else [])])

    @property
    def lines(self) -> int:
        """Lines of text in a decision: the state takes one of its own."""
        return min(self.place.lines + bool(self.state), MOST_LINES)

    @property
    def diamond(self) -> Diamond | None:
        """The outline, where the symbol is a decision."""
        if self.place.symbol.form is not Form.DECISION:
            return None
        return Diamond(max(5.0, 3.5 * self.lines), self.state.tint if self.state else "#fff")

    @property
    def is_current(self) -> bool:
        return self.state is not None and self.state.code in ("current", "overdue")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the outline: a cell and the cells of its sub-rows."""

    cell: Cell
    under: tuple[Cell, ...]
    side: bool


def outline(chart: Chart, page: Page, states: Mapping[str, str] | None = None) -> Iterator[Item]:
    """The entries of a page, each with the state of its row."""

    def cell(place: Place) -> Cell:
        return Cell(place, STATES.get((states or {}).get(place.symbol.key, "")))

    for branch in branches(chart, page):
        yield Item(cell(branch.place), tuple(map(cell, branch.under)), branch.side)


@register.inclusion_tag("components/flowchart.html")
def flowchart(flow: Flow, states: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Draw a flow; `states` maps a step's key to done, current, overdue, waiting or skipped."""
    chart = chart_of(flow)
    (page,) = lay(chart, room=ROOM)
    items = tuple(outline(chart, page, states))
    return {"items": items, "ends_deciding": chart.ends_deciding, "spoken": True}
