"""The chart on the screen: an ordered list that can be heard as well as seen."""

import re

import pytest
from django.template import engines
from lxml import html as lxml_html

from tests.factories.papers import a_flow, a_step, cyber_security, deciding, digital_platform


def drawn(flow, states=None):
    template = engines["django"].from_string("{% load charts %}{% flowchart flow states %}")
    return lxml_html.fromstring(template.render({"flow": flow, "states": states}))


def words(element):
    return re.sub(r"\s+", " ", element.text_content()).strip()


def heard(element):
    """What a screen reader says: everything but what is hidden from it."""
    for silent in element.xpath(".//*[@aria-hidden='true']"):
        silent.drop_tree()
    return words(element)


def test_chart_is_an_ordered_list_of_the_rows():
    flow = digital_platform()
    rows = drawn(flow).xpath("./ol/li")
    assert [words(row.xpath(".//*[@class='flow-words']")[0]) for row in rows] == [
        step.chart_text for step in flow.steps
    ]


def test_decision_says_where_its_return_leads():
    row = drawn(digital_platform()).xpath("./ol/li")[3]
    assert heard(row) == (
        "ลำดับที่ 4 เสนอ ผอ.สพท. ให้ความเห็นชอบ "
        "ไม่เห็นชอบ: ทบทวน ปรับปรุง กลับไปลำดับที่ 3 วิเคราะห์แนวทางพัฒนาระบบดิจิทัลแพลตฟอร์ม DLIT"
    )


def test_decision_shows_its_answers_and_the_box_of_its_return():
    row = drawn(digital_platform()).xpath("./ol/li")[3]
    shown = {
        name: row.xpath(f".//*[contains(@class, '{name}')]")[0].text
        for name in ("flow-yes", "flow-no", "flow-box")
    }
    assert shown == {"flow-yes": "เห็นชอบ", "flow-no": "ไม่เห็นชอบ", "flow-box": "ทบทวน ปรับปรุง"}


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("done", "เสร็จแล้ว"),
        ("current", "กำลังดำเนินการ"),
        ("overdue", "เกินกำหนด"),
        ("outside", "รอหน่วยงานภายนอก"),
        ("waiting", "ยังไม่ถึง"),
        ("skipped", "ข้าม"),
    ],
)
def test_state_is_a_word_and_an_icon_never_the_colour_alone(state, word):
    row = drawn(digital_platform(), {"r2": state}).xpath("./ol/li")[1]
    label = row.xpath(".//*[@class='flow-state']")[0]
    assert words(label) == word
    assert len(label.xpath("./svg")) == 1
    assert f"flow-is-{state}" in row.xpath("./div")[0].get("class").split()


def test_row_without_a_state_is_plain():
    chart = drawn(digital_platform(), {"r2": "done"})
    assert len(chart.xpath(".//*[@class='flow-state']")) == 1
    assert drawn(digital_platform()).xpath(".//*[@class='flow-state']") == []


def test_row_the_case_stands_on_is_the_current_step():
    chart = drawn(digital_platform(), {"r2": "done", "r3": "overdue"})
    assert [words(each) for each in chart.xpath(".//*[@aria-current='step']")] == [
        "เกินกำหนด ลำดับที่ 3 วิเคราะห์แนวทางพัฒนาระบบดิจิทัลแพลตฟอร์ม DLIT"
    ]


def test_sub_rows_are_a_list_within_their_row():
    row = drawn(cyber_security()).xpath("./ol/li")[4]
    assert row.get("class") == "flow-sided"
    assert len(row.xpath("./ol/li")) == 5
    assert row.xpath("./ol")[0].get("class") == "flow-under flow-side"


def test_flow_that_ends_with_a_decision_gets_an_end():
    chart = drawn(a_flow(a_step(1), deciding(2)))
    assert words(chart.xpath("./ol/li")[-1]) == "สิ้นสุด"


def test_marks_of_optional_rows_are_written():
    chart = drawn(a_flow(a_step(1), a_step(2, optional=True, condition="มีงบประมาณ"), a_step(3)))
    notes = chart.xpath("./ol/li")[1].xpath(".//*[@class='flow-note']")
    assert [words(note) for note in notes] == ["(ถ้ามี)", "(มีงบประมาณ)"]


def test_chart_has_no_style_of_its_own():
    assert drawn(digital_platform(), {"r1": "done"}).xpath(".//@style | .//style") == []


def test_text_of_a_row_is_escaped():
    row = drawn(a_flow(a_step(1, "<b>งาน</b> & อื่น ๆ"), a_step(2))).xpath("./ol/li")[0]
    assert words(row.xpath(".//*[@class='flow-words']")[0]) == "<b>งาน</b> & อื่น ๆ"


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("เสนอ", "flow-symbol flow-decision flow-lines-1"),
        ("เสนอ ผอ.สพท. ให้ความเห็นชอบ", "flow-symbol flow-decision flow-lines-2"),
        ("เสนอ ผอ.สพท. พิจารณาให้ความเห็นชอบ " * 3, "flow-symbol flow-decision flow-pointed"),
    ],
)
def test_decision_grows_with_its_text_and_becomes_a_pointed_box(text, classes):
    row = drawn(a_flow(a_step(1), deciding(2, text), a_step(3))).xpath("./ol/li")[1]
    assert row.xpath(".//*[contains(@class, 'flow-decision')]")[0].get("class") == classes


def test_state_in_a_decision_takes_a_line_of_its_own():
    row = drawn(digital_platform(), {"r4": "done"}).xpath("./ol/li")[3]
    assert len(row.xpath(".//*[@class='flow-symbol flow-decision flow-lines-3']")) == 1
