"""What is wrong with a shape. Pure; the loader and every editor ask the same."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from processes.shape import (
    Duration,
    Edition,
    Flow,
    Item,
    Kind,
    Need,
    Rank,
    Step,
    Unit,
)

Path = tuple[str | int, ...]
COUNTED = frozenset({Unit.WORKING_DAY, Unit.DAY, Unit.HOUR, Unit.MINUTE, Unit.MONTH})
LONGEST = 9_999
CODE_LENGTH = 60
TEXT_LIMITS = {
    Edition: {"name": 400, "group": 200, "number": 20, "document_code": 60},
    Flow: {"phase": 200, "table_name": 400, "trigger": 400},
    Step: {
        "number": 20,
        "chart_text": 300,
        "verb": 60,
        "responsible": 300,
        "return_label": 120,
        "yes_label": 60,
        "no_label": 60,
        "condition": 300,
    },
    Item: {"number": 20, "condition": 300},
    Duration: {"printed": 120, "note": 200},
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `path` leads to it in the plain form, `where` says so in Thai."""

    path: Path
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


def problems(edition: Edition) -> list[Problem]:
    """Everything wrong with an edition, in the order of reading; none means it may be frozen."""
    found = list(_edition_problems(edition))
    for number, flow in enumerate(edition.flows):
        found += _flow_problems(flow, ("flows", number))
    return found


# -- the edition


def _edition_problems(edition: Edition) -> Iterator[Problem]:
    def wrong(path: Path, text: str) -> Problem:
        return Problem(path, "กระบวนงาน", text)

    if not edition.name.strip():
        yield wrong(("name",), "ยังไม่มีชื่อกระบวนงาน")
    yield from _code_problems(edition.code, ("code",), "กระบวนงาน")
    if not edition.flows:
        yield wrong(("flows",), "ต้องมีตารางขั้นตอนอย่างน้อยหนึ่งตาราง")
    yield from _twice((flow.code for flow in edition.flows), ("flows",), "code", "รหัสผัง")
    yield from _too_long(edition, (), "กระบวนงาน")
    for name, label in (("forms", "แบบฟอร์ม"), ("citations", "เอกสารอ้างอิง")):
        for index, use in enumerate(getattr(edition, name)):
            place = f"{label} รายการที่ {index + 1}"
            yield from _code_problems(use.code, (name, index, "code"), place, longest=80)
            if not use.printed.strip() or len(use.printed) > 400:
                yield Problem((name, index, "printed"), place, "ต้องมีชื่อ และยาวไม่เกิน 400 ตัวอักษร")
    for index, definition in enumerate(edition.definitions):
        if not definition.term.strip() or len(definition.term) > 300:
            yield Problem(
                ("definitions", index, "term"),
                f"คำจำกัดความรายการที่ {index + 1}",
                "ต้องมีคำ และยาวไม่เกิน 300 ตัวอักษร",
            )


def _code_problems(
    code: str, path: Path, where: str, *, longest: int = CODE_LENGTH
) -> Iterator[Problem]:
    legal = code.isascii() and code.replace("-", "").replace("_", "").isalnum()
    if not legal or len(code) > longest:
        yield Problem(
            path,
            where,
            f"รหัส “{code}” ใช้ได้เฉพาะอักษรอังกฤษ ตัวเลข ขีด และขีดล่าง ยาวไม่เกิน {longest} ตัว",
        )


def _twice(values: Iterable[str], path: Path, name: str, label: str) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for index, value in enumerate(values):
        seen[value] += 1
        if seen[value] > 1:
            yield Problem((*path, index, name), label, f"{label} “{value}” ซ้ำกัน")


def _too_long(
    thing: Edition | Flow | Step | Item | Duration, path: Path, where: str
) -> Iterator[Problem]:
    for name, limit in TEXT_LIMITS[type(thing)].items():
        if len(getattr(thing, name)) > limit:
            yield Problem((*path, name), where, f"ข้อความยาวเกิน {limit} ตัวอักษร")


# -- a flow


def _flow_problems(flow: Flow, path: Path) -> Iterator[Problem]:
    where = f"ผัง {flow.code}"
    yield from _code_problems(flow.code, (*path, "code"), where)
    yield from _too_long(flow, path, where)
    if not flow.steps:
        yield Problem((*path, "steps"), where, "ต้องมีขั้นตอนอย่างน้อยหนึ่งขั้น")
    yield from _twice((s.key for s in flow.steps), (*path, "steps"), "key", "รหัสขั้นตอน")
    yield from _twice((i.key for i in flow.items), (*path, "items"), "key", "รหัสรายการ")
    for index, step in enumerate(flow.steps):
        row = _Row(flow, index, step, (*path, "steps", index))
        for check in _STEP_CHECKS:
            yield from check(row)
    for index, item in enumerate(flow.items):
        yield from _item_problems(flow, item, (*path, "items", index))


@dataclass(frozen=True, slots=True)
class _Row:
    """A step where it stands."""

    flow: Flow
    index: int
    step: Step
    path: Path

    def wrong(self, name: str, text: str) -> Problem:
        where = f"ผัง {self.flow.code} แถวที่ {self.index + 1} ({self.step.key})"
        return Problem((*self.path, name), where, text)

    def index_of(self, key: str) -> int | None:
        return next((n for n, each in enumerate(self.flow.steps) if each.key == key), None)

    @property
    def needs(self) -> frozenset[Need]:
        items = (item for item in self.flow.items if item.step == self.step.key)
        return frozenset(item.needs for item in items if item.needs)

    @property
    def is_parent(self) -> bool:
        return any(each.parent == self.step.key for each in self.flow.steps)


def _words(row: _Row) -> Iterator[Problem]:
    step = row.step
    yield from _code_problems(step.key, (*row.path, "key"), row.wrong("key", "").where)
    yield from _too_long(step, row.path, row.wrong("key", "").where)
    yield from _too_long(step.duration, (*row.path, "duration"), row.wrong("key", "").where)
    if not step.title.strip():
        yield row.wrong("title", "ยังไม่มีรายละเอียดงาน")
    if not step.chart_text.strip():
        yield row.wrong("chart_text", "ยังไม่มีข้อความในผัง")


def _pointers(row: _Row) -> Iterator[Problem]:
    for name in ("parent", "returns_to", "duration_from"):
        key = getattr(row.step, name)
        if key is None:
            continue
        index = row.index_of(key)
        if index is None:
            yield row.wrong(name, f"ไม่มีขั้นตอนรหัส “{key}” ในผังนี้")
        elif index == row.index:
            yield row.wrong(name, "ชี้มาที่แถวของตัวเอง")
        elif name == "parent" and (index > row.index or row.flow.steps[index].parent):
            yield row.wrong(name, "แถวแม่ต้องอยู่ก่อนแถวย่อย และต้องไม่เป็นแถวย่อยเอง")


def _bracket(row: _Row) -> Iterator[Problem]:
    """Sub-rows stand directly under their parent, or the line would have two ends."""
    step, before = row.step, row.flow.steps[row.index - 1] if row.index else None
    if step.parent is None or row.index_of(step.parent) is None:
        return
    if step.decides:
        yield row.wrong("decides", "แถวย่อยเสนอพิจารณาไม่ได้ ให้แถวแม่หรือแถวถัดไปเสนอ")
    if before is None or step.parent not in (before.key, before.parent):
        yield row.wrong("parent", "แถวย่อยต้องอยู่ต่อจากแถวแม่หรือแถวย่อยของแม่เดียวกัน")


def _return(row: _Row) -> Iterator[Problem]:
    step = row.step
    if step.decides is None and (step.yes_label or step.no_label):
        yield row.wrong("yes_label", "มีคำตอบของการพิจารณา แต่แถวนี้ไม่ได้เสนอพิจารณา")
    if step.returns_to is None:
        if step.return_label:
            yield row.wrong("return_label", "มีข้อความของเส้นย้อนกลับ แต่ไม่ได้บอกว่าย้อนไปแถวใด")
        return
    index = row.index_of(step.returns_to)
    if index is not None and index > row.index:
        yield row.wrong("returns_to", "เส้นย้อนกลับต้องชี้ไปแถวก่อนหน้า")
    if index is not None and row.flow.steps[index].duration.unit == Unit.THROUGHOUT:
        yield row.wrong("returns_to", "ย้อนกลับไปแถวที่ทำตลอดระยะเวลาไม่ได้")
    if not step.decides:
        yield row.wrong("returns_to", "ย้อนกลับได้เฉพาะแถวที่เสนอให้พิจารณา")


def _duration(row: _Row) -> Iterator[Problem]:
    duration, shared = row.step.duration, row.step.duration_from
    if duration.unit in COUNTED:
        least, most = duration.min, duration.max
        if least is None or most is None:
            yield row.wrong("duration", "ต้องบอกเวลาอย่างน้อยและอย่างมากเป็นจำนวนเต็ม")
        elif not 1 <= least <= most <= LONGEST:
            yield row.wrong("duration", f"เวลาต้องเรียงจากน้อยไปมาก ระหว่าง 1 ถึง {LONGEST}")
    elif duration.min is not None or duration.max is not None:
        yield row.wrong("duration", "หน่วยเวลานี้มีตัวเลขไม่ได้")
    elif duration.per:
        yield row.wrong("duration", "เวลาต่อกิจกรรมหรือต่อครั้งต้องมีตัวเลข")
    if (duration.unit == Unit.INCLUDED) != (shared is not None):
        yield row.wrong("duration_from", "เวลาที่รวมกับแถวอื่นต้องบอกว่ารวมกับแถวใด และเฉพาะเวลาแบบนี้เท่านั้น")


def _sharing(row: _Row) -> Iterator[Problem]:
    step, before = row.step, row.flow.steps[row.index - 1] if row.index else None
    shared = None if step.duration_from is None else row.index_of(step.duration_from)
    if shared is not None and row.flow.steps[shared].duration_from:
        yield row.wrong("duration_from", "ต้องชี้ไปแถวที่มีเวลาของตัวเอง")
    if step.duration_merged and (
        before is None or step.duration_from not in (before.key, before.duration_from)
    ):
        yield row.wrong("duration_merged", "ช่องเวลาที่ผสานต้องรวมกับแถวที่อยู่ติดกันด้านบน")
    if step.standard_merged and (before is None or before.standard != step.standard):
        yield row.wrong("standard_merged", "ช่องมาตรฐานที่ผสานต้องมีข้อความเดียวกับแถวบน")


def _deciding(row: _Row) -> Iterator[Problem]:
    step = row.step
    if step.decides is None:
        if step.chain or step.verb:
            yield row.wrong("chain", "มีสายการเสนอหรือคำพิจารณา แต่แถวนี้ไม่ได้เสนอใคร")
        return
    if step.external:
        yield row.wrong("decides", "แถวที่รอหน่วยงานภายนอกเสนอพิจารณาไม่ได้")
    if row.is_parent:
        yield row.wrong("decides", "แถวที่มีแถวย่อยเสนอพิจารณาไม่ได้")
    if not step.chain:
        yield row.wrong("chain", "แถวที่เสนอพิจารณาต้องมีสายการเสนอ")
    elif step.chain[-1] != Rank.DIRECTOR:
        yield row.wrong("chain", "ผู้พิจารณาคนสุดท้ายต้องเป็นผู้อำนวยการเขตพื้นที่การศึกษา")
    ranks = [list(Rank).index(rank) for rank in step.chain]
    if ranks != sorted(set(ranks)):
        yield row.wrong("chain", "สายการเสนอต้องเรียงจากล่างขึ้นบนและไม่ซ้ำกัน")


def _kinds(row: _Row) -> Iterator[Problem]:
    step = row.step
    if step.kind == Kind.APPOINT and not step.decides and Need.ORDER not in row.needs:
        yield row.wrong("kind", "ขั้นแต่งตั้งต้องมีรายการที่ต้องมีคำสั่ง (needs: order)")
    if Need.MEMBERS in row.needs and step.kind != Kind.APPOINT:
        yield row.wrong("kind", "รายชื่อคณะทำงาน (needs: members) มีได้เฉพาะขั้นแต่งตั้ง")


_STEP_CHECKS: tuple[Callable[[_Row], Iterator[Problem]], ...] = (
    _words,
    _pointers,
    _bracket,
    _return,
    _duration,
    _sharing,
    _deciding,
    _kinds,
)


def _item_problems(flow: Flow, item: Item, path: Path) -> Iterator[Problem]:
    where = f"ผัง {flow.code} รายการ {item.key}"
    yield from _code_problems(item.key, (*path, "key"), where)
    yield from _too_long(item, path, where)
    if not item.text.strip():
        yield Problem((*path, "text"), where, "ยังไม่มีข้อความ")
    step = next((each for each in flow.steps if each.key == item.step), None)
    if item.step is not None and step is None:
        yield Problem((*path, "step"), where, f"ไม่มีขั้นตอนรหัส “{item.step}” ในผังนี้")
    if item.needs and step is None:
        yield Problem((*path, "needs"), where, "รายการที่ต้องมีหลักฐานต้องอยู่ใต้ขั้นตอน")
    if item.after_decision and (step is None or not step.decides):
        yield Problem((*path, "after_decision"), where, "ทำหลังการพิจารณาได้เฉพาะในแถวที่เสนอพิจารณา")
    if item.needs == Need.OUTSIDE_REPORT and step and step.decides and not item.after_decision:
        yield Problem((*path, "needs"), where, "การรายงานหน่วยงานภายนอกต้องทำหลังการพิจารณา")
