"""The only writer of the office's settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.audit.changes import changes_of
from portal.audit.permissions import Keeper, demand_administrator
from portal.audit.services import record
from portal.exceptions import RuleBroken
from portal.office.models import Office

FACTS = tuple(
    field.name for field in Office._meta.concrete_fields if field.editable and field.name != "id"
)


@transaction.atomic
def save_settings(facts: Mapping[str, Any], *, by: Keeper, now: datetime) -> Office:
    """Save the fields of FACTS that are given; the history keeps them before and after."""
    demand_administrator(by)
    office, _ = Office.objects.select_for_update().get_or_create(pk=1)
    office.refresh_from_db()
    before = {name: getattr(office, name) for name in FACTS}
    for name in FACTS:
        setattr(office, name, facts.get(name, before[name]))
    if office.closes_at <= office.opens_at:
        raise RuleBroken("เวลาปิดทำการต้องอยู่หลังเวลาเปิด", field="closes_at")
    changes = changes_of(office, before)
    if not changes.labels:
        return office
    office.save(update_fields=list(changes.before))
    record(
        "office_changed",
        by=by,
        subject=office,
        text=f"แก้ไขข้อมูลสำนักงาน: {', '.join(changes.labels)}",
        data=changes.data(),
        now=now,
    )
    return office
