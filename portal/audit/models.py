"""The office's own chain: people, posts, calendar, settings, editions."""

from django.db import models

from portal.audit.chain import ChainedEvent


class OfficeEvent(ChainedEvent):
    """One thing that happened to the office itself; written by `audit.services.record` only."""

    subject = models.CharField("เรื่อง", max_length=120)

    class Meta:
        verbose_name = "ประวัติของสำนักงาน"
        verbose_name_plural = "ประวัติของสำนักงาน"
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["seq"], name="officeevent_seq_once")]

    def __str__(self) -> str:
        return f"{self.seq} {self.text}"
