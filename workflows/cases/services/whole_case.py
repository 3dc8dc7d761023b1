"""What is done to a whole case: its end, its standing row, who takes part, its deadline."""

from datetime import date, datetime

from django.db import transaction

from portal.accounts.models import User
from portal.exceptions import RuleBroken
from portal.notices.services import tell
from portal.thai.dates import thai_date
from processes.models import Step
from workflows.cases import history, moves, rules
from workflows.cases.models import OPEN_STATUSES, Case, CaseStatus, Participant, Task
from workflows.cases.services.locking import locked_case

LATEST_LETTER_DAYS = 366


@transaction.atomic
def cancel_case(case: Case, *, reason: str, by: User, now: datetime) -> Case:
    """End a running case without a result; its open tasks are dropped."""
    case = locked_case(case, "cancel", by)
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
    case = locked_case(case, "go_to", by)
    said = f"ย้ายเรื่องไปขั้นตอนที่ {step.number}"
    return _move(case, step, action="moved", said=said, reason=reason, by=by, now=now)


@transaction.atomic
def reopen_case(case: Case, step: Step, *, reason: str, by: User, now: datetime) -> Task:
    """Open an ended case again at a row, in that row's next round."""
    case = locked_case(case, "reopen", by)
    case.status, case.closed_at = CaseStatus.RUNNING, None
    case.save(update_fields=["status", "closed_at"])
    said = f"เปิดเรื่องอีกครั้งที่ขั้นตอนที่ {step.number}"
    return _move(case, step, action="reopened", said=said, reason=reason, by=by, now=now)


@transaction.atomic
def add_participant(case: Case, *, user: User, why: str, by: User, now: datetime) -> Participant:
    """Let somebody outside the unit see the case (a school sees its course only)."""
    case = locked_case(case, "add_participant", by)
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
    case = locked_case(case, "set_deadline", by)
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
