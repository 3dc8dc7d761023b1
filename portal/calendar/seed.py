"""What the official days off of a fiscal year are: the `holidays` library, mended.

The library is written for people and banks; a government office differs from it in the ways
listed in docs/decisions/0003-calendar-seed.md.
"""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import holidays

from portal.calendar.models import DayKind
from portal.thai.dates import fiscal_year_range, thai_date

LIBRARY = f"holidays {version('holidays')}"
REGULATION = "ระเบียบว่าด้วยกำหนดเวลาทำงานและวันหยุดราชการของสถานที่ราชการ พ.ศ. 2502 และที่แก้ไขเพิ่มเติม"
BY_THE_MOON = f"{REGULATION} (วันทางจันทรคติ ให้ตรวจกับประกาศประจำปี)"
IN_LIEU = "มติคณะรัฐมนตรีว่าด้วยการหยุดชดเชยเมื่อวันหยุดราชการตรงกับวันเสาร์หรือวันอาทิตย์"
BY_CABINET = "มติคณะรัฐมนตรี"
BY_PALACE = "กำหนดวันพระราชพิธีประจำปีโดยสำนักพระราชวัง"

# the library's words
_NOT_FOR_OFFICES = ("วันแรงงานแห่งชาติ", "วันเด็กแห่งชาติ")
_SPECIAL = "วันหยุดพิเศษ (เพิ่มเติม)"
_PLOUGHING = "วันพืชมงคล"
_LUNAR = ("วันมาฆบูชา", "วันวิสาขบูชา", "วันอาสาฬหบูชา", "วันเข้าพรรษา")
_IN_LIEU_OF = "ชดเชย"

# in the library, but only 2 January was given in lieu of the two days of that new year
_WRONG = frozenset({date(2023, 1, 3)})

# when the cabinet decided on its special days, where known
_DECIDED_ON = dict.fromkeys(
    (date(2025, 6, 2), date(2025, 8, 11), date(2026, 1, 2)), date(2024, 11, 12)
)

# names as the government writes them now
_RENAMED = {
    "วันเฉลิมพระชนมพรรษาสมเด็จพระบรมราชชนนีพันปีหลวง": (
        "วันคล้ายวันพระราชสมภพ สมเด็จพระนางเจ้าสิริกิติ์ พระบรมราชินีนาถ พระบรมราชชนนีพันปีหลวง"
    ),
    ("วันคล้ายวันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระบรมชนกาธิเบศร มหาภูมิพลอดุลยเดชมหาราช บรมนาถบพิตร"): (
        "วันคล้ายวันพระบรมราชสมภพ พระบาทสมเด็จพระบรมชนกาธิเบศร มหาภูมิพลอดุลยเดชมหาราช บรมนาถบพิตร"
    ),
    _SPECIAL: "วันหยุดราชการเพิ่มเป็นกรณีพิเศษ",
}


@dataclass(frozen=True, slots=True)
class SeedDay:
    """One official day off, as the mended library knows it."""

    day: date
    kind: DayKind
    name: str
    source: str
    announced_on: date | None = None


def official_days(year: int) -> tuple[SeedDay, ...]:
    """The official days off of a fiscal year (BE) as far as the library knows them, in order."""
    first, last = fiscal_year_range(year)
    found = holidays.country_holidays(
        "TH",
        years=(first.year, last.year),
        categories=(holidays.PUBLIC, holidays.GOVERNMENT),
        language="th",
    )
    return tuple(
        _seed_day(day, names)
        for day in sorted(found)
        if first <= day <= last and day not in _WRONG and (names := _names(found[day]))
    )


def _names(text: str) -> list[str]:
    """What the library calls a day, without what offices do not keep."""
    return [name for name in text.split("; ") if not name.endswith(_NOT_FOR_OFFICES)]


def _seed_day(day: date, names: list[str]) -> SeedDay:
    if names[0] == _SPECIAL:
        return _special_day(day, names)
    if names[0].startswith(_IN_LIEU_OF):
        replaced = _joined([name.removeprefix(_IN_LIEU_OF) for name in names])
        return SeedDay(day, DayKind.SUBSTITUTE, f"วันหยุดชดเชย{replaced}", IN_LIEU)
    return SeedDay(day, DayKind.OFFICIAL, _joined(names), _source(names))


def _special_day(day: date, names: list[str]) -> SeedDay:
    decided = _DECIDED_ON.get(day)
    source = f"{BY_CABINET} {thai_date(decided)}" if decided else BY_CABINET
    return SeedDay(day, DayKind.SPECIAL, _joined(names), source, decided)


def _source(names: list[str]) -> str:
    if _PLOUGHING in names:
        return BY_PALACE
    return BY_THE_MOON if any(name in _LUNAR for name in names) else REGULATION


def _joined(names: list[str]) -> str:
    *before, last = [_RENAMED.get(name, name) for name in names]
    return f"{' '.join(before)} และ{last}" if before else last
