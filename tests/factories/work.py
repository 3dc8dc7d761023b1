"""An office at work: a unit with its people, and cases under way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.accounts.models import Post, Unit, User
from processes.models import Flow
from tests.factories.people import make_officer, make_post, make_unit, make_user, seat
from tests.factories.standard import make_flow
from workflows.cases import opening, rules, services
from workflows.cases.models import OPEN_STATUSES, Case, Task

BANGKOK = ZoneInfo("Asia/Bangkok")
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=BANGKOK)


LEAST: dict[str, dict[str, Any]] = {
    "meeting": {
        "head": {"met_on": "2026-11-02", "attended": 9},
        "lines": [{"resolution": "เห็นชอบตามที่เสนอ"}],
    },
    "plan": {
        "head": {"objective": "เพื่อทดสอบ"},
        "lines": [{"activity": "อบรม", "budget": "12000.00"}],
    },
    "items": {"lines": [{"item": "จอภาพ", "amount": 2, "unit": "จอ", "price": "3500.00"}]},
    "register": {"lines": [{"subject": "ขอคำปรึกษา", "minutes": 20}]},
}


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
    """Write a result and what the kind of the row asks for, and close the task."""
    services.save_task(task, result="ทำแล้ว", by=by, now=now, **asked_for(task))
    return services.complete_task(task, happened_on=happened_on or now.date(), by=by, now=now)


def asked_for(task: Task) -> dict[str, Any]:
    """The least that a row of this kind must hold beside its result."""
    made: dict[str, Any] = {}
    task.refresh_from_db(fields=["figures", "sheet"])
    if rules.counts_people(task) and not task.figures:
        made["figures"] = [{"key": "actual", "label": "เข้าร่วมจริง (คน)", "value": 12}]
    if not task.activity and task.step.kind in LEAST and not task.sheet:
        made["sheet"] = LEAST[task.step.kind]
    return made


def days_later(days: int) -> datetime:
    return MONDAY + timedelta(days=days)
