"""What tests of several rooms need: a place for files elsewhere, a worker elsewhere."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as set_up
from django.db import connection

from portal.demo.management.commands.run_portal import worker
from portal.demo.supervising import Child
from tests.factories.bucket import S3Server


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """One server for all tests of this process."""
    server = S3Server()
    yield server
    server.stop()


@pytest.fixture
def bucket(s3_server: S3Server, settings: Any) -> S3Server:
    """Files are kept in an empty bucket of a real S3 server."""
    s3_server.empty()
    settings.STORAGES = {**settings.STORAGES, **s3_server.storages()}
    return s3_server


@pytest.fixture
def start_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Child]]:
    """Starts a worker with its scheduler: the database of this test, a folder of its own.

    Leases and sweeps are short, and it knows the errands of `tests.portal.jobs.drill`.
    """
    started: list[Child] = []

    def start(**environment: str) -> Child:
        (tmp_path / "queue").mkdir()
        for name, value in {
            "PORTAL_VAR": str(tmp_path),
            "DATABASE_URL": _database_url(),
            "BROKER_URL": set_up.CELERY_BROKER_URL,
            "JOB_LEASE_SECONDS": "3",
            "JOB_SWEEP_SECONDS": "1",
            **environment,
        }.items():
            monkeypatch.setenv(name, value)
        child = worker(0)
        child.command = [
            *child.command,
            f"--schedule={tmp_path / 'schedule'}",
            "--include=tests.portal.jobs.drill",
        ]
        child.start()
        started.append(child)
        return child

    yield start
    for child in started:
        child.ask_to_stop()
        child.wait_or_kill(until=time.monotonic() + 1)


def _database_url() -> str:
    """How another process reaches the database of this test."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    person = f"{facts['USER']}:{facts['PASSWORD']}" if facts["PASSWORD"] else facts["USER"]
    return f"postgres://{person}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"
