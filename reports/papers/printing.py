"""The way of every paper: plain content in, progress told on the way, a PDF out."""

from collections.abc import Callable
from typing import Any, TypeVar

from processes.shape import to_plain
from reports.plain import set_text, texts, thai_numbers, thaw

Tell = Callable[[str], None]
T = TypeVar("T")

# the office's digits are style, not content: the sheet names them
THAI_DIGITS = "papers-thai-digits.css"


def ready_to_set(kind: type[T], plain: dict[str, Any]) -> T:
    """The content in the words of the paper: the office's digits, no line that begins with ๆ."""
    ready = texts(plain, set_text)
    if plain["standing"].get("thai_digits"):
        ready = texts(ready, thai_numbers)
    return thaw(kind, ready)


def number_words(text: str, *, thai: bool) -> str:
    """A heading of our own in the digits of the office."""
    return thai_numbers(text) if thai else text


def plain_of(content: object) -> dict[str, Any]:
    """What a row keeps and a digest is made of."""
    plain: dict[str, Any] = to_plain(content)
    return plain
