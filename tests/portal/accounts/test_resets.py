"""New passwords: for officers by one administrator, for those who decide by two people."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import LoginReset
from portal.accounts.services import ask_reset, confirm_reset, give_password
from portal.audit.models import OfficeEvent
from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from portal.notices.models import Notice
from tests.factories.people import delegate, make_office, make_post, make_unit, make_user, seat

pytestmark = pytest.mark.django_db
REASON = "ลืมรหัสผ่าน มาติดต่อด้วยตนเอง"


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def asked(office, now):
    return ask_reset(office["deputy"], reason=REASON, by=office["administrator"], now=now)


def told(user):
    return [notice.text for notice in user.notices.order_by("pk")]


class TestOnePerson:
    def test_officer_gets_a_one_time_password(self, office, now):
        password = give_password(office["officer"], by=office["administrator"], now=now)
        office["officer"].refresh_from_db()
        assert office["officer"].check_password(password)
        assert office["officer"].password_is_temporary

    def test_officer_is_told_and_history_keeps_no_password(self, office, now):
        password = give_password(office["officer"], by=office["administrator"], now=now)
        event = OfficeEvent.objects.get()
        assert event.action == "password_given"
        assert password not in f"{event.text}{event.data}"
        [notice] = told(office["officer"])
        assert "ตั้งรหัสผ่านชั่วคราวให้" in notice
        assert password not in notice

    @pytest.mark.parametrize("role", ["head", "deputy", "director"])
    def test_who_decides_is_not_reset_by_one_person(self, office, role, now):
        with pytest.raises(RuleBroken, match="บุคคลที่สอง"):
            give_password(office[role], by=office["administrator"], now=now)

    def test_acting_head_decides_too(self, office, now):
        delegate(make_post("head", unit=make_unit()), office["officer"], "vacant")
        with pytest.raises(RuleBroken, match="บุคคลที่สอง"):
            give_password(office["officer"], by=office["administrator"], now=now)

    def test_closing_the_account_first_is_no_way_around(self, office, now):
        office["deputy"].is_active = False
        office["deputy"].save()
        with pytest.raises(RuleBroken, match="บุคคลที่สอง"):
            give_password(office["deputy"], by=office["administrator"], now=now)

    def test_who_will_decide_next_week_counts_already(self, office, now):
        post = make_post("head", unit=make_unit())
        seat(office["officer"], post, from_at=now + timedelta(days=7))
        with pytest.raises(RuleBroken, match="บุคคลที่สอง"):
            give_password(office["officer"], by=office["administrator"], now=now)

    def test_who_decided_last_year_is_an_officer_again(self, office, now):
        seat(office["officer"], make_post("head", unit=make_unit()), until_at=now)
        give_password(office["officer"], by=office["administrator"], now=now)

    @pytest.mark.parametrize("role", ["officer", "head", "deputy", "director", "school"])
    def test_only_the_administrator_gives_passwords(self, office, role, now):
        with pytest.raises(NotAllowed):
            give_password(office["officer"], by=office[role], now=now)


class TestAsking:
    def test_request_changes_no_password(self, office, asked):
        office["deputy"].refresh_from_db()
        assert office["deputy"].check_password("krabuan-test")
        assert (asked.confirmed_by, asked.used_at) == (None, None)

    def test_owner_is_told_at_once(self, office, asked):
        assert told(office["deputy"]) == [
            f"{office['administrator'].full_name} ขอตั้งรหัสผ่านใหม่ให้ "
            f"{office['deputy'].full_name}: {REASON}"
        ]

    def test_heads_and_director_are_asked_where_there_is_no_other_administrator(
        self, office, asked
    ):
        paths = {
            notice.to.username: notice.path
            for notice in Notice.objects.exclude(to=office["deputy"])
        }
        page = f"/people/resets/{asked.pk}/"
        assert paths == {"head": page, "director": page}

    def test_other_administrators_are_asked_first(self, office, now):
        other = make_user("second", administers=True)
        ask_reset(office["deputy"], reason=REASON, by=office["administrator"], now=now)
        people = {notice.to for notice in Notice.objects.exclude(to=office["deputy"])}
        assert people == {other}

    def test_asking_twice_is_one_request(self, office, asked, now):
        again = ask_reset(office["deputy"], reason="อีกครั้ง", by=office["administrator"], now=now)
        assert again == asked
        assert LoginReset.objects.count() == 1

    def test_request_needs_a_reason(self, office, now):
        with pytest.raises(RuleBroken) as refusal:
            ask_reset(office["deputy"], reason="  ", by=office["administrator"], now=now)
        assert refusal.value.field == "reason"

    def test_officer_asks_for_nobody(self, office, now):
        with pytest.raises(NotAllowed):
            ask_reset(office["deputy"], reason=REASON, by=office["officer"], now=now)


class TestConfirming:
    @pytest.mark.parametrize("role", ["head", "director"])
    def test_second_person_gets_the_password_to_hand_over(self, office, asked, role, now):
        password = confirm_reset(asked, by=office[role], now=now)
        office["deputy"].refresh_from_db()
        asked.refresh_from_db()
        assert office["deputy"].check_password(password)
        assert office["deputy"].password_is_temporary
        assert (asked.confirmed_by, asked.used_at) == (office[role], now)

    def test_another_administrator_is_a_second_person(self, office, asked, now):
        confirm_reset(asked, by=make_user(administers=True), now=now)

    @pytest.mark.parametrize("role", ["administrator", "officer", "deputy", "school"])
    def test_asker_owner_and_others_are_none(self, office, asked, role, now):
        with pytest.raises(NotAllowed):
            confirm_reset(asked, by=office[role], now=now)
        office["deputy"].refresh_from_db()
        assert office["deputy"].check_password("krabuan-test")

    def test_director_does_not_confirm_his_own(self, office, now):
        asked = ask_reset(office["director"], reason=REASON, by=office["administrator"], now=now)
        with pytest.raises(NotAllowed):
            confirm_reset(asked, by=office["director"], now=now)

    def test_request_is_confirmed_once(self, office, asked, now):
        confirm_reset(asked, by=office["head"], now=now)
        with pytest.raises(StateConflict, match="ได้รับการยืนยันไปแล้ว"):
            confirm_reset(asked, by=office["director"], now=now)

    def test_request_lapses_after_a_day(self, office, asked, now):
        with pytest.raises(StateConflict, match="หมดอายุ"):
            confirm_reset(asked, by=office["head"], now=now + timedelta(hours=24))

    def test_lapsed_request_can_be_asked_anew(self, office, asked, now):
        later = now + timedelta(hours=24)
        anew = ask_reset(office["deputy"], reason=REASON, by=office["administrator"], now=later)
        assert anew != asked

    def test_owner_and_asker_are_told_and_history_has_both_steps(self, office, asked, now):
        confirm_reset(asked, by=office["head"], now=now)
        assert len(told(office["deputy"])) == 2
        assert "กรุณาแจ้งผู้อำนวยการเขตพื้นที่ทันที" in told(office["deputy"])[1]
        assert len(told(office["administrator"])) == 1
        assert list(OfficeEvent.objects.values_list("action", "actor__username")) == [
            ("reset_asked", "administrator"),
            ("reset_confirmed", "head"),
        ]

    def test_database_refuses_one_person_in_both_roles(self, office, asked, now):
        with pytest.raises(IntegrityError, match="loginreset_not_by_asker"), transaction.atomic():
            LoginReset.objects.update(confirmed_by=asked.asked_by, used_at=now)


class TestPages:
    @pytest.fixture
    def waiting(self, office):
        return ask_reset(
            office["deputy"], reason=REASON, by=office["administrator"], now=timezone.now()
        )

    def test_person_page_asks_for_a_second_person(self, office, signed_in):
        client = signed_in(office["administrator"])
        page = client.get(f"/people/{office['deputy'].pk}/").content.decode()
        assert "ต้องมีบุคคลที่สองยืนยัน" in page
        answer = client.post(f"/people/{office['deputy'].pk}/reset/", {"reason": REASON})
        assert answer["Location"] == f"/people/resets/{LoginReset.objects.get().pk}/"

    def test_request_without_reason_is_refused_in_thai(self, office, signed_in):
        answer = signed_in(office["administrator"]).post(
            f"/people/{office['deputy'].pk}/reset/", {"reason": ""}
        )
        assert answer.status_code == 400
        assert "กรุณาระบุเหตุผล" in answer.content.decode()

    def test_waiting_request_stands_on_the_list_and_the_person(self, office, waiting, signed_in):
        client = signed_in(office["administrator"])
        path = f"/people/resets/{waiting.pk}/"
        for page in ("/people/", f"/people/{office['deputy'].pk}/"):
            assert path in client.get(page).content.decode()

    def test_asker_sees_the_request_and_no_button(self, office, waiting, signed_in):
        answer = signed_in(office["administrator"]).get(f"/people/resets/{waiting.pk}/")
        assert not answer.context["may_confirm"]
        assert "ผู้ขอยืนยันเองไม่ได้" in answer.content.decode()

    def test_second_person_confirms_and_sees_the_password_once(self, office, waiting, signed_in):
        client = signed_in(office["head"])
        assert client.get(f"/people/resets/{waiting.pk}/").context["may_confirm"]
        answer = client.post(f"/people/resets/{waiting.pk}/confirm/")
        office["deputy"].refresh_from_db()
        assert office["deputy"].check_password(answer.context["password"])
        assert "no-store" in answer["Cache-Control"]
        assert client.post(f"/people/resets/{waiting.pk}/confirm/").status_code == 409

    def test_confirmed_request_says_by_whom(self, office, waiting, signed_in):
        confirm_reset(waiting, by=office["head"], now=timezone.now())
        page = signed_in(office["director"]).get(f"/people/resets/{waiting.pk}/").content.decode()
        assert f"โดย {office['head'].full_name}" in page

    def test_one_time_password_page_of_an_officer(self, office, signed_in):
        answer = signed_in(office["administrator"]).post(
            f"/people/{office['officer'].pk}/password/"
        )
        office["officer"].refresh_from_db()
        assert office["officer"].check_password(answer.context["password"])
        assert "no-store" in answer["Cache-Control"]
