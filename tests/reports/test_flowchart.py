"""The flowchart on paper: one page where it fits, every word, every line."""

from functools import cache

import pytest

from reports.papers.flowchart import SECTION
from reports.rendering import to_pdf
from tests.factories.papers import (
    a_chart,
    a_flow,
    a_step,
    catalogue_decisions,
    catalogue_edition,
    crossing_loops,
    cyber_security,
    deciding,
    digital_platform,
    line,
)
from tests.reports.reading import (
    boxes,
    draw,
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
LONG = "วิเคราะห์ สังเคราะห์ และจัดทำข้อมูลสารสนเทศเพื่อการบริหารจัดการศึกษาของสถานศึกษาในสังกัดทุกแห่ง"

CHARTS = {
    "dlit": lambda: a_chart(catalogue_edition().flows[0]),
    "dltv-survey": lambda: a_chart(catalogue_edition("dltv-equipment.yaml").flows[0]),
    "sub-rows": lambda: a_chart(cyber_security()),
    "crossing-loops": lambda: a_chart(crossing_loops()),
    "fourteen-rows": lambda: a_chart(line(14)),
    "forty-rows": lambda: a_chart(line(40)),
    "long-words": lambda: a_chart(
        a_flow(
            a_step(1, LONG),
            deciding(2, LONG, returns_to="r1"),
            *(a_step(n, LONG) for n in range(3, 13)),
        )
    ),
    "under-way": lambda: a_chart(
        digital_platform(), states={"r1": "done", "r2": "skipped", "r3": "current", "r4": "overdue"}
    ),
}


@cache
def drawn(name: str):
    return draw(CHARTS[name]())


@cache
def file_of(name: str) -> bytes:
    return to_pdf(drawn(name))


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("dlit", 1),
        ("dltv-survey", 1),
        ("sub-rows", 1),
        ("crossing-loops", 1),
        ("fourteen-rows", 1),
        ("under-way", 1),
        ("forty-rows", 3),
    ],
)
def test_chart_takes_as_few_pages_as_it_needs(name, pages):
    assert len(drawn(name).pages) == pages


def test_size_is_the_largest_that_fits():
    sizes = [with_class(drawn(name), 0, "sheet")[0] for name in ("dlit", "fourteen-rows")]
    assert [box.element.get("class") for box in sizes] == ["sheet size-1", "sheet size-2"]


@pytest.mark.parametrize("name", CHARTS)
def test_every_symbol_is_read_back_once(name):
    chart, text = CHARTS[name](), text_of(file_of(name))
    words = [step.chart_text for step in chart.flow.steps]
    counts = {each: words.count(each) for each in words}
    # one text may be the beginning of another: ขั้นที่ 1 of ขั้นที่ 10
    short = {each for each in counts for other in counts if each != other and each in other}
    assert {each: times_said(text, each) for each in counts if each not in short} == {
        each: count for each, count in counts.items() if each not in short
    }


@pytest.mark.parametrize("name", CHARTS)
def test_symbols_stand_in_the_middle_of_their_cells(name):
    for page in range(len(drawn(name).pages)):
        for cell in with_class(drawn(name), page, "flow-cell"):
            symbols = [box for box in cell.descendants() if _is(box, "flow-symbol")]
            if symbols:
                assert middle(symbols[0]) == pytest.approx(middle(cell), abs=0.3)


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_stands_outside_the_page(name):
    for number, page in enumerate(drawn(name).pages):
        for box in boxes(drawn(name), number, "TextBox"):
            assert box.position_x >= 17 * MM
            assert box.position_x + box.width <= page.width - 17 * MM
        for cell in with_class(drawn(name), number, "flow-cell"):
            assert cell.border_box_y() + cell.border_height() <= page.height - 16.5 * MM


def test_words_of_every_decision_of_the_catalogue_stay_inside():
    assert words_outside(draw(a_chart(catalogue_decisions()))) == []


def test_return_lane_and_its_words_are_drawn():
    page = pictures(file_of("dlit"))[0]
    cells = {box.element.get("data-row"): box for box in with_class(drawn("dlit"), 0, "flow-cell")}
    source, target = cells["decide"], cells["analyse"]
    lane = source.border_box_x() + 141.8 * MM
    box = with_class(drawn("dlit"), 0, "flow-box")[0]
    hidden = box.border_box_y() - 2, box.border_box_y() + box.border_height() + 2
    way = [
        y
        for y in range(round(middle(target)), round(middle(source)))
        if not hidden[0] <= y <= hidden[1]
    ]
    dots = [
        min(page.getpixel((round(lane * 1.5) + dx, round(y * 1.5))) for dx in (-1, 0, 1))
        for y in way
    ]
    assert max(dots) < 128
    text = text_of(file_of("dlit"))
    said = [times_said(text, words) for words in ("ไม่เห็นชอบ", "ทบทวน ปรับปรุง")]
    assert said == [1, 1]


@pytest.mark.parametrize("words", [20, 24, 28, 32, 36])
def test_edition_at_the_foot_is_never_parted(words):
    document = draw(a_chart(line(2), process="งานส่งเสริม " * words))
    lines = [
        "".join(box.text for box in each.descendants() if hasattr(box, "text"))
        for each in boxes(document, 0, "LineBox")
    ]
    assert sum("ฉบับที่ 1 ใช้บังคับตั้งแต่ 20 พ.ย. 2569" in each for each in lines) == 1


def test_states_of_a_case_are_words_beside_their_rows():
    text = text_of(file_of("under-way"))
    words = ("เสร็จแล้ว", "ข้าม", "กำลังดำเนินการ", "เกินกำหนด")
    assert [times_said(text, word) for word in words] == [1, 1, 1, 1]
    assert times_said(text, "เรื่อง 2570-14 เรื่องตัวอย่าง") == 1
    assert times_said(text, "ข้อมูล ณ วันที่ 20 พฤศจิกายน 2569") == 1


def test_standard_chart_names_section_process_and_edition():
    text = text_of(file_of("dlit"))
    assert times_said(text, SECTION) == 1
    # under the heading and at the foot
    assert times_said(text, "กระบวนงานตัวอย่าง") == 2
    assert times_said(text, "ฉบับที่ 1 ใช้บังคับตั้งแต่ 20 พ.ย. 2569") == 1


def test_pages_are_tied_by_the_same_letter():
    letters = [
        [
            "".join(b.text for b in box.descendants() if hasattr(b, "text"))
            for box in with_class(drawn("forty-rows"), page, "pentagon")
        ]
        for page in range(3)
    ]
    assert letters == [["A"], ["A", "B"], ["B"]]
    again = [times_said(page, f"{SECTION} (ต่อ)") for page in page_texts(file_of("forty-rows"))]
    assert again == [0, 1, 1]


def test_sub_rows_stand_beside_each_other():
    tops = {round(middle(box)) for box in with_class(drawn("sub-rows"), 0, "flow-rung")}
    lefts = [round(box.border_box_x()) for box in with_class(drawn("sub-rows"), 0, "flow-rung")]
    assert len(tops) == 1
    assert lefts == sorted(lefts)
    assert len(set(lefts)) == 4


def test_chart_that_ends_with_a_decision_gets_an_end():
    assert times_said(text_of(file_of("dltv-survey")), "สิ้นสุด") == 1
    assert times_said(text_of(file_of("dlit")), "สิ้นสุด") == 0


def test_same_content_gives_the_same_bytes():
    first = printed(CHARTS["dlit"]())
    printed(CHARTS["sub-rows"]())
    assert printed(CHARTS["dlit"]()) == first


def _is(box: object, name: str) -> bool:
    element = getattr(box, "element", None)
    return hasattr(element, "get") and name in (element.get("class") or "").split()
