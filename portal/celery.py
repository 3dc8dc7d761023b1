"""The Celery application. Tasks are found in each room's `tasks.py`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("krabuan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# a tick nobody took in time is dropped: the next one does the same
app.conf.beat_schedule = {
    **{
        f"heartbeat-{queue}": {
            "task": "portal.health.tasks.beat",
            "schedule": 60.0,
            "kwargs": {"queue": queue},
            "options": {"queue": queue, "expires": 60},
        }
        for queue in ("quick", "papers")
    },
    "sweep": {
        "task": "portal.jobs.tasks.sweep",
        "schedule": 15.0,
        "options": {"queue": "quick", "expires": 15},
    },
    "ask-daily": {
        "task": "portal.jobs.tasks.ask_daily",
        "schedule": 300.0,
        "options": {"queue": "quick", "expires": 300},
    },
}
