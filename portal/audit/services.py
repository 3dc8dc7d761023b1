"""The only writer of the office's chain."""

import json
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction

from portal.audit.chain import chain_problems, seal
from portal.audit.models import ChainHead, OfficeEvent
from portal.canonical import canonical_bytes


class Actor(Protocol):
    """A person, as far as history is concerned."""

    @property
    def pk(self) -> Any: ...


@transaction.atomic
def record(
    action: str,
    *,
    by: Actor | None,
    subject: models.Model | str,
    text: str,
    now: datetime,
    data: dict[str, Any] | None = None,
) -> OfficeEvent:
    """Add a line to the office's history, in the caller's transaction.

    Writers queue on the head of the chain until their transaction ends, so make this the
    last thing of a change. `by` is None for what the portal does by itself.
    """
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
    # what is sealed is what the database gives back: dates as text, keys as strings
    facts = json.loads(canonical_bytes(data or {}))
    event = OfficeEvent(
        seq=head.seq + 1,
        at=now,
        action=action,
        actor_id=by.pk if by else None,
        subject=subject_name(subject),
        text=text,
        data=facts,
        previous=head.digest,
    )
    event.digest = seal(
        previous=event.previous,
        seq=event.seq,
        at=event.at,
        action=event.action,
        actor_id=event.actor_id,
        text=event.text,
        data=event.data,
        about=_about(event),
    )
    event.save(force_insert=True)
    head.seq, head.digest = event.seq, event.digest
    head.save(update_fields=["seq", "digest"])
    return event


def subject_name(subject: models.Model | str) -> str:
    """How history names a thing: `accounts.user:12`; a string stands for itself."""
    if isinstance(subject, str):
        return subject
    return f"{subject._meta.label_lower}:{subject.pk}"


def verify() -> list[str]:
    """What is wrong with the office's chain, in Thai; an empty list when nothing is."""
    events = OfficeEvent.objects.order_by("seq").iterator(chunk_size=1000)
    problems = chain_problems(events, _about)
    last = OfficeEvent.objects.order_by("seq").last()
    head = ChainHead.objects.filter(pk=1).first()
    ends = (last.seq, last.digest) if last else (0, "")
    if ends != ((head.seq, head.digest) if head else (0, "")):
        problems.append("รายการท้ายสุดของประวัติไม่ตรงกับที่บันทึกไว้")
    return problems


def _about(event: OfficeEvent) -> dict[str, Any]:
    return {"subject": event.subject}
