"""The standards table on paper: what it says, where it stands, that nothing gets lost."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest

from processes import durations
from reports.papers.standards_table import StandardsTable, rows_of
from reports.rendering import to_pdf
from tests.factories.papers import (
    GROUP,
    a_flow,
    a_step,
    a_table,
    catalogue_decisions,
    catalogue_edition,
    catalogue_steps,
    crossing_loops,
    cyber_security,
    deciding,
    digital_platform,
    line,
)
from tests.reports.reading import (
    boxes,
    draw,
    is_of,
    is_text,
    middle,
    page_texts,
    pictures,
    printed,
    text_of,
    times_said,
    with_class,
    words_outside,
)

MM = 96 / 25.4
DOTS = 3.0


def catalogue_table(file: str, number: int = 0) -> StandardsTable:
    edition = catalogue_edition(file)
    flow = edition.flows[number]
    references = tuple(f"{each.number} {each.printed}".strip() for each in edition.citations)
    return a_table(flow, references=references, process=flow.table_name or edition.name)


TALL = "มาตรฐานข้อนี้ยาวกว่าหนึ่งหน้ากระดาษ ต้องอ่านได้ครบทุกคำ "


def with_tall_row() -> StandardsTable:
    steps = list(digital_platform().steps)
    words = " ".join(f"{TALL.strip()}ข้อที่{number}" for number in range(1, 61))
    steps[4] = replace(steps[4], standard=words)
    return a_table(a_flow(*steps))


TABLES = {
    "dlit": lambda: catalogue_table("dlit.yaml"),
    "dltv-survey": lambda: catalogue_table("dltv-equipment.yaml"),
    "dltv-allocation": lambda: catalogue_table("dltv-equipment.yaml", 1),
    "sub-rows": lambda: a_table(cyber_security()),
    "crossing-loops": lambda: a_table(crossing_loops()),
    "forty-rows": lambda: a_table(line(40)),
    "tall-row": with_tall_row,
}


@cache
def drawn(name: str):
    return draw(TABLES[name]())


@cache
def file_of(name: str) -> bytes:
    return to_pdf(drawn(name))


@pytest.fixture
def dlit():
    return drawn("dlit")


@pytest.fixture
def dlit_file() -> bytes:
    return file_of("dlit")


# -- what it says


def test_every_row_of_the_real_table_is_read_back(dlit_file):
    text = text_of(dlit_file)
    steps = catalogue_edition().flows[0].steps
    # a short text may also be the start of another row's, or stand in its symbol
    assert [step.key for step in steps if times_said(text, step.title) < 1] == []
    assert [step.key for step in steps if times_said(text, step.standard) != 1] == []
    assert [step.key for step in steps if times_said(text, step.chart_text) < 1] == []


@pytest.mark.parametrize("name", [name for name in TABLES if name != "tall-row"])
def test_every_standard_is_read_back_once(name):
    table, text = TABLES[name](), text_of(file_of(name))
    standards = [step.standard for step in table.flow.steps if not step.standard_merged]
    assert [words for words in standards if words and times_said(text, words) != 1] == []


def test_durations_of_the_real_table_are_read_back_as_often_as_printed(dlit_file):
    text = text_of(dlit_file)
    cells = [durations.printed(step.duration) for step in catalogue_edition().flows[0].steps]
    for cell in ("1 – 5 วันทำการ", "3 วันทำการ", "3 – 5 วันต่อกิจกรรม"):
        assert times_said(text, cell) == cells.count(cell)


def test_each_page_of_the_real_table_says_whose_itis_of(dlit_file):
    pages, edition = page_texts(dlit_file), catalogue_edition()
    assert len(pages) == 2
    for page in pages:
        # in the heading and at the foot
        assert times_said(page, edition.name) == 2
        assert times_said(page, edition.flows[0].indicator) == 1
        assert times_said(page, "รหัสเอกสาร") == 1
    again = "9. รายละเอียด โครงสร้างส่วนประกอบมาตรฐานงาน (ต่อ)"
    assert [times_said(page, again) for page in pages] == [0, 1]


def test_references_close_the_table(dlit_file):
    pages = page_texts(dlit_file)
    assert [times_said(page, "เอกสารอ้างอิง :") for page in pages] == [0, 1]
    for citation in catalogue_edition().citations:
        assert times_said(pages[1], f"{citation.number} {citation.printed}") == 1


def test_no_line_of_references_begins_with_the_dot_between_them():
    references = tuple("แผนพัฒนา" + "การศึกษา" * (n % 7) for n in range(1, 80))
    text = text_of(printed(a_table(line(2), references=references)))
    assert text.count(" · แผนพัฒนา") > len(references) / 2
    assert [each for each in text.splitlines() if each.strip().startswith("·")] == []


def test_page_end_says_which_row_follows_and_which_went_before(dlit_file):
    first, second = page_texts(dlit_file)
    assert times_said(first, "(มีต่อหน้าถัดไป – ลำดับที่ 6)") == 1
    assert times_said(second, "(ต่อจากหน้าก่อน – ลำดับที่ 5)") == 1


def test_page_end_beside_rows_without_numbers_names_none():
    rows = [replace(step, number="") for step in line(12).steps]
    pages = page_texts(printed(a_table(a_flow(*rows))))
    assert times_said(pages[0], "(มีต่อหน้าถัดไป)") == 1
    assert times_said(pages[1], "(ต่อจากหน้าก่อน)") == 1


def test_what_the_manual_does_not_give_is_a_dash():
    text = text_of(printed(replace(a_table(line(2)), indicator="")))
    assert times_said(text, "ตัวชี้วัดที่สำคัญของกระบวนงาน : –") == 1
    assert times_said(text, "เอกสารอ้างอิง : –") == 1


def test_document_code_is_printed_where_there_is_one():
    text = text_of(printed(a_table(line(2), document_code="ทก-05")))
    assert times_said(text, "รหัสเอกสาร ทก-05") == 1


def test_thai_digits_are_printed_where_the_office_wants_them():
    text = text_of(printed(a_table(line(2), thai_digits=True)))
    assert times_said(text, "๓ – ๕ วันทำการ") == 2
    assert times_said(text, "๙. รายละเอียด โครงสร้างส่วนประกอบมาตรฐานงาน") == 1
    assert times_said(text, "ฉบับที่ ๑ ใช้บังคับตั้งแต่ ๒๐ พ.ย. ๒๕๖๙") == 1
    assert [digit for digit in "0123456789" if digit in text] == []


def test_same_content_gives_the_same_bytes():
    first = file_of("dltv-survey")
    printed(a_table(line(3)))
    assert printed(TABLES["dltv-survey"]()) == first


def test_file_is_tagged_for_screen_readers(dlit_file):
    with pypdfium2.PdfDocument(dlit_file) as document:
        assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw) == 1
        assert document.get_metadata_value("Title") == f"ตารางมาตรฐานงาน {catalogue_edition().name}"


# -- merged cells


def test_neighbours_with_the_same_owner_share_one_cell():
    flow = a_flow(a_step(1), a_step(2), a_step(3, responsible="กลุ่มนโยบายและแผน"), a_step(4))
    groups = [row.cells["responsible"].group for row in rows_of(a_table(flow))]
    assert groups == [0, 0, 2, 3]


def test_merged_time_and_standard_share_the_cell_above():
    flow = a_flow(
        a_step(1),
        a_step(2, standard="งานขั้นที่ 1 ถูกต้อง ครบถ้วน", standard_merged=True),
        a_step(3, duration_merged=True),
    )
    rows = rows_of(a_table(flow))
    assert [row.cells["standard"].group for row in rows] == [0, 0, 2]
    assert [row.cells["time"].group for row in rows] == [0, 1, 1]
    text = text_of(printed(a_table(flow)))
    assert times_said(text, "งานขั้นที่ 1 ถูกต้อง ครบถ้วน") == 1
    assert times_said(text, "3 – 5 วันทำการ") == 2


def test_merged_owner_is_printed_again_on_every_page():
    pages = page_texts(printed(a_table(line(12), group="กลุ่มอื่น")))
    assert [times_said(page, GROUP) for page in pages] == [1, 1]


# -- where things stand


@pytest.mark.parametrize("name", TABLES)
def test_symbols_stand_in_the_middle_of_their_rows(name):
    document = drawn(name)
    for page in range(len(document.pages)):
        for cell in with_class(document, page, "flow-cell"):
            inner = [box for box in cell.descendants() if is_of(box, "flow-symbol")]
            if inner:
                assert middle(inner[0]) == pytest.approx(middle(cell), abs=0.3)


@pytest.mark.parametrize("name", TABLES)
def test_words_of_a_decision_stay_inside_its_outline(name):
    assert words_outside(drawn(name)) == []


def test_words_of_every_decision_of_the_catalogue_stay_inside():
    assert words_outside(draw(a_table(catalogue_decisions()))) == []


@pytest.mark.parametrize("name", TABLES)
def test_nothing_stands_outside_the_page_or_over_its_foot(name):
    document = drawn(name)
    for number, page in enumerate(document.pages):
        for box in boxes(document, number, "TextBox"):
            assert box.position_x >= 14 * MM
            assert box.position_x + box.width <= page.width - 14 * MM
        for cell in boxes(document, number, "TableCellBox"):
            assert cell.border_box_y() + cell.border_height() <= page.height - 12.5 * MM


def test_every_duration_of_the_catalogue_stays_in_its_column():
    used = sorted({step.duration for step in catalogue_steps()}, key=str)
    steps = [a_step(number, duration=each) for number, each in enumerate(used, start=1)]
    document = draw(a_table(a_flow(*steps)))
    for page in range(len(document.pages)):
        for cell in with_class(document, page, "time"):
            right = cell.border_box_x() + cell.border_width()
            for box in (each for each in cell.descendants() if is_text(each)):
                assert cell.border_box_x() <= box.position_x
                assert box.position_x + box.width <= right


@pytest.mark.parametrize("name", TABLES)
def test_heading_of_columns_repeats_on_every_page(name):
    pages = page_texts(file_of(name))
    assert [times_said(page, "ผังขั้นตอนการดำเนินงาน") for page in pages] == [1] * len(pages)


def test_return_lane_is_drawn_from_the_decision_to_its_target(dlit, dlit_file):
    page = pictures(dlit_file, scale=DOTS)[0]
    cells = {box.element.get("data-cell"): box for box in with_class(dlit, 0, "flow-cell")}
    source, target = cells["decide"], cells["analyse"]
    left = source.border_box_x()
    lane = left + 64 * MM - 0.2 * MM

    def dark(x: float, y: float) -> bool:
        points = [(round(x * 0.75 * DOTS) + dx, round(y * 0.75 * DOTS)) for dx in (-1, 0, 1)]
        return min(page.getpixel(point) for point in points) < 128

    box = next(b for b in source.descendants() if is_of(b, "flow-box"))
    hidden = box.border_box_y() - 2, box.border_box_y() + box.border_height() + 2
    way = range(round(middle(target)), round(middle(source)))
    assert [y for y in way if not dark(lane, y) and not hidden[0] <= y <= hidden[1]] == []
    # it leaves the decision and enters the target at their middles, and goes no further
    across = [left + mm * MM for mm in (52, 56, 60, 63)]
    assert [dark(x, middle(source)) for x in across] == [True] * 4
    assert [dark(x, middle(target)) for x in across] == [True] * 4
    assert (dark(lane, middle(target) - 3 * MM), dark(lane, middle(source) + 3 * MM)) == (
        False,
        False,
    )


def test_line_runs_through_every_border_from_symbol_to_symbol(dlit, dlit_file):
    page = pictures(dlit_file, scale=DOTS)[0]
    cells = [box for box in with_class(dlit, 0, "flow-cell") if box.element.get("data-cell")]
    axis = cells[0].border_box_x() + (3.5 + 45.7 / 2) * MM

    def dark(y: float) -> bool:
        points = [(round(axis * 0.75 * DOTS) + dx, round(y * 0.75 * DOTS)) for dx in (-1, 0, 1)]
        return min(page.getpixel(point) for point in points) < 128

    for above, below in pairwise(cells):
        border = below.border_box_y()
        assert all(dark(border + step) for step in range(-8, 9))
        assert above.border_box_y() < border


# -- long tables


def test_forty_rows_are_all_printed_once_in_order():
    pages = page_texts(file_of("forty-rows"))
    assert len(pages) == 6
    text = "\n".join(pages)
    titles = [f"ดำเนินงานขั้นที่ {number} ให้แล้วเสร็จ" for number in range(1, 41)]
    assert [times_said(text, title) for title in titles] == [1] * 40
    assert sorted(titles, key=text.replace("\n", "").find) == titles


def test_row_taller_than_a_page_goes_on_where_it_was_cut():
    table, document = with_tall_row(), drawn("tall-row")
    column = [
        "".join(text.text for text in box.descendants() if type(text).__name__ == "TextBox")
        for page in range(len(document.pages))
        for box in with_class(document, page, "standard")
    ]
    parts = "".join(text for text in column if "ข้อที่" in text)
    assert parts.replace(" ", "") == table.flow.steps[4].standard.replace(" ", "")
    pages = page_texts(file_of("tall-row"))
    assert sum(page.count("5 (ต่อ)") for page in pages) == len(pages) - 3


def test_merged_cell_taller_than_a_page_is_cut_as_well():
    long = " ".join(f"ผู้รับผิดชอบคนที่ {number}" for number in range(1, 90))
    flow = a_flow(*(a_step(number, responsible=long) for number in range(1, 4)))
    text = text_of(printed(a_table(flow)))
    assert [n for n in range(1, 90) if times_said(text, f"คนที่ {n}") < 1] == []


def test_indicator_too_long_for_every_head_stands_before_the_table():
    words = " ".join(f"ตัวชี้วัดข้อ {number} ผ่านเกณฑ์" for number in range(1, 200))
    table = replace(a_table(line(9)), indicator=words)
    document = draw(table)
    lines = [
        box.text
        for page in range(len(document.pages))
        for box in boxes(document, page, "TextBox")
        if box.element_tag == "p"
    ]
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    text = text_of(to_pdf(document))
    assert [step.title for step in table.flow.steps if times_said(text, step.title) != 1] == []
    assert len(document.pages) == 4


def test_loop_over_a_page_end_is_printed_as_lettered_circles():
    document = drawn("crossing-loops")
    letters = [
        [
            "".join(b.text for b in box.descendants() if hasattr(b, "text"))
            for box in with_class(document, page, "flow-knob")
        ]
        for page in range(len(document.pages))
    ]
    assert letters == [["ก", "ข"], ["ข", "ก"]]


def test_sub_rows_cut_by_a_page_end_go_on_along_their_bars():
    document = drawn("sub-rows")
    assert len(with_class(document, 0, "flow-bus-out")) == 1
    assert len(with_class(document, 1, "flow-bus-in")) == 1
    assert len(with_class(document, 0, "joining")) == 1


def test_decision_that_closes_the_table_leads_to_an_end():
    text = text_of(printed(a_table(a_flow(a_step(1), deciding(2)))))
    assert times_said(text, "สิ้นสุด") == 1
