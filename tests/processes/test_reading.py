"""A catalogue file read strictly, with the line of everything that is wrong."""

import pytest

from processes import reading
from processes.loading import CatalogueError, read_file
from processes.shape import Duration, Unit

MANUAL = "code: demo\ntitle: คู่มือตัวอย่าง\n"
PROCESS = """\
code: demo-one
name: กระบวนงานตัวอย่าง
flows:
  - code: demo-one
    responsible: กลุ่มตัวอย่าง
    steps:
      - key: a
        number: 5.10
        title: ทำก่อน
        time: 1 – 3 วันทำการ
        standard: ดี
      - key: b
        title: ทำต่อ
        chart: ต่อ
        responsible: กลุ่มอื่น
        same_standard: true
        time: {merged_with: a}
      - key: c
        title: ทำท้าย
        time: {included_in: a, printed: รวมอยู่ในขั้นแรก}
    items:
      - key: x
        number: 1.
        step: a
        text: >-
          บรรทัดแรก
          บรรทัดสอง
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "manual.yaml").write_text(MANUAL, encoding="utf-8")
    return tmp_path


def faults_of(folder, text):
    file = folder / "one.yaml"
    if isinstance(text, bytes):
        file.write_bytes(text)
    else:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        read_file(file)
    assert {fault.file for fault in error.value.faults} == {file}
    return [(fault.line, fault.text) for fault in error.value.faults]


def test_file_is_read_with_what_rows_leave_unsaid(folder):
    (folder / "one.yaml").write_text(PROCESS, encoding="utf-8")
    edition = read_file(folder / "one.yaml")
    first, second, third = edition.flows[0].steps
    assert (edition.manual, edition.number) == ("demo", "")
    assert (first.number, first.chart_text, first.responsible) == ("5.10", "ทำก่อน", "กลุ่มตัวอย่าง")
    assert (second.standard, second.standard_merged) == ("ดี", True)
    assert (second.chart_text, second.responsible) == ("ต่อ", "กลุ่มอื่น")
    assert (second.duration_from, second.duration_merged) == ("a", True)
    assert second.duration == Duration(unit=Unit.INCLUDED)
    assert (third.duration_from, third.duration_merged) == ("a", False)
    assert third.duration == Duration(unit=Unit.INCLUDED, printed="รวมอยู่ในขั้นแรก")
    assert edition.flows[0].items[0].text == "บรรทัดแรก บรรทัดสอง"
    assert edition.flows[0].items[0].number == "1."


def test_byte_order_mark_does_no_harm(folder):
    (folder / "one.yaml").write_text(PROCESS, encoding="utf-8-sig")
    assert read_file(folder / "one.yaml").code == "demo-one"


def changed(old, new):
    assert old in PROCESS
    return PROCESS.replace(old, new)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "แฟ้มว่างเปล่า"),
        ("- ก\n", 1, "ต้องเป็นหัวข้อย่อย เขียนแบบ หัวข้อ: ข้อความ"),
        (changed("name: กระบวนงานตัวอย่าง\n", ""), 1, "ขาดหัวข้อ “name”"),
        (changed("        title: ทำต่อ\n", ""), 12, "ขาดหัวข้อ “title”"),
        (changed("chart: ต่อ", "chart: ต่อ\n        chart: อีก"), 15, "หัวข้อ “chart” เขียนซ้ำ"),
        (changed("title: ทำท้าย", "title: [ก]"), 19, "ต้องเป็นข้อความ"),
        (changed("same_standard: true", "same_standard: มาก"), 16, "ต้องเป็น true หรือ false"),
        (
            changed("time: 1 – 3 วันทำการ", "time: สามวัน"),
            10,
            "อ่านเวลา “สามวัน” ไม่ออก ให้แยกเป็น unit, min, max, per, printed, note",
        ),
        (
            changed("time: 1 – 3 วันทำการ", "time: {unit: day, min: สอง, max: 2}"),
            10,
            "“สอง” ต้องเป็นจำนวนเต็ม",
        ),
        (
            changed("number: 5.10", "decides: maybe"),
            8,
            "“maybe” ไม่อยู่ในคำที่ใช้ได้: decide, acknowledge",
        ),
        (changed("step: a", "step: z"), 24, "ผัง demo-one รายการ x: ไม่มีขั้นตอนรหัส “z” ในผังนี้"),
        (
            changed("merged_with: a", "merged_with: z"),
            12,
            "ผัง demo-one แถวที่ 2 (b): ไม่มีขั้นตอนรหัส “z” ในผังนี้",
        ),
        (PROCESS.encode("cp874"), 2, "แฟ้มไม่ได้บันทึกเป็น UTF-8"),
        (changed("ทำก่อน", "ทำ\x07ก่อน"), 9, "มีอักขระควบคุมที่ใช้ในแฟ้มไม่ได้"),
    ],
)
def test_file_that_is_wrong_is_told_with_its_line(folder, text, line, words):
    assert faults_of(folder, text)[0] == (line, words)


def test_list_that_is_no_list_is_told_with_its_line(folder):
    text = PROCESS.partition("    steps:")[0] + "    steps: ก\n"
    assert faults_of(folder, text) == [(6, "ต้องเป็นรายการ ขึ้นต้นแต่ละรายการด้วย -")]


def test_unknown_heading_is_told_with_the_ones_that_are_known(folder):
    ((line, words),) = faults_of(folder, changed("chart", "chat"))
    assert line == 14
    assert words.startswith("ไม่รู้จักหัวข้อ “chat” (ที่ใช้ได้: key, title, number, chart,")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (changed("name: กระบวนงานตัวอย่าง", "name: 'กระบวนงาน"), 2),
        (changed("    responsible", "\tresponsible"), 5),
        (changed("name: กระบวนงานตัวอย่าง", "name: ก: ข"), 2),
        (changed("name: กระบวนงานตัวอย่าง", "name: *ก"), 2),
    ],
)
def test_broken_yaml_is_told_with_its_line(folder, text, line):
    ((found, words),) = faults_of(folder, text)
    assert found == line
    assert words.startswith("โครงสร้าง YAML ไม่ถูกต้อง")


def test_everything_wrong_in_a_file_is_told_at_once(folder):
    text = changed("title: ทำก่อน", "titel: ทำก่อน").replace("title: ทำท้าย", "kind: ก")
    assert [line for line, _ in faults_of(folder, text)] == [9, 7, 19, 18]


def test_folder_without_a_manual_is_refused(tmp_path):
    (tmp_path / "one.yaml").write_text(PROCESS, encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        read_file(tmp_path / "one.yaml")
    assert str(error.value).endswith("manual.yaml:1: ไม่พบแฟ้มนี้ ทุกโฟลเดอร์ต้องมีแฟ้มของคู่มือ")


def test_yaml_tags_make_no_objects():
    plain, reader = reading.read_text("code: !!python/name:os.system\ntitle: ก\n", reading.MANUAL)
    assert (plain, reader.faults) == ({"code": "", "title": "ก"}, [])
