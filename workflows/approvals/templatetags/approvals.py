"""Where a paper is and what was said of it, on the pages of the rooms below."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone

from portal.accounts.models import User
from portal.thai import dates
from workflows.approvals.rights import chain_of
from workflows.approvals.selectors import Way, conditions_of, submissions_of, ways
from workflows.approvals.submitting import lacking
from workflows.approvals.words import verb_of
from workflows.cases.models import Case, Task
from workflows.cases.permissions import leads
from workflows.cases.transitions import allowed

register = template.Library()


@register.inclusion_tag("approvals/_panel.html")
def approval_panel(task: Task, user: User) -> dict[str, Any]:
    """Prepare and put up, where the paper is now, what was said before; else nothing."""
    if not task.step.decides or task.activity:
        return {}
    now, may = timezone.now(), allowed(task, user)
    way = ways(submissions_of(task), now)
    live = next((each for each in way if each.is_live), None)
    may_submit = "submit" in may
    return {
        "task": task,
        "verb": verb_of(task.step.verb, task.step.decides),
        "may_submit": may_submit,
        "lacking": lacking(task) if may_submit else [],
        "links": chain_of(task, by=user, at=now) if may_submit else [],
        "live": live,
        "past": [each for each in reversed(way) if each is not live],
        "may_withdraw": _may_withdraw(live, user, may),
        "may_skip": live is not None and leads(task.case, user),
    }


@register.inclusion_tag("approvals/_history.html")
def submission_history(task: Task) -> dict[str, Any]:
    """Every time the row was put up, with what each link said; nothing where it never was."""
    return {"past": list(reversed(ways(submissions_of(task), timezone.now())))}


@register.inclusion_tag("approvals/_conditions.html")
def standing_conditions(case: Case) -> dict[str, Any]:
    """What the work that follows has to keep to, in the decider's own words; else nothing."""
    return {"conditions": conditions_of(case)}


def _may_withdraw(live: Way | None, user: User, may: frozenset[str]) -> bool:
    return live is not None and live.submission.by_id == user.pk and "withdraw" in may


@register.filter
def iso_date(text: str | None) -> str:
    """A day of a frozen content: `20 พ.ย. 2569`."""
    return dates.thai_date(date.fromisoformat(text)) if text else ""


@register.filter
def iso_datetime(text: str | None) -> str:
    """A moment of a frozen content: `20 พ.ย. 2569 14:05 น.`."""
    return dates.thai_datetime(datetime.fromisoformat(text)) if text else ""


@register.filter
def is_image(file: dict[str, Any]) -> bool:
    """Whether a browser shows the attachment of a frozen content in the page."""
    return str(file["media_type"]).startswith("image/")
