"""The words of a paper as they are set."""

import pytest

from reports.papers.printing import ready_to_set
from reports.papers.standards_table import StandardsTable
from reports.templatetags.papers_pdf import kept_whole, time_cell
from reports.wording import set_text, texts, thai_numbers, whole_words
from tests.factories.papers import a_flow, a_step, a_table
from tests.reports.reading import plain_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 – 5 วันทำการ", "๑ – ๕ วันทำการ"),
        ("ปีงบประมาณ 2570", "ปีงบประมาณ ๒๕๗๐"),
        ("ข้อ 5.5.1", "ข้อ ๕.๕.๑"),
        ("Windows11 จำนวน 3 เครื่อง", "Windows11 จำนวน ๓ เครื่อง"),
        ("https://example.go.th/2569/a1", "https://example.go.th/2569/a1"),
        ("๑๒ แล้ว", "๑๒ แล้ว"),
    ],
)
def test_thai_numbers_leave_latin_words_alone(text, expected):
    assert thai_numbers(text) == expected


def test_mai_yamok_never_begins_a_line():
    assert set_text("ต่าง ๆ และอื่น ๆ") == "ต่าง\u00a0ๆ และอื่น\u00a0ๆ"


def test_every_text_of_a_plain_value_is_changed():
    assert texts({"a": ["x", {"b": "y"}], "n": 3, "t": True}, str.upper) == {
        "a": ["X", {"b": "Y"}],
        "n": 3,
        "t": True,
    }


def test_content_comes_back_from_its_plain_form():
    table = a_table(a_flow(a_step(1), a_step(2, parent="r1")), references=("กฎหมาย",))
    assert ready_to_set(StandardsTable, plain_of(table)) == table


def test_content_is_set_in_the_digits_of_the_office():
    table = a_table(a_flow(a_step(1, "ขั้นที่ 1")), thai_digits=True)
    ready = ready_to_set(StandardsTable, plain_of(table))
    assert (ready.flow.steps[0].title, ready.times) == ("ขั้นที่ ๑", ("๓ – ๕ วันทำการ",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1 – 5 วันทำการ",
            '<span class="nowrap">1 – 5</span> <span class="nowrap">วันทำการ</span>',
        ),
        (
            "๕ – ๗ วันทำการ (สำหรับขั้นประมวลผล)",
            '<span class="nowrap">๕ – ๗</span> <span class="nowrap">วันทำการ</span>'
            " (สำหรับขั้นประมวลผล)",
        ),
        (
            "3 – 5 วันต่อกิจกรรม",
            '<span class="nowrap">3 – 5</span> <span class="nowrap">วันต่อกิจกรรม</span>',
        ),
        (
            "1 – 2 วันทำการต่อกิจกรรม",
            '<span class="nowrap">1 – 2</span> <span class="nowrap">วันทำการ</span><wbr>'
            '<span class="nowrap">ต่อกิจกรรม</span>',
        ),
        ("ตลอดระยะเวลา", "ตลอดระยะเวลา"),
        ("<b>", "&lt;b&gt;"),
        ("", ""),
    ],
)
def test_duration_breaks_between_numbers_and_unit_only(text, expected):
    assert time_cell(text) == expected


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("เสนอผู้บริหารให้ความเห็นชอบ", ["ผู้บริหาร", "ความเห็นชอบ"]),
        ("เสนอแผนงาน ผอ.สพป./สพม.", ["ผอ.สพป./สพม."]),
        ("บทเรียน e-Learning", ["e-Learning"]),
        ("แผนงาน/โครงการ AntiVirus-Server", []),
        ("", []),
    ],
)
def test_words_of_the_office_are_kept_whole(text, whole):
    pieces = whole_words(text)
    assert [piece for piece, kept in pieces if kept] == whole
    assert "".join(piece for piece, _ in pieces) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "แต่งตั้งคณะกรรมการ/คณะทำงานฯ",
            'แต่งตั้ง<wbr><span class="nowrap">คณะกรรมการ</span>/<wbr>'
            '<span class="nowrap">คณะทำงาน</span>ฯ',
        ),
        (
            "ลงนาม คำสั่งแต่งตั้ง",
            'ลงนาม <span class="nowrap">คำสั่ง</span><wbr>แต่งตั้ง',
        ),
        ("<b>", "&lt;b&gt;"),
        ("", ""),
    ],
)
def test_a_line_may_break_beside_a_word_kept_whole_but_not_before_a_sign(text, expected):
    assert kept_whole(text) == expected
