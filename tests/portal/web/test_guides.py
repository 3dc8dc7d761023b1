"""One page per role, true for whoever opens it, reachable by everybody."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from portal.accounts.models import AccountKind, User
from portal.web.guides import GUIDES, guide_role
from tests.factories.people import delegate, make_officer, make_post, make_unit, make_user, seat

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def seated(rank: str) -> User:
    user = make_user()
    unit = make_unit() if rank in ("officer", "head") else None
    seat(user, make_post(rank, unit=unit))
    return user


@pytest.mark.parametrize(
    ("rank", "role"),
    [
        ("officer", "staff"),
        ("head", "head"),
        ("deputy", "deputy"),
        ("director", "director"),
        ("records", "staff"),
    ],
)
def test_guide_follows_the_post(rank: str, role: str) -> None:
    assert guide_role(seated(rank)) == role


def test_acting_director_reads_the_directors_guide() -> None:
    deputy = seated("deputy")
    delegate(make_post("director"), deputy, "vacant")

    assert guide_role(deputy) == "director"


def test_school_reads_its_own_guide() -> None:
    assert guide_role(make_user(account=AccountKind.SCHOOL)) == "school"


def test_administrator_without_a_post_reads_the_administrators_guide() -> None:
    assert guide_role(make_user(administers=True)) == "administrator"


def test_officer_who_also_administers_reads_the_officers_guide() -> None:
    assert guide_role(make_officer(make_unit(), administers=True)) == "staff"


def test_nobody_yet_reads_the_officers_guide() -> None:
    assert guide_role(AnonymousUser()) == "staff"


def test_guide_leads_to_the_persons_own(signed_in: SignIn) -> None:
    answer = signed_in(seated("head")).get(reverse("web:guide"))

    assert (answer.status_code, answer["Location"]) == (302, "/help/head/")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.role)
def test_every_guide_can_be_read_without_signing_in(client: Client, guide) -> None:
    answer = client.get(reverse("web:guide-role", args=[guide.role]))

    assert answer.status_code == 200
    assert re.findall(r"<h1>(.*?)</h1>", answer.content.decode()) == [guide.title]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.role)
def test_every_guide_leads_to_the_others(client: Client, guide) -> None:
    page = client.get(reverse("web:guide-role", args=[guide.role])).content.decode()

    named = re.findall(r'class="btn btn-outline-primary" href="/help/(\w+)/"', page)
    assert named == [other.role for other in GUIDES if other != guide]


def words_of_the_product() -> str:
    """Everything the templates and the code say to a user, without elements."""
    base = settings.BASE_DIR
    pages = [page for page in (base / "templates").rglob("*.html") if page.parent.name != "help"]
    rooms = ("portal", "processes", "workflows", "reports")
    code = [file for room in rooms for file in (base / room).rglob("*.py")]
    said = " ".join(file.read_text(encoding="utf-8") for file in (*pages, *code))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", said))


def test_everything_a_guide_names_is_called_so_in_the_product() -> None:
    said = words_of_the_product()
    named = {
        name
        for page in (settings.BASE_DIR / "templates" / "help").glob("*.html")
        for name in re.findall("“(.*?)”", page.read_text(encoding="utf-8"))
    }

    assert {name for name in named if name not in said} == set()


def test_guide_of_an_unknown_role_is_not_found(client: Client) -> None:
    assert client.get("/help/king/").status_code == 404


def test_guide_is_only_read(client: Client) -> None:
    assert client.post("/help/staff/").status_code == 405
