"""An edition in the words of its page."""

from processes.loading import read_file
from processes.shape import Duration, Unit
from processes.sheets import row_name, sheets_of
from tests.factories.standard import CATALOGUE, make_shape

CHAIN = ["head", "deputy", "director"]


def sheet_of(steps, **values):
    (sheet,) = sheets_of(make_shape(steps, **values))
    return sheet


def marks_of(steps, index, **values):
    return [(mark.icon, mark.text) for mark in sheet_of(steps, **values).rows[index].marks]


def test_row_is_called_by_its_printed_number_where_that_is_clear():
    flow = make_shape([{"key": "a", "number": "1"}, {"key": "b", "number": "๒"}]).flows[0]
    assert [row_name(flow, key) for key in "ab"] == ["ลำดับที่ 1", "ลำดับที่ ๒"]


def test_row_whose_number_repeats_or_is_missing_is_called_by_its_place():
    steps = [{"key": key, "number": number} for key, number in (("a", "5"), ("b", "5"), ("c", ""))]
    flow = make_shape(steps).flows[0]
    assert [row_name(flow, key) for key in "abc"] == ["แถวที่ 1", "แถวที่ 2", "แถวที่ 3"]


def test_decision_says_its_chain_and_the_way_back():
    steps = [
        "a",
        {
            "key": "b",
            "decides": "decide",
            "verb": "อนุมัติ",
            "chain": CHAIN,
            "returns_to": "a",
            "return_label": "ทบทวน",
        },
    ]
    assert marks_of(steps, 1) == [
        ("sign", "เสนอ ผอ.กลุ่ม → รอง ผอ.สพท. → ผอ.สพท. อนุมัติ"),
        ("return", "ไม่ผ่าน กลับไปลำดับที่ 1 ทบทวน"),
    ]


def test_decision_without_a_verb_uses_the_usual_word():
    steps = [{"key": "a", "decides": "acknowledge", "chain": ["director"]}]
    assert marks_of(steps, 0) == [("sign", "เสนอ ผอ.สพท. รับทราบ")]


def test_row_says_what_is_unusual_about_it():
    steps = [
        {"key": "a", "external": True},
        {"key": "b", "parent": "a"},
        {"key": "c", "optional": True, "condition": "เกินวงเงินที่กำหนด"},
    ]
    assert marks_of(steps, 0) == [("wait", "เริ่มเมื่อหน่วยงานภายนอกแจ้ง")]
    assert marks_of(steps, 1) == [("process", "ขั้นตอนย่อยของลำดับที่ 1 ทำพร้อมกันได้")]
    assert marks_of(steps, 2) == [
        ("skip", "ทำเฉพาะเมื่อมี"),
        ("flag", "เงื่อนไข: เกินวงเงินที่กำหนด"),
    ]


def test_optional_row_that_says_so_itself_is_not_told_twice():
    assert marks_of([{"key": "a", "title": "ประชุม (ถ้ามี)", "optional": True}], 0) == []


def test_row_says_what_it_must_have():
    items = [
        {"key": "x", "text": "รายชื่อ", "step": "a", "needs": "members"},
        {"key": "y", "text": "คำสั่ง", "step": "a", "needs": "order"},
    ]
    assert marks_of([{"key": "a", "kind": "appoint"}], 0, items=items) == [
        ("check", "ต้องมี: รายชื่อคณะทำงาน, คำสั่งที่ลงนาม มีเลขที่และวันที่")
    ]


def test_time_of_a_merged_cell_says_whose_it_is():
    steps = [
        {"key": "a", "duration": {"unit": "working_day", "min": 7, "max": 7}},
        {"key": "b", "duration": {"unit": "included"}, "duration_from": "a"},
        {
            "key": "c",
            "duration": {"unit": "included", "printed": "รวมอยู่ในขั้นแรก"},
            "duration_from": "a",
        },
        "d",
    ]
    assert [row.time for row in sheet_of(steps).rows] == [
        "7 วันทำการ",
        "ใช้เวลาร่วมกับลำดับที่ 1",
        "รวมอยู่ในขั้นแรก",
        "ไม่กำหนดเวลา",
    ]


def test_merged_standard_says_whose_it_is():
    steps = [
        {"key": "a", "standard": "ดี"},
        {"key": "b", "standard": "ดี", "standard_merged": True},
        {"key": "c", "standard": "ดี", "standard_merged": True},
    ]
    assert [row.standard for row in sheet_of(steps).rows] == [
        "ดี",
        "มาตรฐานร่วมกับลำดับที่ 1",
        "มาตรฐานร่วมกับลำดับที่ 1",
    ]


def test_responsible_stands_above_the_table_when_all_rows_agree():
    same = [{"key": "a", "responsible": "กลุ่มหนึ่ง"}, {"key": "b", "responsible": "กลุ่มหนึ่ง"}]
    assert sheet_of(same).responsible == "กลุ่มหนึ่ง"
    other = [*same, {"key": "c", "responsible": "กลุ่มสอง"}]
    assert sheet_of(other).responsible == ""


def test_details_are_what_section_five_prints():
    items = [{"key": "x", "text": "ทำ", "number": "5.1"}, {"key": "y", "text": "มีหลักฐาน"}]
    assert [item.key for item in sheet_of(["a"], items=items).details] == ["x"]


def test_two_tables_are_numbered_in_order():
    sheets = sheets_of(read_file(CATALOGUE / "dltv-equipment.yaml"))
    assert [(sheet.position, len(sheet.rows)) for sheet in sheets] == [(1, 5), (2, 8)]
    assert sheets[0].flow.steps[0].duration == Duration(unit=Unit.NONE)
