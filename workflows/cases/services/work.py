"""What an officer does on a row: begin, type, finish, pass over; a head assigns."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.exceptions import RuleBroken
from portal.notices.services import tell
from portal.thai.dates import thai_date
from processes.shape import Need
from workflows.cases import history, moves, rules, sheets
from workflows.cases.models import Task, TaskStatus
from workflows.cases.services.activities import check_days, reckon_activity
from workflows.cases.services.checklist import items_with, meet, unmeet
from workflows.cases.services.locking import locked
from workflows.cases.transitions import demand


@transaction.atomic
def start_task(task: Task, *, by: User, now: datetime, reason: str = "") -> Task:
    """Say that work has begun. An optional or conditional row needs the reason it is done."""
    task = locked(task, "start", by)
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
    task = locked(task, "save", by)
    unknown = typed.keys() - {"result", "title", "place", "from_on", "until_on", "figures", "sheet"}
    if unknown:
        raise TypeError(f"not typed on a task: {sorted(unknown)}")
    if "figures" in typed:
        typed["figures"] = _with_figures(task, typed["figures"], instead=sheets.PEOPLE)
    for name, value in typed.items():
        setattr(task, name, value)
    check_days(task.case, task.from_on, task.until_on)
    moves.start(task, now)
    task.save(update_fields=list(typed))
    if "sheet" in typed:
        _take_up_sheet(task, by, now)
    if task.activity and typed.keys() & {"from_on", "until_on"}:
        reckon_activity(task)
    return task


@transaction.atomic
def paste_lines(task: Task, text: str, *, by: User, now: datetime) -> int:
    """Put lines copied from a spreadsheet below those of the row's sheet; how many. No event."""
    task = locked(task, "save", by)
    sheet = rules.sheet_of(task)
    if sheet is None or not sheet.columns:
        raise RuleBroken("ขั้นตอนนี้ไม่มีตาราง")
    lines = sheets.pasted(sheet, text, timezone.localdate(now))
    head, stand = task.sheet.get("head", {}), sheets.lines_of(task.sheet)
    save_task(task, sheet=sheets.put(task.sheet, head, len(stand), lines), by=by, now=now)
    return len(lines)


@transaction.atomic
def record_survey(task: Task, *, asked: int, answered: int, by: User, now: datetime) -> Task:
    """The numbers asked and answered of a survey row; meets its need."""
    task = locked(task, "save", by)
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
    task = locked(task, "skip", by)
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
    task = locked(task, "assign", by)
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


def _take_up_sheet(task: Task, by: User, now: datetime) -> None:
    """What is typed of a publication meets its need, and no longer does when it is taken out."""
    sheet = rules.sheet_of(task)
    if sheet is None:
        raise TypeError("this row has no sheet")
    sheets.check_known(sheet, task.sheet)
    sheets.check_length(task.sheet)
    met = any(task.ticks.get(key) for key in items_with(task, Need.PUBLICATION))
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


def _tell(task: Task, user: User, text: str) -> None:
    tell(
        [user],
        key=f"task-{task.pk}-{task.case.seq}",
        path=f"/tasks/{task.pk}/",
        text=f"{task.case.code} {text}",
    )
