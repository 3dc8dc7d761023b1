"""The office's own table of days off."""

from django.conf import settings
from django.db import models

from portal.thai.dates import WEEKDAYS


class DayKind(models.TextChoices):
    OFFICIAL = "official", "วันหยุดราชการ"
    SUBSTITUTE = "substitute", "วันหยุดชดเชย"
    SPECIAL = "special", "วันหยุดพิเศษตามมติคณะรัฐมนตรี"
    REGIONAL = "regional", "วันหยุดประจำภาค"
    LOCAL = "local", "วันหยุดเฉพาะพื้นที่"
    CLOSURE = "closure", "ปิดสำนักงาน"
    WORKING = "working", "วันทำการชดเชย (ตรงกับวันเสาร์–อาทิตย์)"


class DayOff(models.Model):
    """A date that departs from Monday to Friday; written by `calendar.services`, never deleted.

    A cancelled row stays, so the calendar as of any moment can be rebuilt.
    """

    date = models.DateField("วันที่")
    kind = models.CharField("ประเภท", max_length=12, choices=DayKind)
    name = models.CharField("ชื่อวัน", max_length=200)
    source = models.CharField("ที่มา", max_length=200)
    announced_on = models.DateField("ประกาศเมื่อ", null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ผู้เพิ่ม"
    )
    added_at = models.DateTimeField("เพิ่มเมื่อ")
    cancelled_at = models.DateTimeField("ยกเลิกเมื่อ", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ผู้ยกเลิก"
    )
    cancel_reason = models.CharField("เหตุผลที่ยกเลิก", max_length=200, blank=True)

    class Meta:
        verbose_name = "วันหยุด"
        verbose_name_plural = "วันหยุด"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["date"],
                condition=models.Q(cancelled_at__isnull=True),
                name="dayoff_one_per_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"

    @property
    def weekday(self) -> str:
        """The day of the week in Thai."""
        return WEEKDAYS[self.date.weekday()]

    @property
    def closes_office(self) -> bool:
        """Whether the office would be open but for this day."""
        return self.kind != DayKind.WORKING and self.date.weekday() < 5
