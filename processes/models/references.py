"""Terms, forms and laws of an edition, and the forms and laws as things of their own."""

from django.db import models

from processes.models.standard import Edition


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
