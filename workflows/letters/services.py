"""Writing the letters of a row. Typing is no event; a number, a date, a receipt is.

Every change locks the case, asks the transition table for `save`, and counts the letter's
version, so that who opened an older one is told before he writes over it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import AccountKind, User
from portal.exceptions import RuleBroken, StateConflict
from portal.thai.dates import thai_date, thai_datetime
from portal.thai.digits import to_arabic_digits
from processes.shape import Need
from workflows.cases import evidence, history, moves, waits
from workflows.cases.models import Task
from workflows.cases.services import meet, set_letter_deadline, unmeet
from workflows.cases.transitions import demand
from workflows.letters.memos import PARTS
from workflows.letters.models import Letter, LetterKind, Member, Urgency

MOST_MEMBERS = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """What a form was drawn from: the version, and a name for the open page itself.

    A page saves by itself while it is typed on, so its own savings are never a surprise to it.
    """

    version: int
    page: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A person as the order prints him; `user` where he signs in to the portal."""

    name: str
    post: str
    role: str
    user: User | None = None


# -- memo


@transaction.atomic
def save_memo(
    task: Task, *, subject: str, to: str, parts: Mapping[str, str], by: User, now: datetime,
    urgency: str = "", seen: Seen | None = None,
) -> Letter:  # fmt: skip
    """Keep what was typed of the memo; blanks are allowed until it is put up."""
    row = _open_row(task, by)
    if not row.step.decides:
        raise StateConflict("ขั้นตอนนี้ไม่มีการเสนอพิจารณา จึงไม่มีบันทึกข้อความ")
    _undecided(row, "บันทึกข้อความ")
    if urgency not in Urgency.values:
        raise RuleBroken("กรุณาเลือกชั้นความเร็ว", field="urgency")
    fields = {part.key: parts.get(part.key, "").strip() for part in PARTS}
    letter = _opened(row, LetterKind.MEMO, seen=seen, by=by)
    return _write(
        letter, by=by, now=now, sender=row.case.unit.name, to=to.strip(),
        subject=subject.strip(), urgency=urgency, fields=fields,
    )  # fmt: skip


# -- order


@transaction.atomic
def save_order(
    task: Task, *, subject: str, authority: str, duties: str, signer: str, signer_post: str,
    by: User, now: datetime, members: Sequence[MemberLine] | None = None,
    seen: Seen | None = None,
) -> Letter:  # fmt: skip
    """Keep what was typed of the order, and its members where they are given."""
    row = _open_row(task, by)
    if not _row_needs(row, Need.MEMBERS, Need.ORDER):
        raise StateConflict("ขั้นตอนนี้ไม่มีการออกคำสั่ง")
    _undecided(row, "คำสั่ง")
    letter = _opened(row, LetterKind.ORDER, seen=seen, by=by)
    _not_issued(letter)
    fields = {
        "authority": authority.strip(), "duties": duties.strip(),
        "signer": signer.strip(), "signer_post": signer_post.strip(),
    }  # fmt: skip
    _write(letter, by=by, now=now, subject=subject.strip(), fields=fields)
    if members is not None:
        _replace_members(row, letter, members, by=by, now=now)
    return letter


@transaction.atomic
def set_members(order: Letter, members: Sequence[MemberLine], *, by: User, now: datetime) -> Letter:
    """Say whom the order appoints, in printed order; meets the row's need."""
    row = _open_row(order.task, by)
    _undecided(row, "คำสั่ง")
    letter = row.letters.get(pk=order.pk)
    _not_issued(letter)
    _replace_members(row, letter, members, by=by, now=now)
    return letter


def incomplete_members(order: Letter) -> list[int]:
    """Positions of the lines that still lack a name or a role."""
    lacking = order.members.filter(Q(name="") | Q(role=""))
    return list(lacking.values_list("position", flat=True))


@transaction.atomic
def issue_order(
    order: Letter, *, number: str, dated_on: date, by: User, now: datetime,
    told_on: date | None = None,
) -> Letter:  # fmt: skip
    """Number and date of the signed order, and the day its members were told.

    The row's need for an order is met only when the order was made known as well.
    """
    row = _open_row(order.task, by)
    letter = row.letters.get(pk=order.pk, kind=LetterKind.ORDER)
    _check_order(row, letter)
    number = _check_number(number)
    _check_day(dated_on, row, now, field="dated_on", named="วันที่ของคำสั่ง")
    if told_on is not None:
        _check_day(told_on, row, now, field="told_on", named="วันที่แจ้ง")
        if told_on < dated_on:
            raise RuleBroken("วันที่แจ้งต้องไม่ก่อนวันที่ของคำสั่ง", field="told_on")
    if (letter.number, letter.dated_on, letter.told_on) == (number, dated_on, told_on):
        return letter
    _write(letter, by=by, now=now, number=number, dated_on=dated_on, told_on=told_on)
    said = f"คำสั่งที่ {number} ลงวันที่ {thai_date(dated_on)}"
    meet(row, Need.NUMBER, text=said, by=by, now=now)
    if told_on is None:
        unmeet(row, Need.ORDER)
    else:
        said += f" แจ้งผู้เกี่ยวข้องวันที่ {thai_date(told_on)}"
        meet(row, Need.ORDER, text=said, by=by, now=now)
    _record(row, "order_issued", f"ออก{said} เรื่อง {letter.subject}", letter, by=by, now=now)
    return letter


@transaction.atomic
def recall_number(letter: Letter, *, reason: str, by: User, now: datetime) -> Letter:
    """Take number and date back, to mend a letter that was numbered too early."""
    row = _open_row(letter.task, by)
    letter = row.letters.get(pk=letter.pk)
    if not letter.number:
        return letter
    if not reason.strip():
        raise RuleBroken("กรุณาระบุเหตุผล", field="reason")
    said = f"ถอนเลข{letter.get_kind_display()}ที่ {letter.number} เพราะ {reason.strip()}"
    _write(letter, by=by, now=now, number="", dated_on=None, told_on=None)
    for need in _met_by_number(letter):
        unmeet(row, need)
    _record(row, "number_recalled", said, letter, by=by, now=now)
    return letter


# -- letters in and out


def save_incoming(
    task: Task, *, received_number: str, received_on: date, number: str, dated_on: date,
    sender: str, subject: str, by: User, now: datetime, deadline: date | None = None,
    upload: "File[Any] | None" = None,
) -> Letter:  # fmt: skip
    """The letter the row waited for: meets its need, sets the deadline, ends the wait."""
    facts = {
        "received_number": _check_text(received_number, "received_number", "เลขรับ"),
        "number": _check_text(number, "number", "ที่ของหนังสือ"),
        "sender": sender.strip(), "subject": subject.strip(),
        "received_on": received_on, "dated_on": dated_on, "deadline": deadline,
    }  # fmt: skip
    _check_text(sender, "sender", "หน่วยงานที่ส่ง")
    _check_text(subject, "subject", "ชื่อเรื่อง")
    _check_received(received_on, dated_on, deadline, timezone.localdate(now))
    with transaction.atomic():
        if upload is not None:
            evidence.attach(task, upload, title=f"หนังสือ {facts['number']}", by=by, now=now)
        row = _open_row(task, by)
        if not (row.step.external and _row_needs(row, Need.LETTER)):
            raise StateConflict("ขั้นตอนนี้ไม่ได้รอหนังสือจากภายนอก")
        letter = _opened(row, LetterKind.INCOMING, seen=None, by=by)
        before = letter.deadline
        _write(letter, by=by, now=now, **facts)
        said = (
            f"หนังสือ {letter.number} ลงวันที่ {thai_date(dated_on)} จาก {letter.sender} "
            f"เรื่อง {letter.subject} เลขรับ {letter.received_number}"
        )
        meet(row, Need.LETTER, text=said, by=by, now=now)
        meet(row, Need.NUMBER, text=said, by=by, now=now)
        _record(row, "letter_received", f"รับ{said}", letter, by=by, now=now)
        if deadline != before:
            set_letter_deadline(row.case, deadline, by=by, now=now)
        if row.waits.filter(ended_at__isnull=True).exists():
            waits.end(row, outcome=f"ได้รับหนังสือ {letter.number}", by=by, now=now)
    return letter


def save_outgoing(
    task: Task, *, to: str, subject: str, number: str, dated_on: date, by: User, now: datetime,
    upload: "File[Any] | None" = None,
) -> Letter:  # fmt: skip
    """A letter the row sent: to whom, number and date; meets its needs."""
    facts = {
        "to": _check_text(to, "to", "ผู้รับ"),
        "subject": _check_text(subject, "subject", "ชื่อเรื่อง"),
        "number": _check_number(number), "dated_on": dated_on,
    }  # fmt: skip
    with transaction.atomic():
        if upload is not None:
            evidence.attach(task, upload, title=f"หนังสือ {facts['number']}", by=by, now=now)
        row = _open_row(task, by)
        if row.step.external or not _row_needs(row, Need.LETTER, Need.NUMBER):
            raise StateConflict("ขั้นตอนนี้ไม่มีหนังสือส่ง")
        _after_decision(row, Need.LETTER, Need.NUMBER)
        _check_day(dated_on, row, now, field="dated_on", named="วันที่ของหนังสือ")
        letter = _opened(row, LetterKind.OUTGOING, seen=None, by=by)
        _write(letter, by=by, now=now, sender=row.case.unit.name, **facts)
        said = (
            f"หนังสือ {letter.number} ลงวันที่ {thai_date(dated_on)} ถึง {letter.to} "
            f"เรื่อง {letter.subject}"
        )
        meet(row, Need.LETTER, text=said, by=by, now=now)
        meet(row, Need.NUMBER, text=said, by=by, now=now)
        _record(row, "letter_sent", f"ส่ง{said}", letter, by=by, now=now)
    return letter


# -- the ceremony


def _open_row(task: Task, by: User) -> Task:
    row = moves.lock_task(task.pk)
    demand(row, "save", by)
    return row


def _opened(row: Task, kind: LetterKind, *, seen: Seen | None, by: User) -> Letter:
    """The row's letter of this kind, new or as saved; refuses what was typed on an older one."""
    page = seen.page if seen else ""
    letter = row.letters.filter(kind=kind).select_related("edited_by").first()
    if letter is None:
        return Letter(task=row, kind=kind, edited_in=page)
    if seen is not None and seen.version != letter.version and page != letter.edited_in:
        who = "ท่านเอง" if letter.edited_by_id == by.pk else letter.edited_by.full_name
        raise StateConflict(
            f"{who}บันทึก{letter.get_kind_display()}นี้ในอีกหน้าต่างหนึ่งเมื่อ "
            f"{thai_datetime(letter.edited_at)} ข้อความที่ท่านพิมพ์ยังอยู่ในแบบ "
            "ตรวจแล้วกดบันทึกอีกครั้งหากต้องการใช้ข้อความของท่าน"
        )
    letter.edited_in = page
    return letter


def _write(letter: Letter, *, by: User, now: datetime, **facts: Any) -> Letter:
    """Save what changed; saving the same again is not a new version."""
    if letter.pk and all(getattr(letter, name) == value for name, value in facts.items()):
        return letter
    for name, value in facts.items():
        setattr(letter, name, value)
    letter.version += 1
    letter.edited_by, letter.edited_at = by, now
    if letter.pk:
        letter.save(update_fields=[*facts, "version", "edited_by", "edited_at", "edited_in"])
    else:
        letter.save()
    moves.start(letter.task, now)
    return letter


def _replace_members(
    row: Task, letter: Letter, members: Sequence[MemberLine], *, by: User, now: datetime
) -> None:
    """Keep the lines as they are typed; the need is met when every line is whole."""
    _check_members(members)
    letter.members.all().delete()
    Member.objects.bulk_create(
        Member(
            letter=letter, position=position, user=line.user, name=line.name.strip(),
            post=line.post.strip(), role=line.role.strip(),
        )
        for position, line in enumerate(members, start=1)
    )  # fmt: skip
    if members and not incomplete_members(letter):
        meet(row, Need.MEMBERS, text=f"รายชื่อ {len(members)} คน", by=by, now=now)
    else:
        unmeet(row, Need.MEMBERS)


def _record(row: Task, action: str, text: str, letter: Letter, *, by: User, now: datetime) -> None:
    data = {
        "kind": letter.kind, "number": letter.number, "subject": letter.subject,
        "dated_on": letter.dated_on.isoformat() if letter.dated_on else None,
        "members": letter.members.count(),
    }  # fmt: skip
    history.record(row.case, action, by=by, now=now, task=row, text=text, data=data)


# -- the rules


def _row_needs(row: Task, *needs: Need) -> bool:
    return row.step.items.filter(needs__in=needs).exists()


def _undecided(row: Task, named: str) -> None:
    if row.decided_at is not None:
        raise StateConflict(f"พิจารณาแล้ว แก้{named}ไม่ได้")


def _not_issued(letter: Letter) -> None:
    if letter.number:
        raise StateConflict(
            f"คำสั่งที่ {letter.number} ออกเลขแล้ว ถอนเลขพร้อมเหตุผลก่อน จึงจะแก้ข้อความหรือรายชื่อได้"
        )


def _after_decision(row: Task, *needs: Need) -> None:
    """What the manual prints after the decision cannot be done before it."""
    after = row.step.items.filter(needs__in=needs, after_decision=True).exists()
    if after and row.decided_at is None:
        raise StateConflict("ออกเลขได้หลังผู้บริหารพิจารณาแล้ว")


def _check_order(row: Task, letter: Letter) -> None:
    _after_decision(row, Need.ORDER, Need.NUMBER)
    if not letter.members.exists():
        raise RuleBroken("ยังไม่มีรายชื่อผู้ได้รับแต่งตั้ง กรอกรายชื่อก่อนออกคำสั่ง")
    lacking = incomplete_members(letter)
    if lacking:
        raise RuleBroken(f"รายชื่อลำดับที่ {', '.join(map(str, lacking))} ยังไม่มีชื่อหรือหน้าที่")
    if not letter.subject or not letter.fields.get("signer"):
        raise RuleBroken("กรอกชื่อคำสั่งและผู้ลงนามก่อนออกคำสั่ง")


def _check_number(number: str) -> str:
    return _check_text(number, "number", "เลขที่")


def _check_text(text: str, field: str, named: str) -> str:
    """The text with Arabic digits and no blanks around it; RuleBroken when nothing is left."""
    text = to_arabic_digits(text).strip()
    if not text:
        raise RuleBroken(f"กรุณากรอก{named}", field=field)
    return text


def _check_day(day: date, row: Task, now: datetime, *, field: str, named: str) -> None:
    if day > timezone.localdate(now):
        raise RuleBroken(f"{named}ต้องไม่เป็นวันในอนาคต", field=field)
    # not before an earlier return: an order stays in force through the rounds of its row
    floor, why = row.case.opened_on, "วันเปิดเรื่อง"
    if row.decided_at is not None:
        floor, why = timezone.localdate(row.decided_at), "วันที่พิจารณา"
    if day < floor:
        raise RuleBroken(f"{named}ต้องไม่ก่อน{why} ({thai_date(floor)})", field=field)


def _check_received(received_on: date, dated_on: date, deadline: date | None, today: date) -> None:
    if received_on > today:
        raise RuleBroken("วันที่รับต้องไม่เป็นวันในอนาคต", field="received_on")
    if dated_on > received_on:
        raise RuleBroken("วันที่ของหนังสือต้องไม่หลังวันที่รับ", field="dated_on")
    if deadline is not None and deadline < dated_on:
        raise RuleBroken("กำหนดส่งต้องไม่ก่อนวันที่ของหนังสือ", field="deadline")


def _check_members(members: Sequence[MemberLine]) -> None:
    if len(members) > MOST_MEMBERS:
        raise RuleBroken(f"ระบุรายชื่อได้ไม่เกิน {MOST_MEMBERS} คน")
    for position, line in enumerate(members, start=1):
        user = line.user
        if user is not None and not (user.is_active and user.account == AccountKind.OFFICER):
            raise RuleBroken(f"รายชื่อลำดับที่ {position} เลือกได้เฉพาะบุคลากรที่ใช้งานระบบอยู่")


def _met_by_number(letter: Letter) -> tuple[Need, ...]:
    if letter.kind == LetterKind.ORDER:
        return (Need.ORDER, Need.NUMBER)
    return (Need.LETTER, Need.NUMBER)
