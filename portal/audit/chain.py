"""What an event of either hash chain is made of, and how a chain is checked. Pure."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import models

from portal.canonical import chain_link


class ChainedEvent(models.Model):
    """A line of history that is written once. Triggers refuse UPDATE and DELETE."""

    seq = models.PositiveIntegerField("ลำดับ")
    at = models.DateTimeField("บันทึกเมื่อ")
    action = models.CharField("เหตุการณ์", max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="ผู้กระทำ",
    )
    text = models.TextField("ข้อความ")
    data = models.JSONField("รายละเอียด", default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True


Event = TypeVar("Event", bound=ChainedEvent)


def seal(
    *,
    previous: str,
    seq: int,
    at: datetime,
    action: str,
    actor_id: int | None,
    text: str,
    data: dict[str, Any],
    about: dict[str, Any],
) -> str:
    """Digest of an event; `about` holds what the event hangs on (case, task or subject)."""
    payload = {
        "seq": seq,
        # one moment has one spelling, whatever zone the database hands it back in
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": action,
        "actor": actor_id,
        "text": text,
        "data": data,
        **about,
    }
    return chain_link(previous, payload)


def chain_problems(events: Iterable[Event], about: Callable[[Event], dict[str, Any]]) -> list[str]:
    """What is wrong with a whole chain, given in order; an empty list when nothing is."""
    problems: list[str] = []
    previous, expected = "", 1
    for event in events:
        if event.seq != expected:
            problems.append(f"ลำดับที่ {expected} หายไป พบลำดับที่ {event.seq} แทน")
        if event.previous != previous:
            problems.append(f"ลำดับที่ {event.seq} ไม่ต่อจากรายการก่อนหน้า")
        if event.digest != _seal_of(event, about(event)):
            problems.append(f"ลำดับที่ {event.seq} ถูกแก้ไขหลังการบันทึก")
        previous, expected = event.digest, event.seq + 1
    return problems


def _seal_of(event: ChainedEvent, about: dict[str, Any]) -> str:
    return seal(
        previous=event.previous,
        seq=event.seq,
        at=event.at,
        action=event.action,
        actor_id=event.actor_id,
        text=event.text,
        data=event.data,
        about=about,
    )
