"""An office at work: a unit with its people, and cases under way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.accounts.models import Post, Unit, User
from processes.models import Flow
from tests.factories.people import make_officer, make_post, make_unit, make_user, seat
from tests.factories.standard import make_flow
from workflows.cases import opening, services
from workflows.cases.models import OPEN_STATUSES, Case, Task

BANGKOK = ZoneInfo("Asia/Bangkok")
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=BANGKOK)


@dataclass
class Bench:
    """One unit with an officer, a head, a deputy and the director; posts beside the people."""

    unit: Unit
    officer: User
    head: User
    deputy: User
    director: User
    head_post: Post
    deputy_post: Post
    director_post: Post

    def start(self, flow: Flow | None = None, *, now: datetime = MONDAY, **values: Any) -> Case:
        facts = {
            "title": "เรื่องทดสอบ",
            "unit": self.unit,
            "opened_on": now.date(),
            "by": self.officer,
            **values,
        }
        return opening.start_case(flow or make_flow(["one", "two"]), now=now, **facts)


def make_bench(name: str = "กลุ่มส่งเสริมการศึกษาทางไกลฯ") -> Bench:
    """A unit whose four links sit in their own posts."""
    deputy_post = make_post("deputy")
    unit = make_unit(name, deputy=deputy_post)
    head_post, director_post = make_post("head", unit=unit), make_post("director")
    head, deputy, director = make_user(), make_user(), make_user()
    for user, post in ((head, head_post), (deputy, deputy_post), (director, director_post)):
        seat(user, post)
    officer = make_officer(unit)
    return Bench(unit, officer, head, deputy, director, head_post, deputy_post, director_post)


def fresh(user: User) -> User:
    """The person as the next request reads him, with his rights of now."""
    return User.objects.get(pk=user.pk)


def open_task(case: Case, key: str = "") -> Task:
    """The row the case stands on, or the open task of a row."""
    rows = case.tasks.filter(status__in=OPEN_STATUSES, activity=0)
    return rows.get(step__key=key) if key else rows.get(blocking=True)


def complete(
    task: Task, by: User, *, now: datetime = MONDAY, happened_on: date | None = None
) -> Task:
    """Write a result and close the task."""
    services.save_task(task, result="ทำแล้ว", by=by, now=now)
    return services.complete_task(task, happened_on=happened_on or now.date(), by=by, now=now)


def days_later(days: int) -> datetime:
    return MONDAY + timedelta(days=days)
