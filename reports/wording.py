"""The words of a paper as they are set: the office's digits, fair line breaks. Pure."""

import re
from collections.abc import Callable
from typing import Any

from portal.thai.digits import to_thai_digits

# what the dictionary that breaks the lines takes for two words: a line that begins or ends within
# one of these reads badly, and in a narrow symbol its tail stands alone
_COMPOUNDS = (
    "ความเห็นชอบ", "เห็นชอบ", "ผู้อำนวยการ", "ผู้บริหาร", "หน่วยงาน", "คณะทำงาน",
    "คณะกรรมการ", "ดำเนินการ", "ดำเนินงาน", "คำสั่ง", "คำปรึกษา", "วางแผน", "บำรุงรักษา",
    "จัดซื้อจัดจ้าง", "ข้อเสนอแนะ", "ระยะเวลา", "รอบปี",
)  # fmt: skip
_WHOLE = re.compile(
    # e-Learning, and the abbreviations of two offices with a stroke between
    rf"\b[A-Za-z]{{1,2}}-[A-Za-z]+|(?:[ก-ฮ]+\.)+/(?:[ก-ฮ]+\.)+|{'|'.join(_COMPOUNDS)}"
)
# digits that belong to a Latin word or an address are not Thai numbers
_NUMBERS = re.compile(r"[A-Za-z][A-Za-z0-9./:_+-]*|\d+")


def texts(plain: Any, change: Callable[[str], str]) -> Any:
    """The same plain value with every text in it changed."""
    if isinstance(plain, dict):
        return {name: texts(value, change) for name, value in plain.items()}
    if isinstance(plain, list):
        return [texts(value, change) for value in plain]
    return change(plain) if isinstance(plain, str) else plain


def thai_numbers(text: str) -> str:
    """Thai digits, but Windows11 and https://… stay as they are."""
    return _NUMBERS.sub(
        lambda found: to_thai_digits(found[0]) if found[0].isdigit() else found[0], text
    )


def whole_words(text: str) -> list[tuple[str, bool]]:
    """The text in pieces that make it up; those marked True never break."""
    pieces, at = [], 0
    for found in _WHOLE.finditer(text):
        pieces += [(text[at : found.start()], False), (found[0], True)]
        at = found.end()
    return [(piece, whole) for piece, whole in [*pieces, (text[at:], False)] if piece]


def set_text(text: str) -> str:
    """Text ready for setting: ไม้ยมก never begins a line."""
    return text.replace(" ๆ", "\u00a0ๆ")
