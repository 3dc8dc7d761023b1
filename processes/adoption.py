"""How the office uses its manuals: the only writer of what it says of a process itself.

Loading a catalogue never touches any of it. Each change is one line of the office's history.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.audit.changes import changes_of
from portal.audit.services import record
from portal.canonical import digest
from portal.exceptions import RuleBroken, StateConflict
from portal.thai.searching import search_text
from portal.thai.spelling import one_line
from processes.in_use import LEAST_DAYS, MOST_DAYS, RowKey, targetable, targets_of
from processes.models import Edition, Manual, Process, TargetDays
from processes.permissions import demand_adopter
from processes.shape import Step
from processes.storage import shape_of

FACTS = ("adopted", "own_name", "own_document_code", "in_charge", "stand_in")


def rows_to_target(process: Process) -> dict[RowKey, Step]:
    """The rows of the edition in force that may get target days, in printed order."""
    edition = _in_force(process)
    return {} if edition is None else _rows(edition)


def state_of(process: Process) -> str:
    """Names the state a page was drawn with, so that saving does not undo another's change.

    The edition belongs to it: another one may have other rows.
    """
    edition = _in_force(process)
    targets = sorted([*row, days] for row, days in targets_of(process.pk).items())
    own = [process.adopted, process.own_name, process.own_document_code]
    posts = [process.in_charge_id, process.stand_in_id]
    number = None if edition is None else edition.number
    return digest({"own": own, "posts": posts, "targets": targets, "edition": number})[:16]


@transaction.atomic
def change_adoption(
    process: Process,
    facts: Mapping[str, Any],
    targets: Mapping[RowKey, int | None],
    *,
    by: User,
    now: datetime,
    seen: str | None = None,
) -> Process:
    """Save the FACTS and target days that are given; what is not given stays.

    `seen` is the `state_of` the page that was filled in. What is said already is said once.
    """
    process = Process.objects.select_for_update().get(pk=process.pk)
    demand_adopter(by)
    before = {name: getattr(process, name) for name in FACTS}
    state = state_of(process)
    for name in FACTS:
        setattr(process, name, facts.get(name, before[name]))
    _tidy(process)
    changed, moved = changes_of(process, before).labels, _moved(process, targets)
    if not changed and not moved:
        return process
    if seen not in (None, state):
        raise StateConflict(
            "มีผู้แก้ไขการใช้กระบวนงานนี้หลังจากท่านเปิดหน้านี้ กรุณาตรวจค่าที่กรอก แล้วบันทึกอีกครั้งหากยังต้องการ"
        )
    _demand_right(process)
    if changed:
        _save(process, before, by=by, now=now)
    if moved:
        _set_targets(process, moved, by=by, now=now)
    return process


@transaction.atomic
def switch_manual(manual: Manual, *, adopted: bool, by: User, now: datetime) -> int:
    """Use every process of a manual, or none of them; how many that changed."""
    found = manual.processes.select_for_update().order_by("pk")
    demand_adopter(by)
    codes = [process.code for process in found if process.adopted != adopted]
    if not codes:
        return 0
    manual.processes.filter(code__in=codes).update(adopted=adopted)
    record(
        "manual_adopted" if adopted else "manual_switched_off",
        by=by,
        subject=manual,
        text=f"{'ใช้' if adopted else 'เลิกใช้'}ทั้งคู่มือ “{manual.title}” {len(codes)} กระบวนงาน",
        data={"processes": codes},
        now=now,
    )
    return len(codes)


def _tidy(process: Process) -> None:
    """One line each; the manual's own words are no words of the office."""
    process.own_name = one_line(process.own_name)
    process.own_document_code = one_line(process.own_document_code)
    if process.own_name == process.name:
        process.own_name = ""


def _demand_right(process: Process) -> None:
    if process.stand_in_id is None:
        return
    if process.in_charge_id is None:
        raise RuleBroken("กรุณาเลือกตำแหน่งที่รับผิดชอบก่อนเลือกตำแหน่งที่ทำแทน", field="in_charge")
    if process.stand_in_id == process.in_charge_id:
        raise RuleBroken("ตำแหน่งที่ทำแทนต้องไม่ใช่ตำแหน่งที่รับผิดชอบเอง", field="stand_in")


def _save(process: Process, before: Mapping[str, Any], *, by: User, now: datetime) -> None:
    changes = changes_of(process, before)
    process.own_search_text = search_text(process.own_name, process.own_document_code)
    process.save(update_fields=[*changes.before, "own_search_text"])
    record(
        "process_adoption_changed",
        by=by,
        subject=process,
        text=f"{_said(process, before)}: {', '.join(changes.labels)}",
        data=changes.data(),
        now=now,
    )


def _said(process: Process, before: Mapping[str, Any]) -> str:
    if process.adopted == before["adopted"]:
        return f"แก้ไขการใช้กระบวนงาน {process}"
    return f"{'ใช้' if process.adopted else 'เลิกใช้'}กระบวนงาน {process}"


# -- target days


def _in_force(process: Process) -> Edition | None:
    return process.editions.in_force().first()


def _rows(edition: Edition) -> dict[RowKey, Step]:
    flows = shape_of(edition).flows
    return {(flow.code, step.key): step for flow in flows for step in targetable(flow)}


def _moved(process: Process, targets: Mapping[RowKey, int | None]) -> dict[RowKey, int | None]:
    """The targets that differ from those in force, each found right."""
    rows, current = rows_to_target(process), targets_of(process.pk)
    moved = {row: days for row, days in targets.items() if days != current.get(row)}
    for row, days in moved.items():
        if row not in rows:
            raise RuleBroken("กำหนดเป้าหมายได้เฉพาะขั้นตอนของฉบับที่ใช้บังคับที่คู่มือไม่กำหนดเวลา")
        if days is not None and not LEAST_DAYS <= days <= MOST_DAYS:
            raise RuleBroken(f"เป้าหมายต้องเป็นจำนวนเต็ม {LEAST_DAYS} ถึง {MOST_DAYS} วันทำการ")
    return moved


def _set_targets(
    process: Process, moved: Mapping[RowKey, int | None], *, by: User, now: datetime
) -> None:
    rows = rows_to_target(process)
    for (flow_code, step_key), days in moved.items():
        place = {"process": process, "flow_code": flow_code, "step_key": step_key}
        for old in TargetDays.objects.filter(ended_at__isnull=True, **place):
            old.ended_at = max(now, old.set_at)
            old.save(update_fields=["ended_at"])
        if days is not None:
            TargetDays.objects.create(**place, days=days, set_at=now)
    said = (f"{rows[row].chart_text} {_days(days)}" for row, days in moved.items())
    record(
        "process_targets_changed",
        by=by,
        subject=process,
        text=f"กำหนดเป้าหมายเวลาของกระบวนงาน {process}: {'; '.join(said)}",
        data={"targets": [[*row, days] for row, days in moved.items()]},
        now=now,
    )


def _days(days: int | None) -> str:
    return "ไม่กำหนดเวลา" if days is None else f"{days} วันทำการ"
