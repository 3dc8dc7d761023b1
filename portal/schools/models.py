"""The schools of the area, as the register names them."""

from django.core.validators import RegexValidator
from django.db import models


class School(models.Model):
    """A school that people sign in for; written by `schools.services`."""

    code = models.CharField(
        "รหัสสถานศึกษา (สพฐ. 8 หลัก)",
        max_length=8,
        validators=[RegexValidator(r"^[0-9]{8}\Z", "รหัส สพฐ. ต้องเป็นตัวเลข 8 หลัก")],
    )
    ministry_code = models.CharField(
        "รหัสกระทรวง (10 หลัก)",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{10}\Z", "รหัสกระทรวงต้องเป็นตัวเลข 10 หลัก")],
    )
    name = models.CharField("ชื่อสถานศึกษา", max_length=200)
    sort_key = models.CharField(max_length=400, editable=False)
    search_text = models.CharField(max_length=600, blank=True, editable=False)

    class Meta:
        verbose_name = "สถานศึกษา"
        verbose_name_plural = "สถานศึกษา"
        ordering = ["sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["code"], name="school_code_once")]

    def __str__(self) -> str:
        return self.name
