"""The administrator changes the calendar, and sees first what it moves."""

from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from portal.calendar.models import DayOff
from tests.factories.calendar import make_day_off
from tests.factories.people import make_user
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, make_bench, open_task
from workflows.cases.models import Case

pytestmark = pytest.mark.django_db

FIVE_DAYS = {"unit": "working_day", "min": 3, "max": 5}
FRIDAY = date(2026, 11, 6)
TYPED = {
    "date": "๖ พ.ย. ๒๕๖๙",
    "kind": "special",
    "name": "วันหยุดพิเศษ",
    "source": "มติคณะรัฐมนตรี 3 พ.ย. 2569",
    "announced_on": "",
}
ADD = "/calendar/add/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages read the clock; here it stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)


@pytest.fixture
def client() -> Client:
    return _signed_in(make_user(administers=True))


@pytest.fixture
def case() -> Case:
    return make_bench().start(make_flow([{"key": "one", "duration": FIVE_DAYS}]))


def _signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _cancel(day_off: DayOff) -> str:
    return reverse("cases:calendar-cancel", args=[day_off.pk])


def test_the_addresses_are_those_the_calendar_leads_to() -> None:
    assert reverse("cases:calendar-add") == ADD


def test_before_saving_the_page_says_how_many_tasks_move(client: Client, case: Case) -> None:
    answer = client.post(ADD, TYPED)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "งานที่เปิดอยู่ 1 งาน ใน 1 เรื่อง จะเปลี่ยนกำหนดเสร็จ" in page
    assert "วันศุกร์ที่ 6 พฤศจิกายน 2569" in page
    assert not DayOff.objects.filter(date=FRIDAY).exists()
    assert open_task(case).due_on == date(2026, 11, 9)


def test_confirmed_the_day_is_saved_and_the_task_moves(client: Client, case: Case) -> None:
    answer = client.post(ADD, {**TYPED, "confirmed": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, "/calendar/2570/")
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [
        "เพิ่มวันที่ 6 พ.ย. 2569 วันหยุดพิเศษ แล้ว เปลี่ยนกำหนดเสร็จ 1 งาน ใน 1 เรื่อง"
    ]
    assert open_task(case).due_on == date(2026, 11, 10)


def test_back_to_edit_keeps_what_was_typed(client: Client) -> None:
    answer = client.post(ADD, {**TYPED, "edit": "yes"})
    assert answer.status_code == 200
    assert "๖ พ.ย. ๒๕๖๙" in answer.content.decode()
    assert not DayOff.objects.filter(date=FRIDAY).exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"date": "6/11/2026"}, "6/11/2569"),
        ({"date": "10/12/2569"}, "มีอยู่ในปฏิทินแล้ว: วันรัฐธรรมนูญ"),
        ({"date": "6/11/2590"}, "อยู่ไกลเกินไป"),
        ({"kind": "working"}, "ต้องเป็นวันเสาร์หรืออาทิตย์"),
        ({"kind": "party"}, "party"),
        ({"source": ""}, "source"),
        ({"announced_on": "3/11/2569"}, "ต้องไม่เป็นวันในอนาคต"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"confirmed": "yes"}])
def test_bad_input_is_answered_on_the_page_with_the_text_kept(
    client: Client, changes: dict[str, str], says: str, button: dict[str, str]
) -> None:
    days = DayOff.objects.count()
    answer = client.post(ADD, {**TYPED, **changes, **button})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page
    assert 'value="วันหยุดพิเศษ"' in page
    assert DayOff.objects.count() == days


def test_cancelling_shows_first_what_moves(client: Client) -> None:
    day_off = make_day_off(FRIDAY, "วันหยุดพิเศษ")
    case = make_bench().start(make_flow([{"key": "one", "duration": FIVE_DAYS}]))
    page = client.get(_cancel(day_off)).content.decode()
    assert "งานที่เปิดอยู่ 1 งาน ใน 1 เรื่อง จะเปลี่ยนกำหนดเสร็จ" in page
    answer = client.post(_cancel(day_off), {"reason": "คณะรัฐมนตรียกเลิก"})
    assert (answer.status_code, answer["Location"]) == (302, "/calendar/2570/")
    assert open_task(case).due_on == date(2026, 11, 9)


def test_cancelling_without_a_reason_is_refused_on_the_page(client: Client) -> None:
    day_off = make_day_off(FRIDAY)
    answer = client.post(_cancel(day_off), {"reason": " "})
    day_off.refresh_from_db()
    assert (answer.status_code, day_off.cancelled_at) == (400, None)


def test_who_comes_second_is_told_that_it_was_cancelled(client: Client) -> None:
    day_off = make_day_off(FRIDAY)
    client.post(_cancel(day_off), {"reason": "ผิด"})
    other = _signed_in(make_user(administers=True))
    for answer in (other.get(_cancel(day_off)), other.post(_cancel(day_off), {"reason": "ซ้ำ"})):
        assert answer.status_code == 409
        assert "ถูกยกเลิกไปก่อนแล้ว" in answer.content.decode()


def test_pressing_cancel_twice_is_harmless(client: Client) -> None:
    day_off = make_day_off(FRIDAY)
    answers = [client.post(_cancel(day_off), {"reason": "ผิด"}).status_code for _ in range(2)]
    assert answers == [302, 302]


def test_a_day_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/calendar/999999/cancel/").status_code == 404


@pytest.mark.parametrize("who", ["officer", "head", "deputy", "director"])
def test_nobody_but_the_administrator_gets_in(who: str) -> None:
    client, day_off = _signed_in(getattr(make_bench(), who)), make_day_off(FRIDAY)
    tried = [
        client.get(ADD),
        client.post(ADD, {**TYPED, "confirmed": "yes"}),
        client.get(_cancel(day_off)),
        client.post(_cancel(day_off), {"reason": "ผิด"}),
    ]
    day_off.refresh_from_db()
    assert [answer.status_code for answer in tried] == [403] * 4
    assert day_off.cancelled_at is None
