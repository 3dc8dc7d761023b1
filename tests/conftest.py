"""What every test rests on."""

from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client, TransactionTestCase, override_settings
from hypothesis import settings as hypothesis_settings

from portal.accounts.models import User
from portal.celery import app
from portal.jobs.kinds import KINDS
from portal.jobs.models import Job, JobState
from tests.portal.audit.tampering import guards_lifted

# a busy machine is slow, which is no fault of a property
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

_empty_tables = TransactionTestCase._fixture_teardown


def _empty_guarded_tables_too(self: TransactionTestCase) -> None:
    """A test with real transactions ends by emptying every table, history as well."""
    with guards_lifted():
        _empty_tables(self)


TransactionTestCase._fixture_teardown = _empty_guarded_tables_too


def on_real_services() -> bool:
    """PostgreSQL and Redis are named by DATABASE_URL and BROKER_URL."""
    engine = settings.DATABASES["default"]["ENGINE"]
    return engine.endswith("postgresql") and settings.CELERY_BROKER_URL.startswith("redis")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if on_real_services():
        return
    reason = "needs PostgreSQL and Redis: set DATABASE_URL and BROKER_URL"
    for item in items:
        if "services" in item.keywords:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, Any]:
    """Where the real services are, a test that needs them may not look away."""
    report = yield
    if report.skipped and "services" in item.keywords and on_real_services():
        report.outcome, report.longrepr = "failed", f"skipped on real services: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as it runs for real: threads and processes see the same database."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _own_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files and nudges of tests stay out of var/, where a portal may be running."""
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        app.conf.update(broker_url="memory://", broker_transport_options={})
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        yield


@pytest.fixture
def now() -> datetime:
    """A working Friday morning: 20 พ.ย. 2569 10:00 น."""
    return datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client in which this person has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        # the first backend only guards logins and knows nobody
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def run_jobs() -> Callable[[], list[Job]]:
    """Do every queued errand here and now, as a worker would; what was done, in order."""
    app.loader.import_default_modules()

    def run() -> list[Job]:
        done = []
        while job := Job.objects.filter(state=JobState.QUEUED).order_by("pk").first():
            app.tasks[KINDS[job.kind].task](job_id=job.pk)
            job.refresh_from_db()
            if job.state == JobState.QUEUED:
                raise AssertionError(f"{job} went back into the queue: {job.error}")
            done.append(job)
        return done

    return run
