"""Files on a task, and the report to somebody outside."""

from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.exceptions import RuleBroken
from portal.files.services import store
from processes.shape import Need
from workflows.cases import history, moves, rules
from workflows.cases.models import Attachment, OutsideReport, Task
from workflows.cases.services import meet
from workflows.cases.transitions import demand


def attach(task: Task, upload: "File[Any]", *, title: str, by: User, now: datetime) -> Attachment:
    """Put a file on the task. The bytes are stored before the case is locked."""
    demand(task, "attach", by)
    stored = store(upload, by=by)
    with transaction.atomic():
        task = moves.lock_task(task.pk)
        demand(task, "attach", by)
        moves.start(task, now)
        attachment = Attachment.objects.create(
            task=task, file=stored, title=title.strip() or stored.name, added_by=by, added_at=now
        )
        history.record(
            task.case,
            "attached",
            by=by,
            now=now,
            task=task,
            text=f"แนบ “{attachment.title}” ใน{moves.row_name(task)}",
            data={"sha256": stored.sha256, "name": stored.name, "size": stored.size},
        )
    return attachment


@transaction.atomic
def remove(attachment: Attachment, *, reason: str, by: User, now: datetime) -> Attachment:
    """Take a file off an open task; the row stays and says why."""
    task = moves.lock_task(attachment.task_id)
    demand(task, "attach", by)
    attachment = Attachment.objects.get(pk=attachment.pk)
    if attachment.removed_at is not None:
        return attachment
    if OutsideReport.objects.filter(proof=attachment).exists():
        raise RuleBroken("ไฟล์นี้เป็นหลักฐานของรายงานหน่วยงานภายนอก ถอนไม่ได้")
    attachment.removed_at, attachment.remove_reason = now, rules.check_reason(reason)
    attachment.save(update_fields=["removed_at", "remove_reason"])
    history.record(
        task.case,
        "detached",
        by=by,
        now=now,
        task=task,
        text=f"ถอน “{attachment.title}” จาก{moves.row_name(task)} เพราะ {attachment.remove_reason}",
    )
    return attachment


@transaction.atomic
def report_outside(
    task: Task,
    *,
    to: str,
    system: str,
    reference: str,
    reported_on: date,
    by: User,
    now: datetime,
    proof: Attachment | None = None,
) -> OutsideReport:
    """Record that somebody outside was told; meets the row's need."""
    task = moves.lock_task(task.pk)
    demand(task, "attach", by)
    _check_named(to=to, system=system, reference=reference)
    _check_report(task, reported_on, proof, now)
    moves.start(task, now)
    report = OutsideReport.objects.create(
        task=task,
        to=to.strip(),
        system=system.strip(),
        reference=reference.strip(),
        reported_on=reported_on,
        proof=proof,
    )
    told = f"รายงาน {report.to} ผ่าน {report.system} เลขอ้างอิง {report.reference}"
    meet(task, Need.OUTSIDE_REPORT, text=told, by=by, now=now)
    history.record(
        task.case,
        "reported_outside",
        by=by,
        now=now,
        task=task,
        text=told,
        data={"reported_on": reported_on.isoformat()},
    )
    return report


def _check_named(**values: str) -> None:
    for field, value in values.items():
        if not value.strip():
            raise RuleBroken("กรุณากรอกข้อมูลนี้", field=field)


def _check_report(task: Task, reported_on: date, proof: Attachment | None, now: datetime) -> None:
    if task.step.decides and task.decided_at is None:
        raise RuleBroken("รายงานหน่วยงานภายนอกได้หลังผู้บริหารพิจารณาแล้ว")
    if reported_on > timezone.localdate(now):
        raise RuleBroken("วันที่รายงานต้องไม่เป็นวันในอนาคต", field="reported_on")
    floor, why = rules.earliest_day(task)
    if reported_on < floor:
        raise RuleBroken(f"วันที่รายงานต้องไม่ก่อน{why}", field="reported_on")
    if proof is not None and proof.task_id != task.pk:
        raise RuleBroken("หลักฐานต้องเป็นไฟล์ที่แนบในขั้นตอนนี้", field="proof")
