"""The standards table as a workbook: real cells, merged where the manual merges, ready to print."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from processes import durations
from processes.drawing import lines_needed
from processes.shape import Edition, Flow, Step
from processes.sheets import indicator_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = ("ลำดับที่", "ผังขั้นตอนการดำเนินงาน", "รายละเอียดงาน", "เวลาดำเนินงาน",
            "มาตรฐานคุณภาพงาน", "ผู้รับผิดชอบ")  # fmt: skip
WIDTHS = (9, 34, 46, 18, 46, 26)
TIME, STANDARD, OWNER = 4, 5, 6
HEAD_ROWS = 4
LONGEST_NAME = 31
FONT = "TH Sarabun New"
# of that font in 14 points: how tall a line is, and how many of its ems a line of the sheet holds
LINE_HEIGHT, LINE_WIDTH = 21.0, 66.0
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def workbook_of(edition: Edition) -> bytes:
    """One sheet per standards table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for flow in edition.flows:
        _fill(book.create_sheet(_name(flow)), edition, flow)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


# characters Excel refuses in the name of a sheet
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def _name(flow: Flow) -> str:
    """What the tab says: as many whole words as the program takes."""
    name = (flow.phase or flow.code).translate(_NOT_IN_A_NAME)
    if len(name) <= LONGEST_NAME:
        return name
    return name[: LONGEST_NAME + 1].rpartition(" ")[0] or name[:LONGEST_NAME]


def _fill(page: Worksheet, edition: Edition, flow: Flow) -> None:
    _head(page, edition, flow)
    for place, step in enumerate(flow.steps, start=HEAD_ROWS + 1):
        _write(page, place, _cells(step))
    _merge(page, TIME, [step.duration_merged for step in flow.steps])
    _merge(page, STANDARD, [step.standard_merged for step in flow.steps])
    _merge(page, OWNER, _same_as_above([step.responsible for step in flow.steps]))
    sources = " · ".join(f"{each.number} {each.printed}".strip() for each in edition.citations)
    _write_across(page, page.max_row + 1, f"เอกสารอ้างอิง : {sources or '–'}")
    _print_well(page)


def _head(page: Worksheet, edition: Edition, flow: Flow) -> None:
    name = flow.table_name or edition.name
    lines = (
        f"ชื่อกระบวนงาน : {name}" + (f" : {flow.phase}" if flow.phase else ""),
        f"ตัวชี้วัดที่สำคัญของกระบวนงาน : {indicator_of(edition, flow) or '–'}",
        f"รหัสเอกสาร {edition.document_code}".strip(),
    )
    for place, text in enumerate(lines, start=1):
        _write_across(page, place, text)
        page.cell(place, 1).font = Font(name=FONT, size=14, bold=True)
    _write(page, HEAD_ROWS, HEADINGS)
    for cell in page[HEAD_ROWS]:
        cell.font = Font(name=FONT, size=14, bold=True)
        cell.fill = PatternFill("solid", fgColor="F0EDE4")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _cells(step: Step) -> list[str | int]:
    number = int(step.number) if step.number.isascii() and step.number.isdigit() else step.number
    time = durations.printed(step.duration)
    return [number, step.chart_text, step.title, time, step.standard, step.responsible]


def _write_across(page: Worksheet, place: int, text: str) -> None:
    """A line over the whole width; no program finds out by itself how tall a merged cell is."""
    _write(page, place, [text, *[""] * (len(WIDTHS) - 1)])
    page.cell(place, 1).alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    page.merge_cells(start_row=place, end_row=place, start_column=1, end_column=len(WIDTHS))
    page.row_dimensions[place].height = LINE_HEIGHT * lines_needed(text, LINE_WIDTH)


def _write(page: Worksheet, place: int, values: Sequence[str | int]) -> None:
    for column, value in enumerate(values, start=1):
        cell = page.cell(place, column)
        if isinstance(value, str):
            # a text that begins with = is no formula; Excel opens no control characters
            cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", value), "s"
        else:
            cell.value = value
        cell.font, cell.border = Font(name=FONT, size=14), BOX
        centred = column in (1, TIME)
        cell.alignment = Alignment(
            wrap_text=True, vertical="top", horizontal="center" if centred else "left"
        )


def _same_as_above(texts: list[str]) -> list[bool]:
    above: Iterable[str | None] = [None, *texts]
    return [text == before for text, before in zip(texts, above, strict=False)]


def _merge(page: Worksheet, column: int, joined: list[bool]) -> None:
    """Merge each cell with the ones below that belong to it."""
    start = 0
    for place in range(1, len(joined) + 1):
        if place < len(joined) and joined[place]:
            continue
        if place - start > 1:
            page.merge_cells(
                start_row=HEAD_ROWS + 1 + start, end_row=HEAD_ROWS + place,
                start_column=column, end_column=column,
            )  # fmt: skip
        start = place


def _print_well(page: Worksheet) -> None:
    for column, width in enumerate(WIDTHS, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = "9"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"1:{HEAD_ROWS}"
    page.freeze_panes = f"A{HEAD_ROWS + 1}"
