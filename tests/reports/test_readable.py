"""Thai papers can be searched and copied. The cure leans on a private function of WeasyPrint."""

import pytest

from reports.papers.standards_table import SECTION
from tests.factories.papers import a_chart, a_flow, a_step, a_table, deciding
from tests.reports.reading import printed, text_of, times_said

# composed vowels and tone marks, in every combination that was read back wrong without the cure
HARD = (
    "น้ำ ค่ำ ซ้ำ",
    "การกำกับดูแลผู้บริหารที่เกี่ยวข้อง",
    "ปั้น ปี่ ปึ้ก ป้อ ฐานข้อมูลญาติผู้ใหญ่",
    "อื่น ๆ และต่าง ๆ ที่จำเป็น",
    "ให้ได้ไม่แน่ใจ เครื่องมือ ฤดูฝน ฦๅ",
    "1 – 5 วันทำการ (DLIT) ๑๒๓",
)


@pytest.fixture(scope="module")
def paper() -> bytes:
    steps = [a_step(n, text, standard=f"{text}ครบถ้วน") for n, text in enumerate(HARD, start=1)]
    return printed(a_table(a_flow(*steps), process=HARD[0]))


@pytest.mark.parametrize("text", HARD)
def test_hard_thai_is_read_back_letter_by_letter(paper, text):
    assert times_said(text_of(paper), f"{text}ครบถ้วน") == 1
    # in the symbol and in the column beside it, and of the first in the heading and the foot
    heading = 2 if text == HARD[0] else 0
    assert times_said(text_of(paper).replace(f"{text}ครบถ้วน", ""), text) >= 2 + heading


def test_a_space_more_or_less_would_be_noticed():
    assert times_said("น้ำ ค่ำ ซ้ำ", "น้ำ ค่ำ ซ้ำ") == 1
    assert times_said("น้ำ ค่ำ\nซ้ำ", "น้ำ ค่ำ ซ้ำ") == 1
    assert times_said("น้ำ  ค่ำ ซ้ำ", "น้ำ ค่ำ ซ้ำ") == 0
    assert times_said("น้ำค่ำ ซ้ำ", "น้ำ ค่ำ ซ้ำ") == 0
    assert times_said("นา ค่ำ ซ้ำ", "น้ำ ค่ำ ซ้ำ") == 0


def test_words_on_the_lines_of_a_chart_are_read_back():
    flow = a_flow(
        a_step(1),
        deciding(2, "น้ำ ค่ำ ซ้ำ", returns_to="r1", return_label="ทบทวน ปรับปรุง"),
        a_step(3),
    )
    text = text_of(printed(a_chart(flow)))
    said = {words: times_said(text, words) for words in ("น้ำ ค่ำ ซ้ำ", "ไม่เห็นชอบ", "ทบทวน ปรับปรุง")}
    assert said == {"น้ำ ค่ำ ซ้ำ": 1, "ไม่เห็นชอบ": 1, "ทบทวน ปรับปรุง": 1}


def test_no_glyph_is_missing(caplog):
    every = (
        "".join(map(chr, range(0x0E01, 0x0E3B))) + "฿" + "".join(map(chr, range(0x0E3F, 0x0E5C)))
    )
    printed(
        a_table(a_flow(a_step(1, "“คำ” – ๑ • (ต่อ) ABC xyz 0123 & < > / % +"), a_step(2, every)))
    )
    assert [record.getMessage() for record in caplog.records] == []


def test_heading_is_read_back(paper):
    assert times_said(text_of(paper), SECTION) == 1


def test_words_kept_whole_are_read_back_as_one_text():
    words = "เสนอแผนงานต่อผู้อำนวยการ/คณะทำงานเพื่อขอความเห็นชอบ ผอ.สพป./สพม. และ e-Learning"
    text = text_of(printed(a_chart(a_flow(a_step(1, words), a_step(2)))))
    assert times_said(text, words) == 1
    assert [mark for mark in ("\u200b", "\u2060") if mark in text] == []
