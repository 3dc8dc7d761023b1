"""How texts are set on paper."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# the numbers, the unit, and what follows it in brackets or after a space
_TIME = re.compile(r"([\d๐-๙]+(?: – [\d๐-๙]+)?) (\S{1,24})(.*)", re.DOTALL)


@register.filter
def time_cell(text: str) -> SafeString:
    """A duration that breaks between numbers and unit only: never `1 –` or `วันทำ`."""
    found = _TIME.fullmatch(text)
    if not found:
        return format_html("{}", text)
    return format_html(
        '<span class="nowrap">{}</span> <span class="nowrap">{}</span>{}', *found.groups()
    )
