"""The page of errands: one's own, all for the administrator, cancelled by a button."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.jobs.models import JobState
from tests.factories.errands import make_job
from tests.factories.people import make_user

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_user()


@pytest.fixture
def client(signed_in, person):
    return signed_in(person)


def test_the_list_shows_what_became_of_each_job(client, person):
    make_job(asked_by=person, state="failed", error="ผังนี้ไม่มีขั้นตอน", now=NOW)
    make_job(asked_by=person, state="running", done=1, total=4, saying="กำลังวาดผัง", now=NOW)
    response = client.get("/jobs/")
    for text in ("จัดทำเอกสาร PDF", "20 พ.ย. 2569", "ผังนี้ไม่มีขั้นตอน", "กำลังวาดผัง", 'value="25"'):
        assertContains(response, text)


def test_the_list_of_somebody_without_jobs_is_empty(client):
    make_job(asked_by=make_user())
    assertContains(client.get("/jobs/"), "ยังไม่มีงานเบื้องหลัง")


def test_the_administrator_sees_the_jobs_of_all(signed_in):
    make_job(asked_by=make_user(first_name="สาธิต"))
    assertContains(signed_in(make_user(administers=True)).get("/jobs/"), "สาธิต")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three_jobs(
    client, person, rows, django_assert_num_queries
):
    for _ in range(rows):
        make_job(asked_by=person)
    client.get("/jobs/")
    with django_assert_num_queries(6):
        client.get("/jobs/")


def test_cancel_stops_the_job_and_says_so(client, person):
    job = make_job(asked_by=person)
    response = client.post(f"/jobs/{job.pk}/cancel/", follow=True)
    assertRedirects(response, "/jobs/")
    assertContains(response, "ยกเลิกงาน “จัดทำเอกสาร PDF” แล้ว")
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_finished_job_has_no_button_and_refuses(client, person):
    job = make_job(asked_by=person, state="done", ended_at=NOW + timedelta(seconds=3))
    assertNotContains(client.get("/jobs/"), "ยืนยันยกเลิกงาน")
    response = client.post(f"/jobs/{job.pk}/cancel/")
    assertContains(response, "งานนี้สิ้นสุดไปก่อนแล้ว (เสร็จแล้ว)", status_code=409)


def test_the_job_of_another_person_does_not_exist(client):
    job = make_job(asked_by=make_user())
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 404


def test_cancel_by_looking_is_not_possible(client, person):
    job = make_job(asked_by=person)
    assert client.get(f"/jobs/{job.pk}/cancel/").status_code == 405
