"""How every page of the work is entered: fetch what is visible, else 404."""

import re
from collections.abc import Callable
from functools import wraps
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from portal.accounts.models import User
from workflows.cases.models import Case, Task

CASE_CODE = "[0-9]{4}-[1-9][0-9]{0,6}"
TaskView = Callable[[HttpRequest, Task], HttpResponse]
CaseView = Callable[[HttpRequest, Case], HttpResponse]


def person(request: HttpRequest) -> User:
    """Who is signed in; every page of the portal asks for a login."""
    return cast(User, request.user)


def fetch_task(user: User, pk: int) -> Task:
    """The task, if this person may see it."""
    tasks = Task.objects.visible_to(user).select_related(
        "case__flow__edition__process", "case__unit", "case__owner", "step", "assignee",
        "parent__step", "closed_by",
    )  # fmt: skip
    return get_object_or_404(tasks.prefetch_related("step__items"), pk=pk)


def fetch_case(user: User, code: str) -> Case:
    """The case with this printed number, if this person may see it."""
    year, number = _number(code)
    cases = Case.objects.visible_to(user).select_related("flow__edition__process", "unit", "owner")
    return get_object_or_404(cases, fiscal_year=year, number=number)


def _number(code: str) -> tuple[int, int]:
    """Fiscal year and number of `2570-14`; what is no such number is nowhere."""
    found = re.fullmatch(CASE_CODE, code)
    if found is None:
        raise Http404
    year, number = code.split("-")
    return int(year), int(number)


def task_action(view: TaskView) -> Callable[[HttpRequest, int], HttpResponse]:
    """An address that only acts on POST. Somebody who comes by GET, as after signing in again,
    is led to the task's page."""

    @wraps(view)
    def door(request: HttpRequest, pk: int) -> HttpResponse:
        task = fetch_task(person(request), pk)
        return view(request, task) if request.method == "POST" else redirect("cases:task", pk)

    return door


def case_action(view: CaseView) -> Callable[[HttpRequest, str], HttpResponse]:
    """The same for a case."""

    @wraps(view)
    def door(request: HttpRequest, code: str) -> HttpResponse:
        case = fetch_case(person(request), code)
        return view(request, case) if request.method == "POST" else redirect("cases:detail", code)

    return door
