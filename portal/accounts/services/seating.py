"""Who sits in which post from when: the source of every right in the portal."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from portal.accounts.models import AccountKind, Capacity, Holding, Post, PostRank, User
from portal.accounts.permissions import demand_administrator
from portal.accounts.posts import DECIDING_RANKS, seats_in
from portal.accounts.spans import ends, span
from portal.audit.services import record
from portal.exceptions import RuleBroken, StateConflict
from portal.notices.services import tell


@transaction.atomic
def seat_person(
    post: Post,
    *,
    user: User,
    from_at: datetime,
    by: User,
    now: datetime,
    until_at: datetime | None = None,
    capacity: str = Capacity.OWN,
    order_number: str = "",
) -> Holding:
    """Put somebody into a post from a moment on; the past is allowed, orders arrive late.

    Head, deputy and director posts have one holder at a time, whoever of two is faster.
    """
    demand_administrator(by)
    post = Post.objects.select_for_update(of=("self",)).select_related("unit").get(pk=post.pk)
    if user.account == AccountKind.SCHOOL or not user.is_active:
        raise RuleBroken("เลือกได้เฉพาะบุคลากรสำนักงานที่บัญชียังใช้งานได้", field="user")
    if capacity == Capacity.DUTY and not order_number:
        raise RuleBroken("การปฏิบัติหน้าที่ต้องระบุเลขที่คำสั่ง", field="order_number")
    if until_at and until_at <= from_at:
        raise RuleBroken("วันสิ้นสุดต้องอยู่หลังวันเริ่ม", field="until_on")
    _demand_room(post, user, from_at, until_at)
    holding = Holding.objects.create(
        post=post,
        user=user,
        capacity=capacity,
        order_number=order_number,
        from_at=from_at,
        until_at=until_at,
    )
    when = span(from_at, until_at)
    text = f"{user.full_name} {holding.get_capacity_display()} {_spoken(post)} {when}"
    _record_and_tell("holding_begun", holding, text, by=by, now=now)
    return holding


@transaction.atomic
def end_holding(holding: Holding, *, until_at: datetime, by: User, now: datetime) -> None:
    """End a holding at a moment. One that has not begun by then never was, and is removed."""
    demand_administrator(by)
    Post.objects.select_for_update().get(pk=holding.post_id)
    found = Holding.objects.select_related("user", "post__unit").filter(pk=holding.pk).first()
    if found is None or (found.until_at and found.until_at <= now):
        raise StateConflict("การดำรงตำแหน่งนี้สิ้นสุดไปแล้ว")
    if found.from_at >= now and until_at <= found.from_at:
        text = f"ยกเลิกการดำรงตำแหน่ง {_spoken(found.post)} ของ {found.user.full_name} ก่อนเริ่ม"
        _record_and_tell("holding_removed", found, text, by=by, now=now)
        found.delete()
        return
    if until_at <= found.from_at:
        raise RuleBroken("วันสิ้นสุดต้องอยู่หลังวันเริ่ม", field="until_on")
    if found.until_at and until_at > found.until_at:
        raise RuleBroken("เลื่อนวันสิ้นสุดออกไปไม่ได้ กรุณาเพิ่มการดำรงตำแหน่งใหม่", field="until_on")
    found.until_at = until_at
    found.save(update_fields=["until_at"])
    text = f"{found.user.full_name} ดำรงตำแหน่ง {_spoken(found.post)} ถึง {ends(until_at)}"
    _record_and_tell("holding_ended", found, text, by=by, now=now)


def _demand_room(post: Post, user: User, from_at: datetime, until_at: datetime | None) -> None:
    overlapping = Holding.objects.filter(post=post).filter(
        Q(until_at__isnull=True) | Q(until_at__gt=from_at)
    )
    if until_at:
        overlapping = overlapping.filter(from_at__lt=until_at)
    if post.rank not in DECIDING_RANKS:
        overlapping = overlapping.filter(user=user)
    other = overlapping.select_related("user").first()
    if other:
        when = span(other.from_at, other.until_at)
        raise RuleBroken(
            f"ช่วงเวลานี้มี {other.user.full_name} ดำรงตำแหน่งอยู่ ({when}) กรุณาสิ้นสุดการดำรงตำแหน่งเดิมก่อน",
            field="from_on",
        )


def _spoken(post: Post) -> str:
    """`เจ้าหน้าที่ (กลุ่ม…)`: many officers' posts have the same title."""
    return f"{post.title} ({post.unit})" if post.unit else post.title


def _record_and_tell(action: str, holding: Holding, text: str, *, by: User, now: datetime) -> None:
    """Into the history; a change of who decides is also said to the director at once."""
    event = record(
        action,
        by=by,
        subject=holding.post,
        text=text,
        data={
            "holding": holding.pk,
            "user": holding.user_id,
            "capacity": holding.capacity,
            "order_number": holding.order_number,
            "from_at": holding.from_at,
            "until_at": holding.until_at,
        },
        now=now,
    )
    key = f"office-event-{event.seq}"
    tell([holding.user], key=key, text=text, path=reverse("home"))
    if holding.post.rank in DECIDING_RANKS:
        tell(_directors(now), key=key, text=text, path=reverse("audit:list"))


def _directors(now: datetime) -> list[User]:
    posts = Post.objects.filter(rank=PostRank.DIRECTOR)
    return [seat.user for seats in seats_in(posts, now).values() for seat in seats]
