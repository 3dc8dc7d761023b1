"""The standards table on pages: what stands on each, which cells span rows, what leads on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby, pairwise
from math import floor
from typing import Any

from processes.drawing import Chart, Place, between, lay
from processes.templatetags.charts import Cell as Symbol
from reports.measuring import Line as Broken
from reports.pages import Merged, Room
from reports.papers.carry import Carry, page_letter
from reports.papers.standards_table import COLUMNS, Cell, Row

TITLE = "title"
NAMES = (TITLE, *COLUMNS)


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell as it is printed: its text, over so many lines of the page."""

    text: str
    lines: int


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. A cell that is None lies under the merged one above it."""

    row: Row
    symbol: Symbol | None
    strokes: str
    ends: bool
    cells: dict[str, Spanned | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the table."""

    lines: tuple[Line, ...]
    coming: Carry | None = None
    leaving: Carry | None = None


def sheets(chart: Chart, rows: Sequence[Row], runs: Sequence[range]) -> list[Sheet]:
    """The rows on their pages."""
    keys = [[rows[n].key for n in run if not rows[n].part] for run in runs]
    places = {place.symbol.key: place for page in lay(chart, keys) for place in page}
    carries = [_carry(chart, rows, run.stop, n) for n, run in enumerate(runs[:-1])]
    return [
        Sheet(tuple(_lines(chart, rows, run, places)), coming, leaving)
        for run, coming, leaving in zip(runs, [None, *carries], [*carries, None], strict=True)
    ]


def _carry(chart: Chart, rows: Sequence[Row], cut: int, number: int) -> Carry:
    """What leads over the page end before the row `cut`; its numbers are those beside it."""
    return Carry(
        letter=page_letter(number),
        before=rows[cut - 1].number,
        after=rows[cut].number,
        strokes=between(chart, rows[cut - 1].key),
    )


def _lines(
    chart: Chart, rows: Sequence[Row], run: range, places: dict[str, Place]
) -> Iterator[Line]:
    spans = {column: dict(_spans(rows, run, column)) for column in COLUMNS}
    for n in run:
        cells = {column: spans[column].get(n) for column in COLUMNS}
        yield _line(chart, rows[n], places[rows[n].key], cells)


def _line(chart: Chart, row: Row, place: Place, cells: dict[str, Spanned | None]) -> Line:
    if row.part:
        strokes = " ".join(f"flow-{stroke}" for stroke in between(chart, row.key))
        return Line(row, None, strokes, False, cells)
    symbol = Symbol(place)
    ends = chart.ends_deciding and place.symbol == chart.spine[-1]
    strokes = symbol.classes.replace("flow-down", "") if ends else symbol.classes
    return Line(row, symbol, strokes, ends, cells)


def _spans(rows: Sequence[Row], run: range, column: str) -> Iterator[tuple[int, Spanned]]:
    """The cells of a column on a page, each at the line it begins on."""
    for _, same in groupby(run, key=lambda n: rows[n].cells[column].group):
        lines = list(same)
        yield lines[0], Spanned(rows[lines[0]].cells[column].text, len(lines))


# -- measuring: everything under each other on one page without end


def merged_cells(rows: Sequence[Row]) -> list[tuple[str, str, frozenset[int]]]:
    """Cells over several rows: column, text, rows. How much they add depends on the pages."""
    found = []
    for column in COLUMNS:
        for start, cell in _spans(rows, range(len(rows)), column):
            if cell.lines > 1:
                found.append((column, cell.text, frozenset(range(start, start + cell.lines))))
    return found


def to_measure(chart: Chart, rows: Sequence[Row]) -> dict[str, Any]:
    """All rows on one sheet, their merged cells empty; the texts of those below, apart."""
    (sheet,) = sheets(chart, rows, [range(len(rows))])
    merged = merged_cells(rows)
    shared = {(column, n) for column, _, numbers in merged for n in numbers}
    lines = [
        replace(line, cells={c: None if (c, n) in shared else line.cells[c] for c in COLUMNS})
        for n, line in enumerate(sheet.lines)
    ]
    apart = [{"column": column, "text": text} for column, text, _ in merged]
    return {"lines": lines, "apart": apart, "carry": Carry("A", "1", "2", ("axis",))}


def merged_heights(rows: Sequence[Row], tall: dict[str, float]) -> list[Merged]:
    """The merged cells with the height their text wants."""
    return [
        Merged(numbers, tall[f"apart:{n}"]) for n, (_, _, numbers) in enumerate(merged_cells(rows))
    ]


# -- rows taller than a page


def cut_tall(
    rows: Sequence[Row], room: Room, tall: Mapping[str, float], texts: Mapping[str, list[Broken]]
) -> list[Row]:
    """The same rows where all fit a page; else the tall ones in parts, to be measured again."""
    fresh = count(1 + max(cell.group for row in rows for cell in row.cells.values()))
    loose = _parted(rows, room, tall, fresh)
    parts: list[Row] = []
    for n, (row, before) in enumerate(zip(loose, rows, strict=True)):
        if row is before and tall[f"row:{n}"] > room.for_one_row:
            own = {name: texts[f"{name}:{n}"] for name in NAMES if texts.get(f"{name}:{n}")}
            parts += _parts(row, own, tall[f"row:{n}"], room, fresh)
        else:
            parts.append(row)
    return parts


def _parted(
    rows: Sequence[Row], room: Room, tall: Mapping[str, float], fresh: "count[int]"
) -> list[Row]:
    """A merged cell taller than a page becomes its first row's own, which can be cut."""
    loose = list(rows)
    for n, (column, text, numbers) in enumerate(merged_cells(rows)):
        if tall[f"apart:{n}"] <= room.for_one_row:
            continue
        for number in sorted(numbers):
            own = Cell(text if number == min(numbers) else "", next(fresh))
            loose[number] = _with(loose[number], {column: own})
    return loose


def _with(row: Row, cells: Mapping[str, Cell]) -> Row:
    return replace(row, cells={**row.cells, **cells})


def _parts(
    row: Row, texts: Mapping[str, list[Broken]], tall: float, room: Room, fresh: "count[int]"
) -> Iterator[Row]:
    """As many lines of each text in a part as a page has room for."""
    longest = max(texts.values(), key=len)
    height = max(line.height for line in longest)
    fixed = max(0.0, tall - height * len(longest))
    size = max(1, floor((room.for_one_row - fixed) / height))
    slices = {name: _slices(_words(row, name), lines, size) for name, lines in texts.items()}
    for part in range(max(map(len, slices.values()))):
        words = {name: "".join(each[part : part + 1]) for name, each in slices.items()}
        title = words.pop(TITLE, "")
        own = {name: Cell(text, next(fresh)) for name, text in words.items()}
        yield replace(_with(row, own), title=title, part=row.part + part)


def _words(row: Row, name: str) -> str:
    return row.title if name == TITLE else row.cells[name].text


def _slices(text: str, lines: Sequence[Broken], size: int) -> list[str]:
    """The text in runs of so many lines, cut where it was broken."""
    starts, at = [], 0
    for line in lines:
        words = line.text.strip()
        at = max(at, text.find(words, at))
        starts.append(at)
        at += len(words)
    cuts = [*starts[::size], len(text)]
    return [text[start:stop].strip() for start, stop in pairwise(cuts)]
