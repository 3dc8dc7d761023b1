"""Units and posts: the office's own order, with nobody in it yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.models import Post, PostRank, Unit, User
from portal.accounts.permissions import demand_administrator
from portal.accounts.posts import LEADING_RANKS
from portal.audit.changes import changes_of
from portal.audit.saving import refusing_doubles
from portal.audit.services import record
from portal.exceptions import RuleBroken

UNIT_FACTS = ("code", "name", "deputy")
POST_FACTS = ("rank", "title", "unit")
NEEDS_UNIT = (PostRank.OFFICER, PostRank.HEAD)
POST_TAKEN = "มีตำแหน่งผู้อำนวยการนี้อยู่แล้ว มีได้เพียงตำแหน่งเดียว"
CODE_TAKEN = "มีกลุ่มที่ใช้รหัสนี้แล้ว"


@transaction.atomic
def add_unit(facts: Mapping[str, Any], *, by: User, now: datetime) -> Unit:
    """Add a group. `facts` are fields of UNIT_FACTS."""
    demand_administrator(by)
    unit = Unit(**facts)
    _demand_deputy(unit)
    with refusing_doubles(CODE_TAKEN, field="code"):
        unit.save()
    record("unit_added", by=by, subject=unit, text=f"เพิ่ม{unit.name}", now=now)
    return unit


@transaction.atomic
def change_unit(unit: Unit, facts: Mapping[str, Any], *, by: User, now: datetime) -> Unit:
    """Change a group's code, name or the deputy in charge of it."""
    demand_administrator(by)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    before = {name: getattr(unit, name) for name in UNIT_FACTS}
    for name in UNIT_FACTS:
        setattr(unit, name, facts.get(name, before[name]))
    changes = changes_of(unit, before)
    if not changes.labels:
        return unit
    _demand_deputy(unit)
    with refusing_doubles(CODE_TAKEN, field="code"):
        unit.save(update_fields=UNIT_FACTS)
    text = f"แก้ไข{unit.name}: {', '.join(changes.labels)}"
    record("unit_changed", by=by, subject=unit, text=text, data=changes.data(), now=now)
    return unit


@transaction.atomic
def add_post(facts: Mapping[str, Any], *, by: User, now: datetime) -> Post:
    """Add a post, empty at first. `facts` are fields of POST_FACTS."""
    demand_administrator(by)
    post = Post(**facts)
    _demand_post_stands(post)
    with refusing_doubles(POST_TAKEN, field="rank"):
        post.save()
    text = f"เพิ่มตำแหน่ง {post.title}"
    record("post_added", by=by, subject=post, text=text, data={"rank": post.rank}, now=now)
    return post


@transaction.atomic
def change_post(post: Post, facts: Mapping[str, Any], *, by: User, now: datetime) -> Post:
    """Change a post's title; rank and unit only while nobody ever sat in it."""
    demand_administrator(by)
    post = Post.objects.select_for_update().get(pk=post.pk)
    before = {name: getattr(post, name) for name in POST_FACTS}
    for name in POST_FACTS:
        setattr(post, name, facts.get(name, before[name]))
    changes = changes_of(post, before)
    if not changes.labels:
        return post
    if {"rank", "unit"} & set(changes.before):
        _demand_never_held(post)
    _demand_post_stands(post)
    with refusing_doubles(POST_TAKEN, field="rank"):
        post.save(update_fields=POST_FACTS)
    text = f"แก้ไขตำแหน่ง {post.title}: {', '.join(changes.labels)}"
    record("post_changed", by=by, subject=post, text=text, data=changes.data(), now=now)
    return post


def _demand_deputy(unit: Unit) -> None:
    if unit.deputy and unit.deputy.rank != PostRank.DEPUTY:
        raise RuleBroken("ผู้กำกับดูแลต้องเป็นตำแหน่งรองผู้อำนวยการเขตพื้นที่", field="deputy")


def _demand_never_held(post: Post) -> None:
    if post.holdings.exists() or post.delegations.exists() or post.units_in_charge.exists():
        raise RuleBroken(
            "ตำแหน่งนี้ใช้งานแล้ว เปลี่ยนระดับหรือกลุ่มไม่ได้ กรุณาเพิ่มตำแหน่งใหม่",
            field="rank",
        )


def _demand_post_stands(post: Post) -> None:
    if post.rank in NEEDS_UNIT and post.unit is None:
        raise RuleBroken("ตำแหน่งระดับนี้ต้องระบุกลุ่ม", field="unit")
    if post.rank in LEADING_RANKS and post.unit is not None:
        raise RuleBroken("ตำแหน่งระดับนี้ไม่สังกัดกลุ่ม กรุณาเว้นว่าง", field="unit")
