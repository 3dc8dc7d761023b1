"""Signing in: the right password, the wrong one, too many of them, where one lands."""

import pytest
from django.test import override_settings
from django.utils import timezone

from portal.office.models import Office
from tests.factories.people import make_office, make_school, make_school_user, make_user

pytestmark = pytest.mark.django_db


def sign_in(client, username="somchai", password="krabuan-test", **more):  # noqa: S107
    return client.post("/login/", {"username": username, "password": password, **more})


def text(answer):
    return answer.content.decode()


def test_front_page_leads_to_the_login_page(client):
    answer = client.get("/", follow=True)
    assert answer.redirect_chain == [("/login/?next=/", 302)]
    assert "เข้าสู่ระบบ" in text(answer)


def test_right_password_opens_the_front_page(client):
    make_user("somchai")
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_user_name_is_the_same_in_capitals(client):
    make_user("somchai")
    assert sign_in(client, " SomChai ").status_code == 302


@pytest.mark.parametrize(("username", "password"), [("somchai", "ผิด"), ("nobody", "krabuan-test")])
def test_wrong_name_and_wrong_password_are_told_alike(client, username, password):
    make_user("somchai")
    answer = sign_in(client, username, password)
    assert answer.status_code == 400
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in text(answer)
    assert f'value="{username}"' in text(answer)


def test_closed_account_does_not_open(client):
    make_user("somchai", is_active=False)
    assert sign_in(client).status_code == 400


def test_person_lands_where_he_wanted_to_go(client):
    make_user("somchai")
    assert sign_in(client, next="/notices/")["Location"] == "/notices/"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "javascript:1"])
def test_login_leads_nowhere_outside(client, away):
    make_user("somchai")
    assert sign_in(client, next=away)["Location"] == "/"


def test_signed_in_person_is_not_asked_again(signed_in):
    assert signed_in(make_user()).get("/login/").status_code == 302


def test_sixth_try_is_answered_with_the_time_to_come_back(client):
    make_user("somchai")
    answers = [sign_in(client, password="ผิด") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [400] * 4 + [429] * 2
    assert "ลองใหม่ได้ตั้งแต่" in text(answers[-1])
    assert 880 < int(answers[-1]["Retry-After"]) <= 901


def test_right_password_does_not_open_while_locked(client):
    make_user("somchai")
    for _ in range(5):
        sign_in(client, password="ผิด")
    assert sign_in(client).status_code == 429


def test_capitals_are_no_way_around_the_throttle(client):
    make_user("somchai")
    for name in ("somchai", "Somchai", "SOMCHAI", "sOmchai", "soMchai"):
        answer = sign_in(client, name, "ผิด")
    assert answer.status_code == 429


def test_another_person_is_not_locked_out(client):
    make_user("somchai")
    make_user("somying")
    for _ in range(6):
        sign_in(client, password="ผิด")
    assert sign_in(client, "somying").status_code == 302


def test_signing_in_forgets_earlier_mistakes(client):
    make_user("somchai")
    for _ in range(2):
        for _ in range(4):
            sign_in(client, password="ผิด")
        assert sign_in(client).status_code == 302
        client.post("/logout/")


def test_signing_out_is_a_post(signed_in):
    client = signed_in(make_user())
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/notices/")["Location"] == "/login/?next=/notices/"


class TestDemoLogins:
    @pytest.fixture(autouse=True)
    def _demo_office(self):
        Office.objects.create(pk=1, is_demo=True)

    def test_login_page_of_a_demo_office_lists_who_does_what(self, client):
        make_office()
        logins = client.get("/login/").context["demo_logins"]
        assert [(login.username, login.roles) for login in logins] == [
            ("director", ("ตำแหน่ง director",)),
            ("deputy", ("ตำแหน่ง deputy",)),
            ("head", ("ตำแหน่ง head",)),
            ("officer", ("ตำแหน่ง officer",)),
            ("administrator", ("ผู้ดูแลระบบ",)),
            ("school", ("โรงเรียนตัวอย่าง",)),
        ]

    def test_people_with_nothing_to_do_are_not_listed(self, client):
        make_user("idle")
        make_user("gone", is_active=False, administers=True)
        make_user("by-hand", password_is_temporary=True, administers=True)
        assert client.get("/login/").context["demo_logins"] == []

    def test_password_of_the_demo_is_printed_and_filled_in(self, client):
        make_school_user(make_school(), "school")
        page = text(client.get("/login/?as=school"))
        assert "<code>krabuan-demo</code>" in page
        assert 'value="school"' in page
        assert 'value="krabuan-demo"' in page

    def test_picked_login_keeps_where_the_person_wanted_to_go(self, client):
        make_school_user(make_school(), "school")
        assert "?as=school&amp;next=/notices/" in text(client.get("/login/?next=/notices/"))

    def test_wrong_password_is_not_sent_back_to_the_page(self, client):
        assert "ลับมาก" not in text(sign_in(client, password="ลับมาก"))

    @override_settings(PRODUCTION=True)
    def test_demo_logins_are_never_shown_in_production(self, client):
        make_office()
        answer = client.get("/login/?as=director")
        assert "demo_logins" not in answer.context
        assert "krabuan-demo" not in text(answer)


def test_real_office_shows_no_logins(client):
    make_office()
    Office.objects.create(pk=1)
    answer = client.get("/login/?as=director")
    assert "demo_logins" not in answer.context
    assert "krabuan-demo" not in text(answer)


@pytest.mark.parametrize("rows", [1, 3])
def test_demo_logins_cost_the_same_however_many(client, rows, django_assert_num_queries):
    Office.objects.create(pk=1, is_demo=True)
    for _ in range(rows):
        make_school_user(make_school())
    client.get("/login/")
    # the office for the view and for the page; people with three kinds of places
    with django_assert_num_queries(6):
        answer = client.get("/login/")
    assert len(answer.context["demo_logins"]) == rows


def test_session_ends_when_the_account_is_closed(signed_in):
    user = make_user()
    client = signed_in(user)
    user.is_active = False
    user.save()
    assert client.get("/notices/").status_code == 302


def test_login_is_dated(client):
    user = make_user("somchai")
    sign_in(client)
    user.refresh_from_db()
    assert user.last_login.date() == timezone.now().date()
