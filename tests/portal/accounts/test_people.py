"""People: added, changed, found, let in and kept out."""

import pytest

from portal.accounts.models import User
from portal.accounts.services import (
    activate_person,
    add_person,
    change_person,
    create_login,
    deactivate_person,
)
from portal.audit.models import OfficeEvent
from portal.exceptions import NotAllowed, RuleBroken
from tests.factories.people import (
    make_post,
    make_school,
    make_school_user,
    make_unit,
    make_user,
    seat,
)

pytestmark = pytest.mark.django_db
FACTS = {
    "username": "somchai",
    "title": "นาย",
    "first_name": "สาธิต",
    "last_name": "ตัวอย่าง",
    "position": "นักวิชาการคอมพิวเตอร์",
    "email": "satit@example.org",
    "account": "officer",
    "administers": False,
}


@pytest.fixture
def keeper():
    return make_user("keeper", administers=True)


def last_event():
    return OfficeEvent.objects.order_by("seq").last()


class TestAdding:
    def test_person_gets_a_one_time_password(self, keeper, now):
        login = add_person(FACTS, by=keeper, now=now)
        user = User.objects.get(username="somchai")
        assert user.check_password(login.password)
        assert user.password_is_temporary
        assert user.full_name == "นายสาธิต ตัวอย่าง"

    def test_history_tells_who_was_added_and_no_secret(self, keeper, now):
        login = add_person(FACTS, by=keeper, now=now)
        event = last_event()
        assert (event.action, event.actor, event.text) == (
            "person_added",
            keeper,
            "เพิ่มผู้ใช้ นายสาธิต ตัวอย่าง (somchai)",
        )
        kept = f"{event.text}{event.data}"
        assert login.password not in kept
        assert "example.org" not in kept

    def test_same_name_in_capitals_is_refused(self, keeper, now):
        make_user("somchai")
        with pytest.raises(RuleBroken) as refusal:
            add_person({**FACTS, "username": "SOMCHAI"}, by=keeper, now=now)
        assert refusal.value.field == "username"
        assert OfficeEvent.objects.count() == 0

    def test_officer_adds_nobody(self, now):
        with pytest.raises(NotAllowed):
            add_person(FACTS, by=make_user(), now=now)

    def test_plain_writer_keeps_the_password_it_was_given(self):
        user = create_login(FACTS, password="krabuan-demo", temporary=False)
        assert user.check_password("krabuan-demo")
        assert not user.password_is_temporary
        assert user.search_text == "นายสาธิต ตัวอยาง somchai นักวิชาการคอมพิวเตอร"


class TestChanging:
    def test_only_what_is_given_changes(self, keeper, now):
        user = create_login(FACTS, password="x")
        changed = change_person(user, {"position": "ผู้เชี่ยวชาญ"}, by=keeper, now=now)
        assert (changed.position, changed.first_name) == ("ผู้เชี่ยวชาญ", "สาธิต")
        assert last_event().data == {
            "before": {"position": "นักวิชาการคอมพิวเตอร์"},
            "after": {"position": "ผู้เชี่ยวชาญ"},
        }

    def test_history_says_that_an_address_changed_and_not_what_it_is(self, keeper, now):
        user = create_login(FACTS, password="x")
        change_person(user, {"email": "new@example.org"}, by=keeper, now=now)
        assert last_event().text == "แก้ไขข้อมูลผู้ใช้ นายสาธิต ตัวอย่าง: อีเมล"
        assert last_event().data == {"before": {}, "after": {}}

    def test_nothing_changed_is_no_event(self, keeper, now):
        user = create_login(FACTS, password="x")
        change_person(user, FACTS, by=keeper, now=now)
        assert OfficeEvent.objects.count() == 0

    def test_new_name_is_sorted_and_found_by(self, keeper, now):
        user = create_login(FACTS, password="x")
        before = user.sort_key
        changed = change_person(user, {"first_name": "กอไก่"}, by=keeper, now=now)
        assert changed.sort_key < before
        assert "กอไก" in changed.search_text

    def test_name_of_somebody_else_is_refused(self, keeper, now):
        make_user("somying")
        user = create_login(FACTS, password="x")
        with pytest.raises(RuleBroken) as refusal:
            change_person(user, {"username": "somying"}, by=keeper, now=now)
        assert refusal.value.field == "username"

    def test_last_administrator_stays_one(self, keeper, now):
        with pytest.raises(RuleBroken, match="อย่างน้อยหนึ่งคน"):
            change_person(keeper, {"administers": False}, by=keeper, now=now)

    def test_one_of_two_administrators_may_go(self, keeper, now):
        other = make_user(administers=True)
        assert not change_person(other, {"administers": False}, by=keeper, now=now).administers

    def test_holder_of_a_post_becomes_no_school_account(self, keeper, now):
        user = make_user()
        seat(user, make_post("officer", unit=make_unit()))
        with pytest.raises(RuleBroken) as refusal:
            change_person(user, {"account": "school"}, by=keeper, now=now)
        assert refusal.value.field == "account"

    def test_school_account_with_a_school_becomes_no_officer(self, keeper, now):
        user = make_school_user(make_school())
        with pytest.raises(RuleBroken) as refusal:
            change_person(user, {"account": "officer"}, by=keeper, now=now)
        assert refusal.value.field == "account"

    def test_officer_changes_nobody(self, now):
        with pytest.raises(NotAllowed):
            change_person(make_user(), {"position": "x"}, by=make_user(), now=now)


class TestClosing:
    def test_closed_account_is_closed_and_told(self, keeper, now):
        user = make_user(last_name="ตัวอย่าง")
        assert not deactivate_person(user, by=keeper, now=now).is_active
        assert last_event().action == "person_deactivated"

    def test_closing_twice_happens_once(self, keeper, now):
        user = make_user()
        deactivate_person(user, by=keeper, now=now)
        deactivate_person(user, by=keeper, now=now)
        assert OfficeEvent.objects.count() == 1

    def test_nobody_closes_his_own_account(self, keeper, now):
        make_user(administers=True)
        with pytest.raises(RuleBroken, match="ปิดบัญชีของตนเองไม่ได้"):
            deactivate_person(keeper, by=keeper, now=now)

    def test_closed_account_opens_again(self, keeper, now):
        user = make_user(is_active=False)
        assert activate_person(user, by=keeper, now=now).is_active
        assert last_event().action == "person_activated"

    def test_opening_an_open_account_is_nothing(self, keeper, now):
        activate_person(make_user(), by=keeper, now=now)
        assert OfficeEvent.objects.count() == 0

    @pytest.mark.parametrize("service", [deactivate_person, activate_person])
    def test_officer_closes_and_opens_nobody(self, service, now):
        with pytest.raises(NotAllowed):
            service(make_user(), by=make_user(), now=now)


class TestPages:
    def test_list_stands_in_thai_order(self, keeper, signed_in):
        for name in ("เกศ", "ขวัญ", "กมล"):
            create_login({**FACTS, "username": name, "first_name": name}, password="x")
        page = signed_in(keeper).get("/people/?kind=officer").context["page"]
        assert [user.first_name for user in page][:3] == ["กมล", "เกศ", "ขวัญ"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=ตัวอย่าง", ["somchai"]),
            ("q=ตวอยาง", []),
            ("q=SOMCHAI", ["somchai"]),
            ("q=คอมพิวเตอร", ["somchai"]),
            ("kind=school", ["school"]),
            ("kind=closed", ["closed"]),
            ("q=somchai&kind=school", []),
        ],
    )
    def test_list_is_narrowed(self, keeper, signed_in, query, found):
        create_login(FACTS, password="x")
        make_school_user(make_school(), "school")
        make_user("closed", is_active=False)
        page = signed_in(keeper).get(f"/people/?{query}").context["page"]
        assert [user.username for user in page] == found

    def test_empty_search_says_so(self, keeper, signed_in):
        answer = signed_in(keeper).get("/people/?q=ไม่มีใคร")
        assert "ไม่พบผู้ใช้ที่ตรงกับที่ค้นหา" in answer.content.decode()

    @pytest.mark.parametrize("rows", [1, 3])
    def test_list_costs_the_same_however_many(
        self, keeper, signed_in, rows, django_assert_num_queries
    ):
        unit = make_unit()
        for _ in range(rows):
            seat(make_user(), make_post("officer", unit=unit))
        client = signed_in(keeper)
        client.get("/people/")
        # session, person, open resets, count, people with three kinds of places,
        # unread notices, the office
        with django_assert_num_queries(10):
            answer = client.get("/people/")
        assert len(answer.context["page"].object_list) == rows + 1

    def test_list_comes_in_pages(self, keeper, signed_in):
        for _ in range(30):
            make_user()
        page = signed_in(keeper).get("/people/?page=2").context["page"]
        assert (page.number, len(page), page.paginator.count) == (2, 6, 31)

    def test_added_person_is_shown_with_the_password_once(self, keeper, signed_in):
        client = signed_in(keeper)
        answer = client.post("/people/add/", FACTS)
        user = User.objects.get(username="somchai")
        password = answer.context["password"]
        assert (answer.status_code, user.check_password(password)) == (200, True)
        assert "no-store" in answer["Cache-Control"]
        assert password not in client.get(f"/people/{user.pk}/").content.decode()

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"username": ""}, "username"),
            ({"username": "มีไทย"}, "username"),
            ({"username": "ab"}, "username"),
            ({"username": "keeper"}, "username"),
            ({"first_name": ""}, "first_name"),
            ({"email": "ไม่ใช่อีเมล"}, "email"),
            ({"account": "อื่น"}, "account"),
        ],
    )
    def test_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(
        self, keeper, signed_in, values, field
    ):
        answer = signed_in(keeper).post("/people/add/", {**FACTS, **values})
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == [field]
        assert 'value="นักวิชาการคอมพิวเตอร์"' in answer.content.decode()
        assert User.objects.count() == 1

    def test_edited_person_is_saved(self, keeper, signed_in):
        user = create_login(FACTS, password="x")
        answer = signed_in(keeper).post(
            f"/people/{user.pk}/edit/", {**FACTS, "position": "ผู้เชี่ยวชาญ"}
        )
        user.refresh_from_db()
        assert (answer["Location"], user.position) == (f"/people/{user.pk}/", "ผู้เชี่ยวชาญ")

    def test_refused_rule_comes_back_in_the_form(self, keeper, signed_in):
        facts = {**FACTS, "username": "keeper"}
        answer = signed_in(keeper).post(f"/people/{keeper.pk}/edit/", facts)
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == ["administers"]

    def test_refused_button_is_answered_in_thai(self, keeper, signed_in):
        answer = signed_in(keeper).post(f"/people/{keeper.pk}/deactivate/")
        assert answer.status_code == 400
        assert "ปิดบัญชีของตนเองไม่ได้" in answer.content.decode()

    def test_unknown_person_does_not_exist(self, keeper, signed_in):
        assert signed_in(keeper).get("/people/999999/").status_code == 404

    def test_page_of_a_person_shows_past_and_present_posts(self, keeper, signed_in, now):
        user = make_user()
        old = seat(user, make_post("officer", unit=make_unit()), until_at=now.replace(year=2024))
        new = seat(user, make_post("director"))
        context = signed_in(keeper).get(f"/people/{user.pk}/").context
        assert (list(context["past"]), context["person"].holdings_now) == ([old], [new])
        assert context["decides"]
