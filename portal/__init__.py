"""The house: settings, addresses, Celery, and the nouns every other room points at."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
