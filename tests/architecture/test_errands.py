"""Every kind of errand is done by exactly one task, on a queue that is served."""

import pytest

from portal.celery import app
from portal.demo.management.commands.run_portal import worker
from portal.jobs.kinds import KINDS, PAPERS, QUICK

# what the scheduler itself runs: no errand, no row
TICKS = {
    "portal.jobs.tasks.sweep",
    "portal.jobs.tasks.ask_daily",
    "portal.health.tasks.beat",
}


@pytest.fixture(scope="module")
def tasks():
    """The names of all tasks the project has."""
    app.loader.import_default_modules()
    return sorted(name for name in app.tasks if not name.startswith("celery."))


def test_every_kind_has_exactly_one_task_and_every_task_a_kind(tasks):
    assert tasks == sorted([kind.task for kind in KINDS.values()] + list(TICKS))


def test_every_tick_of_the_scheduler_is_a_task():
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} == TICKS


def test_every_queue_is_served():
    assert {kind.queue for kind in KINDS.values()} <= {QUICK, PAPERS}
    assert f"{QUICK},{PAPERS}" in worker(8000).command
