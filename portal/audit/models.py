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


class ChainHead(models.Model):
    """The end of the office's chain, one row; written by `audit.services.record` only.

    It is what two writers lock, and it shows when the tail of the chain was cut off.
    """

    seq = models.PositiveIntegerField("ลำดับล่าสุด", default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "ปลายประวัติของสำนักงาน"
        verbose_name_plural = "ปลายประวัติของสำนักงาน"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="chainhead_only_one")]

    def __str__(self) -> str:
        return str(self.seq)
