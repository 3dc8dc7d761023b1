"""The one office this installation serves, and its running numbers."""

from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class OfficeKind(models.TextChoices):
    PRIMARY = "primary", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา"
    SECONDARY = "secondary", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา"


class Office(models.Model):
    """The settings of the office, one row; written by `office.services.save_settings`.

    A setting that comes from a law says so in its help text, which the settings page shows.
    """

    name = models.CharField("ชื่อสำนักงาน", max_length=200, default="สำนักงานเขตพื้นที่การศึกษา")
    short_name = models.CharField("ชื่อย่อ", max_length=60, default="สพท.")
    kind = models.CharField(
        "ประเภทเขตพื้นที่", max_length=10, choices=OfficeKind, default=OfficeKind.PRIMARY
    )
    address = models.TextField("ที่อยู่", blank=True)
    phone = models.CharField("โทรศัพท์", max_length=60, blank=True)
    thai_digits = models.BooleanField("ใช้เลขไทยในเอกสารพิมพ์", default=True)
    opens_at = models.TimeField("เวลาเปิดทำการ", default=time(8, 30))
    closes_at = models.TimeField("เวลาปิดทำการ", default=time(16, 30))
    own_day_moves = models.BooleanField(
        "วันสุดท้ายของสำนักงานเลื่อนเมื่อตรงกับวันหยุด",
        default=False,
        help_text=(
            "พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง พ.ศ. ๒๕๓๙ มาตรา ๖๔: "
            "งานที่เจ้าหน้าที่ต้องทำให้นับวันสุดท้ายแม้เป็นวันหยุด ใช้เฉพาะระยะเวลาที่เป็นวันปฏิทิน"
        ),
    )
    upload_limit_mb = models.PositiveSmallIntegerField(
        "ขนาดไฟล์สูงสุด (เมกะไบต์)",
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    proof_minutes = models.PositiveSmallIntegerField(
        "อายุการยืนยันตัวตนก่อนพิจารณา (นาที)",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="เมื่อยืนยันรหัสผ่านแล้ว พิจารณาเรื่องต่อได้ภายในเวลานี้โดยไม่ต้องยืนยันซ้ำ",
    )
    paper_keep_days = models.PositiveSmallIntegerField(
        "เก็บไฟล์ PDF ที่สั่งพิมพ์ไว้ (วัน)",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="สั่งพิมพ์ใหม่ได้เสมอ เอกสารที่แนบกับเรื่องไม่ถูกลบ",
    )
    backup_keep_days = models.PositiveSmallIntegerField(
        "เก็บแฟ้มสำรองข้อมูลไว้ (วัน)",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text="แฟ้มล่าสุดไม่ถูกลบแม้พ้นกำหนด",
    )
    access_log_days = models.PositiveSmallIntegerField(
        "เก็บข้อมูลจราจรทางคอมพิวเตอร์ไว้ (วัน)",
        default=90,
        validators=[MinValueValidator(90), MaxValueValidator(730)],
        help_text=(
            "พ.ร.บ. ว่าด้วยการกระทำความผิดเกี่ยวกับคอมพิวเตอร์ พ.ศ. ๒๕๕๐ มาตรา ๒๖: "
            "เก็บไม่น้อยกว่า ๙๐ วัน และขยายได้ไม่เกินสองปีเมื่อพนักงานเจ้าหน้าที่สั่ง"
        ),
    )
    is_demo = models.BooleanField("สำนักงานสาธิต", default=False, editable=False)

    class Meta:
        verbose_name = "ข้อมูลสำนักงาน"
        verbose_name_plural = "ข้อมูลสำนักงาน"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="office_only_one")]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """The last number given in a register in a year; written by `office.numbering`."""

    register = models.CharField("ทะเบียน", max_length=40)
    year = models.PositiveSmallIntegerField("ปี (พ.ศ.)")
    last = models.PositiveIntegerField("เลขล่าสุด", default=0)

    class Meta:
        verbose_name = "เลขทะเบียน"
        verbose_name_plural = "เลขทะเบียน"
        constraints = [
            models.UniqueConstraint(fields=["register", "year"], name="counter_one_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.last}/{self.year}"
