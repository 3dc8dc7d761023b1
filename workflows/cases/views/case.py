"""The cases: the list, one case, its history."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal.accounts.models import AccountKind, User
from portal.exceptions import NotAllowed
from portal.web.pagination import paginate
from processes.storage import flow_shape
from workflows.cases.forms import case_actions as forms
from workflows.cases.forms.actions import ReasonForm
from workflows.cases.forms.listing import CaseFilter
from workflows.cases.models import OPEN_STATUSES, Case, Task
from workflows.cases.selectors import chart_states
from workflows.cases.transitions import case_allowed
from workflows.cases.views import rows, story
from workflows.cases.views.doors import fetch_case, person
from workflows.cases.views.due import Clock, clock

LATEST = 5


@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """The cases this person may see, narrowed by what was asked. A school finds its own at home."""
    user = person(request)
    if not is_inside(user):
        return redirect("home")
    form = CaseFilter(request.GET, user=user)
    standing = Task.objects.filter(blocking=True, status__in=OPEN_STATUSES)
    cases = (
        form.narrow(Case.objects.visible_to(user))
        .select_related("flow__edition__process", "unit", "owner")
        .prefetch_related(
            Prefetch("tasks", standing.select_related("step", "assignee"), to_attr="standing")
        )
    )
    time = clock()
    found = paginate(request, cases)
    context = {
        "form": form,
        "page": found,
        "entries": [{"case": case, **_where(case, time)} for case in found],
        "narrowed": any(form.cleaned_data.values()),
        "may_start": bool(user.access.units),
    }
    return render(request, "cases/list.html", context)


def _where(case: Case, time: Clock) -> dict[str, Any]:
    standing: list[Task] = case.standing  # type: ignore[attr-defined]
    task = standing[0] if standing else None
    return {"task": task, "due": rows.case_due(task, time)}


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One case."""
    return page(request, code)


def page(
    request: HttpRequest, code: str, *, refused: dict[str, BaseForm] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page of a case as it is now; `refused` are forms to show again as they were typed."""
    user = person(request)
    case = fetch_case(user, code)
    time = clock()
    lines = rows.lines_of(case, time)
    planned = [line.planned_until for line in lines if line.planned_until]
    refused = refused or {}
    may = case_allowed(case, user)
    context: dict[str, Any] = {
        "case": case,
        "lines": lines,
        "standing": rows.standing(lines),
        "flow": flow_shape(case.flow),
        "marks": chart_states([line.row for line in lines], time.today),
        "planned_until": max(planned, default=None),
        "time": time,
        "inside": is_inside(user),
        "may": may,
        "homeless": {name: form for name, form in refused.items() if name not in may},
    }
    if is_inside(user):
        context |= _inside(case, user, lines)
        context["forms"] = {**_forms(case, may), **refused}
    return render(request, "cases/detail.html", context, status=status)


def is_inside(user: User) -> bool:
    """A school sees the course of a case: chart, rows and dates."""
    return user.account != AccountKind.SCHOOL


def _inside(case: Case, user: User, lines: list[rows.Line]) -> dict[str, Any]:
    return {
        "may_copy": case.flow.edition.process.adopted and bool(user.access.units),
        "hands": list(rows.hands(lines, user)),
        "participants": case.participants.select_related("user"),
        "latest": story.tell(case, newest=LATEST),
    }


def _forms(case: Case, may: frozenset[str]) -> dict[str, BaseForm]:
    makers: dict[str, Callable[[], BaseForm]] = {
        "cancel": lambda: ReasonForm(auto_id="cancel_%s"),
        "go_to": lambda: forms.MoveForm(case=case, auto_id="go_%s"),
        "prepare": lambda: forms.PrepareForm(case=case, auto_id="prepare_%s"),
        "reopen": lambda: forms.MoveForm(case=case, auto_id="reopen_%s"),
        "add_participant": lambda: forms.ParticipantForm(case=case, auto_id="invite_%s"),
        "set_deadline": lambda: forms.DeadlineForm(
            initial={"deadline": case.letter_due_on}, auto_id="deadline_%s"
        ),
    }
    return {name: make() for name, make in makers.items() if name in may}


@require_safe
def show_history(request: HttpRequest, code: str) -> HttpResponse:
    """The whole story, and whether its chain is whole."""
    user = person(request)
    case = fetch_case(user, code)
    if not is_inside(user):
        raise NotAllowed("ประวัติของเรื่องเปิดให้บุคลากรของสำนักงานเท่านั้น")
    context = {"case": case, "events": story.tell(case), "problems": story.problems(case)}
    return render(request, "cases/history.html", context)
