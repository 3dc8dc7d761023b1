"""The one-page guides: one per role, and which of them speaks to whom."""

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from portal.accounts.models import User


class Guide(NamedTuple):
    role: str
    title: str
    icon: str


GUIDES = (
    Guide("staff", "เจ้าหน้าที่กลุ่ม", "pen"),
    Guide("head", "ผู้อำนวยการกลุ่ม", "people"),
    Guide("deputy", "รองผู้อำนวยการเขตพื้นที่การศึกษา", "sign"),
    Guide("director", "ผู้อำนวยการเขตพื้นที่การศึกษา", "stamp"),
    Guide("school", "สถานศึกษา", "school"),
    Guide("administrator", "ผู้ดูแลระบบ", "shield"),
)
ROLES = {guide.role: guide for guide in GUIDES}


def guide_role(user: "User | AnonymousUser") -> str:
    """The guide of the highest thing a person does; the officer's for whoever has no post yet."""
    if isinstance(user, AnonymousUser):
        return "staff"
    if user.account == "school":
        return "school"
    return _role_of_officer(user)


def _role_of_officer(user: "User") -> str:
    access = user.access
    if access.directs:
        return "director"
    if access.sees_all:
        return "deputy"
    if access.head_of:
        return "head"
    if user.administers and not access.officer_of:
        return "administrator"
    return "staff"
