"""The places of the portal, and who is shown which. Hiding is courtesy: each page asks again."""

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from portal.accounts.models import User


class Place(NamedTuple):
    url_name: str
    label: str
    icon: str
    path: str  # everything below this address belongs to the place


HOME = Place("home", "งานของฉัน", "inbox", "/")
CASES = Place("cases:list", "เรื่องทั้งหมด", "case", "/cases/")
PROCESSES = Place("processes:list", "กระบวนงาน", "process", "/processes/")
CALENDAR = Place("calendar:year", "ปฏิทิน", "calendar", "/calendar/")
PEOPLE = Place("accounts:people", "ผู้ใช้", "people", "/people/")
POSTS = Place("accounts:posts", "ตำแหน่ง", "post", "/posts/")
OFFICE = Place("office:settings", "สำนักงาน", "office", "/office/")
NOTICES = Place("notices:list", "การแจ้งเตือน", "bell", "/notices/")
GUIDE = Place("web:guide", "คู่มือการใช้งาน", "help", "/help/")
PAPERS = Place("reports:list", "เอกสารที่สั่งพิมพ์", "print", "/papers/")
ORDERS = Place("approvals:orders", "คำสั่งให้ทำการแทน", "sign", "/delegations/")

# a task and a decision are part of the work in the inbox, a form and a law of the standard
_ALSO = {
    HOME: ("/tasks/", "/decisions/", "/submissions/"),
    PROCESSES: ("/forms/", "/laws/"),
}


def own_places(user: "User | AnonymousUser") -> tuple[Place, ...]:
    """Where the person's daily work is."""
    if isinstance(user, AnonymousUser):
        return ()
    if user.account == "school":
        return (HOME, NOTICES, GUIDE)
    return (HOME, CASES, PROCESSES, CALENDAR)


def office_places(user: "User | AnonymousUser") -> tuple[Place, ...]:
    """What an administrator keeps."""
    if isinstance(user, AnonymousUser) or not user.administers:
        return ()
    return (PEOPLE, POSTS, OFFICE)


def further_places(user: "User | AnonymousUser") -> tuple[Place, ...]:
    """What is looked up now and then, under the person's name."""
    if isinstance(user, AnonymousUser) or user.account == "school":
        return ()
    return (PAPERS, ORDERS)


def is_here(place: Place, path: str) -> bool:
    """Whether a page belongs to a place."""
    if path.startswith(_ALSO.get(place, ())):
        return True
    return path == "/" if place is HOME else path.startswith(place.path)
