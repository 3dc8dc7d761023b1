"""New passwords. For those who decide a second person must agree, and they are told.

The administrator is often the officer whose papers are decided, so he alone must not be able
to sign in as his superior.
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from portal.accounts.models import LoginReset, Post, PostRank, User
from portal.accounts.passwords import new_password
from portal.accounts.permissions import (
    demand_administrator,
    demand_reset_confirmer,
)
from portal.accounts.posts import decides, seats_in
from portal.accounts.selectors import is_open, open_resets
from portal.audit.services import record
from portal.exceptions import RuleBroken, StateConflict
from portal.notices.services import tell

CONFIRMING_RANKS = (PostRank.HEAD, PostRank.DIRECTOR)


@transaction.atomic
def change_password(user: User, password: str, *, now: datetime) -> User:
    """A person's own new password; the form has asked for the old one."""
    user.set_password(password)
    user.password_is_temporary = False
    user.save(update_fields=["password", "password_is_temporary"])
    text = f"{user.full_name} เปลี่ยนรหัสผ่านของตนเอง"
    record("password_changed", by=user, subject=user, text=text, now=now)
    return user


@transaction.atomic
def give_password(user: User, *, by: User, now: datetime) -> str:
    """A one-time password for somebody who decides nothing."""
    demand_administrator(by)
    user = User.objects.select_for_update().get(pk=user.pk)
    if decides(user, now):
        raise RuleBroken("บัญชีนี้เป็นผู้พิจารณาเรื่อง ต้องให้บุคคลที่สองยืนยันก่อน")
    text = f"ตั้งรหัสผ่านชั่วคราวให้ {user.full_name}"
    return _give(user, "password_given", text, by=by, now=now)


@transaction.atomic
def ask_reset(user: User, *, reason: str, by: User, now: datetime) -> LoginReset:
    """Ask that somebody who decides gets a new password; asking twice is the same request."""
    demand_administrator(by)
    user = User.objects.select_for_update().get(pk=user.pk)
    if not reason.strip():
        raise RuleBroken("กรุณาระบุเหตุผล", field="reason")
    waiting = open_resets(now).filter(user=user).first()
    if waiting:
        return waiting
    reset = LoginReset.objects.create(user=user, asked_by=by, reason=reason.strip(), at=now)
    text = f"ขอตั้งรหัสผ่านใหม่ให้ {user.full_name}: {reset.reason}"
    record("reset_asked", by=by, subject=user, text=text, data={"reset": reset.pk}, now=now)
    key = f"reset-{reset.pk}-asked"
    tell([user], key=key, text=f"{by.full_name} {text}", path=reverse("home"), urgent=True)
    tell(
        _confirmers(reset),
        key=key,
        text=f"{by.full_name} {text} รอการยืนยันจากท่าน",
        path=reverse("accounts:reset", args=[reset.pk]),
        urgent=True,
    )
    return reset


@transaction.atomic
def confirm_reset(reset: LoginReset, *, by: User, now: datetime) -> str:
    """The second person agrees; returns the one-time password, to be shown once."""
    user = User.objects.select_for_update().get(pk=reset.user_id)
    reset = LoginReset.objects.select_for_update().get(pk=reset.pk)
    demand_reset_confirmer(by, reset)
    if reset.used_at:
        raise StateConflict("คำขอนี้ได้รับการยืนยันไปแล้ว")
    if not is_open(reset, now):
        raise StateConflict("คำขอนี้หมดอายุแล้ว กรุณาให้ผู้ดูแลระบบขอใหม่")
    reset.confirmed_by, reset.used_at = by, now
    reset.save(update_fields=["confirmed_by", "used_at"])
    text = f"ยืนยันคำขอและตั้งรหัสผ่านชั่วคราวให้ {user.full_name}"
    password = _give(user, "reset_confirmed", text, by=by, now=now)
    told = f"{by.full_name} {text}"
    tell([reset.asked_by], key=f"reset-{reset.pk}-done", text=told, path=reverse("home"))
    return password


def _give(user: User, action: str, text: str, *, by: User, now: datetime) -> str:
    password = new_password()
    user.set_password(password)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    event = record(action, by=by, subject=user, text=text, now=now)
    told = f"{by.full_name} {text} หากท่านไม่ได้ขอ กรุณาแจ้งผู้อำนวยการเขตพื้นที่ทันที"
    tell([user], key=f"office-event-{event.seq}", text=told, path=reverse("home"), urgent=True)
    return password


def _confirmers(reset: LoginReset) -> list[User]:
    """Other administrators; where there is none, heads and the director."""
    apart = {reset.asked_by_id, reset.user_id}
    keepers = User.objects.filter(administers=True, is_active=True).exclude(pk__in=apart)
    if keepers:
        return list(keepers)
    posts = Post.objects.filter(rank__in=CONFIRMING_RANKS)
    seats = seats_in(posts, reset.at).values()
    return [seat.user for found in seats for seat in found if seat.user.pk not in apart]
