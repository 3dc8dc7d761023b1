"""Jobs: asked for once, taken by one, never forgotten, not tried for ever."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from kombu.exceptions import OperationalError as BrokerError

from portal.celery import app
from portal.exceptions import NotAllowed, StateConflict
from portal.jobs import services
from portal.jobs.models import Job, JobState
from tests.factories.errands import make_job, make_lost_job
from tests.factories.people import make_user

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
SOON = NOW + timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def nudges(monkeypatch):
    """What was said to the broker: (task, job id, queue)."""
    said = []

    def send_task(name, *, kwargs, queue, **options):
        said.append((name, kwargs["job_id"], queue))

    monkeypatch.setattr(app, "send_task", send_task)
    return said


def test_enqueue_writes_the_row_and_nudges_after_commit(nudges, django_capture_on_commit_callbacks):
    asker = make_user()
    with django_capture_on_commit_callbacks(execute=True):
        job = services.enqueue("make-paper", {"paper_id": 7}, asked_by=asker, now=NOW)
        assert nudges == []
    assert nudges == [("reports.tasks.make_paper", job.pk, "papers")]
    job.refresh_from_db()
    assert (job.state, job.params, job.asked_by, job.asked_at) == (
        JobState.QUEUED, {"paper_id": 7}, asker, NOW,
    )  # fmt: skip


def test_enqueue_with_the_same_key_is_the_same_job(nudges, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = services.enqueue("expire-papers", {}, key="expire-papers:2026-11-20", now=NOW)
        second = services.enqueue("expire-papers", {}, key="expire-papers:2026-11-20", now=SOON)
    assert second == first
    assert len(nudges) == 1


def test_enqueue_survives_a_broker_that_is_down(
    monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def refuse(*args, **kwargs):
        raise BrokerError("connection refused")

    monkeypatch.setattr(app, "send_task", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        job = services.enqueue("make-paper", {}, now=NOW)
    assert Job.objects.get().state == JobState.QUEUED
    assert [record.getMessage() for record in caplog.records] == [
        f"no broker to tell of {job}, the sweeper will: connection refused"
    ]


def test_claim_takes_a_queued_job_once():
    job = make_job(now=NOW)
    mine = services.claim(job.pk, now=NOW)
    assert mine is not None
    assert (mine.state, mine.attempts, mine.started_at, mine.lease_until) == (
        JobState.RUNNING, 1, NOW, NOW + services.LEASE,
    )  # fmt: skip
    assert services.claim(job.pk, now=NOW) is None


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_claim_leaves_an_ended_job_alone(state):
    job = make_job(state=state)
    assert services.claim(job.pk, now=NOW) is None


def test_claim_of_a_job_that_does_not_exist_is_nothing():
    assert services.claim(404, now=NOW) is None


def test_say_keeps_progress_and_renews_the_lease():
    job = services.claim(make_job(now=NOW).pk, now=NOW)
    services.say(job, 2, 8, "กำลังวาดผัง", now=SOON)
    job.refresh_from_db()
    assert (job.done, job.total, job.saying, job.percent) == (2, 8, "กำลังวาดผัง", 25)
    assert job.lease_until == SOON + services.LEASE


def test_keep_renews_the_lease():
    job = services.claim(make_job(now=NOW).pk, now=NOW)
    services.keep(job, now=SOON)
    job.refresh_from_db()
    assert job.lease_until == SOON + services.LEASE


def test_finish_ends_the_job():
    job = services.claim(make_job(now=NOW).pk, now=NOW)
    services.finish(job, now=SOON)
    job.refresh_from_db()
    assert (job.state, job.ended_at, job.lease_until, job.percent, job.ended) == (
        JobState.DONE, SOON, None, 100, True,
    )  # fmt: skip


def test_fail_keeps_what_the_person_reads():
    job = services.claim(make_job(now=NOW).pk, now=NOW)
    services.fail(job, "ไม่มีขั้นตอนให้วาด", now=SOON)
    job.refresh_from_db()
    assert (job.state, job.error, job.ended_at) == (JobState.FAILED, "ไม่มีขั้นตอนให้วาด", SOON)


@pytest.mark.parametrize("change", ["say", "keep", "finish", "fail", "put_back"])
def test_a_worker_whose_job_was_given_to_another_changes_nothing(change):
    slow = services.claim(make_lost_job(now=NOW, state="queued").pk, now=NOW)
    Job.objects.filter(pk=slow.pk).update(lease_until=NOW - timedelta(seconds=1))
    services.sweep(now=NOW)
    other = services.claim(slow.pk, now=NOW)
    words = {"say": (1, 2, "…"), "fail": ("ผิด",), "put_back": ("ผิด",)}.get(change, ())
    with pytest.raises(services.LeaseLost):
        getattr(services, change)(slow, *words, now=SOON)
    other.refresh_from_db()
    assert (other.state, other.attempts, other.lease_until) == (
        JobState.RUNNING, 3, NOW + services.LEASE,
    )  # fmt: skip


def test_put_back_waits_for_the_sweeper(nudges):
    job = services.claim(make_job(now=NOW).pk, now=NOW)
    services.put_back(job, "ฐานข้อมูลไม่ว่าง", now=NOW)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.QUEUED, "ฐานข้อมูลไม่ว่าง")
    assert services.sweep(now=SOON) == 1
    assert nudges == [("reports.tasks.make_paper", job.pk, "papers")]


def test_put_back_ends_after_the_last_attempt():
    job = make_job(now=NOW, attempts=services.MAX_ATTEMPTS - 1)
    services.put_back(services.claim(job.pk, now=NOW), "ฐานข้อมูลไม่ว่าง", now=NOW)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "ฐานข้อมูลไม่ว่าง")


def test_sweep_gives_a_job_without_a_worker_to_the_next(nudges):
    job = make_lost_job(now=NOW)
    assert services.sweep(now=NOW) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 1)
    assert nudges == [("reports.tasks.make_paper", job.pk, "papers")]


def test_sweep_stops_a_job_that_always_kills_its_worker(nudges):
    job = make_lost_job(now=NOW, attempts=services.MAX_ATTEMPTS)
    assert services.sweep(now=NOW) == 0
    job.refresh_from_db()
    assert (job.state, job.error, job.ended_at) == (
        JobState.FAILED, services.LOST_TOO_OFTEN, NOW,
    )  # fmt: skip
    assert nudges == []


def test_sweep_leaves_a_living_job_alone(nudges):
    job = make_lost_job(now=NOW, lease_until=SOON)
    assert services.sweep(now=NOW) == 0
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_sweep_nudges_a_waiting_job_once_a_minute(nudges):
    make_job(now=NOW)
    later = NOW + services.NUDGE_AGAIN
    assert [services.sweep(now=now) for now in (SOON, later, later + timedelta(seconds=15))] == [
        0, 1, 0,
    ]  # fmt: skip
    assert len(nudges) == 1


def test_sweep_ignores_ended_jobs(nudges):
    for state in ("done", "failed", "cancelled"):
        make_job(now=NOW, state=state, lease_until=NOW - timedelta(days=1))
    assert services.sweep(now=NOW) == 0


def test_cancel_by_who_asked_stops_a_running_job():
    asker = make_user()
    job = make_lost_job(now=NOW, lease_until=SOON, asked_by=asker)
    services.cancel(job, by=asker, now=NOW)
    assert (job.state, job.ended_at) == (JobState.CANCELLED, NOW)


def test_cancel_by_the_administrator_stops_any_job():
    job = make_job(now=NOW, asked_by=make_user())
    assert services.cancel(job, by=make_user(administers=True), now=NOW).state == "cancelled"


def test_cancel_by_another_person_is_refused():
    job = make_job(now=NOW, asked_by=make_user())
    with pytest.raises(NotAllowed):
        services.cancel(job, by=make_user(), now=NOW)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_cancel_again_is_harmless():
    asker = make_user()
    job = make_job(now=NOW, asked_by=asker)
    services.cancel(job, by=asker, now=NOW)
    assert services.cancel(job, by=asker, now=SOON).ended_at == NOW


def test_cancel_of_a_finished_job_is_a_conflict():
    asker = make_user()
    job = make_job(now=NOW, state="done", asked_by=asker)
    with pytest.raises(StateConflict, match="เสร็จแล้ว"):
        services.cancel(job, by=asker, now=NOW)


def test_ask_daily_asks_once_a_day(nudges):
    for now in (NOW, SOON, NOW + timedelta(days=1)):
        services.ask_daily(now=now, today=now.date())
    keys = Job.objects.filter(kind="expire-papers").order_by("pk").values_list("key", flat=True)
    assert list(keys) == ["expire-papers:2026-11-20", "expire-papers:2026-11-21"]


def test_a_live_job_without_a_lease_is_refused_by_the_database():
    job = make_job(now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(lease_until=None)


@pytest.mark.parametrize(
    ("sees", "administers", "is_asker"), [(1, False, True), (0, False, False), (1, True, False)]
)
def test_a_job_is_visible_to_who_asked_and_the_administrator(sees, administers, is_asker):
    user = make_user(administers=administers)
    make_job(now=NOW, asked_by=user if is_asker else make_user())
    assert Job.objects.visible_to(user).count() == sees
