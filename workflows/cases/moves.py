"""Carries out what `routing` says: opens rows, closes them, ends the case.

Every function works on a case locked by `lock_case` in the running transaction, and writes its
line of history. Services check who and whether; nothing here asks for permission.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from portal.accounts.models import User
from portal.notices.services import tell
from portal.thai.dates import thai_date
from processes.shape import Flow, Step
from processes.storage import flow_shape, step_rows
from workflows.cases import deadlines, history, rules, sheets
from workflows.cases.models import (
    LIVE_STATUSES,
    OPEN_STATUSES,
    Case,
    CaseStatus,
    Task,
    TaskStatus,
    Wait,
    WaitParty,
)
from workflows.cases.routing import (
    Opening,
    first_openings,
    next_openings,
    opening_at,
    passes_by,
    step_of,
)


def lock_case(pk: int) -> Case:
    """The case, locked until the transaction ends and read anew."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("flow__edition", "unit")
        .get(pk=pk)
    )


def lock_task(pk: int) -> Task:
    """The task read anew under the lock of its case, which hangs on it as `task.case`."""
    case = lock_case(Task.objects.values_list("case_id", flat=True).get(pk=pk))
    task = Task.objects.select_related("step", "assignee", "closed_by", "parent").get(pk=pk)
    task.case = case
    return task


def row_name(task: Task) -> str:
    """How history and notices name a task: printed number, words, round, activity."""
    name = f"ขั้นตอนที่ {task.step.number} {task.step.chart_text}".replace("ที่  ", "ที่ ")
    if task.activity:
        name += f" กิจกรรมที่ {task.activity} {task.title}".rstrip()
    return f"{name} (รอบที่ {task.round})" if task.round > 1 else name


def open_first(case: Case, *, now: datetime) -> None:
    """Open the first rows of a new case; their time counts from the day it was opened."""
    flow = flow_shape(case.flow)
    for opening in first_openings(flow):
        _open_row(case, flow, opening, along=True, now=now, day=case.opened_on)


def open_at(case: Case, step_key: str, *, day: date, now: datetime) -> None:
    """Open a new case at a later row, its time counted from `day`, and what opens with it."""
    flow = flow_shape(case.flow)
    openings = [opening_at(flow, step_key)]
    if not openings[0].blocking:
        openings += next_openings(flow, step_key)
    for opening in openings:
        _open_row(case, flow, opening, along=False, now=now, day=day)


def open_beside(case: Case, step_key: str, *, now: datetime) -> None:
    """Open a row that runs throughout in a case that begins after it."""
    flow = flow_shape(case.flow)
    _open_row(case, flow, opening_at(flow, step_key), along=False, now=now)


def finish(
    case: Case,
    task: Task,
    *,
    status: TaskStatus,
    by: User | None,
    now: datetime,
    happened_on: date | None = None,
) -> None:
    """Close a task and open what follows it; the last row closes the case."""
    close_task(task, status=status, by=by, now=now, happened_on=happened_on)
    flow = flow_shape(case.flow)
    if task.activity:
        if task.parent is not None:
            deadlines.stretch_to_children(task.parent)
    elif task.parent is not None:
        _close_bracket(case, task.parent, by=by, now=now)
    elif not passes_by(flow, step_of(flow, task.step.key)):
        _advance(case, flow, task.step.key, by=by, now=now)


def go_to(
    case: Case,
    step_key: str,
    *,
    by: User | None,
    now: datetime,
    leaving: TaskStatus = TaskStatus.DROPPED,
) -> Task:
    """Leave the row the case stands on (closed as `leaving`) and open another in its next round."""
    standing = case.tasks.filter(status__in=OPEN_STATUSES, blocking=True).select_related("step")
    for task in standing:
        drop_children(task, by=by, now=now)
        close_task(task, status=leaving, by=by, now=now)
    flow = flow_shape(case.flow)
    _drop_passed(case, flow, step_key, by=by, now=now)
    return _open_row(case, flow, opening_at(flow, step_key), along=False, now=now)


def mark_submitted(task: Task, *, now: datetime) -> None:
    """The row is with the superiors."""
    _begin(task, now)
    task.status = TaskStatus.SUBMITTED
    task.save(update_fields=["status", "started_at"])


def mark_working(task: Task) -> None:
    """The row is with the officer again: same round, same clock."""
    task.status = TaskStatus.WORKING
    task.save(update_fields=["status"])


def mark_decided(task: Task, *, now: datetime) -> None:
    """The last link has decided; `decided_at` is kept whatever is left to do in the row."""
    task.decided_at = now
    task.save(update_fields=["decided_at"])


def close_case(case: Case, status: CaseStatus, *, by: User | None, now: datetime) -> None:
    """End the case: throughout tasks are done with it, or dropped when it did not finish."""
    left = TaskStatus.DONE if status == CaseStatus.DONE else TaskStatus.DROPPED
    open_tasks = case.tasks.filter(status__in=LIVE_STATUSES).select_related("step")
    for task in open_tasks.order_by("-parent_id", "pk"):
        ahead = task.status == TaskStatus.AHEAD
        close_task(task, status=TaskStatus.DROPPED if ahead else left, by=by, now=now)
    case.status, case.closed_at = status, now
    case.save(update_fields=["status", "closed_at"])
    history.record(
        case, "case_closed", by=by, now=now, text=f"เรื่องสิ้นสุด: {case.get_status_display()}"
    )
    tell(
        [case.owner],
        key=f"case-{case.pk}-closed-{case.seq}",
        path=f"/cases/{case.code}/",
        text=f"เรื่อง {case.code} {case.title}: {case.get_status_display()}",
    )


def close_task(
    task: Task,
    *,
    status: TaskStatus,
    by: User | None,
    now: datetime,
    happened_on: date | None = None,
) -> None:
    """Close one task and end its wait. Nothing that hangs on a task is open after this."""
    task.waits.filter(ended_at__isnull=True).update(ended_at=now, outcome="ปิดพร้อมขั้นตอน")
    _begin(task, now)
    task.status, task.closed_at, task.closed_by = status, now, by
    if status == TaskStatus.DONE:
        task.happened_on = happened_on or timezone.localdate(now)
    task.save(update_fields=["status", "closed_at", "closed_by", "happened_on", "started_at"])


def start(task: Task, now: datetime) -> None:
    """The officer has begun; the first save, tick or file does it by itself."""
    if task.status in (TaskStatus.OPEN, TaskStatus.AHEAD):
        _begin(task, now)
        if task.status == TaskStatus.OPEN:
            task.status = TaskStatus.WORKING
        task.save(update_fields=["status", "started_at"])


def _begin(task: Task, now: datetime) -> None:
    task.started_at = task.started_at or now


def _advance(case: Case, flow: Flow, key: str, *, by: User | None, now: datetime) -> None:
    openings = next_openings(flow, key)
    for opening in openings:
        _open_row(case, flow, opening, along=True, now=now)
    if not openings:
        close_case(case, CaseStatus.DONE, by=by, now=now)


def _close_bracket(case: Case, parent: Task, *, by: User | None, now: datetime) -> None:
    """A parent of sub-rows closes itself with the last of them."""
    if parent.children.filter(status__in=OPEN_STATUSES).exists():
        return
    parent.case = case
    finish(case, parent, status=TaskStatus.DONE, by=by, now=now)


def drop_children(task: Task, *, by: User | None, now: datetime) -> None:
    """Close what is open under a task that is left or skipped."""
    for child in task.children.filter(status__in=OPEN_STATUSES).select_related("step"):
        close_task(child, status=TaskStatus.DROPPED, by=by, now=now)


def _open_row(
    case: Case,
    flow: Flow,
    opening: Opening,
    *,
    along: bool,
    now: datetime,
    day: date | None = None,
) -> Task:
    """A live task is left as it is; else the row opens in its next round with its sub-rows."""
    task = _live(case, opening.step)
    if task is None:
        task = _open_task(
            case, flow, opening.step, blocking=opening.blocking, along=along, now=now, day=day
        )
    for sub_row in opening.sub_rows:
        if _live(case, sub_row) is None:
            _open_task(case, flow, sub_row, parent=task, along=along, now=now, day=day)
    if opening.sub_rows:
        deadlines.stretch_to_children(task)
    return task


def _live(case: Case, step: Step) -> Task | None:
    live = case.tasks.filter(step__key=step.key, activity=0, status__in=OPEN_STATUSES)
    return live.select_related("step").first()


def _open_task(
    case: Case,
    flow: Flow,
    step: Step,
    *,
    along: bool,
    now: datetime,
    day: date | None = None,
    blocking: bool = False,
    parent: Task | None = None,
) -> Task:
    task = _prepared(case, step) or next_round(case, step, now=now)
    task.case, task.parent, task.blocking = case, parent, blocking
    task.status = TaskStatus.WORKING if task.started_at else TaskStatus.OPEN
    today = day or timezone.localdate(now)
    task.opens_on = deadlines.opens_on(case, flow, step, today, along=along)
    task.opened_at = now
    task.letter_due_on = case.letter_due_on
    deadlines.set_window(task, deadlines.reckon(task, flow, deadlines.office_time()))
    task.save()
    if step.external:
        _wait_for_outside(task, now)
    _tell_opened(case, task, now)
    if task.round == 1 and case.copy_of is not None:
        _copy_activities(task, case.copy_of, now)
    return task


def next_round(case: Case, step: Step, *, now: datetime) -> Task:
    """The row's next task, unsaved, with the earlier round's text and sheet as a draft.

    A first round of a case made after an earlier one begins with that case's text and with what
    its sheet lends to another year.
    """
    earlier = newest_round(case, step)
    draft = earlier or (newest_round(case.copy_of, step) if case.copy_of else None)
    task = Task(
        case=case,
        step=step_rows(case.flow)[step.key],
        round=earlier.round + 1 if earlier else 1,
        assignee=earlier.assignee if earlier else case.owner,
        opens_on=timezone.localdate(now),
        opened_at=now,
        result=draft.result if draft else "",
        place=draft.place if draft else "",
        figures=_targets(draft) if draft else [],
    )
    sheet = rules.sheet_of(task)
    if draft is not None and sheet is not None:
        take = sheets.taken_over if earlier else sheets.lent
        task.sheet = take(sheet, draft.sheet)
    return task


def _targets(task: Task) -> list[dict[str, Any]]:
    """The figures that say what was aimed at; what came of it is made anew."""
    return [figure for figure in task.figures if figure["key"] == sheets.TARGET]


def _copy_activities(row: Task, source: Case, now: datetime) -> None:
    """Last year's activities begin again as titles, places and targets, without dates."""
    earlier = source.tasks.filter(
        step__key=row.step.key, activity__gt=0, status=TaskStatus.DONE
    ).order_by("activity")
    for number, activity in enumerate(earlier, start=1):
        Task.objects.create(
            case=row.case,
            step=row.step,
            parent=row,
            round=row.round,
            activity=number,
            title=activity.title,
            place=activity.place,
            figures=_targets(activity),
            assignee=row.assignee,
            opens_on=row.opens_on,
            opened_at=now,
            due_on=row.due_on,
            expected_on=row.expected_on,
            letter_due_on=row.letter_due_on,
        )


def newest_round(case: Case, step: Step) -> Task | None:
    """The row's last task in a case, activities left out."""
    rounds = case.tasks.filter(step__key=step.key, activity=0)
    return rounds.order_by("-round", "-pk").first()


def _prepared(case: Case, step: Step) -> Task | None:
    ahead = case.tasks.filter(step__key=step.key, activity=0, status=TaskStatus.AHEAD)
    return ahead.select_related("step", "assignee").first()


def _drop_passed(case: Case, flow: Flow, key: str, *, by: User | None, now: datetime) -> None:
    """Rows prepared ahead that the case now passes by are not needed any more."""
    here = flow.steps.index(step_of(flow, key))
    ahead = case.tasks.filter(status=TaskStatus.AHEAD, step__position__lt=here)
    for task in ahead.select_related("step"):
        drop_children(task, by=by, now=now)
        close_task(task, status=TaskStatus.DROPPED, by=by, now=now)


def _wait_for_outside(task: Task, now: datetime) -> None:
    """A row that comes from outside is waited for from the moment it is reached."""
    Wait.objects.create(
        task=task, party=WaitParty.OBEC, reason=task.step.chart_text, began_at=now, stops_clock=True
    )


def _tell_opened(case: Case, task: Task, now: datetime) -> None:
    due = f" กำหนดเสร็จ {thai_date(task.due_on)}" if task.due_on else " (ไม่กำหนดเวลา)"
    history.record(
        case,
        "opened",
        by=None,
        task=task,
        now=now,
        text=f"เปิด{row_name(task)}{due}",
        data={"due_on": task.due_on.isoformat() if task.due_on else None},
    )
    if task.assignee is not None:
        tell(
            [task.assignee],
            key=f"task-{task.pk}-opened",
            path=f"/tasks/{task.pk}/",
            text=f"{case.code} {row_name(task)}{due}",
        )


def next_activity_number(row: Task) -> int:
    """Activity numbers run on through all rounds of a row."""
    last = row.case.tasks.filter(step__key=row.step.key).aggregate(last=Max("activity"))["last"]
    return (last or 0) + 1
