"""What stands on a filled sheet: its lines, its sums, what it lacks, how it reads.

Pure, and the one home of it: the form, the page, the rule that closes a row, the frozen
submission, the history and next year's copy all ask here. A filled sheet is plain JSON,
`{"head": {key: value}, "lines": [{key: value}]}`, empty cells left out.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from portal.exceptions import RuleBroken
from processes.shape import Kind
from workflows.cases import sheet_cells
from workflows.cases.sheet_cells import BadCell, Field, Value, as_read, baht, is_unread
from workflows.cases.sheet_kinds import PUBLICATION, Sheet

Line = dict[str, Value]
Plain = dict[str, Any]

Cell = TypeVar("Cell", int, str)

MOST_LINES = 2_000
NAMED_AT_ONCE = 5
TARGET, ACTUAL = "target", "actual"
PEOPLE = {TARGET: "เป้าหมาย (คน)", ACTUAL: "เข้าร่วมจริง (คน)"}


# -- the plain form


def lines_of(plain: Plain) -> list[Line]:
    """The lines as they stand, blank ones in between kept."""
    lines: list[Line] = plain.get("lines", [])
    return lines


def filled(plain: Plain) -> list[tuple[int, Line]]:
    """The lines that hold anything, each with its number."""
    return [(number, line) for number, line in enumerate(lines_of(plain), start=1) if line]


def make(head: Mapping[str, Value | None], lines: Iterable[Mapping[str, Value | None]]) -> Plain:
    """The plain form without its empty cells and without blank lines at its end."""
    rows = [_given(line) for line in lines]
    while rows and not rows[-1]:
        rows.pop()
    parts: Plain = {"head": _given(head), "lines": rows}
    return {name: part for name, part in parts.items() if part}


def put(plain: Plain, head: Line, first: int, lines: list[Line]) -> Plain:
    """The sheet with its head and the lines from `first` on replaced by these."""
    stand = lines_of(plain)
    before = [*stand[:first], *({} for _ in range(first - len(stand)))]
    return make(head, [*before, *lines, *stand[first + len(lines) :]])


def part_of(plain: Plain, first: int, size: int) -> Plain:
    """What a page shows that has the head and these lines; two people compare this."""
    return {"head": plain.get("head", {}), "lines": make({}, lines_of(plain)[first : first + size])}


def tidy(plain: Plain) -> Plain:
    """Without the blank lines that stand between others while it is typed."""
    return make(plain.get("head", {}), [line for _, line in filled(plain)])


def check_length(plain: Plain) -> None:
    """RuleBroken where there are more lines than a sheet may have."""
    if len(lines_of(plain)) > MOST_LINES:
        raise RuleBroken(f"ตารางหนึ่งมีได้ไม่เกิน {MOST_LINES:,} บรรทัด")


def check_known(sheet: Sheet, plain: Plain) -> None:
    """A programming error, not a user's: cells that this sheet has no column for."""
    heads, columns = ({field.key for field in part} for part in (sheet.head, sheet.columns))
    strange = plain.get("head", {}).keys() - heads
    strange |= {key for line in lines_of(plain) for key in line} - columns
    if strange:
        raise TypeError(f"not on this sheet: {sorted(strange)}")


def taken_over(sheet: Sheet, plain: Plain) -> Plain:
    """What the next round begins with: all that this sheet has a place for, read or unread."""
    heads, columns = ({field.key for field in part} for part in (sheet.head, sheet.columns))
    head = _chosen(plain.get("head", {}), heads)
    return make(head, [_chosen(line, columns) for line in lines_of(plain)])


def lent(sheet: Sheet, plain: Plain) -> Plain:
    """What next year's copy begins with: words, amounts and targets; no days, nothing done."""
    heads, columns = (
        [field.key for field in part if field.lent] for part in (sheet.head, sheet.columns)
    )
    lines = (_read_ones(_chosen(line, columns)) for _, line in filled(plain))
    head = _read_ones(_chosen(plain.get("head", {}), heads))
    return make(head, [line for line in lines if line])


def _given(cells: Mapping[str, Value | None]) -> Line:
    return {key: value for key, value in cells.items() if value is not None}


def _chosen(cells: Mapping[str, Value], keys: Collection[str]) -> Line:
    return {key: value for key, value in cells.items() if key in keys}


def _read_ones(cells: Mapping[str, Value]) -> Line:
    return {key: value for key, value in cells.items() if not is_unread(value)}


# -- lines copied from a spreadsheet

_CELL = re.compile(r'(?P<typed>"(?P<quoted>(?:[^"]+|"")*)"|[^\t\r\n]*)(?P<end>\t|\r\n|\r|\n|\Z)')
_NEEDS_QUOTES = re.compile(r'[\t\r\n"]')


def pasted(sheet: Sheet, text: str, today: date) -> list[Line]:
    """The lines of a piece of a spreadsheet, columns in the order of the form.

    All or nothing: RuleBroken names the lines that cannot be read.
    """
    lines: list[Line] = []
    wrong: list[str] = []
    for number, cells in enumerate(_rows(text.replace("\x00", "")), start=1):
        if not any(cell.strip() for cell in cells) or _is_heading(sheet, cells):
            continue
        line, said = _pasted_line(sheet, cells, today)
        lines.append(line)
        wrong += [f"บรรทัดที่ {number} {words}" for words in said]
    if wrong:
        raise RuleBroken("ยังไม่ได้นำเข้า " + _some(wrong), field="pasted")
    if not lines:
        raise RuleBroken("ไม่พบบรรทัดที่จะนำเข้า", field="pasted")
    return lines


def _rows(text: str) -> Iterator[list[str]]:
    """Rows and cells as a spreadsheet copies them: tabs between, quotes around broken lines."""
    cells: list[str] = []
    for found in _CELL.finditer(text):
        cells.append(_cell(found["typed"], found["quoted"]))
        if found["end"] != "\t":
            yield cells
            cells = []


def _cell(typed: str, quoted: str | None) -> str:
    """Quotes around words that need none were typed by a person, so they stay."""
    if quoted is None or (quoted and not _NEEDS_QUOTES.search(quoted)):
        return typed
    return quoted.replace('""', '"')


def _is_heading(sheet: Sheet, cells: list[str]) -> bool:
    return cells[0].strip() == sheet.columns[0].label


def _pasted_line(sheet: Sheet, cells: list[str], today: date) -> tuple[Line, list[str]]:
    while len(cells) > len(sheet.columns) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > len(sheet.columns):
        return {}, [f"มี {len(cells)} ช่อง แต่ตารางมี {len(sheet.columns)} ช่อง"]
    line, wrong = {}, []
    for field, cell in zip(sheet.columns, cells, strict=False):
        try:
            line[field.key] = sheet_cells.read(field, cell, today)
        except BadCell as error:
            wrong.append(f"ช่อง “{field.label}”: {error}")
    return _given(line), wrong


# -- sums


def sum_of(line: Line) -> Decimal | None:
    """Amount times price, where both are there."""
    amount, price = line.get("amount"), line.get("price")
    if not isinstance(amount, int) or not isinstance(price, str):
        return None
    return amount * Decimal(price)


def totals(sheet: Sheet, plain: Plain) -> list[dict[str, str]]:
    """What the lines come to, in words of the page."""
    lines = [line for _, line in filled(plain)]
    if not lines or not sheet.columns:
        return []
    counted = [_total(f"จำนวน{sheet.line}", f"{len(lines):,}")]
    return counted + (_TOTALS[sheet.kind](lines) if sheet.kind in _TOTALS else [])


def _plan_totals(lines: list[Line]) -> list[dict[str, str]]:
    budgets = [Decimal(budget) for budget in _given_in(lines, "budget", str)]
    return [_total("งบประมาณรวม (บาท)", baht(sum(budgets, Decimal())))] if budgets else []


def _items_totals(lines: list[Line]) -> list[dict[str, str]]:
    """Pieces are added up only where all are counted in the same unit."""
    amounts = _given_in(lines, "amount", int)
    counted = [line for line in lines if "amount" in line]
    units = set(_given_in(counted, "unit", str))
    made = []
    if amounts and (not units or (len(units) == 1 and all("unit" in line for line in counted))):
        unit = f" ({units.pop()})" if units else ""
        made.append(_total(f"จำนวนรวม{unit}", f"{sum(amounts):,}"))
    sums = [amount for amount in map(sum_of, lines) if amount is not None]
    return [*made, _total("รวมเป็นเงิน (บาท)", baht(sum(sums, Decimal())))] if sums else made


def _register_totals(lines: list[Line]) -> list[dict[str, str]]:
    minutes = _given_in(lines, "minutes", int)
    return [_total("ใช้เวลารวม (นาที)", f"{sum(minutes):,}")] if minutes else []


def _given_in(lines: list[Line], key: str, kind: type[Cell]) -> list[Cell]:
    """The values of a column that could be read."""
    return [value for line in lines if isinstance(value := line.get(key), kind)]


def _total(label: str, text: str) -> dict[str, str]:
    return {"label": label, "text": text}


_TOTALS: dict[str, Callable[[list[Line]], list[dict[str, str]]]] = {
    Kind.PLAN: _plan_totals,
    Kind.ITEMS: _items_totals,
    Kind.REGISTER: _register_totals,
}


def people(activities: Iterable[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The people of several activities together, from the figures of each."""
    given = [figure for figures in activities for figure in figures if figure["key"] in PEOPLE]
    return [
        {"key": key, "label": label, "value": sum(f["value"] for f in given if f["key"] == key)}
        for key, label in PEOPLE.items()
        if any(figure["key"] == key for figure in given)
    ]


# -- what a row still needs


def missing(sheet: Sheet, plain: Plain, *, has_file: bool, result: str) -> list[str]:
    """In Thai, what is not there yet of what the row must have before it may close."""
    asks = _LACKS.get(sheet.kind)
    lacks = asks(plain, has_file, bool(result.strip())) if asks else []
    wrong = [*_unread(sheet, plain), *_unnamed(sheet, plain)]
    return [*lacks, _some(wrong)] if wrong else lacks


def later_than(sheet: Sheet, plain: Plain, day: date) -> list[str]:
    """Where the sheet says that something happened after the day the row was done."""
    late = [field.label for field in sheet.head if _is_after(field, plain.get("head", {}), day)]
    return late + [
        f"{field.label} บรรทัดที่ {number}"
        for number, line in filled(plain)
        for field in sheet.columns
        if _is_after(field, line, day)
    ]


def is_published(plain: Plain) -> bool:
    """Whether a reader could find what was made public."""
    head = plain.get("head", {})
    return all(isinstance(head.get(field.key), str) for field in PUBLICATION)


def publication_words(plain: Plain) -> str:
    """What stands beside the tick of the need."""
    channel, day, address = (as_read(field, plain["head"][field.key]) for field in PUBLICATION)
    return f"เผยแพร่ทาง{channel} เมื่อ {day} ที่ {address}"


def _meeting_lacks(plain: Plain, has_file: bool, _said: bool) -> list[str]:
    head = plain.get("head", {})
    lacks = [] if "met_on" in head else ["วันที่ประชุม"]
    if has_file:
        return lacks
    if not head.get("attended") and "attendees" not in head:
        lacks.append("ผู้เข้าประชุม")
    if not filled(plain):
        lacks.append("มติที่ประชุมอย่างน้อยหนึ่งข้อ")
    return [*lacks, "หรือแนบไฟล์รายงานการประชุมแทนผู้เข้าประชุมและมติ"] if lacks else []


def _plan_lacks(plain: Plain, has_file: bool, _said: bool) -> list[str]:
    if has_file:
        return []
    lacks = [] if "objective" in plain.get("head", {}) else ["วัตถุประสงค์ของแผน"]
    if not filled(plain):
        lacks.append("กิจกรรมในแผนอย่างน้อยหนึ่งบรรทัด")
    return [*lacks, "หรือแนบไฟล์แผนที่จัดทำไว้แล้ว"] if lacks else []


def _items_lacks(plain: Plain, has_file: bool, _said: bool) -> list[str]:
    return [] if has_file or filled(plain) else ["รายการอย่างน้อยหนึ่งบรรทัด หรือแนบไฟล์บัญชีรายการ"]


def _register_lacks(plain: Plain, _has_file: bool, said: bool) -> list[str]:
    nothing = plain.get("head", {}).get("nothing")
    if filled(plain):
        return ["ทะเบียนมีรายการแล้ว ให้เอาเครื่องหมาย “ไม่มีรายการในช่วงนี้” ออก"] if nothing else []
    if not nothing:
        return ["คำขออย่างน้อยหนึ่งบรรทัด หรือทำเครื่องหมาย “ไม่มีรายการในช่วงนี้”"]
    return [] if said else ["ผลการดำเนินงานที่อธิบายว่าไม่มีรายการในช่วงนี้"]


_LACKS: dict[str, Callable[[Plain, bool, bool], list[str]]] = {
    Kind.MEETING: _meeting_lacks,
    Kind.PLAN: _plan_lacks,
    Kind.ITEMS: _items_lacks,
    Kind.REGISTER: _register_lacks,
}


def _unread(sheet: Sheet, plain: Plain) -> list[str]:
    said = [
        f"ช่อง “{field.label}” ที่อ่านไม่ได้"
        for field in sheet.head
        if is_unread(plain.get("head", {}).get(field.key))
    ]
    return said + [
        f"บรรทัดที่ {number} ช่อง “{field.label}” ที่อ่านไม่ได้"
        for number, line in filled(plain)
        for field in sheet.columns
        if is_unread(line.get(field.key))
    ]


def _unnamed(sheet: Sheet, plain: Plain) -> list[str]:
    return [
        f"บรรทัดที่ {number} ช่อง “{field.label}”"
        for number, line in filled(plain)
        for field in sheet.columns
        if field.required and field.key not in line
    ]


def _is_after(field: Field, cells: Mapping[str, Value], day: date) -> bool:
    value = cells.get(field.key)
    return field.done and isinstance(value, str) and date.fromisoformat(value) > day


def _some(said: list[str]) -> str:
    more = len(said) - NAMED_AT_ONCE
    return " · ".join(said[:NAMED_AT_ONCE]) + (f" และอีก {more} แห่ง" if more > 0 else "")


# -- for reading


def readable(sheet: Sheet | None, plain: Plain) -> Plain:
    """The sheet in words, as history, submission and page show it for ever; {} where empty.

    Labels go along, so an old one is read as it was whatever becomes of the columns.
    """
    if sheet is None or not plain:
        return {}
    columns = [{"label": field.label, "number": field.is_number} for field in sheet.columns]
    rows = [
        [as_read(field, line.get(field.key)) for field in sheet.columns]
        for _, line in filled(plain)
    ]
    if sheet.has_sums:
        sums = (sum_of(line) for _, line in filled(plain))
        columns.append({"label": "รวม (บาท)", "number": True})
        rows = [
            [*row, "" if amount is None else baht(amount)]
            for row, amount in zip(rows, sums, strict=True)
        ]
    head = (
        (field.label, as_read(field, plain.get("head", {}).get(field.key))) for field in sheet.head
    )
    return {
        "title": sheet.title,
        "head": [{"label": label, "text": text} for label, text in head if text],
        "columns": columns if rows else [],
        "lines": rows,
        "totals": totals(sheet, plain),
    }


def as_text(shown: Plain) -> str:
    """A readable sheet as lines of text: to compare two of them, or to say it in a memo."""
    if not shown:
        return ""
    facts = [f"{each['label']}: {each['text']}" for each in (*shown["head"], *shown["totals"])]
    lines = [
        f"{number}. {' | '.join(cell for cell in cells if cell)}"
        for number, cells in enumerate(shown["lines"], start=1)
    ]
    return "\n".join([*facts, *lines])
