"""The one-page guides: one per role, and which of them speaks to whom."""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser

from portal.web.visitors import Visitor


class Guide(NamedTuple):
    role: str
    title: str
    icon: str


GUIDES = (
    Guide("staff", "เจ้าหน้าที่กลุ่ม", "pen"),
    Guide("head", "ผู้อำนวยการกลุ่ม", "people"),
    Guide("deputy", "รองผู้อำนวยการเขตพื้นที่การศึกษา", "sign"),
    Guide("director", "ผู้อำนวยการเขตพื้นที่การศึกษา", "stamp"),
    Guide("records", "งานสารบรรณกลาง", "letter"),
    Guide("school", "สถานศึกษา", "school"),
    Guide("administrator", "ผู้ดูแลระบบ", "shield"),
)
ROLES = {guide.role: guide for guide in GUIDES}


def guide_role(user: Visitor | AnonymousUser) -> str:
    """The guide of what the person does most; the officer's for whoever has no post yet."""
    if isinstance(user, AnonymousUser):
        return "staff"
    if user.account == "school":
        return "school"
    access = user.access
    if access.sees_all:
        return "director"
    if access.head_of:
        return "head"
    if user.administers and not access.officer_of:
        return "administrator"
    return "staff"
