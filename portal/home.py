"""The first page: the one inbox of everything that waits for this person."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from portal.accounts.models import AccountKind, User
from portal.web.pagination import paginate
from workflows.approvals.models import Decision
from workflows.approvals.selectors import waiting_for
from workflows.cases.models import OPEN_STATUSES, Case, Task
from workflows.cases.views import inbox
from workflows.cases.views.doors import person
from workflows.cases.views.due import Clock, clock

SHOWN = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What to do next; for a school, the cases it was let into."""
    user = person(request)
    time = clock()
    if user.account == AccountKind.SCHOOL:
        return _school(request, user, time)
    return render(request, "home.html", _inbox(request, user, time))


def _inbox(request: HttpRequest, user: User, time: Clock) -> dict[str, Any]:
    tasks = paginate(request, inbox.to_do(user))
    waiting = _part(request, "waiting", waiting_for(user))
    context: dict[str, Any] = {
        "now": time.now,
        "waiting": waiting,
        "decisions": [_decision(decision, time) for decision in waiting],
        "page": tasks,
        "mine": inbox.entries(tasks, time),
        "may_start": bool(user.access.units),
        "decides": user.access.sees_all or bool(user.access.head_of),
    }
    if user.access.head_of:
        worries = _part(request, "group", inbox.group_worries(user))
        context |= {"group": worries, "worries": inbox.entries(worries, time)}
    if user.access.sees_all:
        context["figures"] = inbox.office_figures()
    return context


def _decision(decision: Decision, time: Clock) -> dict[str, Any]:
    task = decision.submission.task
    since = localdate(decision.opened_at) if decision.opened_at else time.today
    days = time.calendar.count(since, time.today)
    return {"decision": decision, "task": task, "due": time.first(task), "days": days}


def _part(request: HttpRequest, name: str, rows: Any) -> Page[Any]:
    """A part of the page with its own page number."""
    return Paginator(rows, SHOWN).get_page(request.GET.get(name))


def _school(request: HttpRequest, user: User, time: Clock) -> HttpResponse:
    standing = Task.objects.filter(blocking=True, status__in=OPEN_STATUSES).select_related("step")
    cases = (
        Case.objects.visible_to(user)
        .select_related("flow__edition", "unit")
        .prefetch_related(Prefetch("tasks", standing, to_attr="standing"))
    )
    page = paginate(request, cases)
    return render(request, "home_school.html", {"page": page, "now": time.now})
