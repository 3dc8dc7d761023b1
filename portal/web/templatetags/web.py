"""Icons, looks of states, addresses of pages and the way around the portal."""

from functools import cache
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.web.looks import look_of
from portal.web.navigation import Place, further_places, is_here, office_places, own_places

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; silent beside a word, spoken where it stands alone."""
    address = f"{_sprite()}#{name}"
    if not label:
        return format_html(
            '<svg class="kb-icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>',
            address,
        )
    return format_html(
        '<svg class="kb-icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, address
    )


@cache
def _sprite() -> str:
    """Its address never changes while the portal runs, and a page shows a hundred icons."""
    return static("img/icons.svg")


@register.filter
def tone(code: object) -> str:
    """The tone a state is shown in: quiet, now, wait, ok, soon, bad."""
    return look_of(code).tone


@register.filter
def status_icon(code: object) -> str:
    """The icon of a state."""
    return look_of(code).icon


@register.simple_tag(takes_context=True)
def page_query(context: Context, **changes: object) -> str:
    """The query of this page with some values changed; an empty value leaves one out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def _places(context: Context, places: tuple[Place, ...]) -> list[dict[str, Any]]:
    request: HttpRequest = context["request"]
    return [{"place": place, "here": is_here(place, request.path)} for place in places]


@register.simple_tag(takes_context=True)
def main_places(context: Context) -> list[dict[str, Any]]:
    """Where this person's daily work is."""
    return _places(context, own_places(context["request"].user))


@register.simple_tag(takes_context=True)
def admin_places(context: Context) -> list[dict[str, Any]]:
    """What an administrator keeps; nothing for everybody else."""
    return _places(context, office_places(context["request"].user))


@register.simple_tag(takes_context=True)
def menu_places(context: Context) -> list[dict[str, Any]]:
    """What this person looks up now and then."""
    return _places(context, further_places(context["request"].user))


_LEADING_VOWELS = "เแโใไ"


@register.filter
def initial(name: str) -> str:
    """The consonant a name is known by: ก of เกศ, not the vowel written before it."""
    return next((letter for letter in name if letter not in _LEADING_VOWELS), "")


@register.filter
def due_icon(state: str) -> str:
    """The icon beside a due date."""
    return {"done": "check", "overdue": "alert"}.get(state, "clock")


_NOTE_ICONS = {"ok": "check", "warn": "alert", "bad": "alert"}
_MESSAGE_TONES = {"success": "ok", "warning": "warn", "error": "bad"}


@register.filter
def note_icon(tone: str) -> str:
    """The icon of a note of this tone."""
    return _NOTE_ICONS.get(tone, "info")


@register.filter
def message_tone(message: Message) -> str:
    """The tone of one of Django's messages."""
    return _MESSAGE_TONES.get(message.level_tag, "info")


@register.filter
def message_icon(message: Message) -> str:
    return note_icon(message_tone(message))
