"""Production refuses to start on insecure or lossy settings, and says which.

Asked by gunicorn (`portal.wsgi`), and by a Celery worker or beat (`portal.health.apps`).
"""

from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from portal.files.checking import place_problem

SHORTEST_KEY = 50


def refuse_insecure() -> None:
    """Raise ImproperlyConfigured naming every problem; nothing outside production."""
    problems = problems_found()
    if problems:
        raise ImproperlyConfigured("เริ่มระบบไม่ได้: " + " · ".join(problems))


def problems_found() -> list[str]:
    """Every reason not to start, in Thai; empty outside production."""
    if not settings.PRODUCTION:
        return []
    return [
        *_settings_problems(),
        *_broker_problems(),
        *_database_problems(),
        *_files_problems(),
    ]


def _settings_problems() -> list[str]:
    weak = len(settings.SECRET_KEY) < SHORTEST_KEY or settings.SECRET_KEY.startswith("django-")
    open_hosts = not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS
    said = {
        f"SECRET_KEY ต้องยาวอย่างน้อย {SHORTEST_KEY} ตัวอักษร": weak,
        "DEBUG ต้องปิด": settings.DEBUG,
        "ALLOWED_HOSTS ต้องระบุชื่อเครื่อง และห้ามใช้ *": open_hosts,
        "ต้องบังคับใช้ HTTPS": not settings.SECURE_SSL_REDIRECT,
    }
    return [text for text, wrong in said.items() if wrong]


def _broker_problems() -> list[str]:
    url = settings.CELERY_BROKER_URL
    if urlsplit(url).scheme not in ("redis", "rediss"):
        return ["BROKER_URL ต้องเป็น Redis (redis://…)"]
    try:
        client = redis.Redis.from_url(url, socket_timeout=5)
        facts = {**client.config_get("appendonly"), **client.config_get("maxmemory-policy")}
    except redis.RedisError:
        # the row is the truth: the portal starts without its broker and nudges later
        return []
    said = {
        "Redis ต้องเปิด appendonly เพื่อไม่ให้คิวหาย": facts.get("appendonly") != "yes",
        "Redis ต้องใช้ maxmemory-policy noeviction": facts.get("maxmemory-policy") != "noeviction",
    }
    return [text for text, wrong in said.items() if wrong]


def _database_problems() -> list[str]:
    if connection.vendor != "postgresql":
        return ["DATABASE_URL ต้องเป็น PostgreSQL"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        ctype = cursor.fetchone()[0]
    plain = ctype in ("C", "POSIX")
    return ["ฐานข้อมูลใช้ LC_CTYPE C ซึ่งเทียบคำภาษาไทยไม่ได้ ให้สร้างใหม่ด้วย C.UTF-8"] if plain else []


def _files_problems() -> list[str]:
    problem = place_problem()
    return [f"FILES_URL: {problem}"] if problem else []
