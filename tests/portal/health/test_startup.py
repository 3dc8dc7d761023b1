"""Production refuses to start on what would be insecure or lose work, and says which."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

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


def test_the_database_must_be_postgresql_with_words():
    found = startup._database_problems()
    assert bool(found) == (connection.vendor == "sqlite")
