"""The drill: a real worker is killed in the middle of a job."""

import os
import signal
import time

import pytest
from django.utils import timezone

from portal.jobs.models import Job
from portal.jobs.services import LOST_TOO_OFTEN, MAX_ATTEMPTS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def running_worker(start_worker):
    """The embedded worker with its scheduler, on the database of this test."""
    return start_worker()


def ask(kind, log):
    """A job as if its nudge had been lost: the sweeper finds it."""
    now = timezone.now()
    return Job.objects.create(
        kind=kind, params={"log": str(log)}, queue="quick", asked_at=now, lease_until=now
    )


def wait_until(condition, *, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.1)


def lines_of(log):
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def test_a_job_whose_worker_was_killed_is_done_once_by_the_next(running_worker, tmp_path):
    log = tmp_path / "log"
    job = ask("slow-once", log)
    wait_until(lambda: lines_of(log) == ["began 1"])
    os.kill(running_worker.process.pid, signal.SIGKILL)
    running_worker.process.wait()
    running_worker.start()
    wait_until(lambda: Job.objects.get(pk=job.pk).ended)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    assert lines_of(log) == ["began 1", "began 2", "ended 2"]


def test_a_job_that_always_kills_its_worker_stops_and_says_so(running_worker, tmp_path):
    log = tmp_path / "log"
    job = ask("deadly", log)
    wait_until(lambda: Job.objects.get(pk=job.pk).ended)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("failed", MAX_ATTEMPTS, LOST_TOO_OFTEN)
    assert lines_of(log) == ["began 1", "began 2", "began 3"]
