"""Writes jobs. The row is the truth; a Celery message only says "look at row N".

A message may be lost or come twice: claiming is one compare-and-set UPDATE, so a second nudge
finds nothing to do, and `sweep` nudges again what nobody took and what lost its worker.
"""

import logging
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from kombu.exceptions import OperationalError as BrokerError

from portal.celery import app
from portal.exceptions import NotAllowed, StateConflict
from portal.jobs.kinds import KINDS
from portal.jobs.models import LIVE, Job, JobQuerySet, JobState

if TYPE_CHECKING:
    from portal.accounts.models import User

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=settings.JOB_LEASE_SECONDS)
NUDGE_AGAIN = timedelta(seconds=settings.JOB_NUDGE_SECONDS)
NUDGES_PER_SWEEP = 200
MAX_ATTEMPTS = 3

LOST_TOO_OFTEN = (
    f"ระบบประมวลผลหยุดกลางคันขณะทำงานนี้ครบ {MAX_ATTEMPTS} ครั้งแล้ว จึงไม่ลองซ้ำอีก โปรดแจ้งผู้ดูแลระบบ"
)


class LeaseLost(Exception):
    """The job was cancelled, or went to another worker, while this one was at it."""


def enqueue(
    kind: str,
    params: dict[str, Any],
    *,
    asked_by: "User | None" = None,
    key: str | None = None,
    now: datetime,
) -> Job:
    """Write the errand down and tell a worker after commit; the same `key` is the same job."""
    facts = {
        "kind": kind,
        "params": params,
        "queue": KINDS[kind].queue,
        "asked_by": asked_by,
        "asked_at": now,
        "lease_until": now + NUDGE_AGAIN,
    }
    if key is None:
        job, is_new = Job.objects.create(**facts), True
    else:
        job, is_new = Job.objects.get_or_create(key=key, defaults=facts)
    if is_new:
        transaction.on_commit(partial(nudge, job))
    return job


def nudge(job: Job) -> None:
    """Tell the workers to look at the row. A broker that is down is no reason to fail."""
    try:
        app.send_task(
            KINDS[job.kind].task,
            kwargs={"job_id": job.pk},
            queue=job.queue,
            ignore_result=True,
            # once more at once, for a connection that went stale; a person is waiting
            retry_policy={"max_retries": 1, "interval_start": 0},
        )
    except (BrokerError, OSError) as error:
        logger.warning("no broker to tell of %s, the sweeper will: %s", job, error)


def claim(job_id: int, *, now: datetime) -> Job | None:
    """Take a queued job, or None when it is not there to be taken."""
    taken = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        lease_until=now + LEASE,
        started_at=now,
        done=0,
        saying="",
    )
    return Job.objects.get(pk=job_id) if taken else None


def say(job: Job, done: int, total: int, saying: str, *, now: datetime) -> None:
    """How far the work is, in Thai; renews the lease."""
    _change(job, done=done, total=total, saying=saying[:200], lease_until=now + LEASE)


def keep(job: Job, *, now: datetime) -> None:
    """A sign of life: renews the lease."""
    _change(job, lease_until=now + LEASE)


def finish(job: Job, *, now: datetime) -> None:
    """The work is done."""
    _change(job, state=JobState.DONE, lease_until=None, error="", ended_at=now)


def fail(job: Job, error: str, *, now: datetime) -> None:
    """The work cannot be done; `error` is what the person reads."""
    _change(job, state=JobState.FAILED, lease_until=None, error=error, ended_at=now)


def put_back(job: Job, error: str, *, now: datetime) -> None:
    """Something passing was in the way: the sweeper hands it out again, a few times."""
    if job.attempts >= MAX_ATTEMPTS:
        fail(job, error, now=now)
    else:
        _change(job, state=JobState.QUEUED, lease_until=now, error=error)


def cancel(job: Job, *, by: "User", now: datetime) -> Job:
    """Stop an errand; who asked for it or the administrator may."""
    if not (by.administers or job.asked_by_id == by.pk):
        raise NotAllowed("ยกเลิกได้เฉพาะผู้สั่งงานนี้หรือผู้ดูแลระบบ")
    stopped = Job.objects.filter(pk=job.pk, state__in=LIVE).update(
        state=JobState.CANCELLED, lease_until=None, ended_at=now
    )
    job.refresh_from_db()
    if not stopped and job.state != JobState.CANCELLED:
        raise StateConflict(f"งานนี้สิ้นสุดไปก่อนแล้ว ({job.get_state_display()}) จึงยกเลิกไม่ได้")
    return job


def sweep(*, now: datetime) -> int:
    """Take back what lost its worker and nudge what waits unheard; how many were nudged."""
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=JobState.FAILED, lease_until=None, error=LOST_TOO_OFTEN, ended_at=now
    )
    lost.update(state=JobState.QUEUED, lease_until=now)
    unheard = Job.objects.filter(state=JobState.QUEUED, lease_until__lte=now)
    nudged = 0
    for job in unheard.order_by("lease_until", "asked_at")[:NUDGES_PER_SWEEP]:
        same = Job.objects.filter(pk=job.pk, state=JobState.QUEUED, lease_until=job.lease_until)
        if same.update(lease_until=now + NUDGE_AGAIN):
            nudge(job)
            nudged += 1
    return nudged


def ask_daily(*, now: datetime, today: date) -> None:
    """Write down the errands of the day; two schedulers at once write each once."""
    for kind, errand in KINDS.items():
        if errand.daily:
            enqueue(kind, {}, key=f"{kind}:{today.isoformat()}", now=now)


def _mine(job: Job) -> JobQuerySet:
    """The row as long as this attempt holds it: `attempts` tells the claims apart."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


def _change(job: Job, **values: Any) -> None:
    if not _mine(job).update(**values):
        raise LeaseLost(str(job))
