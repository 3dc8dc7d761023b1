"""Who signs in for which school."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from portal.accounts.models import AccountKind, SchoolMember, User
from portal.accounts.permissions import demand_administrator
from portal.audit.services import record
from portal.exceptions import RuleBroken, StateConflict
from portal.schools.models import School
from portal.thai.dates import thai_date


@transaction.atomic
def add_member(
    school: School,
    *,
    user: User,
    from_on: date,
    by: User,
    now: datetime,
    until_on: date | None = None,
) -> SchoolMember:
    """Let somebody answer for a school, through the last day named."""
    demand_administrator(by)
    School.objects.select_for_update().get(pk=school.pk)
    if user.account != AccountKind.SCHOOL or not user.is_active:
        raise RuleBroken("เลือกได้เฉพาะบัญชีสถานศึกษาที่ยังใช้งานได้", field="user")
    if until_on and until_on < from_on:
        raise RuleBroken("วันสิ้นสุดต้องไม่อยู่ก่อนวันเริ่ม", field="until_on")
    if _overlapping(school, user, from_on, until_on):
        raise RuleBroken(f"{user.full_name} เป็นผู้แทนสถานศึกษานี้ในช่วงเวลานี้อยู่แล้ว", field="user")
    member = SchoolMember.objects.create(
        user=user, school=school, from_on=from_on, until_on=until_on
    )
    text = f"{user.full_name} เป็นผู้แทน{school.name} ตั้งแต่ {thai_date(from_on)}"
    _record("member_begun", member, text, by=by, now=now)
    return member


@transaction.atomic
def end_member(member: SchoolMember, *, until_on: date, by: User, now: datetime) -> None:
    """The last day somebody answers for a school."""
    demand_administrator(by)
    School.objects.select_for_update().get(pk=member.school_id)
    member = SchoolMember.objects.select_related("user", "school").get(pk=member.pk)
    if member.until_on and until_on >= member.until_on:
        raise StateConflict(f"สิ้นสุดวันที่ {thai_date(member.until_on)} อยู่แล้ว")
    if until_on < member.from_on:
        raise RuleBroken("วันสิ้นสุดต้องไม่อยู่ก่อนวันเริ่ม", field="until_on")
    member.until_on = until_on
    member.save(update_fields=["until_on"])
    text = f"{member.user.full_name} เป็นผู้แทน{member.school.name} ถึง {thai_date(until_on)}"
    _record("member_ended", member, text, by=by, now=now)


def _overlapping(school: School, user: User, from_on: date, until_on: date | None) -> bool:
    others = SchoolMember.objects.filter(school=school, user=user).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=from_on)
    )
    return (others.filter(from_on__lte=until_on) if until_on else others).exists()


def _record(action: str, member: SchoolMember, text: str, *, by: User, now: datetime) -> None:
    record(
        action,
        by=by,
        subject=member.school,
        text=text,
        data={"user": member.user_id, "from_on": member.from_on, "until_on": member.until_on},
        now=now,
    )
