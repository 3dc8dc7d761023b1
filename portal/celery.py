"""The Celery application. Tasks are found in each room's `tasks.py`, its clock in the settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("krabuan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
