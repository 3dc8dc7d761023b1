"""The health page, the word for machines, the access log."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from kombu.exceptions import OperationalError

from portal.health import access_log, services
from portal.health.models import Heartbeat
from portal.jobs.models import Job
from tests.factories.people import make_user
from tests.factories.uploads import make_stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_places(settings, tmp_path):
    settings.ACCESS_LOG_DIR = str(tmp_path / "access")
    settings.BACKUP_DIR = str(tmp_path / "backups")


def well(name: str, now) -> bool:
    return {sign.name: sign.well for sign in services.signs(now=now)}[name]


def test_machines_get_one_word_without_login():
    response = Client().get(reverse("health:alive"))
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.parametrize(("administers", "status"), [(True, 200), (False, 403)])
def test_the_full_page_is_the_administrators(signed_in, administers, status):
    person = make_user(administers=administers)
    assert signed_in(person).get(reverse("health:health")).status_code == status


def test_a_worker_is_well_only_while_it_gives_signs(now):
    name = "ตัวทำงานจัดทำเอกสาร"
    assert not well(name, now)
    services.beat("papers", now=now)
    assert well(name, now + timedelta(minutes=4))
    assert not well(name, now + timedelta(minutes=6))


def test_a_queue_has_one_heartbeat(now):
    services.beat("quick", now=now)
    services.beat("quick", now=now + timedelta(minutes=1))
    assert Heartbeat.objects.get().at == now + timedelta(minutes=1)


def test_a_broker_that_does_not_answer_is_told(now, monkeypatch):
    def nobody(*args, **kwargs):
        raise OperationalError("nobody there")

    monkeypatch.setattr("kombu.Connection.ensure_connection", nobody)
    assert not well("คิวงาน", now)


def test_an_office_never_backed_up_is_not_well(now):
    assert not well("สำรองข้อมูล", now)


def test_a_backup_made_on_another_machine_counts(now):
    done = {"kind": "back-up", "queue": "papers", "state": "done", "asked_at": now}
    Job.objects.create(**done, ended_at=now - timedelta(hours=30))
    assert well("สำรองข้อมูล", now)
    assert not well("สำรองข้อมูล", now + timedelta(hours=7))


def test_a_folder_of_files_that_was_not_mounted_is_told(now, settings, tmp_path):
    make_stored(make_user())
    assert well("ที่เก็บไฟล์", now)
    settings.MEDIA_ROOT = tmp_path / "empty"
    assert not well("ที่เก็บไฟล์", now)


def test_a_bucket_is_named_for_what_it_is(now, bucket):
    (sign,) = [sign for sign in services.signs(now=now) if sign.name == "ที่เก็บไฟล์"]
    assert (sign.well, sign.text) == (True, "ที่เก็บแบบ S3")


def test_a_folder_of_files_nobody_may_write_is_told(now, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file"
    assert not well("ที่เก็บไฟล์", now)


def test_machines_that_share_a_folder_write_a_log_each(monkeypatch):
    for machine in ("web-1", "web-2"):
        monkeypatch.setattr(access_log, "MACHINE", machine)
        Client().get(reverse("health:alive"))
    ends = [file.name.split(".")[1] for file in sorted(access_log.folder().iterdir())]
    assert ends == ["web-1", "web-2"]


def test_each_request_is_one_line_without_its_query_string(signed_in):
    person = make_user()
    response = signed_in(person).get("/notices/?secret=1")
    file = next(access_log.folder().iterdir())
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    line = lines[-1]
    assert (line["user"], line["method"], line["path"], line["status"]) == (
        person.pk, "GET", "/notices/", 200,
    )  # fmt: skip
    assert line["request_id"] == response["X-Request-ID"]
    assert "secret" not in file.read_text()


def test_days_past_the_setting_are_forgotten_and_no_others():
    for day in ("2026-01-01", "2026-08-21.web-2", "2026-08-22.web-1", "2026-08-22", "2026-11-20"):
        (access_log.folder() / f"access-{day}.jsonl").touch()
    removed = access_log.forget(keep_days=90, today=date(2026, 11, 20))
    assert [file.name for file in removed] == [
        "access-2026-01-01.jsonl",
        "access-2026-08-21.web-2.jsonl",
    ]
