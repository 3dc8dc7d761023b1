"""The only writer of the register of schools."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.audit.changes import changes_of
from portal.audit.permissions import Keeper, demand_administrator
from portal.audit.saving import refusing_doubles
from portal.audit.services import record
from portal.schools.models import School
from portal.thai.searching import search_text
from portal.thai.sorting import sort_key

FACTS = ("code", "ministry_code", "name")
CODE_TAKEN = "มีสถานศึกษาที่ใช้รหัสนี้แล้ว"


@transaction.atomic
def add_school(facts: Mapping[str, Any], *, by: Keeper, now: datetime) -> School:
    """Add a school. `facts` are fields of FACTS."""
    demand_administrator(by)
    school = School(**facts)
    _index(school)
    with refusing_doubles(CODE_TAKEN, field="code"):
        school.save()
    text = f"เพิ่ม{school.name} รหัส {school.code}"
    record("school_added", by=by, subject=school, text=text, now=now)
    return school


@transaction.atomic
def change_school(school: School, facts: Mapping[str, Any], *, by: Keeper, now: datetime) -> School:
    """Change what the register says of a school."""
    demand_administrator(by)
    school = School.objects.select_for_update().get(pk=school.pk)
    before = {name: getattr(school, name) for name in FACTS}
    for name in FACTS:
        setattr(school, name, facts.get(name, before[name]))
    changes = changes_of(school, before)
    if not changes.labels:
        return school
    _index(school)
    with refusing_doubles(CODE_TAKEN, field="code"):
        school.save(update_fields=[*FACTS, "sort_key", "search_text"])
    text = f"แก้ไข{school.name}: {', '.join(changes.labels)}"
    record("school_changed", by=by, subject=school, text=text, data=changes.data(), now=now)
    return school


def _index(school: School) -> None:
    school.sort_key = sort_key(school.name)
    school.search_text = search_text(school.name, school.code, school.ministry_code)
