"""Errands for tests: a job in any state."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from portal.jobs import services
from portal.jobs.models import Job


def make_job(*, now: datetime | None = None, **values: Any) -> Job:
    """A queued job of a kind that exists; `values` put it in another state."""
    job = services.enqueue("make-paper", {"paper_id": 0}, now=now or timezone.now())
    Job.objects.filter(pk=job.pk).update(**values)
    job.refresh_from_db()
    return job


def make_lost_job(*, now: datetime, **values: Any) -> Job:
    """A running job whose worker has been silent for longer than its lease."""
    silent = {"state": "running", "attempts": 1, "lease_until": now - timedelta(seconds=1)}
    return make_job(now=now, **{**silent, **values})
