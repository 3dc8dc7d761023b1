"""The drill: a real worker is killed in the middle of a job."""

import os
import signal
import time

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from portal.demo.management.commands.run_portal import worker
from portal.jobs.models import Job
from portal.jobs.services import LOST_TOO_OFTEN, MAX_ATTEMPTS

pytestmark = pytest.mark.django_db(transaction=True)


def database_url():
    """How another process reaches the database of this test."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    person = f"{facts['USER']}:{facts['PASSWORD']}" if facts["PASSWORD"] else facts["USER"]
    return f"postgres://{person}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


@pytest.fixture
def running_worker(tmp_path, monkeypatch):
    """The embedded worker with its scheduler, on the database of this test."""
    (tmp_path / "queue").mkdir()
    for name, value in {
        "PORTAL_VAR": str(tmp_path),
        "DATABASE_URL": database_url(),
        "BROKER_URL": settings.CELERY_BROKER_URL,
    }.items():
        monkeypatch.setenv(name, value)
    child = worker(0)
    child.command = [
        *child.command, f"--schedule={tmp_path / 'schedule'}", "--include=tests.portal.jobs.drill",
    ]  # fmt: skip
    child.start()
    yield child
    child.ask_to_stop()
    child.wait_or_kill(until=time.monotonic() + 1)


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
