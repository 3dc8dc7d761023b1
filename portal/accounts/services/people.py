"""People who sign in: added, changed, let in and kept out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from portal.accounts.models import AccountKind, Holding, SchoolMember, User
from portal.accounts.passwords import new_password
from portal.accounts.permissions import demand_administrator
from portal.accounts.posts import running
from portal.audit.changes import changes_of
from portal.audit.saving import refusing_doubles
from portal.audit.services import record
from portal.exceptions import RuleBroken
from portal.thai.searching import search_text
from portal.thai.sorting import sort_key

PERSONAL_FACTS = ("username", "title", "first_name", "last_name", "position", "email")
FACTS = (*PERSONAL_FACTS, "account", "administers")
# a way to reach somebody is no part of what the office must remember for ever
UNTOLD = ("email",)
NAME_TAKEN = "มีผู้ใช้ชื่อนี้แล้ว"


class NewLogin(NamedTuple):
    """Somebody and the password to hand him, which is shown once and kept nowhere."""

    user: User
    password: str


def create_login(facts: Mapping[str, Any], *, password: str, temporary: bool = True) -> User:
    """Write a new person with a password; asks nobody and records nothing."""
    user = User(**{**facts, "username": facts["username"].lower()})
    _index(user)
    user.set_password(password)
    user.password_is_temporary = temporary
    user.save()
    return user


@transaction.atomic
def add_person(facts: Mapping[str, Any], *, by: User, now: datetime) -> NewLogin:
    """Add somebody with a one-time password. `facts` are fields of FACTS."""
    demand_administrator(by)
    password = new_password()
    with refusing_doubles(NAME_TAKEN, field="username"):
        login = NewLogin(create_login(facts, password=password), password)
    record(
        "person_added",
        by=by,
        subject=login.user,
        text=f"เพิ่มผู้ใช้ {login.user.full_name} ({login.user.username})",
        data={"account": login.user.account, "administers": login.user.administers},
        now=now,
    )
    return login


@transaction.atomic
def create_administrator(facts: Mapping[str, Any], *, password: str, now: datetime) -> User:
    """The first administrator, by whoever rules the machine; no person stands behind it."""
    with refusing_doubles(NAME_TAKEN, field="username"):
        user = create_login({**facts, "administers": True}, password=password, temporary=False)
    text = f"เพิ่มผู้ดูแลระบบ {user.username} จากเครื่องแม่ข่าย"
    record("person_added", by=None, subject=user, text=text, now=now)
    return user


@transaction.atomic
def change_person(user: User, facts: Mapping[str, Any], *, by: User, now: datetime) -> User:
    """Change fields of FACTS; what is not given stays."""
    demand_administrator(by)
    user = _locked(user)
    before = {name: getattr(user, name) for name in FACTS}
    for name in FACTS:
        setattr(user, name, facts.get(name, before[name]))
    user.username = user.username.lower()
    changes = changes_of(user, before)
    if not changes.labels:
        return user
    _demand_kind_fits(user, now)
    if before["administers"] and not user.administers:
        _demand_another_administrator(user)
    _index(user)
    with refusing_doubles(NAME_TAKEN, field="username"):
        user.save(update_fields=[*FACTS, "sort_key", "search_text"])
    record(
        "person_changed",
        by=by,
        subject=user,
        text=f"แก้ไขข้อมูลผู้ใช้ {user.full_name}: {', '.join(changes.labels)}",
        data=changes.data(without=UNTOLD),
        now=now,
    )
    return user


@transaction.atomic
def deactivate_person(user: User, *, by: User, now: datetime) -> User:
    """Keep somebody out. His posts stay as they are, but nobody acts in them through him."""
    demand_administrator(by)
    user = _locked(user)
    if user == by:
        raise RuleBroken("ปิดบัญชีของตนเองไม่ได้ กรุณาให้ผู้ดูแลระบบอีกคนดำเนินการ")
    if not user.is_active:
        return user
    if user.administers:
        _demand_another_administrator(user)
    return _switch(user, on=False, by=by, now=now)


@transaction.atomic
def activate_person(user: User, *, by: User, now: datetime) -> User:
    """Let somebody in again."""
    demand_administrator(by)
    user = _locked(user)
    return user if user.is_active else _switch(user, on=True, by=by, now=now)


def _switch(user: User, *, on: bool, by: User, now: datetime) -> User:
    user.is_active = on
    user.save(update_fields=["is_active"])
    record(
        "person_activated" if on else "person_deactivated",
        by=by,
        subject=user,
        text=f"{'เปิด' if on else 'ปิด'}บัญชีผู้ใช้ {user.full_name}",
        now=now,
    )
    return user


def _locked(user: User) -> User:
    """The row to change, locked with every administrator's, always in the same order.

    So the last two administrators cannot remove each other at once.
    """
    wanted = Q(pk=user.pk) | Q(administers=True)
    rows = User.objects.select_for_update().filter(wanted).order_by("pk")
    return next(row for row in rows if row.pk == user.pk)


def _index(user: User) -> None:
    user.sort_key = sort_key(f"{user.first_name} {user.last_name}")
    user.search_text = search_text(user.full_name, user.username, user.position)


def _demand_kind_fits(user: User, now: datetime) -> None:
    """A school's account holds no post and an officer's answers for no school."""
    if user.account == AccountKind.SCHOOL:
        in_the_way = Holding.objects.filter(running(now), user=user).exists() or user.administers
    else:
        in_the_way = SchoolMember.objects.filter(user=user, until_on__isnull=True).exists()
    if in_the_way:
        raise RuleBroken(
            "เปลี่ยนประเภทบัญชีไม่ได้ขณะที่ยังดำรงตำแหน่ง เป็นผู้ดูแลระบบ หรือเป็นผู้แทนสถานศึกษา",
            field="account",
        )


def _demand_another_administrator(user: User) -> None:
    keepers = User.objects.filter(administers=True, is_active=True)
    if not keepers.exclude(pk=user.pk).exists():
        raise RuleBroken("ต้องมีผู้ดูแลระบบที่ใช้งานได้อย่างน้อยหนึ่งคน", field="administers")
