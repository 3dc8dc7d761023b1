"""When a row may close, and on which day it may have happened."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from portal.exceptions import RuleBroken
from portal.thai.dates import thai_date
from processes.models import ChecklistItem
from processes.shape import Kind
from workflows.cases import sheets
from workflows.cases.models import OPEN_STATUSES, Task, TaskStatus
from workflows.cases.sheet_kinds import Sheet, for_row


def missing_needs(task: Task, *, after_decision: bool | None = None) -> list[ChecklistItem]:
    """Checklist items whose need nothing has met; only one side of the decision if asked."""
    if task.activity:
        return []
    items = task.step.items.exclude(needs="")
    if after_decision is not None:
        items = items.filter(after_decision=after_decision)
    return [item for item in items if item.key not in task.ticks]


def holds_open(task: Task) -> list[str]:
    """In Thai, everything that still keeps the row from closing."""
    held = [f"{item.get_needs_display()} ({item.text})" for item in missing_needs(task)]
    if task.waits.filter(ended_at__isnull=True).exists():
        held.append("การรอที่ยังไม่สิ้นสุด")
    open_children = task.children.filter(status__in=OPEN_STATUSES).count()
    if open_children:
        held.append(f"กิจกรรมหรือขั้นตอนย่อยที่ยังไม่เสร็จ {open_children} รายการ")
    held += sheet_lacks(task)
    if counts_people(task) and sheets.ACTUAL not in {figure["key"] for figure in task.figures}:
        held.append("จำนวนผู้เข้าร่วมจริง")
    if not held and not _says_something(task):
        held.append("ผลการดำเนินงานหรือหลักฐานอย่างน้อยหนึ่งอย่าง")
    return held


def sheet_of(task: Task) -> Sheet | None:
    """What the row holds beside its result, if its kind or its needs ask for more than words.

    What may be done only after the decision is not asked for before it.
    """
    if task.activity:
        return None
    undecided = bool(task.step.decides) and task.decided_at is None
    items = (item for item in task.step.items.all() if not (undecided and item.after_decision))
    return for_row(task.step.kind, {item.needs for item in items})


def sheet_lacks(task: Task) -> list[str]:
    """In Thai, what the row's sheet still lacks."""
    sheet = sheet_of(task)
    if sheet is None:
        return []
    has_file = task.attachments.filter(removed_at__isnull=True).exists()
    return sheets.missing(sheet, task.sheet, has_file=has_file, result=task.result)


def shown_sheet(task: Task) -> dict[str, Any]:
    """The row's sheet in words; {} where there is none."""
    return sheets.readable(sheet_of(task), task.sheet) if task.sheet else {}


def counts_people(task: Task) -> bool:
    """Whether target and actual people stand on the task: on each activity, and on a row that is
    one activity itself."""
    if task.activity:
        return True
    is_one = task.step.kind == Kind.ACTIVITY and not task.step.duration_per
    return is_one and not task.step.sub_rows.exists()


def check_may_close(task: Task) -> None:
    """RuleBroken that names all that is missing."""
    held = holds_open(task)
    if held:
        raise RuleBroken("ยังปิดขั้นตอนนี้ไม่ได้ ยังขาด: " + " · ".join(held))


def earliest_day(task: Task) -> tuple[date, str]:
    """The day before which the row's work cannot have happened, and the event it follows."""
    floor, why = task.case.opened_on, "วันเปิดเรื่อง"
    decided = Q(decided_at__isnull=False) | Q(status=TaskStatus.RETURNED)
    before = Q(opened_at__lt=task.opened_at) | Q(pk=task.pk)
    earlier = task.case.tasks.filter(decided).filter(before)
    for other in earlier:
        moment = other.decided_at or other.closed_at
        if moment is None or (other.pk != task.pk and moment > task.opened_at):
            continue
        day = timezone.localdate(moment)
        if day > floor:
            floor, why = day, "วันที่ผู้บริหารพิจารณาครั้งก่อน"
    return floor, why


def check_happened_on(task: Task, happened_on: date, now: datetime) -> None:
    """An actual day is neither in the future nor before the event it follows."""
    if happened_on > timezone.localdate(now):
        raise RuleBroken("วันที่ทำเสร็จจริงต้องไม่เป็นวันในอนาคต", field="happened_on")
    floor, why = earliest_day(task)
    if happened_on < floor:
        raise RuleBroken(f"วันที่ทำเสร็จจริงต้องไม่ก่อน{why} ({thai_date(floor)})", field="happened_on")


def check_sheet_days(task: Task, happened_on: date) -> None:
    """What the sheet says has happened did not happen after the row was done."""
    sheet = sheet_of(task)
    late = sheets.later_than(sheet, task.sheet, happened_on) if sheet else []
    if late:
        said = " · ".join(late[: sheets.NAMED_AT_ONCE])
        raise RuleBroken(f"วันที่ทำเสร็จจริงต้องไม่ก่อน: {said}", field="happened_on")


def check_reason(reason: str) -> str:
    """The reason without surrounding blanks; RuleBroken if nothing is left."""
    reason = reason.strip()
    if not reason:
        raise RuleBroken("กรุณาระบุเหตุผล", field="reason")
    return reason


def survey_figures(asked: int, answered: int) -> list[dict[str, Any]]:
    """The two numbers of a survey row; RuleBroken if they cannot be."""
    if asked < 1:
        raise RuleBroken("จำนวนที่ขอข้อมูลต้องมากกว่า 0", field="asked")
    if not 0 <= answered <= asked:
        raise RuleBroken("จำนวนที่ตอบต้องไม่เกินจำนวนที่ขอข้อมูล", field="answered")
    return [
        {"key": "asked", "label": "จำนวนที่ขอข้อมูล", "value": asked},
        {"key": "answered", "label": "จำนวนที่ตอบ", "value": answered},
    ]


def _says_something(task: Task) -> bool:
    if task.result.strip() or task.figures or task.sheet or task.decided_at:
        return True
    if task.ticks or task.attachments.filter(removed_at__isnull=True).exists():
        return True
    return task.children.filter(status=TaskStatus.DONE).exists()
