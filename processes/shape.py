"""The plain form of an edition: what the printed manual says, as values.

YAML, JSON, hash, rules, drawing and planning all work on these; only `storage.py` knows rows.
Rows point at each other by `key`, which is written once and never reused, because printed
numbers repeat and positions move.
"""

from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints

Shape = TypeVar("Shape")


class Unit(StrEnum):
    """What a duration is counted in."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    MONTH = "month"
    THROUGHOUT = "throughout"
    PER_PLAN = "per_plan"
    INCLUDED = "included"
    NONE = "none"


class Per(StrEnum):
    """What a duration is counted for, when it is not once for the row."""

    ACTIVITY = "activity"
    OCCASION = "occasion"


class Kind(StrEnum):
    """What a step is about: decides words and drawing, never routing."""

    RESULT = "result"
    APPOINT = "appoint"
    MEETING = "meeting"
    PROPOSE = "propose"
    PLAN = "plan"
    ACTIVITY = "activity"
    SURVEY = "survey"
    ITEMS = "items"
    REGISTER = "register"
    LETTER = "letter"


class Decides(StrEnum):
    """What the row asks of the director or the executives."""

    DECIDE = "decide"
    ACKNOWLEDGE = "acknowledge"


class Need(StrEnum):
    """What holds a row open until the room that provides it says so."""

    MEMBERS = "members"
    ORDER = "order"
    NUMBER = "number"
    LETTER = "letter"
    OUTSIDE_REPORT = "outside_report"
    SURVEY = "survey"
    PUBLICATION = "publication"


class Rank(StrEnum):
    """A link of an approval chain, in rising order."""

    HEAD = "head"
    DEPUTY = "deputy"
    DIRECTOR = "director"


@dataclass(frozen=True, slots=True)
class Duration:
    """The time cell of a row. `min` and `max` are whole numbers of `unit`, equal when fixed."""

    unit: Unit = Unit.NONE
    min: int | None = None
    max: int | None = None
    per: Per | None = None
    printed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One detailed step of section 5, or a check the row needs although section 5 is silent."""

    key: str
    text: str
    number: str = ""
    step: str | None = None
    after_decision: bool = False
    condition: str = ""
    needs: Need | None = None
    source_note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the standards table (section 9): it has the time, the standard, the owner."""

    key: str
    number: str
    title: str
    chart_text: str
    kind: Kind = Kind.RESULT
    decides: Decides | None = None
    external: bool = False
    verb: str = ""
    standard: str = ""
    standard_merged: bool = False
    responsible: str = ""
    duration: Duration = Duration()
    duration_from: str | None = None
    duration_merged: bool = False
    parent: str | None = None
    returns_to: str | None = None
    return_label: str = ""
    yes_label: str = ""
    no_label: str = ""
    optional: bool = False
    condition: str = ""
    chain: tuple[Rank, ...] = ()
    source_note: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """One standards table with its chart; a case runs a Flow."""

    code: str
    steps: tuple[Step, ...]
    phase: str = ""
    table_name: str = ""
    indicator: str = ""
    trigger: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A term of section 4 and what it means."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FormUse:
    """A form of section 7: `code` is its identity, `printed` the words of this manual."""

    code: str
    printed: str
    number: str = ""
    source_note: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference of section 8: `code` is the law's identity, `printed` the words here."""

    code: str
    printed: str
    number: str = ""
    source_note: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """Sections 1 to 9 of one process."""

    manual: str
    code: str
    number: str
    name: str
    flows: tuple[Flow, ...]
    group: str = ""
    indicators: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    scope: str = ""
    outputs: tuple[str, ...] = ()
    document_code: str = ""
    definitions: tuple[Definition, ...] = ()
    forms: tuple[FormUse, ...] = ()
    citations: tuple[Citation, ...] = ()
    source_note: str = ""


def to_plain(value: Any) -> Any:
    """Dicts, lists and scalars of a shape; empty values are left out.

    Leaving them out keeps old digests true when a field is added later.
    """
    if is_dataclass(value):
        pairs = ((field.name, to_plain(getattr(value, field.name))) for field in fields(value))
        return {name: plain for name, plain in pairs if plain not in (None, "", False, [], {})}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def from_plain(kind: type[Shape], plain: Any) -> Shape:
    """The shape that `to_plain` made `plain` of. Raises ValueError or TypeError otherwise."""
    shape: Shape = _read(kind, plain)
    return shape


def _read(kind: Any, plain: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        if unknown := set(plain) - set(hints):
            raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
        # what `to_plain` left out is empty, also where the field has no default
        required = [each.name for each in fields(kind) if each.default is MISSING]
        empty = {name: "" if hints[name] is str else () for name in required}
        return kind(**empty | {name: _read(hints[name], value) for name, value in plain.items()})
    if options := [each for each in get_args(kind) if each not in (NoneType, Ellipsis)]:
        if isinstance(plain, list):
            return tuple(_read(options[0], value) for value in plain)
        return None if plain is None else _read(options[0], plain)
    return kind(plain) if issubclass(kind, StrEnum) else plain
