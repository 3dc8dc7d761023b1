"""The standard as rows. Everything above works on `processes.shape`; `storage.py` translates."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from portal.accounts.models import AccountKind, Post, User
from processes.labels import DECIDES, KINDS, NEEDS, PERS, UNITS, choices


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


class Flow(models.Model):
    """One standards table with its chart, of an edition; a case runs a Flow."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="flows", verbose_name="ฉบับ")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField("รหัสผัง", max_length=60)
    phase = models.CharField("ระยะ", max_length=200, blank=True)
    table_name = models.CharField("ชื่อตาราง", max_length=400, blank=True)
    indicator = models.TextField("ตัวชี้วัดที่สำคัญ", blank=True)
    trigger = models.CharField("เหตุที่เริ่ม", max_length=400, blank=True)

    class Meta:
        verbose_name = "ผังกระบวนงาน"
        verbose_name_plural = "ผังกระบวนงาน"
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="flow_code_once"),
            models.UniqueConstraint(fields=["edition", "position"], name="flow_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition.shown_name}{' · ' + self.phase if self.phase else ''}"

    @property
    def shown_table_name(self) -> str:
        """The name over the printed table where the manual has another one than the process's."""
        return "" if self.edition.process.own_name else self.table_name


class Step(models.Model):
    """One row of the standards table. Order is `position`; `number` is what is printed."""

    flow = models.ForeignKey(Flow, models.CASCADE, related_name="steps", verbose_name="ผัง")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    number = models.CharField("ลำดับที่", max_length=20, blank=True)
    title = models.TextField("รายละเอียดงาน")
    chart_text = models.CharField("ข้อความในผัง", max_length=300)
    kind = models.CharField("ชนิด", max_length=10, choices=choices(KINDS))
    decides = models.CharField("ผู้บริหาร", max_length=12, blank=True, choices=choices(DECIDES))
    external = models.BooleanField("มาจากภายนอก", default=False)
    verb = models.CharField("คำที่ใช้ในการพิจารณา", max_length=60, blank=True)
    standard = models.TextField("มาตรฐานคุณภาพงาน", blank=True)
    standard_merged = models.BooleanField(default=False)
    responsible = models.CharField("ผู้รับผิดชอบ", max_length=300, blank=True)
    duration_min = models.PositiveSmallIntegerField(null=True, blank=True)
    duration_max = models.PositiveSmallIntegerField(null=True, blank=True)
    duration_unit = models.CharField(max_length=12, choices=choices(UNITS))
    duration_per = models.CharField(max_length=10, blank=True, choices=choices(PERS))
    duration_printed = models.CharField("เวลาดำเนินงาน", max_length=120, blank=True)
    duration_note = models.CharField(max_length=200, blank=True)
    duration_from = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="sharing_time"
    )
    duration_merged = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="sub_rows"
    )
    returns_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="returned_from"
    )
    return_label = models.CharField(max_length=120, blank=True)
    yes_label = models.CharField("คำตอบที่ผ่าน", max_length=60, blank=True)
    no_label = models.CharField("คำตอบที่ไม่ผ่าน", max_length=60, blank=True)
    optional = models.BooleanField("ถ้ามี", default=False)
    condition = models.CharField("เงื่อนไข", max_length=300, blank=True)
    chain = models.JSONField("สายการเสนอ", default=list, blank=True)
    source_note = models.TextField("หมายเหตุต้นฉบับ", blank=True)

    class Meta:
        verbose_name = "ขั้นตอน"
        verbose_name_plural = "ขั้นตอน"
        ordering = ["flow", "position"]
        constraints = [
            models.UniqueConstraint(fields=["flow", "position"], name="step_position_once"),
            models.UniqueConstraint(fields=["flow", "key"], name="step_key_once"),
            models.CheckConstraint(
                condition=(
                    Q(duration_unit__in=["working_day", "day", "hour", "minute", "month"])
                    & Q(duration_min__gte=1)
                    & Q(duration_max__gte=models.F("duration_min"))
                )
                | (
                    Q(duration_unit__in=["throughout", "per_plan", "included", "none"])
                    & Q(duration_min__isnull=True)
                    & Q(duration_max__isnull=True)
                ),
                name="step_duration_whole",
            ),
            models.CheckConstraint(
                condition=~Q(duration_unit="included") | Q(duration_from__isnull=False),
                name="step_included_names_row",
            ),
            models.CheckConstraint(
                condition=Q(duration_per="") | Q(duration_min__isnull=False),
                name="step_per_needs_number",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(decides=""),
                name="step_subrow_decides_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.chart_text}".strip()


class ChecklistItem(models.Model):
    """One detailed step of section 5, in its own order; a step's checklist is its items."""

    flow = models.ForeignKey(Flow, models.CASCADE, related_name="items", verbose_name="ผัง")
    step = models.ForeignKey(
        Step, models.CASCADE, null=True, blank=True, related_name="items", verbose_name="ขั้นตอน"
    )
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    number = models.CharField("ข้อ", max_length=20, blank=True)
    text = models.TextField("รายละเอียด")
    after_decision = models.BooleanField("ทำหลังการพิจารณา", default=False)
    condition = models.CharField("เงื่อนไข", max_length=300, blank=True)
    needs = models.CharField("ต้องมี", max_length=16, blank=True, choices=choices(NEEDS))

    source_note = models.TextField("หมายเหตุต้นฉบับ", blank=True)

    class Meta:
        verbose_name = "รายการตรวจสอบ"
        verbose_name_plural = "รายการตรวจสอบ"
        ordering = ["flow", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["flow", "position"], name="checklistitem_position_once"
            ),
            models.UniqueConstraint(fields=["flow", "key"], name="checklistitem_key_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Definition(models.Model):
    """A term of section 4 and its meaning."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="definitions")
    position = models.PositiveSmallIntegerField()
    term = models.CharField("คำ", max_length=300)
    meaning = models.TextField("ความหมาย")

    class Meta:
        verbose_name = "คำจำกัดความ"
        verbose_name_plural = "คำจำกัดความ"
        ordering = ["edition", "position"]

    def __str__(self) -> str:
        return self.term


class Form(models.Model):
    """The identity of a form, for "who uses this"; the printed words are on FormUse."""

    code = models.SlugField("รหัสแบบฟอร์ม", max_length=80)
    name = models.CharField("ชื่อแบบฟอร์ม", max_length=400)

    class Meta:
        verbose_name = "แบบฟอร์ม"
        verbose_name_plural = "แบบฟอร์ม"
        constraints = [models.UniqueConstraint(fields=["code"], name="form_code_once")]

    def __str__(self) -> str:
        return self.name


class FormUse(models.Model):
    """A form as an edition's section 7 names it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="forms")
    form = models.ForeignKey(Form, models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField()
    number = models.CharField("ข้อ", max_length=20, blank=True)
    printed = models.CharField("ชื่อที่พิมพ์", max_length=400)
    source_note = models.TextField(blank=True)

    class Meta:
        verbose_name = "แบบฟอร์มที่ใช้"
        verbose_name_plural = "แบบฟอร์มที่ใช้"
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="formuse_position_once")
        ]

    def __str__(self) -> str:
        return self.printed


class Law(models.Model):
    """The identity of a law, plan or rule, for "who cites this"."""

    code = models.SlugField("รหัสกฎหมาย/เอกสาร", max_length=80)
    name = models.CharField("ชื่อกฎหมาย/เอกสาร", max_length=400)

    class Meta:
        verbose_name = "กฎหมายและเอกสารอ้างอิง"
        verbose_name_plural = "กฎหมายและเอกสารอ้างอิง"
        constraints = [models.UniqueConstraint(fields=["code"], name="law_code_once")]

    def __str__(self) -> str:
        return self.name


class Citation(models.Model):
    """A reference as an edition's section 8 prints it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="citations")
    law = models.ForeignKey(Law, models.PROTECT, related_name="citations")
    position = models.PositiveSmallIntegerField()
    number = models.CharField("ข้อ", max_length=20, blank=True)
    printed = models.CharField("ข้อความที่พิมพ์", max_length=400)
    source_note = models.TextField(blank=True)

    class Meta:
        verbose_name = "เอกสารอ้างอิง"
        verbose_name_plural = "เอกสารอ้างอิง"
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="citation_position_once")
        ]

    def __str__(self) -> str:
        return self.printed
