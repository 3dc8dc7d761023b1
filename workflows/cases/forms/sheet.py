"""The sheet of a row as it stands on the page: a window of its lines, each cell with its error.

A long table is typed in parts, so that saving while typing carries fifty lines and not a thousand.
What cannot be read stays where it was typed, with the reason beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.datastructures import MultiValueDict

from portal.canonical import digest
from workflows.cases import sheets
from workflows.cases.sheet_cells import Field, Type, Value, as_typed, baht, error_of, keep
from workflows.cases.sheet_kinds import Sheet

PART, SPARE, MORE = 50, 2, 5
SIZE, FIRST, SEEN = "sheet-size", "sheet-first", "sheet-seen"
LAST = "last"


class PasteForm(forms.Form):
    """Lines copied from a spreadsheet."""

    pasted = forms.CharField(
        label="วางบรรทัดจากตารางคำนวณที่นี่",
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "wrap": "off"}),
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """One field as it is drawn."""

    field: Field
    name: str
    value: Value | None
    error: str

    @property
    def text(self) -> str:
        return as_typed(self.field, self.value)

    @property
    def is_long(self) -> bool:
        return self.field.type == Type.LONG

    @property
    def is_tick(self) -> bool:
        return self.field.type == Type.TICK

    @property
    def is_date(self) -> bool:
        return self.field.type == Type.DATE


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, with what its cells come to."""

    number: int
    cells: list[Cell]
    sum: str


class SheetForm:
    """A sheet with the lines from `first` on; `typed` says that they came from a page."""

    def __init__(
        self, sheet: Sheet, plain: sheets.Plain, *, today: date,
        first: int = 0, size: int = 0, seen: str = "", stored: sheets.Plain | None = None,
    ) -> None:  # fmt: skip
        self.sheet, self.plain, self.today = sheet, plain, today
        self.first, self.size = first, size
        self.stored = plain if stored is None else stored
        self.seen = seen or seen_of(self.stored, first, size)
        self.is_conflict = False

    @property
    def head(self) -> list[Cell]:
        return self._cells(self.sheet.head, self.plain.get("head", {}), "head")

    @property
    def lines(self) -> list[Line]:
        stand = sheets.lines_of(self.plain)
        numbers = range(self.first, self.first + self.size) if self.sheet.columns else ()
        return [self._line(at, stand[at] if at < len(stand) else {}) for at in numbers]

    @property
    def errors(self) -> list[str]:
        """What cannot be read among the cells that are shown."""
        said = [(cell, "") for cell in self.head]
        said += [(cell, f" บรรทัดที่ {line.number}") for line in self.lines for cell in line.cells]
        return [f"{cell.field.label}{where}: {cell.error}" for cell, where in said if cell.error]

    @property
    def totals(self) -> list[dict[str, str]]:
        return sheets.totals(self.sheet, self.plain)

    @property
    def page(self) -> int:
        return self.first // PART + 1

    @property
    def pages(self) -> range:
        """The parts of the table, where there is more than one."""
        return range(1, max(_parts(self.plain), self.page) + 1)

    @property
    def is_last(self) -> bool:
        return self.page == self.pages[-1]

    def over(self, stored: sheets.Plain) -> sheets.Plain:
        """What is stored with what this page shows put in its place."""
        head: sheets.Line = self.plain.get("head", {})
        stand = sheets.lines_of(self.plain)[self.first : self.first + self.size]
        blank: list[sheets.Line] = [{} for _ in range(self.size - len(stand))]
        return sheets.put(stored, head, self.first, [*stand, *blank])

    def hides(self, stored: sheets.Plain) -> bool:
        """Whether saving would hide what somebody else saved after the page was drawn."""
        return bool(self.seen) and seen_of(stored, self.first, self.size) != self.seen

    def _line(self, at: int, cells: sheets.Line) -> Line:
        amount = sheets.sum_of(cells) if self.sheet.has_sums else None
        drawn = self._cells(self.sheet.columns, cells, f"line-{at}")
        return Line(at + 1, drawn, "" if amount is None else baht(amount))

    def _cells(
        self, fields: tuple[Field, ...], cells: Mapping[str, Value], prefix: str
    ) -> list[Cell]:
        return [
            Cell(field, f"{prefix}-{field.key}", value, error_of(field, value, self.today))
            for field, value in ((field, cells.get(field.key)) for field in fields)
        ]


def stored_form(
    sheet: Sheet, stored: sheets.Plain, *, today: date, page: str = "", more: str = ""
) -> SheetForm:
    """The sheet as it is kept: one part of it, and some blank lines at its end."""
    parts = _parts(stored)
    chosen = parts if page == LAST else min(max(_whole(page, 1), 1), parts)
    first = (chosen - 1) * PART
    size = min(len(sheets.lines_of(stored)) - first, PART)
    if chosen == parts:
        size += SPARE + min(_whole(more, 0), PART)
    return SheetForm(sheet, stored, today=today, first=first, size=size)


def typed_form(
    sheet: Sheet, stored: sheets.Plain, data: Mapping[str, str], *, today: date
) -> SheetForm:
    """The sheet as a page sends it, over what is kept."""
    first = min(_whole(data.get(FIRST, ""), 0), sheets.MOST_LINES)
    size = min(_whole(data.get(SIZE, ""), 0), sheets.MOST_LINES)
    head = _typed(sheet.head, data, "head", today)
    lines = [_typed(sheet.columns, data, f"line-{at}", today) for at in range(first, first + size)]
    plain = sheets.put(stored, head, first, lines)
    return SheetForm(
        sheet, plain, today=today, first=first, size=size, seen=data.get(SEEN, ""), stored=stored
    )


def came_along(data: MultiValueDict[str, str] | Mapping[str, str]) -> bool:
    """Whether the page that posts this showed a sheet."""
    return SIZE in data


def seen_of(stored: sheets.Plain, first: int, size: int) -> str:
    """Names what a page shows of a sheet: two pages on two parts of it are no conflict."""
    return digest(sheets.part_of(stored, first, size))[:16]


def _typed(
    fields: tuple[Field, ...], data: Mapping[str, str], prefix: str, today: date
) -> sheets.Line:
    cells = ((f.key, keep(f, data.get(f"{prefix}-{f.key}", ""), today)) for f in fields)
    return {key: value for key, value in cells if value is not None}


def _parts(plain: sheets.Plain) -> int:
    return max(-(-len(sheets.lines_of(plain)) // PART), 1)


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise
