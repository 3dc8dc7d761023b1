"""Papers that were asked for, and who asked."""

from django.conf import settings
from django.db import models

from portal.accounts.models import AccountKind, User
from portal.files.models import StoredFile
from portal.jobs.models import Job, JobState
from processes.models import Flow
from workflows.cases.models import Case


class PaperKind(models.TextChoices):
    FLOWCHART = "flowchart", "ผังขั้นตอนการดำเนินงาน"
    STANDARDS_TABLE = "standards_table", "ตารางมาตรฐานงาน"


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: User) -> "PaperQuerySet":
        """Who may see what was drawn: any officer a standard, a case who sees the case."""
        of_cases = models.Q(case__in=Case.objects.visible_to(user))
        if user.account == AccountKind.OFFICER:
            return self.filter(of_cases | models.Q(case__isnull=True))
        return self.filter(of_cases)

    def asked_for_by(self, user: User) -> "PaperQuerySet":
        """What this person ordered, newest first."""
        mine = self.visible_to(user).filter(orders__by=user)
        return mine.annotate(asked_at=models.F("orders__at")).order_by("-asked_at", "-pk")


class Paper(models.Model):
    """One paper, made from one state of its source; written by `reports.services`.

    `content` is what is drawn, kept so that the paper shows what was there when it was asked
    for; `content_hash` is its digest: the same content is made once. A flow goes when its draft
    is written anew, the paper stays.
    """

    kind = models.CharField("ชนิด", max_length=20, choices=PaperKind)
    flow = models.ForeignKey(
        Flow, models.SET_NULL, null=True, related_name="papers", verbose_name="ผัง"
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="papers", verbose_name="เรื่อง"
    )
    title = models.CharField("ชื่อเอกสาร", max_length=300)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="papers")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="papers")
    expires_at = models.DateTimeField("เก็บถึง")

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "เอกสาร"
        verbose_name_plural = "เอกสาร"
        constraints = [
            models.UniqueConstraint(fields=["kind", "content_hash"], name="paper_made_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=PaperKind.values), name="paper_kind_known"
            ),
        ]
        indexes = [
            # the daily clearing: papers that still have a file, soonest to expire first
            models.Index(
                fields=["expires_at"],
                condition=models.Q(file__isnull=False),
                name="paper_expiring",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ready(self) -> bool:
        """The file is there."""
        return self.file_id is not None

    @property
    def is_coming(self) -> bool:
        """A worker is at it, or will be."""
        live = (JobState.QUEUED, JobState.RUNNING)
        return not self.is_ready and self.job is not None and self.job.state in live

    @property
    def has_failed(self) -> bool:
        """It could not be made; its job says why."""
        failed = (JobState.FAILED, JobState.CANCELLED)
        return not self.is_ready and self.job is not None and self.job.state in failed


class PaperOrder(models.Model):
    """That somebody asked for a paper; asked again, the same row. By `reports.services`."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="orders")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="paper_orders", verbose_name="ผู้สั่ง"
    )
    at = models.DateTimeField("สั่งเมื่อ")

    class Meta:
        verbose_name = "การสั่งพิมพ์"
        verbose_name_plural = "การสั่งพิมพ์"
        constraints = [models.UniqueConstraint(fields=["paper", "by"], name="paperorder_once")]

    def __str__(self) -> str:
        return f"{self.by} · {self.paper}"
