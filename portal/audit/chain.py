"""What an event of either hash chain is made of. The chains are written elsewhere."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from portal.canonical import chain_link


class ChainedEvent(models.Model):
    """A line of history that is written once. Triggers refuse UPDATE and DELETE."""

    seq = models.PositiveIntegerField("ลำดับ")
    at = models.DateTimeField("บันทึกเมื่อ")
    action = models.CharField("เหตุการณ์", max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ผู้กระทำ"
    )
    text = models.TextField("ข้อความ")
    data = models.JSONField("รายละเอียด", default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True


def seal(
    *, previous: str, seq: int, at: datetime, action: str, actor_id: int | None, text: str,
    data: dict[str, Any], about: dict[str, Any],
) -> str:
    """Digest of an event; `about` holds what the event hangs on (case, task or subject)."""
    payload = {
        "seq": seq, "at": at.isoformat(timespec="microseconds"), "action": action,
        "actor": actor_id, "text": text, "data": data, **about,
    }
    return chain_link(previous, payload)
