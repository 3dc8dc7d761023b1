"""Signs of life."""

from django.db import models


class Heartbeat(models.Model):
    """When a queue's workers last did something; written by `health.services.beat`."""

    queue = models.CharField("คิว", max_length=20)
    at = models.DateTimeField("เมื่อ")

    class Meta:
        verbose_name = "สัญญาณชีพ"
        verbose_name_plural = "สัญญาณชีพ"
        constraints = [models.UniqueConstraint(fields=["queue"], name="heartbeat_one_per_queue")]

    def __str__(self) -> str:
        return f"{self.queue} {self.at}"
