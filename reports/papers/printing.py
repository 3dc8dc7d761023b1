"""The way of every paper: plain content in, progress told on the way, a PDF out."""

from collections.abc import Callable
from typing import Any, TypeVar

from processes.shape import from_plain, to_plain
from reports.wording import set_text, texts, thai_numbers

Tell = Callable[[str], None]
Content = TypeVar("Content")

# the digits of the page numbers
THAI_DIGITS = "papers-thai-digits.css"


def plain_of(content: object) -> dict[str, Any]:
    """What a row keeps and a digest is made of."""
    plain: dict[str, Any] = to_plain(content)
    return plain


def ready_to_set(kind: type[Content], plain: dict[str, Any]) -> Content:
    """The content in the words of the paper."""
    ready = texts(plain, set_text)
    if plain["standing"].get("thai_digits"):
        ready = texts(ready, thai_numbers)
    return from_plain(kind, ready)


def number_words(text: str, *, thai: bool) -> str:
    """A heading of our own in the digits of the office."""
    return thai_numbers(text) if thai else text
