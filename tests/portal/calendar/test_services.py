from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.audit.models import OfficeEvent
from portal.audit.services import verify
from portal.calendar.models import DayKind, DayOff
from portal.calendar.selectors import work_calendar
from portal.calendar.services import add_day, cancel_day
from portal.exceptions import RuleBroken, StateConflict
from tests.factories.calendar import make_day_off
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
FRIDAY = date(2026, 11, 27)
SATURDAY = date(2026, 11, 28)
FACTS: dict[str, Any] = {
    "kind": DayKind.SPECIAL,
    "name": "วันหยุดราชการเพิ่มเป็นกรณีพิเศษ",
    "source": "มติคณะรัฐมนตรี 17 พ.ย. 2569",
    "announced_on": date(2026, 11, 17),
}


def _add(day: date = FRIDAY, **changes: object) -> DayOff:
    return add_day(day, **{**FACTS, **changes}, by=make_user(), now=NOW)


def test_an_added_day_is_off_and_knows_who_added_it_and_when() -> None:
    by = make_user()
    day_off = add_day(FRIDAY, **FACTS, by=by, now=NOW)
    day_off.refresh_from_db()
    assert (day_off.added_by, day_off.added_at) == (by, NOW)
    assert not work_calendar().is_working(FRIDAY)


def test_adding_a_day_is_written_in_the_history_of_the_office() -> None:
    day_off = _add()
    event = OfficeEvent.objects.get()
    assert event.action == "calendar_added"
    assert event.subject == f"calendar.dayoff:{day_off.pk}"
    assert event.data == {
        "date": "2026-11-27",
        "kind": "special",
        "name": FACTS["name"],
        "source": FACTS["source"],
    }
    assert verify() == []


@pytest.mark.parametrize(
    ("day", "changes", "field"),
    [
        (date(2026, 12, 10), {}, "date"),  # stands already
        (date(2025, 9, 30), {}, "date"),  # before last fiscal year
        (date(2032, 10, 1), {}, "date"),  # more than five fiscal years ahead
        (FRIDAY, {"kind": DayKind.WORKING}, "date"),
        (SATURDAY, {"kind": DayKind.SPECIAL}, "date"),
        (SATURDAY, {"kind": DayKind.SUBSTITUTE}, "date"),
        (SATURDAY, {"kind": DayKind.CLOSURE}, "date"),
        (FRIDAY, {"name": "  "}, "name"),
        (FRIDAY, {"source": ""}, "source"),
        (FRIDAY, {"announced_on": date(2026, 11, 21)}, "announced_on"),
    ],
)
def test_a_day_that_breaks_a_rule_is_refused_beside_its_field(
    day: date, changes: dict[str, object], field: str
) -> None:
    before = DayOff.objects.count()
    with pytest.raises(RuleBroken) as refused:
        _add(day, **changes)
    assert refused.value.field == field
    assert (DayOff.objects.count(), OfficeEvent.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (SATURDAY, DayKind.WORKING),
        (SATURDAY, DayKind.OFFICIAL),
        (date(2025, 10, 1), DayKind.LOCAL),
        (date(2032, 9, 30), DayKind.REGIONAL),
        (FRIDAY, DayKind.CLOSURE),
    ],
)
def test_a_day_within_the_rules_is_accepted(day: date, kind: str) -> None:
    assert _add(day, kind=kind).kind == kind


def test_a_date_can_be_entered_again_after_it_was_cancelled() -> None:
    by = make_user()
    cancel_day(_add(), reason="พิมพ์ผิด", by=by, now=NOW)
    assert _add(name="วันหยุดเฉพาะจังหวัด", kind=DayKind.LOCAL).cancelled_at is None


def test_a_cancelled_day_stays_with_the_reason() -> None:
    by, day_off = make_user(), make_day_off(FRIDAY)
    cancel_day(day_off, reason=" คณะรัฐมนตรียกเลิก ", by=by, now=NOW)
    kept = DayOff.objects.get(pk=day_off.pk)
    assert (kept.cancelled_at, kept.cancelled_by, kept.cancel_reason) == (
        NOW,
        by,
        "คณะรัฐมนตรียกเลิก",
    )
    assert OfficeEvent.objects.get().action == "calendar_cancelled"


def test_cancelling_needs_a_reason() -> None:
    with pytest.raises(RuleBroken) as refused:
        cancel_day(make_day_off(FRIDAY), reason="  ", by=make_user(), now=NOW)
    assert refused.value.field == "reason"


def test_the_second_to_cancel_is_told_that_it_has_happened() -> None:
    day_off = make_day_off(FRIDAY)
    cancel_day(DayOff.objects.get(pk=day_off.pk), reason="ผิด", by=make_user(), now=NOW)
    with pytest.raises(StateConflict):
        cancel_day(day_off, reason="ผิด", by=make_user(), now=NOW)
    assert OfficeEvent.objects.count() == 1


def test_pressing_twice_adds_and_cancels_once() -> None:
    by = make_user()
    first = add_day(FRIDAY, **FACTS, by=by, now=NOW)
    assert add_day(FRIDAY, **FACTS, by=by, now=NOW) == first
    cancel_day(first, reason="ผิด", by=by, now=NOW)
    assert cancel_day(first, reason="ผิด", by=by, now=NOW) == first
    actions = list(OfficeEvent.objects.values_list("action", flat=True))
    assert actions == ["calendar_added", "calendar_cancelled"]


def test_the_same_day_by_another_person_is_refused() -> None:
    _add()
    with pytest.raises(RuleBroken):
        _add()


def test_a_day_long_past_is_not_cancelled_any_more() -> None:
    with pytest.raises(RuleBroken):
        cancel_day(make_day_off(date(2024, 7, 22)), reason="ผิด", by=make_user(), now=NOW)
