"""The office's history in the browser."""

import pytest

from portal.audit.models import OfficeEvent
from portal.audit.services import record
from tests.factories.people import make_user
from tests.portal.audit.tampering import guards_lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return make_user("keeper", administers=True)


@pytest.fixture
def write(keeper, now):
    def write(text, action="office_changed", by=keeper):
        return record(action, by=by, subject="สำนักงาน", text=text, now=now)

    return write


def shown(client, query=""):
    return [event.text for event in client.get(f"/office/history/{query}").context["page"]]


def test_newest_event_comes_first(write, keeper, signed_in):
    write("หนึ่ง"), write("สอง")
    assert shown(signed_in(keeper)) == ["สอง", "หนึ่ง"]


def test_page_says_when_who_and_what(write, keeper, signed_in):
    write("แก้ไขชื่อสำนักงาน")
    write("เติมปฏิทิน", by=None)
    page = signed_in(keeper).get("/office/history/").content.decode()
    assert "20 พ.ย. 2569 10:00 น." in page
    assert keeper.full_name in page
    assert "ระบบ" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=ปฏิทิน", ["เติมปฏิทิน"]),
        ("?area=calendar", ["เติมปฏิทิน"]),
        ("?area=edition", ["นำเข้าฉบับ"]),
        ("?area=office&q=ปฏิทิน", []),
        ("?area=office", ["แก้ไขชื่อ"]),
    ],
)
def test_history_is_narrowed(write, keeper, signed_in, query, found):
    write("แก้ไขชื่อ")
    write("เติมปฏิทิน", "calendar_seeded")
    write("นำเข้าฉบับ", "edition-loaded")
    assert shown(signed_in(keeper), query) == found


def test_empty_history_and_empty_search_say_so(keeper, signed_in):
    client = signed_in(keeper)
    assert "ยังไม่มีรายการ" in client.get("/office/history/").content.decode()
    assert "ไม่พบรายการ" in client.get("/office/history/?q=x").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_many(
    write, keeper, signed_in, rows, django_assert_num_queries
):
    for _ in range(rows):
        write("หนึ่ง", by=make_user())
    client = signed_in(keeper)
    client.get("/office/history/")
    with django_assert_num_queries(6):
        assert len(shown(client)) == rows


def test_check_of_a_whole_chain_says_so(write, keeper, signed_in):
    write("หนึ่ง"), write("สอง")
    page = signed_in(keeper).get("/office/history/check/").content.decode()
    assert "ประวัติครบถ้วนทั้ง 2 รายการ" in page


def test_check_names_what_was_changed(write, keeper, signed_in):
    write("หนึ่ง"), write("สอง")
    with guards_lifted():
        OfficeEvent.objects.filter(seq=1).update(text="ปลอม")
    page = signed_in(keeper).get("/office/history/check/").content.decode()
    assert "ลำดับที่ 1 ถูกแก้ไขหลังการบันทึก" in page
