"""What the scheduler asks for; see CELERY_BEAT_SCHEDULE in the settings for when."""

from celery import shared_task
from django.utils import timezone

from portal.jobs import services


@shared_task
def sweep() -> None:
    """Every few seconds: nothing that was asked for is forgotten."""
    services.sweep(now=timezone.now())


@shared_task
def ask_daily() -> None:
    """Every few minutes: the errands of this day, each once."""
    services.ask_daily(now=timezone.now(), today=timezone.localdate())
