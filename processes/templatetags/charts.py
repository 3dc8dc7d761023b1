"""`{% flowchart flow_shape states %}`: the chart of a flow on the screen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import template

from processes.drawing import Chart, Form, Page, Place, branches, chart_of, lay
from processes.shape import Flow

register = template.Library()

# a decision with more lines is drawn as a box with pointed ends, or it would fill the page
MOST_LINES = 6
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
        State("outside", "รอหน่วยงานภายนอก", "wait", "#f3eaf4"),
        State("waiting", "ยังไม่ถึง", "clock", "#fff"),
        State("skipped", "ข้าม", "skip", "#ececec"),
    )
}


@dataclass(frozen=True, slots=True)
class Outline:
    """A decision's outline, drawn; styles do not reach into a drawing on paper."""

    box: str
    points: str
    fill: str
    pen: float


def _diamond(width: float, height: float, fill: str, pen: float = 0.1) -> Outline:
    """The rhombus, in ems of its text."""
    middle, half = width / 2, height / 2
    right, low = round(width - pen, 2), round(height - pen, 2)
    points = f"{middle},{pen} {right},{half} {middle},{low} {pen},{half}"
    return Outline(f"0 0 {width} {height}", points, fill, pen)


def _pointed(fill: str) -> Outline:
    """A box with pointed ends, stretched to whatever its text needs."""
    return Outline("0 0 100 100", "0.5,50 8,0.7 92,0.7 99.5,50 92,99.3 8,99.3", fill, 0.8)


@dataclass(frozen=True, slots=True)
class Cell:
    """A place as the template draws it, `width` ems wide."""

    place: Place
    state: State | None = None
    width: float = WIDTH

    @property
    def classes(self) -> str:
        """The style classes of the cell: its strokes and its state."""
        names = [f"flow-{stroke}" for stroke in self.place.strokes]
        return " ".join([*names, *([f"flow-is-{self.state.code}"] if self.state else [])])

    @property
    def lines(self) -> int:
        """Lines of text in a decision: the state takes one of its own."""
        return self.place.lines + bool(self.state)

    @property
    def form(self) -> str:
        """The style class of the outline."""
        form = self.place.symbol.form
        if form is not Form.DECISION:
            return f"flow-{form}"
        size = f"lines-{self.lines}" if self.lines <= MOST_LINES else "pointed"
        return f"flow-{form} flow-{size}"

    @property
    def outline(self) -> Outline | None:
        """The outline that styles cannot draw, where the symbol is a decision."""
        if self.place.symbol.form is not Form.DECISION:
            return None
        fill = self.state.tint if self.state else "#fff"
        if self.lines > MOST_LINES:
            return _pointed(fill)
        return _diamond(self.width, max(5.0, 3.5 * self.lines), fill)

    @property
    def is_current(self) -> bool:
        return self.state is not None and self.state.code in ("current", "outside", "overdue")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the outline: a cell and the cells of its sub-rows."""

    cell: Cell
    under: tuple[Cell, ...]
    side: bool


def outline(
    chart: Chart, page: Page, states: Mapping[str, str] | None = None, *, width: float = WIDTH
) -> Iterator[Item]:
    """The entries of a page, each with the state of its row."""

    def cell(place: Place) -> Cell:
        return Cell(place, STATES.get((states or {}).get(place.symbol.key, "")), width)

    for branch in branches(chart, page):
        yield Item(cell(branch.place), tuple(map(cell, branch.under)), branch.side)


@register.inclusion_tag("components/flowchart.html")
def flowchart(flow: Flow, states: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Draw a flow; `states` maps a step's key to one of STATES."""
    chart = chart_of(flow)
    (page,) = lay(chart, room=ROOM)
    items = tuple(outline(chart, page, states))
    return {
        "items": items,
        "ends_deciding": chart.ends_deciding,
        "has_lanes": bool(chart.loops),
        "spoken": True,
    }
