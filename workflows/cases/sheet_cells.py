"""One cell of a sheet: read as it is typed, kept as plain JSON, shown as offices write it.

Pure. What cannot be read is kept as it was typed (`{"typed": …}`) and holds the row open, so a
draft never loses a word. Money is kept as text with two decimals, a day as an ISO text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from portal.thai.dates import BadDate, be_year, parse_thai_date, thai_date
from portal.thai.digits import to_arabic_digits

Value = str | int | bool | dict[str, str]
TYPED = "typed"
# what spreadsheets put into an empty cell of numbers
NOTHING = ("", "-", "–")
_WHOLE = re.compile(r"\d{1,9}(\.0+)?")
_MONEY = re.compile(r"\d{1,12}(\.\d{1,2})?")


class Type(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    WHOLE = "whole"
    MONEY = "money"
    TICK = "tick"


LONGEST = {Type.TEXT: 300, Type.LONG: 5_000}


@dataclass(frozen=True, slots=True)
class Field:
    """A head field or a column. `wide` is of 16 parts of a line.

    `required`: a line with anything in it needs this. `lent`: next year's copy begins with it.
    `done`: a day on which the thing itself happened, so never after the row was done.
    """

    key: str
    label: str
    type: Type = Type.TEXT
    wide: int = 16
    required: bool = False
    lent: bool = False
    done: bool = False
    hint: str = ""

    @property
    def is_number(self) -> bool:
        return self.type in (Type.WHOLE, Type.MONEY)


class BadCell(ValueError):
    """What was typed cannot be this; the text says so in Thai."""


def read(field: Field, typed: str, today: date) -> Value | None:
    """The value, None where nothing was typed; BadCell where it cannot be read."""
    # PostgreSQL keeps no NUL in JSON, and papers want no carriage return
    text = typed.replace("\x00", "").replace("\r\n", "\n").strip()
    return _READERS[field.type](field, text, today) if text else None


def keep(field: Field, typed: str, today: date) -> Value | None:
    """The same, but what cannot be read is kept as it was typed."""
    try:
        return read(field, typed, today)
    except BadCell:
        return {TYPED: typed.replace("\x00", "").strip()}


def is_unread(value: Value | None) -> bool:
    return isinstance(value, dict)


def error_of(field: Field, value: Value | None, today: date) -> str:
    """What is wrong with a kept value, in Thai; empty where nothing is."""
    if not isinstance(value, dict):
        return ""
    try:
        read(field, value[TYPED], today)
    except BadCell as error:
        return str(error)
    return "กรุณาบันทึกช่องนี้อีกครั้ง"


def as_typed(field: Field, value: Value | None) -> str:
    """What stands in the input."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return value[TYPED]
    if field.type == Type.DATE:
        day = date.fromisoformat(str(value))
        return f"{day:%d/%m}/{be_year(day)}"
    return str(value)


def as_read(field: Field, value: Value | None) -> str:
    """What a reader sees; what could not be read is not there for him."""
    if value is None or isinstance(value, dict):
        return ""
    return _WRITERS.get(field.type, str)(value)


def baht(amount: Decimal | str) -> str:
    """`1,200.00`."""
    return f"{Decimal(amount):,.2f}"


def _text(field: Field, text: str, _today: date) -> str:
    if len(text) > LONGEST[field.type]:
        raise BadCell(f"ยาวเกิน {LONGEST[field.type]:,} ตัวอักษร")
    return text


def _day(_field: Field, text: str, today: date) -> str:
    try:
        return parse_thai_date(text, today=today).isoformat()
    except BadDate as error:
        raise BadCell(str(error)) from error


def _digits(text: str) -> str:
    return re.sub(r"[,\s฿]|บาท$", "", to_arabic_digits(text))


def _whole(_field: Field, text: str, _today: date) -> int | None:
    plain = _digits(text)
    if plain in NOTHING:
        return None
    if not _WHOLE.fullmatch(plain):
        raise BadCell("กรุณากรอกเป็นจำนวนเต็ม เช่น 12")
    return int(plain.partition(".")[0])


def _money(_field: Field, text: str, _today: date) -> str | None:
    plain = _digits(text)
    if plain in NOTHING:
        return None
    if not _MONEY.fullmatch(plain):
        raise BadCell("กรุณากรอกจำนวนเงินเป็นตัวเลข เช่น 12,500 หรือ 12500.50")
    return f"{Decimal(plain):.2f}"


def _tick(_field: Field, _typed: str, _today: date) -> bool:
    return True


_READERS: dict[Type, Callable[[Field, str, date], Value | None]] = {
    Type.TEXT: _text,
    Type.LONG: _text,
    Type.DATE: _day,
    Type.WHOLE: _whole,
    Type.MONEY: _money,
    Type.TICK: _tick,
}
_WRITERS: dict[Type, Callable[[Any], str]] = {
    Type.DATE: lambda value: thai_date(date.fromisoformat(value)),
    Type.WHOLE: lambda value: f"{value:,}",
    Type.MONEY: baht,
    Type.TICK: lambda _: "ใช่",
}
