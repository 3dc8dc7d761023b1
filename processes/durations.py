"""The time cell of a row: read from what is printed, printed again, said in words, summed. Pure."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby
from operator import or_

from portal.thai.digits import to_arabic_digits
from processes.shape import Duration, Flow, Per, Unit

UNIT_WORDS = {
    Unit.WORKING_DAY: "วันทำการ",
    Unit.DAY: "วัน",
    Unit.HOUR: "ชั่วโมง",
    Unit.MINUTE: "นาที",
    Unit.MONTH: "เดือน",
}
PER_PRINTED = {Per.ACTIVITY: "ต่อกิจกรรม", Per.OCCASION: "/ครั้ง"}
PER_WORDS = {Per.ACTIVITY: "ต่อหนึ่งกิจกรรม", Per.OCCASION: "ต่อหนึ่งครั้ง"}
_PER_READ = {
    "ต่อกิจกรรม": Per.ACTIVITY,
    "/กิจกรรม": Per.ACTIVITY,
    "ต่อครั้ง": Per.OCCASION,
    "/ครั้ง": Per.OCCASION,
}
TARGET = "เป้าหมายของสำนักงาน"
_THROUGHOUT = "ตลอดระยะเวลา"
_COUNTED = re.compile(
    r"(?P<min>\d+)(?: – (?P<max>\d+))? ?"
    rf"(?P<unit>{'|'.join(UNIT_WORDS.values())}) ?"
    rf"(?P<per>{'|'.join(_PER_READ)})?"
    r"(?: ?\((?P<note>[^()]+)\))?"
)


def parse(text: str) -> Duration:
    """The duration a printed cell means. Raises ValueError for what it does not know.

    Known are numbers and ranges of a unit, for an activity or an occasion, with a note in
    brackets; ตลอด…; ตาม… (as the plan says). The cell's own words are kept where they differ
    from the ones we would print.
    """
    cell = _tidy(text)
    if not cell:
        return Duration()
    if found := _COUNTED.fullmatch(to_arabic_digits(cell)):
        return _kept(_counted(found), cell)
    if cell.startswith("ตลอด"):
        return _kept(Duration(unit=Unit.THROUGHOUT), cell)
    if cell.startswith("ตาม"):
        return _kept(Duration(unit=Unit.PER_PLAN), cell)
    raise ValueError(cell)


def printed(duration: Duration) -> str:
    """What stands in the cell: the manual's own words, or the usual ones."""
    if duration.printed:
        return duration.printed
    if duration.unit in UNIT_WORDS:
        per = PER_PRINTED[duration.per] if duration.per else ""
        note = f" ({duration.note})" if duration.note else ""
        return f"{_numbers(duration, ' – ')} {UNIT_WORDS[duration.unit]}{per}{note}"
    return _THROUGHOUT if duration.unit == Unit.THROUGHOUT else ""


def in_words(duration: Duration) -> str:
    """The duration for a reader of a page or of a screen reader; never empty."""
    if duration.unit in UNIT_WORDS:
        per = f" {PER_WORDS[duration.per]}" if duration.per else ""
        note = f" ({duration.note})" if duration.note else ""
        return f"{_numbers(duration, ' ถึง ')} {UNIT_WORDS[duration.unit]}{per}{note}"
    plain = {
        Unit.THROUGHOUT: "ตลอดระยะเวลาดำเนินงาน",
        Unit.PER_PLAN: "ตามที่แผนกำหนด",
        Unit.INCLUDED: "รวมอยู่ในเวลาของขั้นตอนอื่น",
        Unit.NONE: "ไม่กำหนดเวลา",
    }
    return duration.printed or plain[duration.unit]


def target(days: int) -> Duration:
    """Working days set by the office where the manual prints no time; it says whose they are."""
    words = f"{TARGET} {days} {UNIT_WORDS[Unit.WORKING_DAY]}"
    return Duration(Unit.WORKING_DAY, days, days, printed=words, note=TARGET)


def is_target(duration: Duration) -> bool:
    """Whether the office set it and not the manual."""
    return duration.note == TARGET


def has_targets(flow: Flow) -> bool:
    """Whether some of its time was set by the office and not by the manual."""
    return any(is_target(step.duration) for step in flow.steps)


def _tidy(text: str) -> str:
    dashes = re.sub(r"(?<=[\d๐-๙])\s*[-–—]\s*(?=[\d๐-๙])", " – ", text)
    return re.sub(r"\s+", " ", dashes).strip()


def _counted(found: re.Match[str]) -> Duration:
    unit = next(unit for unit, word in UNIT_WORDS.items() if word == found["unit"])
    least = int(found["min"])
    return Duration(
        unit=unit,
        min=least,
        max=int(found["max"] or least),
        per=_PER_READ[found["per"]] if found["per"] else None,
        note=found["note"] or "",
    )


def _kept(duration: Duration, cell: str) -> Duration:
    if printed(duration) == cell:
        return duration
    return replace(duration, printed=cell)


def _numbers(duration: Duration, between: str) -> str:
    if duration.min == duration.max:
        return str(duration.min)
    return f"{duration.min}{between}{duration.max}"


# -- the whole table

Span = tuple[int, int]
_Measure = tuple[Unit, bool]
_SUMMED = (Unit.WORKING_DAY, Unit.DAY, Unit.MONTH)


@dataclass(frozen=True, slots=True)
class Total:
    """Least and most time of a table, counting one activity and one occasion of each row.

    An hour or a minute counts as the working day it falls in. Plain days and months stay what
    they are: no number of working days can say them.
    """

    working_days: Span
    days: Span
    months: Span
    per: bool


def total(flow: Flow) -> Total:
    """The time of all rows one after the other; sub-rows of a parent run side by side."""
    amount: Counter[_Measure] = Counter()
    for _, block in groupby(flow.steps, key=lambda step: step.parent or step.key):
        amount += reduce(or_, (_amount(step.duration) for step in block))
    working_days, days, months = ((amount[unit, False], amount[unit, True]) for unit in _SUMMED)
    per = any(step.duration.per for step in flow.steps)
    return Total(working_days, days, months, per)


def total_in_words(sums: Total) -> tuple[str, ...]:
    """Each unit's sum as a reader says it; none when no row has a number."""
    spans = zip((sums.working_days, sums.days, sums.months), _SUMMED, strict=True)
    return tuple(_span(span, unit) for span, unit in spans if span[1])


def _amount(duration: Duration) -> "Counter[_Measure]":
    if duration.unit in (Unit.HOUR, Unit.MINUTE):
        return Counter({(Unit.WORKING_DAY, False): 1, (Unit.WORKING_DAY, True): 1})
    least, most = duration.min or 0, duration.max or 0
    return Counter({(duration.unit, False): least, (duration.unit, True): most})


def _span(span: Span, unit: Unit) -> str:
    least, most = span
    numbers = str(most) if least == most else f"{least} – {most}"
    return f"{numbers} {UNIT_WORDS[unit]}"
