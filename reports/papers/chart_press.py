"""Draws the flowchart: the largest size that fits one page, else several pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from processes.drawing import Chart, between, chart_of, lay
from processes.templatetags.charts import Item, outline
from reports.measuring import heights, page_height
from reports.pages import Room, paginate
from reports.papers.carry import Carry, page_letter
from reports.papers.flowchart import CASE_SECTION, SECTION, Flowchart
from reports.papers.printing import THAI_DIGITS, Tell, number_words
from reports.rendering import lay_out

STYLES = ("papers-flowchart.css",)
MEASURING = "papers-flowchart-measuring.css"
SIZES = ("size-1", "size-2", "size-3", "size-4")
SEVERAL_PAGES = "size-2"
# the measuring page is so much taller than A4; CSS pixels
BEYOND = (20_000 - 297) * 96 / 25.4
# ems: a symbol's width, and the part of it that a decision's text may fill
WIDTH, ROOM = 18.0, 10.4
SPARE = (1.0, 8.0, 24.0, 60.0)

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the chart."""

    items: tuple[Item, ...]
    coming: Carry | None = None
    leaving: Carry | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart in one size, and how tall its rows and the furniture of a page are in it."""

    paper: Flowchart
    chart: Chart
    size: str
    tall: dict[str, float]

    @property
    def blocks(self) -> list[Keys]:
        return _blocks(self.chart)

    def runs(self, spare: float = 0.0) -> list[range]:
        """The blocks of each page."""
        room = Room(
            page=self.tall["page"] - spare,
            first=self.tall["head"],
            more=self.tall["head-again"],
            carry=self.tall["carry"],
            tail=self.tall.get("end", 0.0),
        )
        return paginate([self._height(block) for block in self.blocks], [], room)

    def _height(self, block: Keys) -> float:
        return self.tall[block[0]] + self.tall.get(f"side:{block[0]}", 0.0)


def draw(paper: Flowchart, tell: Tell) -> Any:
    """The chart as a laid out document."""
    tell("กำลังวัดขนาดของผัง")
    plan = _plan(paper)
    tell("กำลังจัดผังลงหน้ากระดาษ")
    for spare in SPARE:
        runs = plan.runs(spare)
        sheets = _sheets(paper, plan.chart, plan.blocks, runs)
        document = _lay_out(paper, plan.chart, sheets, plan.size)
        if len(document.pages) == len(runs):
            break
    return document


def _plan(paper: Flowchart) -> Plan:
    """The largest size in which the chart fits one page."""
    chart = chart_of(paper.flow)
    plans = {}
    for size in SIZES:
        plans[size] = Plan(paper, chart, size, _measure(paper, chart, size))
        if len(plans[size].runs(SPARE[0])) == 1:
            return plans[size]
    return plans[SEVERAL_PAGES]


def _blocks(chart: Chart) -> list[Keys]:
    """What may not be parted by a page end: a row, or a row with its sub-rows beside each other."""
    blocks: list[Keys] = []
    for symbol in chart.symbols:
        if symbol.parent is not None and chart.fits_side_by_side(symbol.parent):
            blocks[-1] = (*blocks[-1], symbol.key)
        else:
            blocks.append((symbol.key,))
    return blocks


def _measure(paper: Flowchart, chart: Chart, size: str) -> dict[str, float]:
    """How tall everything is in a size; `page` is the room of a real page."""
    keys = tuple(symbol.key for symbol in chart.symbols)
    (whole,) = _sheets(paper, chart, [keys], [range(1)])
    # the furniture of a second page is measured along with the first
    carry = Carry("A", "", "", ("axis",))
    sheets = [replace(whole, leaving=carry), Sheet((), coming=carry)]
    document = _lay_out(paper, chart, sheets, size, MEASURING)
    return {**heights(document), "page": page_height(document) - BEYOND}


def _sheets(
    paper: Flowchart, chart: Chart, blocks: Sequence[Keys], runs: Sequence[range]
) -> list[Sheet]:
    pages = [[key for n in run for key in blocks[n]] for run in runs]
    states = {each.key: each.state for each in paper.states}
    laid = lay(chart, pages, room=ROOM)
    carries = [_carry(chart, page[-1], number) for number, page in enumerate(pages[:-1])]
    return [
        Sheet(tuple(outline(chart, page, states, width=WIDTH)), coming, leaving)
        for page, coming, leaving in zip(laid, [None, *carries], [*carries, None], strict=True)
    ]


def _carry(chart: Chart, last: str, number: int) -> Carry:
    parent = chart.symbol(last).parent
    side = parent is not None and chart.fits_side_by_side(parent)
    strokes = ("axis",) if side else between(chart, last)
    return Carry(page_letter(number), "", "", strokes)


def _lay_out(
    paper: Flowchart, chart: Chart, sheets: Sequence[Sheet], size: str, *styles: str
) -> Any:
    section = CASE_SECTION if paper.case_code else SECTION
    thai = paper.standing.thai_digits
    context = {
        "title": f"{section} {paper.case_title or paper.standing.process}",
        "standing": paper.standing,
        "chart": paper,
        "section": number_words(section, thai=thai),
        "sheets": sheets,
        "size": size,
        "ends_deciding": chart.ends_deciding,
    }
    digits = (THAI_DIGITS,) if thai else ()
    return lay_out("flowchart.html", context, (*STYLES, *digits, *styles))
