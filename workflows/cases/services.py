"""Everything an officer or a head does to a case and its tasks.

Each is the same ceremony: transaction, lock the case, read again, permission and state from the
transition table, rule, change, event.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.exceptions import RuleBroken
from portal.notices.services import tell
from portal.thai.dates import thai_date
from processes.models import Step
from processes.shape import Need
from processes.storage import flow_shape
from workflows.cases import deadlines, history, moves, rules, sheets
from workflows.cases.models import (
    OPEN_STATUSES,
    Case,
    CaseStatus,
    Participant,
    Task,
    TaskStatus,
)
from workflows.cases.transitions import demand, demand_case

LATEST_LETTER_DAYS = 366


@transaction.atomic
def start_task(task: Task, *, by: User, now: datetime, reason: str = "") -> Task:
    """Say that work has begun. An optional or conditional row needs the reason it is done."""
    task = _locked(task, "start", by)
    if task.step.optional or task.step.condition:
        reason = rules.check_reason(reason)
    moves.start(task, now)
    history.record(
        task.case,
        "started",
        by=by,
        now=now,
        task=task,
        text=f"เริ่มทำ{moves.row_name(task)}{f' เพราะ {reason}' if reason else ''}",
    )
    return task


@transaction.atomic
def save_task(task: Task, *, by: User, now: datetime, **typed: Any) -> Task:
    """Keep what was typed: result, title, place, from_on, until_on, figures, sheet. No event."""
    task = _locked(task, "save", by)
    unknown = typed.keys() - {"result", "title", "place", "from_on", "until_on", "figures", "sheet"}
    if unknown:
        raise TypeError(f"not typed on a task: {sorted(unknown)}")
    if "figures" in typed:
        typed["figures"] = _with_figures(task, typed["figures"], instead=sheets.PEOPLE)
    for name, value in typed.items():
        setattr(task, name, value)
    _check_days(task.from_on, task.until_on)
    moves.start(task, now)
    task.save(update_fields=list(typed))
    if "sheet" in typed:
        _take_up_sheet(task, by, now)
    if task.activity and typed.keys() & {"from_on", "until_on"}:
        _reckon_activity(task)
    return task


@transaction.atomic
def paste_lines(task: Task, text: str, *, by: User, now: datetime) -> int:
    """Put lines copied from a spreadsheet below those of the row's sheet; how many. No event."""
    task = _locked(task, "save", by)
    sheet = rules.sheet_of(task)
    if sheet is None or not sheet.columns:
        raise RuleBroken("ขั้นตอนนี้ไม่มีตาราง")
    lines = sheets.pasted(sheet, text, timezone.localdate(now))
    head, stand = task.sheet.get("head", {}), sheets.lines_of(task.sheet)
    save_task(task, sheet=sheets.put(task.sheet, head, len(stand), lines), by=by, now=now)
    return len(lines)


@transaction.atomic
def tick_item(task: Task, item_key: str, *, done: bool, by: User, now: datetime) -> Task:
    """Tick or untick a checklist item. Items with a need tick themselves when it is met."""
    task = _locked(task, "tick", by)
    item = next((item for item in task.step.items.all() if item.key == item_key), None)
    if item is None:
        raise RuleBroken("ไม่พบรายการตรวจสอบนี้ในขั้นตอน")
    if item.needs and not (not done and task.ticks.get(item_key, {}).get("waived")):
        raise RuleBroken(f"รายการนี้จะทำเครื่องหมายเองเมื่อมี{item.get_needs_display()}")
    _set_tick(task, item_key, _tick(by, now) if done else None)
    moves.start(task, now)
    return task


@transaction.atomic
def waive_item(task: Task, item_key: str, *, by: User, now: datetime) -> Task:
    """Say that a conditional item's condition does not hold here, so its need falls away."""
    task = _locked(task, "tick", by)
    conditional = task.step.items.exclude(condition="").exclude(needs="")
    item = next((item for item in conditional if item.key == item_key), None)
    if item is None:
        raise RuleBroken("รายการนี้ไม่มีเงื่อนไข จึงละเว้นไม่ได้")
    said = f"ไม่เข้าเงื่อนไข “{item.condition}”"
    _set_tick(task, item_key, {**_tick(by, now), "met": said, "waived": True})
    moves.start(task, now)
    history.record(
        task.case,
        "waived",
        by=by,
        now=now,
        task=task,
        text=f"{moves.row_name(task)} ไม่ต้องมี{item.get_needs_display()} เพราะ{said}",
        data={"item": item_key},
    )
    return task


@transaction.atomic
def record_survey(task: Task, *, asked: int, answered: int, by: User, now: datetime) -> Task:
    """The numbers asked and answered of a survey row; meets its need."""
    task = _locked(task, "save", by)
    figures = rules.survey_figures(asked, answered)
    task.figures = _with_figures(task, figures, instead=[figure["key"] for figure in figures])
    task.save(update_fields=["figures"])
    moves.start(task, now)
    meet(task, Need.SURVEY, text=f"ขอข้อมูล {asked} ตอบ {answered}", by=by, now=now)
    history.record(
        task.case,
        "survey",
        by=by,
        now=now,
        task=task,
        text=f"บันทึกผลสำรวจ{moves.row_name(task)}: ขอข้อมูล {asked} ตอบกลับ {answered}",
        data={"asked": asked, "answered": answered},
    )
    return task


@transaction.atomic
def complete_task(task: Task, *, happened_on: date, by: User, now: datetime) -> Task:
    """Close a row or an activity with the day it was really done, and open what follows.

    Repeating one's own finished action returns the task as it is.
    """
    task = moves.lock_task(task.pk)
    if task.status == TaskStatus.DONE and task.closed_by_id == by.pk:
        return task
    demand(task, "complete", by)
    rules.check_happened_on(task, happened_on, now)
    rules.check_may_close(task)
    rules.check_sheet_days(task, happened_on)
    task.sheet = sheets.tidy(task.sheet)
    task.save(update_fields=["sheet"])
    shown = rules.shown_sheet(task)
    history.record(
        task.case,
        "completed",
        by=by,
        now=now,
        task=task,
        text=f"ทำ{moves.row_name(task)} เสร็จเมื่อวันที่ {thai_date(happened_on)}",
        data={
            "happened_on": happened_on.isoformat(),
            "result": task.result,
            "ticks": task.ticks,
            "figures": task.figures,
            **({"sheet": shown} if shown else {}),
        },
    )
    moves.finish(task.case, task, status=TaskStatus.DONE, by=by, now=now, happened_on=happened_on)
    return task


@transaction.atomic
def skip_task(task: Task, *, reason: str, by: User, now: datetime) -> Task:
    """Pass over an optional or conditional row, with the reason."""
    task = _locked(task, "skip", by)
    reason = rules.check_reason(reason)
    history.record(
        task.case,
        "skipped",
        by=by,
        now=now,
        task=task,
        text=f"ข้าม{moves.row_name(task)} เพราะ {reason}",
        data={"reason": reason},
    )
    moves.drop_children(task, by=by, now=now)
    moves.finish(task.case, task, status=TaskStatus.SKIPPED, by=by, now=now)
    return task


@transaction.atomic
def assign_task(task: Task, *, to: User, by: User, now: datetime) -> Task:
    """Give the task to an officer of the unit or to somebody who takes part in the case."""
    task = _locked(task, "assign", by)
    if not Task.objects.visible_to(to).filter(pk=task.pk).exists() or not to.is_active:
        raise RuleBroken("มอบหมายได้เฉพาะบุคลากรของกลุ่มหรือผู้ร่วมงานของเรื่องนี้", field="to")
    if task.assignee_id == to.pk:
        return task
    task.assignee = to
    task.save(update_fields=["assignee"])
    history.record(
        task.case,
        "assigned",
        by=by,
        now=now,
        task=task,
        data={"to": to.pk},
        text=f"มอบหมาย{moves.row_name(task)} ให้ {to.full_name}",
    )
    _tell(task, to, f"มอบหมายให้ท่าน: {moves.row_name(task)}")
    return task


@transaction.atomic
def add_activity(
    task: Task,
    *,
    title: str,
    by: User,
    now: datetime,
    from_on: date | None = None,
    until_on: date | None = None,
    place: str = "",
) -> Task:
    """Add an activity to a row that is counted per activity; it has its own dates and result."""
    row = _locked(task, "add_activity", by)
    if not title.strip():
        raise RuleBroken("กรุณาระบุชื่อกิจกรรม", field="title")
    _check_days(from_on, until_on)
    moves.start(row, now)
    activity = Task.objects.create(
        case=row.case,
        step=row.step,
        parent=row,
        round=row.round,
        title=title.strip(),
        activity=moves.next_activity_number(row),
        assignee=row.assignee,
        place=place,
        from_on=from_on,
        until_on=until_on,
        opened_at=now,
        opens_on=from_on or timezone.localdate(now),
        letter_due_on=row.letter_due_on,
    )
    _reckon_activity(activity)
    history.record(
        row.case,
        "activity_added",
        by=by,
        now=now,
        task=activity,
        text=f"เพิ่ม{moves.row_name(activity)}",
    )
    return activity


@transaction.atomic
def cancel_case(case: Case, *, reason: str, by: User, now: datetime) -> Case:
    """End a running case without a result; its open tasks are dropped."""
    case = _locked_case(case, "cancel", by)
    reason = rules.check_reason(reason)
    history.record(
        case,
        "case_cancelled",
        by=by,
        now=now,
        text=f"ยกเลิกเรื่อง เพราะ {reason}",
        data={"reason": reason},
    )
    moves.close_case(case, CaseStatus.CANCELLED, by=by, now=now)
    return case


@transaction.atomic
def go_to_row(case: Case, step: Step, *, reason: str, by: User, now: datetime) -> Task:
    """Move a running case to another row, forward or back; the current task is dropped."""
    case = _locked_case(case, "go_to", by)
    said = f"ย้ายเรื่องไปขั้นตอนที่ {step.number}"
    return _move(case, step, action="moved", said=said, reason=reason, by=by, now=now)


@transaction.atomic
def reopen_case(case: Case, step: Step, *, reason: str, by: User, now: datetime) -> Task:
    """Open an ended case again at a row, in that row's next round."""
    case = _locked_case(case, "reopen", by)
    case.status, case.closed_at = CaseStatus.RUNNING, None
    case.save(update_fields=["status", "closed_at"])
    said = f"เปิดเรื่องอีกครั้งที่ขั้นตอนที่ {step.number}"
    return _move(case, step, action="reopened", said=said, reason=reason, by=by, now=now)


@transaction.atomic
def add_participant(case: Case, *, user: User, why: str, by: User, now: datetime) -> Participant:
    """Let somebody outside the unit see the case (a school sees its course only)."""
    case = _locked_case(case, "add_participant", by)
    if not why.strip():
        raise RuleBroken("กรุณาระบุเหตุผลที่เชิญ", field="why")
    if not user.is_active:
        raise RuleBroken("บัญชีผู้ใช้นี้ปิดใช้งานแล้ว", field="user")
    participant, added = Participant.objects.get_or_create(
        case=case, user=user, defaults={"why": why.strip()}
    )
    if added:
        history.record(
            case,
            "invited",
            by=by,
            now=now,
            data={"user": user.pk},
            text=f"เชิญ {user.full_name} ร่วมงาน เพราะ {why.strip()}",
        )
        tell(
            [user],
            key=f"case-{case.pk}-invited",
            path=f"/cases/{case.code}/",
            text=f"ท่านได้รับเชิญให้ติดตามเรื่อง {case.code} {case.title}",
        )
    return participant


@transaction.atomic
def set_letter_deadline(case: Case, day: date | None, *, by: User, now: datetime) -> Case:
    """The deadline a letter sets; it stands beside the standard's on every open task."""
    case = _locked_case(case, "set_deadline", by)
    # letters do arrive after their own deadline; a year before is a slip of the pen
    if day is not None and (case.opened_on - day).days > LATEST_LETTER_DAYS:
        raise RuleBroken("กำหนดส่งก่อนวันเปิดเรื่องเกินหนึ่งปี กรุณาตรวจปี พ.ศ.", field="deadline")
    if day == case.letter_due_on:
        return case
    case.letter_due_on = day
    case.save(update_fields=["letter_due_on"])
    case.tasks.filter(status__in=OPEN_STATUSES).update(letter_due_on=day)
    said = f"กำหนดส่งตามหนังสือ {thai_date(day)}" if day else "ไม่มีกำหนดส่งตามหนังสือ"
    history.record(
        case,
        "letter_deadline",
        by=by,
        now=now,
        text=said,
        data={"letter_due_on": day.isoformat() if day else None},
    )
    return case


def meet(task: Task, need: Need, *, text: str, by: User, now: datetime) -> None:
    """Tick the row's items with this need; called by the room that provides it, case locked."""
    for key in _items_with(task, need):
        _set_tick(task, key, {**_tick(by, now), "met": text})


def unmeet(task: Task, need: Need) -> None:
    """Take the tick back when what met the need is gone."""
    for key in _items_with(task, need):
        _set_tick(task, key, None)


def _items_with(task: Task, need: Need) -> list[str]:
    return list(task.step.items.filter(needs=need).values_list("key", flat=True))


def _take_up_sheet(task: Task, by: User, now: datetime) -> None:
    """What is typed of a publication meets its need, and no longer does when it is taken out."""
    sheet = rules.sheet_of(task)
    if sheet is None:
        raise TypeError("this row has no sheet")
    sheets.check_known(sheet, task.sheet)
    sheets.check_length(task.sheet)
    met = any(task.ticks.get(key) for key in _items_with(task, Need.PUBLICATION))
    if sheets.is_published(task.sheet):
        words = sheets.publication_words(task.sheet)
        meet(task, Need.PUBLICATION, text=words, by=by, now=now)
    elif met:
        unmeet(task, Need.PUBLICATION)


def _with_figures(
    task: Task, figures: list[dict[str, Any]], *, instead: Collection[str]
) -> list[dict[str, Any]]:
    """The figures of the task with those of these keys replaced."""
    others = [figure for figure in task.figures if figure["key"] not in instead]
    return [*others, *figures]


def _tick(by: User, now: datetime) -> dict[str, Any]:
    return {"by": by.pk, "name": by.full_name, "at": now.isoformat()}


def _set_tick(task: Task, key: str, tick: dict[str, Any] | None) -> None:
    ticks = {name: value for name, value in task.ticks.items() if name != key}
    task.ticks = {**ticks, key: tick} if tick else ticks
    task.save(update_fields=["ticks"])


def _move(
    case: Case, step: Step, *, action: str, said: str, reason: str, by: User, now: datetime
) -> Task:
    reason = rules.check_reason(reason)
    if step.flow_id != case.flow_id:
        raise RuleBroken("ขั้นตอนนี้ไม่อยู่ในผังของเรื่อง", field="step")
    history.record(
        case,
        action,
        by=by,
        now=now,
        text=f"{said} {step.chart_text} เพราะ {reason}",
        data={"step": step.key, "reason": reason},
    )
    return moves.go_to(case, step.key, by=by, now=now)


def _locked(task: Task, action: str, by: User) -> Task:
    task = moves.lock_task(task.pk)
    demand(task, action, by)
    return task


def _locked_case(case: Case, action: str, by: User) -> Case:
    case = moves.lock_case(case.pk)
    demand_case(case, action, by)
    return case


def _check_days(from_on: date | None, until_on: date | None) -> None:
    if from_on is not None and until_on is not None and until_on < from_on:
        raise RuleBroken("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม", field="until_on")


def _reckon_activity(activity: Task) -> None:
    if activity.from_on is not None:
        activity.opens_on = activity.from_on
    time = deadlines.office_time()
    flow = flow_shape(activity.case.flow)
    deadlines.set_window(activity, deadlines.activity_window(activity, flow, time))
    activity.save(update_fields=["opens_on", "expected_on", "due_on", "due_at"])
    if activity.parent is not None:
        deadlines.stretch_to_children(activity.parent)


def _tell(task: Task, user: User, text: str) -> None:
    tell(
        [user],
        key=f"task-{task.pk}-{task.case.seq}",
        path=f"/tasks/{task.pk}/",
        text=f"{task.case.code} {text}",
    )
