"""A catalogue file, read strictly into the plain form, remembering on which line each thing is.

Everything is read as text the way it is written, so `5.10` stays 5.10 and needs no quotes.
docs/catalogue-format.md describes the format.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import yaml

from processes import durations
from processes.rules import Path
from processes.shape import Decides, Kind, Need, Per, Rank, Unit, to_plain

Read = Callable[["Reader", yaml.Node, Path], Any]
_FLAGS = {"true": True, "yes": True, "ใช่": True, "false": False, "no": False, "ไม่ใช่": False}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on which line."""

    line: int
    text: str


@dataclass
class Reader:
    """Collects what is wrong and where everything stands while a file is read."""

    faults: list[Fault] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)

    def wrong(self, node: yaml.Node, text: str) -> None:
        self.faults.append(Fault(_line(node), text))

    def line_of(self, path: Path) -> int:
        """The line of the thing, or of what it stands in."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def read_text(text: str, schema: Read) -> tuple[Any, Reader]:
    """The plain form `schema` makes of a YAML text, and the reader that knows the lines."""
    reader = Reader()
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        reader.faults.append(_syntax_fault(error, text))
        return None, reader
    if node is None:
        reader.faults.append(Fault(1, "แฟ้มว่างเปล่า"))
        return None, reader
    return schema(reader, node, ()), reader


def _syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    if "quoted" in (getattr(error, "context", None) or ""):
        # a quotation that never ends is wrong where it begins
        mark = getattr(error, "context_mark", None)
    if mark is not None:
        detail = getattr(error, "problem", None) or ""
        return Fault(
            mark.line + 1,
            "โครงสร้าง YAML ไม่ถูกต้อง ตรวจการย่อหน้า เครื่องหมายทวิภาค และเครื่องหมายคำพูด"
            f" (ตัวที่ {mark.column + 1}: {detail})",
        )
    position = getattr(error, "position", 0)
    return Fault(text.count("\n", 0, position) + 1, "มีอักขระควบคุมที่ใช้ในแฟ้มไม่ได้")


# -- the kinds of value


def text(reader: Reader, node: yaml.Node, path: Path) -> str:
    """Words or a number, exactly as written."""
    reader.lines[path] = _line(node)
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip()
    reader.wrong(node, "ต้องเป็นข้อความ")
    return ""


def flag(reader: Reader, node: yaml.Node, path: Path) -> bool:
    """true or false."""
    value = _FLAGS.get(text(reader, node, path).lower())
    if value is None:
        reader.wrong(node, "ต้องเป็น true หรือ false")
    return bool(value)


def whole(reader: Reader, node: yaml.Node, path: Path) -> int:
    """A whole number."""
    value = text(reader, node, path)
    if value.isdecimal():
        return int(value)
    reader.wrong(node, f"“{value}” ต้องเป็นจำนวนเต็ม")
    return 0


def word(choices: type[StrEnum]) -> Read:
    """One of the words of a list."""

    def read(reader: Reader, node: yaml.Node, path: Path) -> str | None:
        value = text(reader, node, path)
        if value in list(choices):
            return value
        reader.wrong(node, f"“{value}” ไม่อยู่ในคำที่ใช้ได้: {', '.join(choices)}")
        return None

    return read


def many(each: Read) -> Read:
    """A list."""

    def read(reader: Reader, node: yaml.Node, path: Path) -> list[Any]:
        reader.lines[path] = _line(node)
        if isinstance(node, yaml.SequenceNode):
            return [each(reader, item, (*path, n)) for n, item in enumerate(node.value)]
        reader.wrong(node, "ต้องเป็นรายการ ขึ้นต้นแต่ละรายการด้วย -")
        return []

    return read


def headed(required: dict[str, tuple[str, Read]], optional: dict[str, tuple[str, Read]]) -> Read:
    """Headings with values: for each heading the name in the plain form and how it is read."""

    def read(reader: Reader, node: yaml.Node, path: Path) -> dict[str, Any]:
        reader.lines[path] = _line(node)
        known, plain = required | optional, {}
        for heading, value in _pairs(reader, node):
            if heading not in known:
                reader.wrong(value, f"ไม่รู้จักหัวข้อ “{heading}” (ที่ใช้ได้: {', '.join(known)})")
                continue
            name, how = known[heading]
            if name in plain:
                reader.wrong(value, f"หัวข้อ “{heading}” เขียนซ้ำ")
            plain[name] = how(reader, value, (*path, name))
        for heading, (name, _) in required.items():
            if name not in plain:
                reader.wrong(node, f"ขาดหัวข้อ “{heading}”")
        return plain

    return read


def _pairs(reader: Reader, node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        return [(str(key.value), value) for key, value in node.value]
    reader.wrong(node, "ต้องเป็นหัวข้อย่อย เขียนแบบ หัวข้อ: ข้อความ")
    return []


# -- the time cell


def time(reader: Reader, node: yaml.Node, path: Path) -> dict[str, Any]:
    """`3 – 5 วันทำการ` as printed, or its parts when the printed words are not enough."""
    if isinstance(node, yaml.MappingNode):
        return _TIME_PARTS(reader, node, path)  # type: ignore[no-any-return]
    cell = text(reader, node, path)
    try:
        plain: dict[str, Any] = to_plain(durations.parse(cell))
    except ValueError:
        reader.wrong(node, f"อ่านเวลา “{cell}” ไม่ออก ให้แยกเป็น unit, min, max, per, printed, note")
        return {}
    return plain


_TIME_PARTS = headed(
    {},
    {
        "unit": ("unit", word(Unit)),
        "min": ("min", whole),
        "max": ("max", whole),
        "per": ("per", word(Per)),
        "printed": ("printed", text),
        "note": ("note", text),
        "included_in": ("duration_from", text),
        "merged_with": ("merged_with", text),
    },
)


# -- the files


_USE = headed(
    {"code": ("code", text), "printed": ("printed", text)},
    {"number": ("number", text), "source_note": ("source_note", text)},
)
_ITEM = headed(
    {"key": ("key", text), "text": ("text", text)},
    {
        "number": ("number", text),
        "step": ("step", text),
        "after_decision": ("after_decision", flag),
        "condition": ("condition", text),
        "needs": ("needs", word(Need)),
        "source_note": ("source_note", text),
    },
)
_STEP = headed(
    {"key": ("key", text), "title": ("title", text)},
    {
        "number": ("number", text),
        "chart": ("chart_text", text),
        "kind": ("kind", word(Kind)),
        "time": ("duration", time),
        "standard": ("standard", text),
        "same_standard": ("standard_merged", flag),
        "responsible": ("responsible", text),
        "decides": ("decides", word(Decides)),
        "verb": ("verb", text),
        "chain": ("chain", many(word(Rank))),
        "returns_to": ("returns_to", text),
        "return_label": ("return_label", text),
        "yes": ("yes_label", text),
        "no": ("no_label", text),
        "external": ("external", flag),
        "parent": ("parent", text),
        "optional": ("optional", flag),
        "condition": ("condition", text),
        "source_note": ("source_note", text),
    },
)
_FLOW = headed(
    {"code": ("code", text), "steps": ("steps", many(_STEP))},
    {
        "phase": ("phase", text),
        "table_name": ("table_name", text),
        "indicator": ("indicator", text),
        "trigger": ("trigger", text),
        "responsible": ("responsible", text),
        "items": ("items", many(_ITEM)),
    },
)


def flow(reader: Reader, node: yaml.Node, path: Path) -> dict[str, Any]:
    """A table; what its rows leave unsaid is filled in."""
    plain: dict[str, Any] = _FLOW(reader, node, path)
    responsible = plain.pop("responsible", "")
    above: dict[str, Any] = {}
    for step in plain.get("steps", []):
        step.setdefault("number", "")
        step.setdefault("chart_text", step.get("title", ""))
        step.setdefault("responsible", responsible)
        if step.get("standard_merged"):
            step.setdefault("standard", above.get("standard", ""))
        _share_time(step)
        above = step
    return plain


def _share_time(step: dict[str, Any]) -> None:
    """`included_in` and `merged_with` name the row whose time this is; they belong to the row."""
    duration = step.get("duration", {})
    merged = duration.pop("merged_with", None)
    shared = merged or duration.pop("duration_from", None)
    if shared:
        duration.setdefault("unit", Unit.INCLUDED)
        step["duration_from"], step["duration_merged"] = shared, merged is not None


PROCESS = headed(
    {"code": ("code", text), "name": ("name", text), "flows": ("flows", many(flow))},
    {
        "number": ("number", text),
        "group": ("group", text),
        "document_code": ("document_code", text),
        "objectives": ("objectives", many(text)),
        "scope": ("scope", text),
        "definitions": (
            "definitions",
            many(headed({"term": ("term", text), "meaning": ("meaning", text)}, {})),
        ),
        "indicators": ("indicators", many(text)),
        "outputs": ("outputs", many(text)),
        "forms": ("forms", many(_USE)),
        "citations": ("citations", many(_USE)),
        "source_note": ("source_note", text),
    },
)
MANUAL = headed(
    {"code": ("code", text), "title": ("title", text)},
    {
        "unit_name": ("unit_name", text),
        "groups": ("groups", many(text)),
        "position": ("position", whole),
    },
)
