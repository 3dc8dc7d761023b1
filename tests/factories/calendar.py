"""Days off for tests. What `migrate` seeded is there; real transactions end by emptying it."""

from datetime import date, datetime
from importlib import import_module

from django.apps import apps

from portal.calendar.models import DayKind, DayOff
from tests.factories.people import LONG_AGO

_migration = import_module("portal.calendar.migrations.0002_seed_2569_to_2571")


def fill_calendar() -> None:
    """The days `migrate` put in, after a test with real transactions emptied the tables."""
    if not DayOff.objects.exists():
        _migration.add_first_days(apps, None)


def make_day_off(
    day: date,
    name: str = "วันหยุดตัวอย่าง",
    *,
    kind: str = DayKind.SPECIAL,
    added_at: datetime = LONG_AGO,
) -> DayOff:
    return DayOff.objects.create(
        date=day, kind=kind, name=name, source="มติคณะรัฐมนตรี", added_at=added_at
    )
