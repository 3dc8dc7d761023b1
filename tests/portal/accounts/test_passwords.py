"""One's own password, one-time passwords and the page that replaces them."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.accounts.middleware import TemporaryPasswordMiddleware
from portal.accounts.passwords import LETTERS, new_password
from portal.audit.models import OfficeEvent
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
GOOD = {
    "old_password": "krabuan-test",
    "new_password": "ฝนตกที่หน้าต่าง",
    "again": "ฝนตกที่หน้าต่าง",
}


def change(client, **values):
    return client.post("/password/", {**GOOD, **values})


def errors(answer):
    return answer.context["form"].errors


def test_new_password_replaces_the_old_one(signed_in):
    user = make_user()
    answer = change(signed_in(user))
    user.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert user.check_password("ฝนตกที่หน้าต่าง")


def test_this_session_goes_on_and_others_end(signed_in):
    user = make_user()
    here, elsewhere = signed_in(user), signed_in(user)
    change(here)
    assert here.get("/notices/").status_code == 200
    assert elsewhere.get("/notices/").status_code == 302


def test_change_is_in_the_history_without_the_password(signed_in):
    user = make_user()
    change(signed_in(user))
    event = OfficeEvent.objects.get()
    assert (event.action, event.actor, event.data) == ("password_changed", user, {})
    assert "ฝนตก" not in event.text


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"old_password": "ผิด"}, "old_password", "รหัสผ่านไม่ถูกต้อง"),
        ({"again": "ฝนตกที่หลังคา"}, "again", "รหัสผ่านใหม่สองช่องไม่ตรงกัน"),
        (
            {"new_password": "krabuan-test", "again": "krabuan-test"},
            "new_password",
            "รหัสผ่านใหม่ต้องไม่ซ้ำกับรหัสเดิม",
        ),
    ],
)
def test_mistake_is_said_beside_its_field(signed_in, values, field, said):
    answer = change(signed_in(make_user()), **values)
    assert answer.status_code == 400
    assert errors(answer) == {field: [said]}


@pytest.mark.parametrize("weak", ["short", "1234567890", "password", "somchai-s"])
def test_weak_password_is_refused_in_thai(signed_in, weak):
    user = make_user("somchai-s")
    answer = change(signed_in(user), new_password=weak, again=weak)
    [said, *_] = errors(answer)["new_password"]
    assert answer.status_code == 400
    assert any("ก" <= letter <= "๛" for letter in said)
    user.refresh_from_db()
    assert user.check_password("krabuan-test")


def test_guessing_the_old_password_is_throttled(signed_in):
    client = signed_in(make_user())
    for _ in range(5):
        change(client, old_password="ผิด")
    assert "กรอกรหัสผ่านผิดหลายครั้ง" in errors(change(client))["old_password"][0]


def test_page_leads_where_the_person_wanted_to_go(signed_in):
    assert change(signed_in(make_user()), next="/notices/")["Location"] == "/notices/"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "\\\\evil.example"])
def test_page_leads_nowhere_outside(signed_in, away):
    assert change(signed_in(make_user()), next=away)["Location"] == "/"


class TestTemporaryPassword:
    def test_login_leads_to_a_password_of_ones_own(self, client):
        make_user("somchai", password_is_temporary=True)
        answer = client.post(
            "/login/",
            {"username": "somchai", "password": "krabuan-test", "next": "/notices/"},
        )
        assert answer["Location"] == "/password/?next=%2Fnotices%2F"

    def test_it_is_temporary_no_more_once_replaced(self, signed_in):
        user = make_user(password_is_temporary=True)
        change(signed_in(user))
        user.refresh_from_db()
        assert not user.password_is_temporary

    @pytest.mark.parametrize(
        ("temporary", "path", "status"),
        [
            (True, "/notices/", 302),
            (True, "/password/", 200),
            (True, "/logout/", 200),
            (False, "/notices/", 200),
        ],
    )
    def test_it_opens_no_other_page(self, temporary, path, status):
        request = RequestFactory().get(path)
        request.user = make_user(password_is_temporary=temporary)
        answer = TemporaryPasswordMiddleware(lambda _: HttpResponse())(request)
        assert answer.status_code == status


def test_made_up_passwords_are_long_readable_and_never_the_same():
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert {letter for password in made for letter in password} <= {*LETTERS, "-"}
    assert {len(password) for password in made} == {14}
