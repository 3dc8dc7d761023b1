"""The only writer of the calendar.

Nothing here moves a deadline: `workflows.cases.calendar_changes` is the door people use, it asks
for permission and reckons the open tasks again.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.audit.services import record
from portal.calendar.models import DayKind, DayOff
from portal.calendar.seed import LIBRARY, official_days
from portal.exceptions import RuleBroken, StateConflict
from portal.thai.dates import WEEKDAYS, fiscal_year, fiscal_year_range, thai_date

YEARS_AHEAD = 5
_SATURDAY = 5
_WEEKDAYS_ONLY = (DayKind.SUBSTITUTE, DayKind.SPECIAL, DayKind.CLOSURE)


def check_day(
    day: date, *, kind: str, name: str, source: str, announced_on: date | None, today: date
) -> None:
    """Raise RuleBroken, beside its field, unless the day may be added as it is."""
    _check_distance(day, today)
    _check_weekday(day, kind)
    _check_words(name, source)
    if announced_on is not None and announced_on > today:
        raise RuleBroken("วันที่ประกาศต้องไม่เป็นวันในอนาคต", field="announced_on")
    standing = _standing().filter(date=day).first()
    if standing is not None:
        raise RuleBroken(
            f"วันที่ {thai_date(day)} มีอยู่ในปฏิทินแล้ว: {standing.name} ถ้าต้องการแก้ไข ให้ยกเลิกรายการเดิมก่อน",
            field="date",
        )


@transaction.atomic
def add_day(
    day: date,
    *,
    kind: str,
    name: str,
    source: str,
    by: AbstractBaseUser,
    now: datetime,
    announced_on: date | None = None,
) -> DayOff:
    """Add a day off (or a weekend day that is worked) to the calendar; pressed twice, once."""
    same = {"date": day, "kind": kind, "name": name.strip(), "source": source.strip()}
    own = _standing().filter(**same, announced_on=announced_on, added_by_id=by.pk).first()
    if own is not None:
        return own
    check_day(
        day,
        kind=kind,
        name=name,
        source=source,
        announced_on=announced_on,
        today=timezone.localdate(now),
    )
    added, created = DayOff.objects.get_or_create(
        date=day,
        cancelled_at=None,
        defaults={
            **same,
            "announced_on": announced_on,
            "added_by_id": by.pk,
            "added_at": now,
        },
    )
    if not created:
        raise StateConflict(f"มีผู้เพิ่มวันที่ {thai_date(day)} ไปก่อนแล้ว: {added.name}")
    record(
        "calendar_added",
        by=by,
        subject=added,
        text=f"เพิ่มวันในปฏิทิน {thai_date(day)} {added.name} ({added.get_kind_display()})",
        data={"date": day, "kind": kind, "name": added.name, "source": added.source},
        now=now,
    )
    return added


@transaction.atomic
def cancel_day(day_off: DayOff, *, reason: str, by: AbstractBaseUser, now: datetime) -> DayOff:
    """Take a day out of the calendar. The row stays, with the reason."""
    if not reason.strip():
        raise RuleBroken("กรุณาระบุเหตุผลที่ยกเลิก", field="reason")
    _check_distance(day_off.date, timezone.localdate(now))
    why = {"cancelled_by_id": by.pk, "cancel_reason": reason.strip()}
    changed = _standing().filter(pk=day_off.pk).update(cancelled_at=now, **why)
    day_off.refresh_from_db()
    if not changed:
        return _cancelled_before(day_off, why)
    record(
        "calendar_cancelled",
        by=by,
        subject=day_off,
        text=f"ยกเลิกวันในปฏิทิน {thai_date(day_off.date)} {day_off.name}: {reason.strip()}",
        data={"date": day_off.date, "name": day_off.name, "reason": reason.strip()},
        now=now,
    )
    return day_off


@transaction.atomic
def seed(fiscal_years: Iterable[int], *, now: datetime) -> list[DayOff]:
    """Fill in the official days of fiscal years that the office has not decided on itself.

    A date the calendar has ever known, standing or cancelled, is left alone.
    """
    years = sorted(set(fiscal_years))
    official = [found for year in years for found in official_days(year)]
    known = set(
        DayOff.objects.filter(date__in=[found.day for found in official]).values_list(
            "date", flat=True
        )
    )
    added = DayOff.objects.bulk_create(
        DayOff(
            date=found.day,
            kind=found.kind,
            name=found.name,
            source=found.source,
            announced_on=found.announced_on,
            added_at=now,
        )
        for found in official
        if found.day not in known
    )
    if added:
        _record_seed(years, added, now)
    return added


def _record_seed(years: list[int], added: list[DayOff], now: datetime) -> None:
    names = ", ".join(map(str, years))
    record(
        "calendar_seeded",
        by=None,
        subject="calendar",
        text=f"เติมปฏิทินปีงบประมาณ {names} จำนวน {len(added)} วัน",
        data={"library": LIBRARY, "years": years, "dates": [day.date for day in added]},
        now=now,
    )


def _standing() -> QuerySet[DayOff]:
    return DayOff.objects.filter(cancelled_at__isnull=True)


def _cancelled_before(day_off: DayOff, why: dict[str, Any]) -> DayOff:
    """The same person pressing twice is answered as the first time; anybody else is told."""
    if why != {"cancelled_by_id": day_off.cancelled_by_id, "cancel_reason": day_off.cancel_reason}:
        raise StateConflict(f"วันที่ {thai_date(day_off.date)} ถูกยกเลิกไปก่อนแล้ว")
    return day_off


def _check_distance(day: date, today: date) -> None:
    this_year = fiscal_year(today)
    earliest = fiscal_year_range(this_year - 1)[0]
    latest = fiscal_year_range(this_year + YEARS_AHEAD)[1]
    if not earliest <= day <= latest:
        raise RuleBroken(
            f"วันที่ {thai_date(day)} อยู่ไกลเกินไป "
            f"แก้ไขได้ตั้งแต่ {thai_date(earliest)} ถึง {thai_date(latest)}",
            field="date",
        )


def _check_weekday(day: date, kind: str) -> None:
    weekend = day.weekday() >= _SATURDAY
    name = f"{thai_date(day)} ตรงกับวัน{WEEKDAYS[day.weekday()]}"
    if kind == DayKind.WORKING and not weekend:
        raise RuleBroken(f"{name} เป็นวันทำการอยู่แล้ว วันทำการชดเชยต้องเป็นวันเสาร์หรืออาทิตย์", field="date")
    if kind in _WEEKDAYS_ONLY and weekend:
        raise RuleBroken(f"{name} ซึ่งหยุดอยู่แล้ว กรุณาตรวจสอบวันที่", field="date")


def _check_words(name: str, source: str) -> None:
    if not name.strip():
        raise RuleBroken("กรุณาระบุชื่อวัน", field="name")
    if not source.strip():
        raise RuleBroken("กรุณาระบุที่มา เช่น มติคณะรัฐมนตรี หรือประกาศจังหวัด", field="source")
