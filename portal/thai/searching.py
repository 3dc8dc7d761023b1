"""The text a search looks in. Pass what was stored and what was typed through the same door."""

from portal.thai.spelling import one_spelling

# ็ ่ ้ ๊ ๋ ์ are what people leave out or mistype first
_MARKS = dict.fromkeys(range(0x0E47, 0x0E4D))


def search_text(*texts: str) -> str:
    """All texts in one line, folded: digits, case, spaces, สระอำ, tone marks."""
    return one_spelling(" ".join(texts)).translate(_MARKS)
