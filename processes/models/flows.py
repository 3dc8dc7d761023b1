"""One standards table with its chart: rows and checklist."""

from django.db import models
from django.db.models import Q

from processes.labels import DECIDES, KINDS, NEEDS, PERS, UNITS, choices
from processes.models.standard import Edition


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
