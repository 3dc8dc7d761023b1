"""An edition as its page shows it: every row with its time, its sharing and its marks. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from processes import durations
from processes.labels import DECIDES, NEEDS, RANKS
from processes.shape import Edition, Flow, Item, Step, Unit


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to know about a row: an icon and the words beside it."""

    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the standards table in words."""

    step: Step
    time: str
    standard: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A standards table; `responsible` is what all rows agree on, else empty.

    `total` is said unit by unit, and counts one activity or occasion where it is `per` one;
    `ours` says that some of it was set by the office.
    """

    flow: Flow
    position: int
    details: tuple[Item, ...]
    rows: tuple[Row, ...]
    total: tuple[str, ...]
    per: bool
    ours: bool
    responsible: str


def sheets_of(edition: Edition) -> tuple[Sheet, ...]:
    """Every table of the edition, in order."""
    return tuple(_sheet(flow, position) for position, flow in enumerate(edition.flows, start=1))


def _sheet(flow: Flow, position: int) -> Sheet:
    sums = durations.total(flow)
    owners = {step.responsible for step in flow.steps}
    return Sheet(
        flow=flow,
        position=position,
        details=tuple(item for item in flow.items if item.number),
        rows=tuple(_row(flow, step) for step in flow.steps),
        total=durations.total_in_words(sums),
        per=sums.per,
        ours=durations.has_targets(flow),
        responsible=owners.pop() if len(owners) == 1 else "",
    )


def _row(flow: Flow, step: Step) -> Row:
    return Row(step, _time(flow, step), _standard(flow, step), tuple(_marks(flow, step)))


def indicator_of(edition: Edition, flow: Flow) -> str:
    """What heads the table: its own indicator, else those of the whole process."""
    return flow.indicator or " ".join(edition.indicators)


def row_name(flow: Flow, key: str) -> str:
    """What to call a row: its printed number where that is clear, else its place."""
    index = next(n for n, step in enumerate(flow.steps, start=1) if step.key == key)
    number = flow.steps[index - 1].number
    times = Counter(step.number for step in flow.steps)
    return f"ลำดับที่ {number}" if number and times[number] == 1 else f"แถวที่ {index}"


def _time(flow: Flow, step: Step) -> str:
    if step.duration.unit == Unit.INCLUDED and not step.duration.printed:
        return f"ใช้เวลาร่วมกับ{row_name(flow, step.duration_from or '')}"
    return durations.printed(step.duration) or durations.in_words(step.duration)


def _standard(flow: Flow, step: Step) -> str:
    if not step.standard_merged:
        return step.standard
    above = flow.steps[: flow.steps.index(step)]
    owner = next(each for each in reversed(above) if not each.standard_merged)
    return f"มาตรฐานร่วมกับ{row_name(flow, owner.key)}"


def _marks(flow: Flow, step: Step) -> Iterator[Mark]:
    if step.decides:
        chain = " → ".join(RANKS[rank] for rank in step.chain)
        yield Mark("sign", f"เสนอ {chain} {step.verb or DECIDES[step.decides]}")
    if step.returns_to:
        label = f" {step.return_label}" if step.return_label else ""
        yield Mark("return", f"ไม่ผ่าน กลับไป{row_name(flow, step.returns_to)}{label}")
    if step.external:
        yield Mark("wait", "เริ่มเมื่อหน่วยงานภายนอกแจ้ง")
    if step.parent:
        yield Mark("process", f"ขั้นตอนย่อยของ{row_name(flow, step.parent)} ทำพร้อมกันได้")
    if step.optional and "ถ้ามี" not in step.title:
        yield Mark("skip", "ทำเฉพาะเมื่อมี")
    if step.condition:
        yield Mark("flag", f"เงื่อนไข: {step.condition}")
    if needs := _needs(flow, step):
        yield Mark("check", f"ต้องมี: {needs}")


def _needs(flow: Flow, step: Step) -> str:
    needed = [item.needs for item in flow.items if item.step == step.key and item.needs]
    return ", ".join(NEEDS[need] for need in needed)
