"""Production refuses to start on what would be insecure or lose work, and says which."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from portal.files import place
from portal.health import startup

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(settings, monkeypatch):
    """A sound production but for the database and broker of this test run."""
    settings.PRODUCTION = True
    settings.SECRET_KEY = "k" * 60
    settings.ALLOWED_HOSTS = ["portal.example"]
    settings.SECURE_SSL_REDIRECT = True
    monkeypatch.setattr(startup, "_broker_problems", list)
    monkeypatch.setattr(startup, "_database_problems", list)
    return settings


def test_nothing_is_asked_of_the_embedded_mode(settings):
    settings.SECRET_KEY = "short"
    assert startup.problems_found() == []


def test_a_sound_production_starts(production):
    startup.refuse_insecure()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("DEBUG", True, "DEBUG"),
        ("ALLOWED_HOSTS", [], "ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS"),
        ("SECURE_SSL_REDIRECT", False, "HTTPS"),
    ],
)
def test_each_insecure_setting_is_named(production, name, value, said):
    setattr(production, name, value)
    with pytest.raises(ImproperlyConfigured, match=said):
        startup.refuse_insecure()


def test_a_broker_that_is_not_redis_is_refused(settings):
    settings.CELERY_BROKER_URL = "filesystem://"
    assert startup._broker_problems() == ["BROKER_URL ต้องเป็น Redis (redis://…)"]


def test_a_broker_away_for_a_moment_is_no_reason(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert startup._broker_problems() == []


def test_a_redis_that_forgets_is_refused(settings, monkeypatch):
    facts = {"appendonly": "no", "maxmemory-policy": "allkeys-lru"}
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:6379/0"
    monkeypatch.setattr("redis.Redis.config_get", lambda _self, name: {name: facts[name]})
    assert [problem.split()[0] for problem in startup._broker_problems()] == ["Redis", "Redis"]


@pytest.mark.parametrize(
    ("facts", "said"),
    [({"key_id": "nobody"}, "FILES_KEY_ID"), ({"secret_key": "wrong"}, "FILES_SECRET_KEY")],
)
def test_a_bucket_that_does_not_let_us_in_is_refused(production, s3_server, facts, said):
    production.STORAGES = {**production.STORAGES, **s3_server.storages(**facts)}
    with pytest.raises(ImproperlyConfigured, match=f"เริ่มระบบไม่ได้: FILES_URL: .*{said}"):
        startup.refuse_insecure()


def test_a_bucket_nobody_answers_for_is_refused(production):
    url = "s3://office?endpoint=http://127.0.0.1:1"
    bucket = place.storage(url, key_id="id", secret_key="secret")
    production.STORAGES = {**production.STORAGES, "default": bucket}
    with pytest.raises(ImproperlyConfigured, match="ติดต่อไม่ได้"):
        startup.refuse_insecure()


def test_a_sound_bucket_is_no_reason(production, bucket):
    startup.refuse_insecure()


def test_a_folder_nobody_may_write_is_refused(production, tmp_path):
    (tmp_path / "file").touch()
    production.MEDIA_ROOT = tmp_path / "file"
    with pytest.raises(ImproperlyConfigured, match="FILES_URL"):
        startup.refuse_insecure()


def test_the_database_must_be_postgresql_with_words():
    found = startup._database_problems()
    assert bool(found) == (connection.vendor == "sqlite")
