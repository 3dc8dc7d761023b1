"""Manuals, their processes and the editions of each, and what the office says of a process."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from portal.accounts.models import AccountKind, Post, User


class Manual(models.Model):
    """A work manual of the office; written by `processes.loading`."""

    code = models.SlugField("รหัสคู่มือ", max_length=40)
    title = models.CharField("ชื่อคู่มือ", max_length=300)
    unit_name = models.CharField("กลุ่มงานตามคู่มือ", max_length=300, blank=True)
    groups = models.JSONField("ลำดับกลุ่มกระบวนงาน", default=list, blank=True)
    position = models.PositiveSmallIntegerField("ลำดับคู่มือ", default=0)

    class Meta:
        verbose_name = "คู่มือ"
        verbose_name_plural = "คู่มือ"
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["code"], name="manual_code_once")]

    def __str__(self) -> str:
        return self.title


class ProcessQuerySet(models.QuerySet["Process"]):
    """Who sees which processes."""

    def visible_to(self, user: User) -> Self:
        """All to the office; to a school those that are in force."""
        if user.account == AccountKind.OFFICER:
            return self
        return self.filter(Exists(Edition.objects.in_force().filter(process=OuterRef("pk"))))

    def in_use(self, used: bool = True) -> Self:
        """Those the office uses, or those it has switched off."""
        return self.filter(adopted=used)


class Process(models.Model):
    """A work process of a manual, through all its editions.

    Number, group, name and search text are copied from the effective edition by
    `processes.editing`, so that lists need not look into editions. What the office says of the
    process itself, from `adopted` on, is written by `processes.adoption` alone.
    """

    manual = models.ForeignKey(Manual, models.PROTECT, related_name="processes", verbose_name="คู่มือ")
    code = models.SlugField("รหัสกระบวนงาน", max_length=60)
    number = models.CharField("ลำดับในคู่มือ", max_length=20, blank=True)
    group = models.CharField("กลุ่มกระบวนงาน", max_length=200, blank=True)
    name = models.CharField("ชื่อกระบวนงาน", max_length=400)
    sort_key = models.CharField(max_length=400, editable=False)
    search_text = models.TextField(editable=False)
    adopted = models.BooleanField("สำนักงานใช้กระบวนงานนี้", default=True)
    own_name = models.CharField("ชื่อที่สำนักงานใช้", max_length=400, blank=True)
    own_document_code = models.CharField("รหัสเอกสารของสำนักงาน", max_length=60, blank=True)
    own_search_text = models.TextField(editable=False, blank=True)
    in_charge = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="processes_in_charge",
        verbose_name="ตำแหน่งที่รับผิดชอบ",
    )
    stand_in = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="processes_standing_in",
        verbose_name="ตำแหน่งที่ทำแทน",
    )

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = "กระบวนงาน"
        verbose_name_plural = "กระบวนงาน"
        ordering = ["manual", "sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="process_code_once"),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True)
                | (Q(in_charge__isnull=False) & ~Q(stand_in=F("in_charge"))),
                name="process_stand_in_is_another",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """What people here call it; the manual's name where the office has none of its own."""
        return self.own_name or self.name


class TargetDays(models.Model):
    """Working days the office gives a row for which its manual prints no time.

    Written by `processes.adoption`. Never deleted: a changed target ends and the next begins,
    so the date of a row that opened before the change can be reckoned again.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="targets")
    flow_code = models.SlugField("รหัสผัง", max_length=60)
    step_key = models.SlugField(max_length=60)
    days = models.PositiveSmallIntegerField("เป้าหมาย (วันทำการ)")
    set_at = models.DateTimeField("กำหนดเมื่อ")
    ended_at = models.DateTimeField("เลิกใช้เมื่อ", null=True, blank=True)

    class Meta:
        verbose_name = "เป้าหมายเวลาของสำนักงาน"
        verbose_name_plural = "เป้าหมายเวลาของสำนักงาน"
        constraints = [
            models.UniqueConstraint(
                fields=["process", "flow_code", "step_key"],
                condition=Q(ended_at__isnull=True),
                name="targetdays_once",
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=366), name="targetdays_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("set_at")),
                name="targetdays_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.flow_code} {self.step_key}: {self.days}"


class EditionStatus(models.TextChoices):
    DRAFT = "draft", "ร่าง"
    EFFECTIVE = "effective", "ใช้บังคับ"
    RETIRED = "retired", "ยกเลิกแล้ว"


class EditionOrigin(models.TextChoices):
    CATALOGUE = "catalogue", "จากแฟ้มต้นฉบับ"
    OFFICE = "office", "สำนักงานแก้ไข"


class EditionQuerySet(models.QuerySet["Edition"]):
    """Who sees which editions."""

    def in_force(self) -> Self:
        """The effective ones."""
        return self.filter(status=EditionStatus.EFFECTIVE)

    def visible_to(self, user: User) -> Self:
        """All to the office; to a school not what is still a draft."""
        if user.account == AccountKind.OFFICER:
            return self
        return self.exclude(status=EditionStatus.DRAFT)


class Edition(models.Model):
    """One issue of a process; never changed once effective. By `processes.editing`, `loading`.

    `content_hash` is the digest of the plain form, stored by `editing.freeze`.
    `source_hash` is the digest of the catalogue file the edition was read from.
    """

    process = models.ForeignKey(
        Process, models.CASCADE, related_name="editions", verbose_name="กระบวนงาน"
    )
    number = models.PositiveSmallIntegerField("ฉบับที่")
    status = models.CharField(
        "สถานะ", max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT
    )
    printed_number = models.CharField("ลำดับในคู่มือ", max_length=20, blank=True)
    group = models.CharField("กลุ่มกระบวนงาน", max_length=200, blank=True)
    name = models.CharField("ชื่อกระบวนงาน", max_length=400)
    indicators = models.JSONField("ตัวชี้วัด", default=list, blank=True)
    objectives = models.JSONField("วัตถุประสงค์", default=list, blank=True)
    scope = models.TextField("ขอบเขตของงาน", blank=True)
    outputs = models.JSONField("ผลผลิต", default=list, blank=True)
    document_code = models.CharField("รหัสเอกสาร", max_length=60, blank=True)
    origin = models.CharField("ที่มา", max_length=10, choices=EditionOrigin)
    source_note = models.TextField("หมายเหตุต้นฉบับ", blank=True)
    source_hash = models.CharField(max_length=64, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    effective_on = models.DateField("ใช้บังคับตั้งแต่", null=True, blank=True)
    retired_on = models.DateField("เลิกใช้เมื่อ", null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "ฉบับ"
        verbose_name_plural = "ฉบับ"
        ordering = ["process", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["process"],
                condition=Q(status=EditionStatus.DRAFT),
                name="edition_one_in_preparation",
            ),
            models.UniqueConstraint(
                fields=["process"],
                condition=Q(status=EditionStatus.EFFECTIVE),
                name="edition_one_effective",
            ),
            models.CheckConstraint(
                condition=Q(status=EditionStatus.DRAFT) | ~Q(content_hash=""),
                name="edition_frozen_has_hash",
            ),
            models.CheckConstraint(
                condition=Q(status=EditionStatus.DRAFT) | Q(effective_on__isnull=False),
                name="edition_in_force_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name} ฉบับที่ {self.number}"

    @property
    def shown_name(self) -> str:
        """The office's own name of the process, else the name this edition has."""
        return self.process.own_name or self.name

    @property
    def shown_document_code(self) -> str:
        """The office's own document code, else the edition's."""
        return self.process.own_document_code or self.document_code
