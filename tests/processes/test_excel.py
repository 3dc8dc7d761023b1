"""The standards table as Excel: real cells, merged as printed."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from processes.exchange.excel import workbook_of
from processes.loading import read_file
from processes.models import Edition
from tests.factories.people import make_officer, make_unit
from tests.factories.standard import CATALOGUE, make_shape, real_edition


def opened(content):
    return load_workbook(BytesIO(workbook_of(content)))


def test_dlit_has_its_nine_rows_in_real_cells():
    page = opened(read_file(CATALOGUE / "dlit.yaml")).worksheets[0]
    assert [page.cell(row, 1).value for row in range(5, 14)] == list(range(1, 10))
    assert page["D5"].value == "1 – 5 วันทำการ"


def test_merged_standard_and_owner_are_merged():
    page = opened(read_file(CATALOGUE / "dlit.yaml")).worksheets[0]
    merged = {str(cells) for cells in page.merged_cells.ranges}
    assert {"E7:E8", "F5:F13"} <= merged


def test_each_table_has_its_sheet_named_in_whole_words():
    book = opened(read_file(CATALOGUE / "dltv-equipment.yaml"))
    assert book.sheetnames == ["ขั้นจัดทำข้อมูล", "ขั้นการจัดสรร สนับสนุน"]


def test_a_row_without_a_printed_time_has_an_empty_cell():
    page = opened(make_shape(["a"])).worksheets[0]
    assert page["D5"].value is None


def test_prints_on_landscape_a4_with_repeated_headings():
    page = opened(make_shape(["a"])).worksheets[0]
    assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$1:$4")


def test_lines_over_the_whole_width_are_as_tall_as_their_text():
    page = opened(make_shape(["a"], indicator="ร้อยละของสถานศึกษาที่ได้รับการสนับสนุน " * 10)).worksheets[0]
    assert page.row_dimensions[2].height > 2 * page.row_dimensions[1].height


def test_borders_close_a_line_over_the_whole_width():
    page = opened(make_shape(["a"])).worksheets[0]
    assert [page.cell(row, 6).border.right.style for row in (1, 2, 3, 6)] == ["thin"] * 4


def test_a_table_without_an_indicator_has_those_of_its_process():
    page = opened(read_file(CATALOGUE.parent / "centre" / "e-learning.yaml")).worksheets[0]
    indicators = read_file(CATALOGUE.parent / "centre" / "e-learning.yaml").indicators
    assert page["A2"].value == f"ตัวชี้วัดที่สำคัญของกระบวนงาน : {' '.join(indicators)}"


def test_references_close_the_table():
    content = read_file(CATALOGUE / "dlit.yaml")
    page = opened(content).worksheets[0]
    assert page.max_row == 14
    assert page["A14"].value.startswith(f"เอกสารอ้างอิง : ๘.๑ {content.citations[0].printed} · ๘.๒")


def test_numbers_that_are_no_whole_numbers_stay_as_printed():
    page = opened(
        make_shape([{"key": "a", "number": "5.1"}, {"key": "b", "number": "2"}])
    ).worksheets[0]
    assert [page["A5"].value, page["A6"].value] == ["5.1", 2]


def test_a_text_like_a_formula_stays_a_text():
    step = {"key": "a", "title": "=1+1"}
    page = opened(make_shape([step])).worksheets[0]
    assert (page["C5"].value, page["C5"].data_type) == ("=1+1", "s")


def test_a_control_character_stands_in_no_cell():
    page = opened(make_shape([{"key": "a", "title": "ก\x01ข\x0b"}])).worksheets[0]
    assert page["C5"].value == "กข"


@pytest.mark.django_db
def test_is_downloaded_by_who_sees_the_edition(signed_in):
    real_edition("dlit.yaml")
    address = reverse("processes:workbook", args=["dlit", 1])
    response = signed_in(make_officer(make_unit())).get(address)
    name = Edition.objects.get().shown_name
    encoded = response["Content-Disposition"].removeprefix("attachment; filename*=utf-8''")
    assert unquote(encoded) == f"ตารางมาตรฐานงาน {name} ฉบับที่ 1.xlsx"
    assert len(load_workbook(BytesIO(response.content)).worksheets) == 1
