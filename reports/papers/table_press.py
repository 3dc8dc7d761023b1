"""Draws the standards table: measure, cut into pages, lay out, and look whether it fitted."""

from dataclasses import dataclass, replace
from typing import Any

from processes.drawing import Chart, chart_of
from reports.measuring import heights, lines, page_height
from reports.pages import Merged, Room, paginate
from reports.papers.printing import THAI_DIGITS, Tell, number_words
from reports.papers.standards_table import SECTION, Row, StandardsTable, rows_of
from reports.papers.table_sheets import cut_tall, merged_heights, sheets, to_measure
from reports.rendering import lay_out, marked

STYLES = ("papers-standards-table.css",)
MEASURING = "papers-standards-table-measuring.css"
# the measuring page is so much taller than A4 landscape; CSS pixels
BEYOND = (20_000 - 210) * 96 / 25.4
# a tall row is cut, measured again, and cut once more where a guess was a line short
ROUNDS = 3
# pixels left free at the foot when the first plan did not hold
SPARE = (2.0, 8.0, 24.0, 60.0)


@dataclass(frozen=True, slots=True)
class Measured:
    """The rows, none taller than a page, and how tall they and the furniture are."""

    rows: list[Row]
    tall: list[float]
    merged: list[Merged]
    room: Room


def draw(table: StandardsTable, tell: Tell) -> Any:
    """The table as a laid out document."""
    chart, rows, context = chart_of(table.flow), rows_of(table), _context(table)
    tell("กำลังวัดความสูงของแต่ละแถว")
    measured = _measure(chart, rows, context)
    if measured.room.first > measured.room.page / 2:
        context["indicator_apart"] = True
        measured = _measure(chart, rows, context)
    tell("กำลังจัดแถวลงหน้ากระดาษ")
    for spare in SPARE:
        fit = replace(measured.room, page=measured.room.page - spare)
        runs = paginate(measured.tall, measured.merged, fit)
        pages = {**context, "sheets": sheets(chart, measured.rows, runs)}
        document = lay_out("standards_table.html", pages, _styles(table))
        # a table that did not fit its page stands on two
        if len(list(marked(document, "data-sheet"))) == len(runs):
            break
    return document


def _context(table: StandardsTable) -> dict[str, Any]:
    return {
        "title": f"ตารางมาตรฐานงาน {table.standing.process}",
        "standing": table.standing,
        "section": number_words(SECTION, thai=table.standing.thai_digits),
        "indicator": table.indicator,
        "references": table.references,
    }


def _styles(table: StandardsTable) -> tuple[str, ...]:
    return (*STYLES, THAI_DIGITS) if table.standing.thai_digits else STYLES


def _measure(chart: Chart, rows: list[Row], context: dict[str, Any]) -> Measured:
    for _ in range(ROUNDS):
        first_pass = {**context, **to_measure(chart, rows), "measuring": True}
        document = lay_out("standards_table_measuring.html", first_pass, (*STYLES, MEASURING))
        tall = heights(document)
        head, carry, tail = tall["head"], tall["carry"], tall["tail"]
        measured = Measured(
            rows=rows,
            tall=[tall[f"row:{n}"] for n in range(len(rows))],
            merged=merged_heights(rows, tall),
            room=Room(page_height(document) - BEYOND, head, head, carry, tail),
        )
        rows = cut_tall(rows, measured.room, tall, lines(document))
        if rows == measured.rows:
            break
    return measured
