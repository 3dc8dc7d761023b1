"""A key that sorts Thai as the Royal Institute dictionary does, on every database.

The key is made of hexadecimal digits only, because databases disagree about how to compare
Thai letters and even spaces, but all of them agree about 0–9 and a–f.
"""

import re

from portal.thai.spelling import one_spelling

MAX_LENGTH = 400
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_MARKS = "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
_END_OF_LETTERS = "00"


def _weight(letter: str) -> str:
    code = ord(letter)
    if code < 0x80:
        return f"{code:02x}"
    if letter in "\u0e2f\u0e46":  # ฯ ๆ come before the letters
        return "80"
    if 0x0E00 <= code < 0x0E70:
        return f"{code - 0x0E00 + 0x80:02x}"
    return f"ff{code:06x}"


def _mark_weight(letters_before: int, mark: str) -> str:
    # the earlier the mark, the later the word: ป่าน after ปาน่
    return f"{max(0, 0xFF - letters_before):02x}{_MARKS.index(mark) + 1:x}"


def sort_key(text: str) -> str:
    """Letters first, a leading vowel after its consonant; tone marks only break ties."""
    letters: list[str] = []
    marks: list[str] = []
    for char in _LEADING_VOWEL.sub(r"\2\1", one_spelling(text)):
        if char in _MARKS:
            marks.append(_mark_weight(len(letters), char))
        else:
            letters.append(_weight(char))
    return "".join([*letters, _END_OF_LETTERS, *marks])[:MAX_LENGTH]
