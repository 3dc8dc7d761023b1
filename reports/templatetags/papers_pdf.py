"""How texts are set on paper."""

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from reports.wording import whole_words

register = template.Library()

# a letter that may begin a word: no mark, no ๆ, no ฯ
_BEGINS = re.compile("[ก-ฮเ-ไ]")

# the numbers, the unit, and what follows it in brackets or after a space
_TIME = re.compile(r"([\d๐-๙]+(?: – [\d๐-๙]+)?) (\S+)(.*)", re.DOTALL)
# a unit so long does not fit the column, and breaks before what it is counted for
_LONG = 14
_UNIT = re.compile(r"(วันทำการ|วัน|ชั่วโมง|นาที|เดือน)(ต่อ.+|/.+)")


@register.filter
def kept_whole(text: str) -> SafeString:
    """A text whose office words are not broken within, but before and after them."""
    parts: list[str] = []
    before = ""
    for piece, whole in whole_words(text):
        if before and _BEGINS.match(piece) and not before[-1].isspace():
            parts.append(SafeString("<wbr>"))
        parts.append(format_html('<span class="nowrap">{}</span>', piece) if whole else piece)
        before = piece
    return format_html_join("", "{}", ((part,) for part in parts))


@register.filter
def time_cell(text: str) -> SafeString:
    """A duration that breaks between numbers and unit only: never `1 –` or `วันทำ`."""
    found = _TIME.fullmatch(text)
    if not found:
        return conditional_escape(text)
    numbers, unit, more = found.groups()
    whole = format_html_join(SafeString("<wbr>"), '<span class="nowrap">{}</span>', _parts(unit))
    return format_html('<span class="nowrap">{}</span> {}{}', numbers, whole, more)


def _parts(unit: str) -> list[tuple[str]]:
    found = _UNIT.fullmatch(unit)
    if found is None or len(unit) <= _LONG:
        return [(unit,)]
    return [(part,) for part in found.groups()]
