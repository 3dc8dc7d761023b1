"""Official letters: the memo of a row, the order it needs, the letter that started it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflows.cases.models import Task


class LetterKind(models.TextChoices):
    MEMO = "memo", "บันทึกข้อความ"
    ORDER = "order", "คำสั่ง"
    OUTGOING = "outgoing", "หนังสือส่ง"
    INCOMING = "incoming", "หนังสือรับ"


class Urgency(models.TextChoices):
    NORMAL = "", "ปกติ"
    URGENT = "urgent", "ด่วน"
    VERY = "very", "ด่วนมาก"
    MOST = "most", "ด่วนที่สุด"


class Letter(models.Model):
    """A letter of a task; written by `letters.services`.

    `fields` holds the parts of its kind (a memo's five parts; an order's authority and signer).
    Number and date come after signing, together. `number` is what is printed;
    an incoming letter keeps its sender's. One order or incoming letter may serve several cases
    and rounds, so a number is not refused for having been used.
    `version` counts savings and `edited_in` names the page they came from: who opened an older
    one elsewhere is told before he writes over it.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="letters", verbose_name="งาน")
    kind = models.CharField("ประเภท", max_length=10, choices=LetterKind)
    sender = models.CharField("จาก", max_length=200, blank=True)
    to = models.CharField("เรียน/ถึง", max_length=200, blank=True)
    subject = models.CharField("เรื่อง", max_length=300, blank=True)
    urgency = models.CharField("ชั้นความเร็ว", max_length=8, choices=Urgency, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    number = models.CharField("ที่", max_length=60, blank=True)
    dated_on = models.DateField("ลงวันที่", null=True, blank=True)
    received_number = models.CharField("เลขรับ", max_length=40, blank=True)
    received_on = models.DateField("วันที่รับ", null=True, blank=True)
    deadline = models.DateField("กำหนดส่ง", null=True, blank=True)
    told_on = models.DateField("แจ้งผู้เกี่ยวข้องวันที่", null=True, blank=True)
    version = models.PositiveIntegerField("บันทึกครั้งที่", default=0)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ผู้บันทึกล่าสุด"
    )
    edited_at = models.DateTimeField("บันทึกล่าสุดเมื่อ")
    edited_in = models.CharField(max_length=24, blank=True)

    class Meta:
        verbose_name = "หนังสือ"
        verbose_name_plural = "หนังสือ"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "kind"], name="letter_one_of_kind"),
            models.CheckConstraint(
                condition=Q(number="", dated_on__isnull=True)
                | (~Q(number="") & Q(dated_on__isnull=False)),
                name="letter_number_with_date",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | Q(dated_on__isnull=False),
                name="letter_told_after_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} {self.subject}".strip()


class Member(models.Model):
    """Whom an order appoints, in printed order; written by `letters.services`."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="บุคลากรในระบบ",
    )
    name = models.CharField("ชื่อ–สกุล", max_length=200)
    post = models.CharField("ตำแหน่ง", max_length=200, blank=True)
    role = models.CharField("หน้าที่ในคณะทำงาน", max_length=120)

    class Meta:
        verbose_name = "กรรมการ/คณะทำงาน"
        verbose_name_plural = "กรรมการ/คณะทำงาน"
        ordering = ["letter_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "position"], name="member_position_once")
        ]

    def __str__(self) -> str:
        return self.name
