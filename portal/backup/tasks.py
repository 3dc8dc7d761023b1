"""The nightly errand."""

from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from portal.backup import services
from portal.jobs.models import Job
from portal.jobs.running import Progress, run


@shared_task
def back_up(*, job_id: int) -> None:
    """Back up the office and forget what is older than the setting keeps."""
    run(job_id, _back_up)


def _back_up(_job: Job, _progress: Progress) -> None:
    folder, now = Path(settings.BACKUP_DIR), timezone.now()
    services.backup(folder, now=now)
    services.forget_old(folder, now=now)
