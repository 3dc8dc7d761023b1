"""Putting a row up to the superiors, and taking it back."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from portal.notices.services import tell
from workflows.approvals.content import build, content_hash
from workflows.approvals.models import Decision, DecisionStatus, Submission, SubmissionEnd
from workflows.approvals.rights import Link, chain_of, passed_over, who_may
from workflows.cases import history, moves, rules
from workflows.cases.models import OPEN_STATUSES, Task, TaskStatus
from workflows.cases.permissions import leads
from workflows.cases.transitions import demand
from workflows.letters.memos import memo_of, missing_parts


def lacking(task: Task) -> list[str]:
    """In Thai, everything the row still needs before it can be put up."""
    lacks = missing_parts(memo_of(task))
    lacks += [item.get_needs_display() for item in rules.missing_needs(task, after_decision=False)]
    lacks += rules.sheet_lacks(task)
    if task.waits.filter(ended_at__isnull=True).exists():
        lacks.append("ผลของการรอที่ยังไม่สิ้นสุด")
    if task.children.filter(status__in=OPEN_STATUSES).exists():
        lacks.append("กิจกรรมที่ยังไม่เสร็จ")
    return lacks


@transaction.atomic
def submit(
    task: Task, *, by: User, now: datetime, left_out: Mapping[int, str] | None = None
) -> Submission:
    """Freeze what the row has to show and open the first link of its chain.

    `left_out` names links by position with the reason they are not asked; never the last.
    """
    row = moves.lock_task(task.pk)
    live = row.submissions.filter(ended_at__isnull=True).first()
    if live is not None and live.by_id == by.pk and row.status == TaskStatus.SUBMITTED:
        return live
    demand(row, "submit", by)
    lacks = lacking(row)
    if lacks:
        raise RuleBroken("ยังเสนอไม่ได้ ยังขาด: " + " · ".join(lacks))
    links = chain_of(row, by=by, at=now)
    reasons = _reasons(links, left_out or {})
    number = row.submissions.count() + 1
    content = build(row, by=by, number=number, now=now)
    submission = Submission.objects.create(
        task=row, number=number, by=by, at=now, subject=content["memo"]["subject"],
        urgency=content["memo"]["urgency"], content=content, content_hash=content_hash(content),
    )  # fmt: skip
    Decision.objects.bulk_create(_decision(submission, link, reasons, by) for link in links)
    moves.mark_submitted(row, now=now)
    history.record(
        row.case, "submitted", by=by, now=now, task=row,
        text=f"เสนอ{moves.row_name(row)} ครั้งที่ {number}{_told(links, reasons)}",
        data={"submission": number, "content": submission.content_hash},
    )  # fmt: skip
    open_next(submission, now=now)
    return submission


@transaction.atomic
def withdraw(submission: Submission, *, by: User, now: datetime) -> Submission:
    """Take the paper back while the last link has not spoken; same round, same clock."""
    row = moves.lock_task(submission.task_id)
    submission = Submission.objects.get(pk=submission.pk)
    if submission.ended == SubmissionEnd.WITHDRAWN and submission.by_id == by.pk:
        return submission
    if submission.by_id != by.pk:
        raise NotAllowed("ถอนเรื่องได้เฉพาะผู้เสนอ")
    if submission.ended_at is not None:
        raise StateConflict(f"ถอนไม่ได้ เพราะเรื่องนี้มีผลแล้ว: {submission.get_ended_display()}")
    demand(row, "withdraw", by)
    end(submission, SubmissionEnd.WITHDRAWN, now)
    moves.mark_working(row)
    history.record(
        row.case, "withdrawn", by=by, now=now, task=row,
        text=f"ถอนเรื่องที่เสนอใน{moves.row_name(row)} ครั้งที่ {submission.number}",
        data={"submission": submission.number},
    )  # fmt: skip
    _tell_asked(submission, f"ถอนเรื่อง {row.case.code} {submission.subject} แล้ว ไม่ต้องพิจารณา")
    return submission


@transaction.atomic
def skip_link(decision: Decision, *, reason: str, by: User, now: datetime) -> Decision:
    """Pass over a link on the way that cannot speak now; the head or deputy of the unit may."""
    row = moves.lock_task(decision.submission.task_id)
    decision = Decision.objects.select_related("submission", "post").get(pk=decision.pk)
    if decision.status == DecisionStatus.SKIPPED:
        return decision
    if not leads(row.case, by):
        raise NotAllowed("ข้ามลำดับได้เฉพาะหัวหน้ากลุ่มหรือรองผู้อำนวยการที่กำกับดูแลกลุ่ม")
    if row.status != TaskStatus.SUBMITTED or decision.submission.ended_at is not None:
        raise StateConflict("เรื่องนี้ไม่ได้อยู่ระหว่างการพิจารณาแล้ว")
    if decision.status == DecisionStatus.GIVEN:
        raise StateConflict(f"{decision.post} ให้ความเห็นไปแล้ว")
    if decision.is_last:
        raise RuleBroken("ข้ามผู้พิจารณาคนสุดท้ายไม่ได้")
    was_open = decision.status == DecisionStatus.OPEN
    _skip(decision, rules.check_reason(reason), by)
    history.record(
        row.case, "link_skipped", by=by, now=now, task=row,
        text=f"ข้ามลำดับ {decision.post} ใน{moves.row_name(row)} เพราะ {decision.comment}",
        data={"submission": decision.submission.number, "link": decision.position},
    )  # fmt: skip
    if was_open:
        open_next(decision.submission, now=now)
    return decision


def open_next(submission: Submission, *, now: datetime) -> None:
    """Open the next link that somebody can speak for; the last waits for whoever will sit there."""
    waiting = submission.decisions.filter(status=DecisionStatus.WAITING).select_related("post")
    for decision in waiting.order_by("position"):
        seats = who_may(decision.post, but=submission.by_id, at=now) if decision.post else ()
        if seats or decision.is_last:
            decision.status, decision.opened_at = DecisionStatus.OPEN, now
            decision.save(update_fields=["status", "opened_at"])
            _tell_open(submission, decision, [seat.user for seat in seats])
            return
        _skip(decision, passed_over(decision.post, seats, submission.by_id), None)


def end(submission: Submission, how: SubmissionEnd, now: datetime) -> None:
    """No link of it is alive after this."""
    submission.ended, submission.ended_at = how, now
    submission.save(update_fields=["ended", "ended_at"])


def _skip(decision: Decision, reason: str, by: User | None) -> None:
    decision.status, decision.comment, decision.by = DecisionStatus.SKIPPED, reason, by
    decision.save(update_fields=["status", "comment", "by"])


def _decision(submission: Submission, link: Link, reasons: Mapping[int, str], by: User) -> Decision:
    reason = link.passed or reasons.get(link.position, "")
    return Decision(
        submission=submission, position=link.position, rank=link.rank, post=link.post,
        is_last=link.is_last, comment=reason, by=by if link.position in reasons else None,
        status=DecisionStatus.SKIPPED if reason else DecisionStatus.WAITING,
    )  # fmt: skip


def _reasons(links: list[Link], left_out: Mapping[int, str]) -> dict[int, str]:
    """The links left out by hand with their reasons; RuleBroken where that may not be."""
    last = links[-1]
    if last.passed:
        raise RuleBroken(
            f"ยังเสนอไม่ได้ เพราะไม่มีผู้พิจารณาคนสุดท้าย ({last.title}: {last.passed}) "
            "ให้บันทึกคำสั่งรักษาราชการแทนก่อน"
        )
    if last.position in left_out:
        raise RuleBroken("ข้ามผู้พิจารณาคนสุดท้ายไม่ได้")
    reasons = {}
    for link in links:
        if link.position in left_out and not link.passed:
            reasons[link.position] = left_out[link.position].strip()
            if not reasons[link.position]:
                raise RuleBroken(f"กรุณาระบุเหตุผลที่ข้าม {link.title}", field=f"reason_{link.position}")
    return reasons


def _told(links: Iterable[Link], reasons: Mapping[int, str]) -> str:
    """In history: who is not asked, and why."""
    passed = [
        f"{link.title} ({link.passed or reasons[link.position]})"
        for link in links
        if link.passed or link.position in reasons
    ]
    return f" ไม่ผ่าน {' และ '.join(passed)}" if passed else ""


def _tell_open(submission: Submission, decision: Decision, users: list[User]) -> None:
    case = submission.task.case
    asked = "รอการพิจารณาของท่าน" if decision.is_last else "รอความเห็นของท่าน"
    tell(
        users, key=f"decision-{decision.pk}-open", path=f"/decisions/{decision.pk}/",
        text=f"{asked}: {case.code} {submission.subject}", urgent=bool(submission.urgency),
    )  # fmt: skip


def _tell_asked(submission: Submission, text: str) -> None:
    """Tell who had been asked or had spoken that there is nothing left to say."""
    asked = submission.decisions.filter(status__in=[DecisionStatus.OPEN, DecisionStatus.GIVEN])
    at = submission.ended_at or submission.at
    for decision in asked.select_related("post"):
        seats = who_may(decision.post, but=submission.by_id, at=at) if decision.post else ()
        tell(
            [seat.user for seat in seats], key=f"submission-{submission.pk}-ended", text=text,
            path=f"/decisions/{decision.pk}/",
        )  # fmt: skip
