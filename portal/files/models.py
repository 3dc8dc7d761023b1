"""Files as bytes with an identity. Who may read one is asked where it is attached."""

from django.conf import settings
from django.db import models


def path_of(sha256: str) -> str:
    """Where the bytes of this digest lie; two levels, so that no folder grows too long."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


class StoredFile(models.Model):
    """Bytes kept once, named by their SHA-256; written by `files.services.store`."""

    sha256 = models.CharField("ลายนิ้วมือไฟล์", max_length=64)
    size = models.PositiveBigIntegerField("ขนาด (ไบต์)")
    media_type = models.CharField("ชนิด", max_length=100)
    name = models.CharField("ชื่อไฟล์", max_length=200)
    path = models.CharField(max_length=200)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ผู้เพิ่ม"
    )
    added_at = models.DateTimeField("เพิ่มเมื่อ", auto_now_add=True)

    class Meta:
        verbose_name = "ไฟล์"
        verbose_name_plural = "ไฟล์"
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="storedfile_not_empty")
        ]

    def __str__(self) -> str:
        return self.name
