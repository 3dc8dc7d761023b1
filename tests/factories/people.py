"""People and posts for tests, with plain values."""

from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from portal.accounts.models import (
    Delegation,
    Holding,
    Post,
    SchoolMember,
    Unit,
    User,
)
from portal.schools.models import School

LONG_AGO = datetime(2020, 1, 1, 8, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
_numbers = count(1)


def make_unit(name: str = "กลุ่มส่งเสริมการศึกษาทางไกลฯ", *, deputy: Post | None = None) -> Unit:
    return Unit.objects.create(code=f"unit-{next(_numbers)}", name=name, deputy=deputy)


def make_user(username: str = "", **values: object) -> User:
    name = username or f"user{next(_numbers)}"
    user = User(username=name, **{"title": "นาย", "first_name": name, "sort_key": name, **values})
    user.set_password("krabuan-test")
    user.save()
    return user


def make_post(rank: str, *, unit: Unit | None = None, title: str = "") -> Post:
    return Post.objects.create(rank=rank, unit=unit, title=title or f"ตำแหน่ง {rank}")


def seat(user: User, post: Post, *, from_at: datetime = LONG_AGO, **values: object) -> Holding:
    return Holding.objects.create(user=user, post=post, from_at=from_at, **values)


def make_officer(unit: Unit, username: str = "", **values: object) -> User:
    user = make_user(username, **values)
    seat(user, make_post("officer", unit=unit))
    return user


def delegate(
    post: Post, acting: User, kind: str, *, from_at: datetime = LONG_AGO, **values: object
) -> Delegation:
    facts = {"order_number": "1/2569", "order_date": from_at.date(), "from_at": from_at, **values}
    return Delegation.objects.create(kind=kind, post=post, acting=acting, **facts)


def make_school(name: str = "โรงเรียนตัวอย่าง", code: str = "") -> School:
    return School.objects.create(code=code or f"{next(_numbers):08d}", name=name, sort_key=name)


def make_school_user(school: School, username: str = "", **values: object) -> User:
    membership = {"from_on": LONG_AGO.date(), "until_on": None}
    membership |= {name: values.pop(name) for name in list(values) if name in membership}
    user = make_user(username, account="school", **values)
    SchoolMember.objects.create(user=user, school=school, **membership)
    return user


ROLES = ("officer", "head", "deputy", "director", "school", "administrator")


def make_office() -> dict[str, User]:
    """One person per role, by the name of the role; the administrator holds no post."""
    deputy_post = make_post("deputy")
    unit = make_unit(deputy=deputy_post)
    people = {role: make_user(role) for role in ("head", "deputy", "director")}
    seat(people["head"], make_post("head", unit=unit))
    seat(people["deputy"], deputy_post)
    seat(people["director"], make_post("director"))
    return {
        "officer": make_officer(unit, "officer"),
        **people,
        "school": make_school_user(make_school(), "school"),
        "administrator": make_user("administrator", administers=True),
    }
