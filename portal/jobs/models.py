"""Errands that outlive a request. The row is the truth, Celery only a nudge."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from portal.jobs.kinds import KINDS

if TYPE_CHECKING:
    from portal.accounts.models import User


class JobState(models.TextChoices):
    QUEUED = "queued", "รอคิว"
    RUNNING = "running", "กำลังทำ"
    DONE = "done", "เสร็จแล้ว"
    FAILED = "failed", "ไม่สำเร็จ"
    CANCELLED = "cancelled", "ยกเลิก"


LIVE = (JobState.QUEUED, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: "User") -> "JobQuerySet":
        """Who asked for an errand sees it; the administrator sees all."""
        return self.all() if user.administers else self.filter(asked_by=user)


class Job(models.Model):
    """One errand: what, how far, how often tried; written by `jobs.services`.

    `lease_until` of a running job: its worker is alive until then. Of a queued one: a nudge is
    under way until then. After it the sweeper acts.
    """

    kind = models.CharField("งาน", max_length=40)
    key = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001 - null is "no guard"
    params = models.JSONField(default=dict)
    queue = models.CharField("คิว", max_length=20)
    state = models.CharField("สถานะ", max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    saying = models.CharField("ความคืบหน้า", max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField("จำนวนครั้งที่ลอง", default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField("ข้อผิดพลาด", blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ผู้สั่ง"
    )
    asked_at = models.DateTimeField("สั่งเมื่อ")
    started_at = models.DateTimeField("เริ่มเมื่อ", null=True, blank=True)
    ended_at = models.DateTimeField("สิ้นสุดเมื่อ", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "งานเบื้องหลัง"
        verbose_name_plural = "งานเบื้องหลัง"
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(key__isnull=False), name="job_key_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=JobState.values), name="job_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=LIVE) | models.Q(lease_until__isnull=False),
                name="job_live_has_lease",
            ),
        ]
        indexes = [
            # the sweeper: live jobs only, oldest first
            models.Index(
                fields=["lease_until", "asked_at"],
                condition=models.Q(state__in=LIVE),
                name="job_live",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def label(self) -> str:
        """What the errand is called, in Thai."""
        return KINDS[self.kind].label

    @property
    def ended(self) -> bool:
        """Nothing more will happen to it."""
        return self.state not in LIVE

    @property
    def percent(self) -> int:
        """How far it is; 100 only when it is done."""
        if self.state == JobState.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0
