"""Who is shown which places, and which place a page belongs to."""

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import AccountKind, User
from portal.web import navigation
from portal.web.navigation import (
    CALENDAR,
    CASES,
    GUIDE,
    HOME,
    NOTICES,
    OFFICE,
    ORDERS,
    PAPERS,
    PEOPLE,
    POSTS,
    PROCESSES,
)

OFFICER = User(account=AccountKind.OFFICER)
ADMINISTRATOR = User(account=AccountKind.OFFICER, administers=True)
DAILY = (HOME, CASES, PROCESSES, CALENDAR)
EVERYWHERE = (*DAILY, NOTICES, GUIDE, PAPERS, ORDERS, PEOPLE, POSTS, OFFICE)
SCHOOL = User(account=AccountKind.SCHOOL)


@pytest.mark.parametrize(
    ("user", "daily", "further", "keeping"),
    [
        (OFFICER, DAILY, (PAPERS, ORDERS), ()),
        (ADMINISTRATOR, DAILY, (PAPERS, ORDERS), (PEOPLE, POSTS, OFFICE)),
        (SCHOOL, (HOME, NOTICES, GUIDE), (), ()),
        (AnonymousUser(), (), (), ()),
    ],
    ids=["officer", "administrator", "school", "nobody"],
)
def test_places_are_those_of_the_person(
    user: User, daily: tuple, further: tuple, keeping: tuple
) -> None:
    assert navigation.own_places(user) == daily
    assert navigation.further_places(user) == further
    assert navigation.office_places(user) == keeping


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", HOME),
        ("/tasks/4/", HOME),
        ("/decisions/9/", HOME),
        ("/cases/2570-14/history/", CASES),
        ("/processes/dlit/editions/1/", PROCESSES),
        ("/calendar/", CALENDAR),
        ("/people/add/", PEOPLE),
        ("/posts/3/", POSTS),
        ("/office/history/", OFFICE),
        ("/notices/", NOTICES),
        ("/help/school/", GUIDE),
        ("/papers/7/", PAPERS),
        ("/delegations/add/", ORDERS),
    ],
)
def test_page_belongs_to_one_place(path: str, place: navigation.Place) -> None:
    assert [each for each in EVERYWHERE if navigation.is_here(each, path)] == [place]


@pytest.mark.parametrize("path", ["/password/", "/schools/"])
def test_page_beside_the_work_belongs_to_no_place(path: str) -> None:
    assert [each for each in EVERYWHERE if navigation.is_here(each, path)] == []
