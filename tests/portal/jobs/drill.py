"""Errands for the drill: imported by the worker under test only, never by the tests."""

import os
import signal
import time
from pathlib import Path

from celery import shared_task

from portal.celery import app
from portal.jobs.kinds import KINDS, QUICK, Kind
from portal.jobs.models import Job
from portal.jobs.running import Progress, run

# a Redis that other tests use too keeps the drill's queues apart
app.conf.broker_transport_options = {
    **app.conf.broker_transport_options,
    "global_keyprefix": os.environ["PORTAL_VAR"],
}
KINDS["slow-once"] = Kind("ซ้อม", QUICK, "tests.portal.jobs.drill.slow_once")
KINDS["deadly"] = Kind("ซ้อม", QUICK, "tests.portal.jobs.drill.deadly")


@shared_task
def slow_once(*, job_id: int) -> None:
    """Takes for ever the first time, no time the second."""
    run(job_id, _slow_once)


@shared_task
def deadly(*, job_id: int) -> None:
    """Kills whoever tries."""
    run(job_id, _deadly)


def _slow_once(job: Job, _progress: Progress) -> None:
    _note(job, "began")
    if job.attempts == 1:
        time.sleep(120)
    _note(job, "ended")


def _deadly(job: Job, _progress: Progress) -> None:
    _note(job, "began")
    os.kill(os.getpid(), signal.SIGKILL)


def _note(job: Job, what: str) -> None:
    with Path(job.params["log"]).open("a", encoding="utf-8") as log:
        log.write(f"{what} {job.attempts}\n")
