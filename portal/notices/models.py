"""What the portal tells a person."""

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """One thing one person should know; written by `notices.services.tell`."""

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="ถึง"
    )
    key = models.CharField(max_length=120)
    text = models.CharField("ข้อความ", max_length=300)
    path = models.CharField(max_length=200)
    urgent = models.BooleanField("ด่วน", default=False)
    created_at = models.DateTimeField("แจ้งเมื่อ", auto_now_add=True)
    read_at = models.DateTimeField("อ่านเมื่อ", null=True, blank=True)

    class Meta:
        verbose_name = "การแจ้งเตือน"
        verbose_name_plural = "การแจ้งเตือน"
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["to", "key"], name="notice_once")]
        indexes = [
            models.Index(
                fields=["to"], condition=models.Q(read_at__isnull=True), name="notice_unread"
            )
        ]

    def __str__(self) -> str:
        return self.text
