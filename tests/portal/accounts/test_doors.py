"""Who may open and who may press: every page of these rooms, every role."""

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from portal.accounts.models import LoginReset, Post, Unit, User
from portal.audit.models import OfficeEvent
from portal.notices.models import Notice
from portal.schools.models import School
from tests.factories.people import ROLES, make_office

pytestmark = pytest.mark.django_db
ROOMS = ("accounts", "schools", "office", "audit", "notices")

KEEPERS = {"administrator": 200}
READERS = {"administrator": 200, "director": 200}
EVERYBODY = dict.fromkeys(ROLES, 200)

# what GET answers: 200 for the roles named, 403 for the others
PAGES = {
    "accounts:password": EVERYBODY,
    "accounts:people": KEEPERS,
    "accounts:person-add": KEEPERS,
    "accounts:person": KEEPERS,
    "accounts:person-edit": KEEPERS,
    "accounts:posts": KEEPERS,
    "accounts:post-add": KEEPERS,
    "accounts:post": KEEPERS,
    "accounts:post-edit": KEEPERS,
    "accounts:post-seat": KEEPERS,
    "accounts:holding-end": KEEPERS,
    "accounts:units": KEEPERS,
    "accounts:unit-add": KEEPERS,
    "accounts:unit-edit": KEEPERS,
    "accounts:school": KEEPERS,
    "accounts:member-add": KEEPERS,
    "accounts:member-end": KEEPERS,
    "schools:list": KEEPERS,
    "schools:add": KEEPERS,
    "schools:edit": KEEPERS,
    "office:settings": KEEPERS,
    "audit:list": READERS,
    "audit:check": READERS,
    "notices:list": EVERYBODY,
    # asked for by the administrator for the deputy: a second person sees it, he himself too
    "accounts:reset": {"administrator": 200, "director": 200, "head": 200},
}

# POST only; here everybody else is refused, and the role named gets what the table says
PRESSES = {
    "accounts:person-deactivate": {"administrator": 302},
    "accounts:person-activate": {"administrator": 302},
    "accounts:person-password": {"administrator": 200},
    "accounts:reset-ask": {"administrator": 302},
    "accounts:reset-confirm": {"director": 200, "head": 200},
    "notices:read-all": dict.fromkeys(ROLES, 302),
}
# a notice belongs to one person: 404 for the others, tested with the notices
ELSEWHERE = {"accounts:login", "accounts:logout", "notices:open", "notices:read"}


@pytest.fixture
def office():
    return make_office()


def address(name, office):
    reset = LoginReset.objects.first() or LoginReset.objects.create(
        user=office["deputy"], asked_by=office["administrator"], reason="ลืม", at=timezone.now()
    )
    keys = {
        "post": Post.objects.get(rank="head").pk,
        "post-edit": Post.objects.get(rank="head").pk,
        "post-seat": Post.objects.get(rank="head").pk,
        "holding-end": office["head"].holdings.get().pk,
        "unit-edit": Unit.objects.get().pk,
        "school": School.objects.get().pk,
        "member-add": School.objects.get().pk,
        "member-end": office["school"].schools.get().pk,
        "edit": School.objects.get().pk,
        "reset": reset.pk,
        "reset-confirm": reset.pk,
        "reset-ask": office["head"].pk,
    }
    room, page = name.split(":")
    persons = page.startswith("person") and page != "person-add"
    key = keys.get(page, office["officer"].pk if persons else None)
    return reverse(f"{room}:{page}", args=[key] if key else [])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PAGES)
def test_page_opens_for_its_roles_only(name, role, office, signed_in):
    answer = signed_in(office[role]).get(address(name, office))
    assert answer.status_code == PAGES[name].get(role, 403)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PRESSES)
def test_button_works_for_its_roles_only(name, role, office, signed_in):
    answer = signed_in(office[role]).post(address(name, office), {"reason": "ลืมรหัสผ่าน"})
    assert answer.status_code == PRESSES[name].get(role, 403)


@pytest.mark.parametrize("name", [*PAGES, *PRESSES])
def test_who_has_not_signed_in_is_sent_to_the_login_page(name, office, client):
    path = address(name, office)
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={path}")


@pytest.mark.parametrize("name", PRESSES)
def test_button_is_not_a_link(name, office, signed_in):
    assert signed_in(office["administrator"]).get(address(name, office)).status_code == 405


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"administrator"}))
@pytest.mark.parametrize("name", [name for name, roles in PAGES.items() if roles == KEEPERS])
def test_form_of_the_administrator_changes_nothing_for_others(name, role, office, signed_in):
    path = address(name, office)
    before = _everything()
    answer = signed_in(office[role]).post(path, {"name": "แก้", "title": "แก้", "username": "x99"})
    assert answer.status_code == 403
    assert _everything() == before


def _everything():
    people = list(User.objects.order_by("pk").values_list("username", "first_name", "password"))
    return people, list(Post.objects.values_list("title")), OfficeEvent.objects.count()


def test_every_page_of_the_rooms_stands_in_a_table():
    found = set()
    for name, (_, resolver) in get_resolver().namespace_dict.items():
        if name in ROOMS:
            found |= {f"{name}:{key}" for key in resolver.reverse_dict if isinstance(key, str)}
    assert found == {*PAGES, *PRESSES, *ELSEWHERE}


def test_refusal_says_so_in_thai(office, signed_in):
    answer = signed_in(office["officer"]).get("/people/")
    assert "หน้านี้สำหรับผู้ดูแลระบบเท่านั้น" in answer.content.decode()


def test_administrator_gets_no_case_rights(office):
    access = office["administrator"].access
    assert (access.units, access.sees_all, access.post_ids) == (frozenset(), False, frozenset())


def test_notices_of_another_person_do_not_exist(office, signed_in):
    notice = Notice.objects.create(to=office["head"], key="k", text="ถึงหัวหน้า", path="/")
    for role in ROLES:
        client = signed_in(office[role])
        answers = [client.post(f"/notices/{notice.pk}/{verb}/") for verb in ("open", "read")]
        expected = 302 if role == "head" else 404
        assert [answer.status_code for answer in answers] == [expected, expected]
