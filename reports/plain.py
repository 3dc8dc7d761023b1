"""What a paper says, between dataclasses and the plain values a row can keep. Pure."""

import re
from collections.abc import Callable
from dataclasses import is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from portal.thai.digits import to_thai_digits

T = TypeVar("T")

# digits that belong to a Latin word or an address are not Thai numbers
_NUMBERS = re.compile(r"[A-Za-z][A-Za-z0-9./:_+-]*|\d+")


def thaw(kind: type[T], plain: dict[str, Any]) -> T:
    """The dataclass again that `processes.shape.to_plain` made plain."""
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in plain.items()})


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is UnionType:
        hint = next(each for each in get_args(hint) if each is not type(None))
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], each) for each in value)
    if is_dataclass(hint):
        return thaw(hint, value)  # type: ignore[arg-type]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    return value


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


def set_text(text: str) -> str:
    """Text ready for setting: ไม้ยมก never begins a line."""
    return text.replace(" ๆ", "\u00a0ๆ")
