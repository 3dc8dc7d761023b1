"""The only writer of a case's events: append-only, chained by digest, under the case's lock."""

from datetime import datetime
from typing import Any

from portal.accounts.models import User
from portal.audit.chain import chain_problems, seal
from portal.exceptions import StateConflict
from workflows.cases.models import Case, CaseEvent, Task


def record(
    case: Case,
    action: str,
    *,
    by: User | None,
    text: str,
    now: datetime,
    task: Task | None = None,
    data: dict[str, Any] | None = None,
) -> CaseEvent:
    """Write the next event of the case. Call inside the transaction that changes the case.

    `Case.seq` is the compare-and-set: if it is no longer the value read, somebody was faster
    and StateConflict is raised, which undoes the whole change.
    """
    seq = case.seq + 1
    if Case.objects.filter(pk=case.pk, seq=case.seq).update(seq=seq) != 1:
        raise StateConflict("มีผู้อื่นดำเนินการเรื่องนี้ไปก่อนแล้ว กรุณาเปิดหน้าเรื่องอีกครั้งเพื่อดูสถานะล่าสุด")
    case.seq = seq
    facts = data or {}
    previous = _digest_of(case, seq - 1)
    return CaseEvent.objects.create(
        case=case,
        task=task,
        seq=seq,
        at=now,
        action=action,
        actor=by,
        text=text,
        data=facts,
        previous=previous,
        digest=seal(
            previous=previous,
            seq=seq,
            at=now,
            action=action,
            actor_id=by.pk if by else None,
            text=text,
            data=facts,
            about=_about(case.pk, task.pk if task else None),
        ),
    )


def verify(case: Case) -> list[str]:
    """What is wrong with the case's chain, in Thai; empty when every event is as it was written."""
    problems = chain_problems(
        case.events.order_by("seq"), lambda event: _about(event.case_id, event.task_id)
    )
    written = case.events.count()
    if written != case.seq:
        problems.append(f"เรื่องมี {case.seq} เหตุการณ์ แต่พบ {written}")
    return problems


def _about(case_id: int, task_id: int | None) -> dict[str, int | None]:
    return {"case": case_id, "task": task_id}


def _digest_of(case: Case, seq: int) -> str:
    return (
        CaseEvent.objects.filter(case=case, seq=seq).values_list("digest", flat=True).first() or ""
    )
