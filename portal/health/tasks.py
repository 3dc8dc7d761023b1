"""Heartbeats, one task per queue, and the access log's age."""

from celery import shared_task
from django.utils import timezone

from portal.health import access_log, services
from portal.jobs.models import Job
from portal.jobs.running import Progress, run
from portal.office.selectors import office


@shared_task
def beat(*, queue: str) -> None:
    """Every minute, on the queue it speaks for."""
    services.beat(queue, now=timezone.now())


@shared_task
def forget_access(*, job_id: int) -> None:
    """Remove the days of the access log that are older than the office keeps them."""
    run(job_id, _forget)


def _forget(_job: Job, _progress: Progress) -> None:
    access_log.forget(keep_days=office().access_log_days, today=timezone.localdate())
