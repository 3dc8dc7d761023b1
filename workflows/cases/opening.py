"""Opening a case: at its first row, in the middle with what was done before, or as a copy."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Unit, User
from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from portal.office.numbering import next_number
from portal.thai.dates import fiscal_year, thai_date
from processes.in_use import demand_in_use, flow_in_use
from processes.models import EditionStatus, Flow, Process, Step
from processes.storage import flow_shape, step_rows
from workflows.cases import deadlines, history, moves, planning
from workflows.cases.models import Case, Task, TaskStatus
from workflows.cases.routing import passes_by, spine, step_of, sub_rows

OLDEST_OPENING_DAYS = 366


@transaction.atomic
def start_case(
    flow: Flow,
    *,
    title: str,
    unit: Unit,
    opened_on: date,
    by: User,
    now: datetime,
    letter_due_on: date | None = None,
    copy_of: Case | None = None,
    at: Step | None = None,
    done_on: Mapping[str, date] | None = None,
) -> Case:
    """Open a case of an effective flow: number, frozen plan, first rows.

    `copy_of` lends its texts, activities and committee as drafts. `at` opens the case at a later
    row; `done_on` then gives, by step key, the day each row before it was really done.
    """
    _check_right(flow, unit, by, copy_of)
    _check_facts(opened_on, letter_due_on, title, timezone.localdate(now))
    year = fiscal_year(opened_on)
    case = Case.objects.create(
        fiscal_year=year,
        number=next_number("case", year),
        flow=flow,
        title=title.strip(),
        unit=unit,
        owner=by,
        opened_on=opened_on,
        letter_due_on=letter_due_on,
        copy_of=copy_of,
        plan=plan_rows(flow, opened_on, now),
    )
    _record_opened(case, by, now)
    if at is None:
        moves.open_first(case, now=now)
    else:
        _enter_at(case, at, done_on or {}, by=by, now=now)
    return case


def plan_rows(flow: Flow, start: date, now: datetime) -> list[dict[str, Any]]:
    """The planned window of each row as it is frozen on the case, dates in ISO."""
    rows = planning.plan(flow_in_use(flow, now), start, deadlines.office_time())
    return [
        {
            "key": row.key,
            "opens": row.opens.isoformat(),
            "expected": row.expected.isoformat() if row.expected else None,
            "due": row.due.isoformat() if row.due else None,
        }
        for row in rows
    ]


def _check_right(flow: Flow, unit: Unit, by: User, copy_of: Case | None) -> None:
    if unit.pk not in by.access.units:
        raise NotAllowed("เปิดเรื่องได้เฉพาะเจ้าหน้าที่ของกลุ่มที่รับผิดชอบ")
    if flow.edition.status != EditionStatus.EFFECTIVE:
        raise StateConflict("กระบวนงานฉบับนี้ไม่ได้ใช้บังคับแล้ว กรุณาเลือกฉบับปัจจุบัน")
    # whoever switches the process off meanwhile waits until this case is open
    demand_in_use(Process.objects.select_for_update().get(pk=flow.edition.process_id))
    if copy_of is not None and not Case.objects.visible_to(by).filter(pk=copy_of.pk).exists():
        raise NotAllowed("ทำซ้ำได้เฉพาะเรื่องที่ท่านเห็น")


def _check_facts(opened_on: date, letter_due_on: date | None, title: str, today: date) -> None:
    if not title.strip():
        raise RuleBroken("กรุณาระบุชื่อเรื่อง", field="title")
    if opened_on > today:
        raise RuleBroken("วันเปิดเรื่องต้องไม่เป็นวันในอนาคต", field="opened_on")
    if (today - opened_on).days > OLDEST_OPENING_DAYS:
        raise RuleBroken("วันเปิดเรื่องย้อนหลังได้ไม่เกินหนึ่งปี", field="opened_on")
    if letter_due_on is not None and letter_due_on < opened_on:
        raise RuleBroken("กำหนดส่งตามหนังสือต้องไม่ก่อนวันเปิดเรื่อง", field="letter_due_on")


def _record_opened(case: Case, by: User, now: datetime) -> None:
    copied = f" ทำซ้ำจากเรื่อง {case.copy_of.code}" if case.copy_of else ""
    history.record(
        case,
        "case_opened",
        by=by,
        now=now,
        text=f"เปิดเรื่อง {case.code} {case.title} วันที่ {thai_date(case.opened_on)}{copied}",
        data={"flow": case.flow.code, "edition": case.flow.edition.number, "plan": case.plan},
    )


def _enter_at(
    case: Case, at: Step, done_on: Mapping[str, date], *, by: User, now: datetime
) -> None:
    """Write the rows before `at` as done on their real days, marked as entered afterwards."""
    flow, rows = flow_shape(case.flow), step_rows(case.flow)
    if at.flow_id != case.flow_id or at.parent_id is not None:
        raise RuleBroken("เริ่มกลางทางได้เฉพาะที่ขั้นตอนหลักของผังนี้", field="at")
    latest = case.opened_on
    for step in spine(flow)[: spine(flow).index(step_of(flow, at.key))]:
        if passes_by(flow, step):
            moves.open_beside(case, step.key, now=now)
            continue
        day = done_on.get(step.key)
        if day is None and step.optional:
            continue
        latest = _checked_day(day, latest, step.key, timezone.localdate(now))
        for entered in (step, *sub_rows(flow, step)):
            _enter_row(case, rows[entered.key], latest, by=by, now=now)
    moves.open_at(case, at.key, day=latest, now=now)


def _checked_day(day: date | None, floor: date, key: str, today: date) -> date:
    if day is None:
        raise RuleBroken("กรุณาระบุวันที่ทำเสร็จจริงของขั้นตอนนี้", field=key)
    if day > today:
        raise RuleBroken("วันที่ทำเสร็จจริงต้องไม่เป็นวันในอนาคต", field=key)
    if day < floor:
        raise RuleBroken(f"ต้องไม่ก่อนขั้นตอนก่อนหน้า ({thai_date(floor)})", field=key)
    return day


def _enter_row(case: Case, step: Step, day: date, *, by: User, now: datetime) -> None:
    moment = min(timezone.make_aware(datetime.combine(day, deadlines.office_time().closes_at)), now)
    parent = None
    if step.parent_id is not None:
        parent = case.tasks.filter(step=step.parent_id).first()
    task = Task.objects.create(
        case=case,
        step=step,
        parent=parent,
        status=TaskStatus.DONE,
        assignee=by,
        opens_on=day,
        opened_at=moment,
        started_at=moment,
        closed_at=now,
        closed_by=by,
        decided_at=moment if step.decides else None,
        happened_on=day,
    )
    history.record(
        case,
        "entered",
        by=by,
        task=task,
        now=now,
        text=f"บันทึกย้อนหลัง: ทำ{moves.row_name(task)} เสร็จแล้วเมื่อวันที่ {thai_date(day)}",
        data={"happened_on": day.isoformat()},
    )
