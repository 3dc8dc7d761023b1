"""Papers that were asked for."""

from django.db import models

from portal.files.models import StoredFile
from portal.jobs.models import Job


class PaperKind(models.TextChoices):
    FLOWCHART = "flowchart", "ผังขั้นตอน"
    STANDARDS_TABLE = "standards_table", "ตารางมาตรฐานงาน"


class Paper(models.Model):
    """One paper, made from one state of its source; written by `reports.services`.

    `content_hash` is the digest of what was drawn: the same content is made once.
    """

    kind = models.CharField("ชนิด", max_length=20, choices=PaperKind)
    params = models.JSONField(default=dict)
    title = models.CharField("ชื่อเอกสาร", max_length=300)
    content_hash = models.CharField(max_length=64)
    code = models.CharField(max_length=32)
    job = models.ForeignKey(Job, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField("เก็บถึง")

    class Meta:
        verbose_name = "เอกสาร"
        verbose_name_plural = "เอกสาร"
        constraints = [
            models.UniqueConstraint(fields=["kind", "content_hash"], name="paper_made_once"),
            models.UniqueConstraint(fields=["code"], name="paper_code_once"),
        ]

    def __str__(self) -> str:
        return self.title
