"""A name is one line of what can be seen."""

import pytest

from portal.thai.spelling import one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  งาน  สื่อ ", "งาน สื่อ"),
        ("งาน\r\nสื่อ", "งาน สื่อ"),
        ("งาน\x0bสื่อ\x01", "งาน สื่อ"),
        ("งาน\u2028สื่อ", "งาน สื่อ"),
        ("\u202eงาน\u202c", "งาน"),
        ("\u200b\ufeff", ""),
        ("งาน 😀 ที่ ๑", "งาน 😀 ที่ ๑"),
    ],
)
def test_name_is_one_line_of_visible_words(typed, kept):
    assert one_line(typed) == kept
