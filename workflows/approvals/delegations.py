"""Orders that let somebody act for a post: รักษาราชการแทน and ปฏิบัติราชการแทน.

The first takes the post's papers to the acting person, so two at one moment cannot be. The
second adds a person and takes nothing away, so several are normal; the same person twice is not.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.models import (
    AccountKind,
    Delegation,
    DelegationKind,
    Post,
    PostRank,
    User,
)
from portal.accounts.posts import orders_running
from portal.audit.services import record
from portal.exceptions import NotAllowed, RuleBroken
from portal.notices.services import tell
from portal.thai.dates import thai_date, thai_datetime
from portal.thai.digits import to_arabic_digits

LEADING = (PostRank.HEAD, PostRank.DEPUTY, PostRank.DIRECTOR)
PATH = "/delegations/"


def may_keep_orders(user: User) -> bool:
    """The administrator, and whoever sits in the director's post."""
    return user.administers or user.access.directs


def demand_keeper(user: User) -> None:
    """Raise NotAllowed unless this person keeps the orders to act."""
    if not may_keep_orders(user):
        raise NotAllowed("บันทึกคำสั่งให้ทำการแทนได้เฉพาะผู้ดูแลระบบหรือผู้อำนวยการเขตพื้นที่")


@transaction.atomic
def issue_delegation(
    *, kind: DelegationKind, post: Post, acting: User, order_number: str, order_date: date,
    from_at: datetime, by: User, now: datetime, until_at: datetime | None = None,
) -> Delegation:  # fmt: skip
    """Record an order to act. Never by the person it gives the right to."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    demand_keeper(by)
    if acting.pk == by.pk:
        raise NotAllowed("ผู้ทำการแทนบันทึกคำสั่งของตนเองไม่ได้ ให้ผู้อื่นบันทึก")
    number = to_arabic_digits(order_number).strip()
    _check(post, acting, number, order_date, timezone.localdate(now))
    if until_at is not None and until_at <= from_at:
        raise RuleBroken("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม", field="until_on")
    _check_overlap(kind, post, acting, from_at, until_at)
    order = Delegation.objects.create(
        kind=kind, post=post, acting=acting, order_number=number, order_date=order_date,
        from_at=from_at, until_at=until_at,
    )  # fmt: skip
    said = f"{acting.full_name} {DelegationKind(kind).label}{post} ตามคำสั่งที่ {number}"
    ends = f" ถึง {thai_datetime(until_at)}" if until_at else ""
    tell(
        _concerned(order, now), key=f"delegation-{order.pk}", path=PATH,
        text=f"{said} ตั้งแต่ {thai_datetime(from_at)}{ends}",
    )  # fmt: skip
    record(
        "delegation_issued", by=by, subject=order, now=now,
        text=f"{said} ลงวันที่ {thai_date(order_date)} ตั้งแต่ {thai_datetime(from_at)}{ends}",
        data={"kind": kind, "post": post.pk, "acting": acting.pk},
    )  # fmt: skip
    return order


@transaction.atomic
def revoke_delegation(order: Delegation, *, by: User, now: datetime) -> Delegation:
    """End an order from this moment; what was decided under it stays."""
    Post.objects.select_for_update().get(pk=order.post_id)
    order = Delegation.objects.select_related("post", "acting").get(pk=order.pk)
    demand_keeper(by)
    if order.revoked_at is not None:
        return order
    order.revoked_at = now
    order.save(update_fields=["revoked_at"])
    said = f"ยกเลิกคำสั่งที่ {order.order_number} ให้ {order}"
    tell(_concerned(order, now), key=f"delegation-{order.pk}-revoked", path=PATH, text=said)
    record("delegation_revoked", by=by, subject=order, now=now, text=said)
    return order


def orders(now: datetime) -> QuerySet[Delegation]:
    """Every order, those that still count first."""
    running = Q(orders_running(now)) | Q(from_at__gt=now, revoked_at__isnull=True)
    rows = Delegation.objects.select_related("post", "acting")
    return rows.annotate(counts=running).order_by("-counts", "-from_at", "-pk")


def _check(post: Post, acting: User, number: str, order_date: date, today: date) -> None:
    if post.rank not in LEADING:
        raise RuleBroken("ทำการแทนได้เฉพาะตำแหน่งผู้บริหาร", field="post")
    if not acting.is_active or acting.account != AccountKind.OFFICER:
        raise RuleBroken("ผู้ทำการแทนต้องเป็นบุคลากรที่ใช้งานระบบอยู่", field="acting")
    if not number:
        raise RuleBroken("กรุณากรอกเลขคำสั่ง", field="order_number")
    if order_date > today:
        raise RuleBroken("วันที่ของคำสั่งต้องไม่เป็นวันในอนาคต", field="order_date")


def _check_overlap(
    kind: DelegationKind, post: Post, acting: User, from_at: datetime, until_at: datetime | None
) -> None:
    same = Delegation.objects.filter(post=post, kind=kind, revoked_at__isnull=True)
    if kind == DelegationKind.DELEGATED:
        same = same.filter(acting=acting)
    ends_after = Q(until_at__isnull=True) | Q(until_at__gt=from_at)
    begins_before = Q(from_at__lt=until_at) if until_at else Q()
    other = same.filter(ends_after & begins_before).select_related("acting").first()
    if other is not None:
        raise RuleBroken(
            f"ช่วงเวลาซ้อนกับคำสั่งที่ {other.order_number} ({other.acting.full_name}) "
            "ให้ยกเลิกหรือเปลี่ยนช่วงเวลาก่อน",
            field="from_on",
        )


def _concerned(order: Delegation, now: datetime) -> list[User]:
    """Who acts, and who holds the post."""
    holders = User.objects.filter(
        Q(holdings__until_at__isnull=True) | Q(holdings__until_at__gt=now),
        holdings__post=order.post, holdings__from_at__lte=now,
    )  # fmt: skip
    return [order.acting, *holders.distinct()]
