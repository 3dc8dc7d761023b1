"""The office's chain: what is written, and that a change of it is found."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from portal.audit.models import ChainHead, OfficeEvent
from portal.audit.services import record, verify
from tests.factories.people import make_unit, make_user
from tests.portal.audit.tampering import guards_lifted

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=ZoneInfo("Asia/Bangkok"))


def write(text="เหตุการณ์", **values):
    facts = {"by": None, "subject": "สำนักงาน", "now": NOW, **values}
    return record("office.save", text=text, **facts)


def test_first_event_starts_the_chain():
    event = write()
    assert (event.seq, event.previous, len(event.digest)) == (1, "", 64)


def test_next_event_follows_the_one_before():
    first, second = write(), write()
    assert (second.seq, second.previous) == (2, first.digest)


def test_event_says_who_what_and_about_what():
    user, unit = make_user(), make_unit()
    event = write("เพิ่มกลุ่ม", by=user, subject=unit, data={"on": date(2026, 11, 20), "n": 1})
    event.refresh_from_db()
    assert event.actor == user
    assert event.subject == f"accounts.unit:{unit.pk}"
    assert event.data == {"on": "2026-11-20", "n": 1}
    assert event.at == NOW


def test_untouched_chain_has_no_problems():
    write()
    write(by=make_user(), data={"was": {"name": "ก"}, "now": {"name": "ข"}})
    write(now=datetime(2026, 11, 21, 1, 0, tzinfo=UTC))
    assert verify() == []


def test_empty_chain_has_no_problems():
    assert verify() == []


@pytest.mark.parametrize(
    "change",
    [
        {"text": "ข้อความอื่น"},
        {"action": "other"},
        {"subject": "เรื่องอื่น"},
        {"data": {"x": 1}},
        {"at": datetime(2026, 11, 19, tzinfo=UTC)},
    ],
)
def test_changed_event_is_found(change):
    write(), write(), write()
    with guards_lifted():
        OfficeEvent.objects.filter(seq=2).update(**change)
    assert verify() == ["ลำดับที่ 2 ถูกแก้ไขหลังการบันทึก"]


def test_changed_actor_is_found():
    write(), write()
    user = make_user()
    with guards_lifted():
        OfficeEvent.objects.filter(seq=1).update(actor=user)
    assert verify() == ["ลำดับที่ 1 ถูกแก้ไขหลังการบันทึก"]


def test_removed_event_is_found():
    write(), write(), write()
    with guards_lifted():
        OfficeEvent.objects.filter(seq=2).delete()
    assert verify() == [
        "ลำดับที่ 2 หายไป พบลำดับที่ 3 แทน",
        "ลำดับที่ 3 ไม่ต่อจากรายการก่อนหน้า",
    ]


def test_cut_tail_is_found():
    write(), write()
    with guards_lifted():
        OfficeEvent.objects.filter(seq=2).delete()
    assert verify() == ["รายการท้ายสุดของประวัติไม่ตรงกับที่บันทึกไว้"]


def test_rewritten_event_with_its_own_digest_breaks_the_next_link():
    first, _ = write(), write()
    with guards_lifted():
        OfficeEvent.objects.filter(seq=1).delete()
        ChainHead.objects.update(seq=0, digest="")
        write("ฉบับปลอม")
        ChainHead.objects.update(seq=2, digest=OfficeEvent.objects.get(seq=2).digest)
    assert verify() == ["ลำดับที่ 2 ไม่ต่อจากรายการก่อนหน้า"]
    assert first.text == "เหตุการณ์"


def test_event_of_a_rolled_back_change_leaves_no_gap():
    write()
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert write().seq == 2
    assert verify() == []
