"""The boundary: whatever the work does, the row says how it ended."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from portal.exceptions import RuleBroken
from portal.jobs import services
from portal.jobs.models import Job
from portal.jobs.running import run
from tests.factories.errands import make_job


def done_by(work):
    """Run a new job with `work`; the row afterwards."""
    job = make_job()
    run(job.pk, work)
    job.refresh_from_db()
    return job


def raising(error):
    def work(job, progress):
        raise error

    return work


@pytest.mark.django_db
def test_run_finishes_the_job_and_keeps_its_progress():
    def work(job, progress):
        progress(3, 4, "เหลือหน้าเดียว")

    job = done_by(work)
    assert (job.state, job.done, job.total, job.saying) == ("done", 3, 4, "เหลือหน้าเดียว")


@pytest.mark.django_db
def test_run_twice_does_the_work_once():
    seen = []
    job = make_job()
    for _ in range(2):
        run(job.pk, lambda job, progress: seen.append(job.attempts))
    assert seen == [1]


@pytest.mark.django_db
def test_run_of_a_refusal_fails_with_its_own_words():
    job = done_by(raising(RuleBroken("ผังนี้ไม่มีขั้นตอน")))
    assert (job.state, job.error) == ("failed", "ผังนี้ไม่มีขั้นตอน")


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("locked"), ConnectionError("gone")])
def test_run_of_a_passing_fault_is_tried_again(error, caplog):
    job = done_by(raising(error))
    assert (job.state, job.error) == ("queued", "ระบบขัดข้องชั่วคราว ยังทำงานนี้ไม่สำเร็จ")


@pytest.mark.django_db
def test_run_of_a_mistake_of_ours_fails_and_is_logged(caplog):
    job = done_by(raising(ZeroDivisionError("ours")))
    assert (job.state, job.error) == (
        "failed",
        f"เกิดข้อผิดพลาดที่ไม่คาดคิด โปรดแจ้งผู้ดูแลระบบพร้อมหมายเลขงาน {job.pk}",
    )
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.django_db
def test_run_of_a_cancelled_job_stops_at_its_next_word():
    reached = []

    def work(job, progress):
        Job.objects.filter(pk=job.pk).update(state="cancelled", lease_until=None)
        progress(1, 2, "ต่อ")
        reached.append("too far")

    assert done_by(work).state == "cancelled"
    assert reached == []


@pytest.mark.django_db(transaction=True)
def test_run_renews_the_lease_while_the_work_is_silent(monkeypatch):
    monkeypatch.setattr(services, "LEASE", timedelta(seconds=0.3))
    renewed = threading.Event()
    keep = services.keep

    def noticed(job, *, now):
        keep(job, now=now)
        renewed.set()

    monkeypatch.setattr(services, "keep", noticed)

    def work(job, progress):
        assert renewed.wait(10)
        assert Job.objects.get(pk=job.pk).lease_until > timezone.now() - timedelta(seconds=5)

    assert done_by(work).state == "done"
