"""How an action on a task page is answered: done and back to the page, or the page again with
the refusal where the person is looking and everything that was typed still there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from portal.exceptions import DomainError, StateConflict
from portal.web.actions import refuse
from workflows.cases import moves, services, transitions
from workflows.cases.forms.work import ResultForm
from workflows.cases.models import Task
from workflows.cases.views import task_page
from workflows.cases.views.doors import person

SHEET_OVERWRITES = (
    "มีผู้แก้ไขรายละเอียดของขั้นตอนนี้หลังจากท่านเปิดหน้า สิ่งที่ท่านพิมพ์ยังอยู่ในช่องแต่ยังไม่ได้บันทึก "
    "กรุณาเทียบกับรายละเอียดที่บันทึกไว้ล่าสุด แล้วกดบันทึกอีกครั้ง"
)
OVERWRITES = (
    "มีผู้แก้ไขข้อความนี้หลังจากท่านเปิดหน้า ข้อความของท่านยังอยู่ในช่องแต่ยังไม่ได้บันทึก "
    "กรุณาเทียบกับข้อความที่บันทึกไว้ล่าสุด แล้วกดบันทึกอีกครั้ง"
)
Act = Callable[[dict[str, Any]], object]


def answer(
    request: HttpRequest, task: Task, name: str, form: BaseForm, act: Act,
    *, said: str = "", back: str = "",
) -> HttpResponse:  # fmt: skip
    """Keep what was typed, do the one thing, and lead to `back`: an address, or a place (`#…`)
    on the task's page."""
    typed = _typed_along(request, task, form)
    status = keep_typed(request, task, typed) or _do(form, act)
    if status is None:
        if said:
            messages.success(request, said)
        page = "" if back.startswith("/") else reverse("cases:task", args=[task.pk])
        return redirect(f"{page}{back}")
    refused = {"work": typed, name: form} if typed.is_bound else {name: form}
    return task_page.show(request, task.pk, refused=refused, status=status)


def keep_typed(request: HttpRequest, task: Task, form: ResultForm) -> int | None:
    """Save the text that came along with any button of the page; the status if it cannot be.

    What can be read is kept even where another field is wrong; words nobody can save any more
    are refused, never dropped.
    """
    if not form.is_bound:
        return None
    try:
        save_unless_newer(request, task, form, seen=request.POST.get("seen", ""))
    except DomainError as error:
        refuse(form, error)
        return error.status
    return 400 if form.errors else None


@transaction.atomic
def save_unless_newer(request: HttpRequest, task: Task, form: ResultForm, *, seen: str) -> Task:
    """Save what was typed, but never over words somebody else saved after the page was drawn."""
    stored, typed = moves.lock_task(task.pk), form.typed()
    if form.sheet is not None:
        typed["sheet"] = form.sheet.over(stored.sheet)
    if all(getattr(stored, name) == value for name, value in typed.items()):
        return stored
    transitions.demand(stored, "save", person(request))
    if typed.get("result", stored.result) != stored.result and _is_newer(stored, seen):
        raise StateConflict(OVERWRITES, field="result")
    if form.sheet is not None and typed["sheet"] != stored.sheet and form.sheet.hides(stored.sheet):
        form.sheet.is_conflict = True
        raise StateConflict(SHEET_OVERWRITES)
    return services.save_task(stored, by=person(request), now=timezone.now(), **typed)


def _is_newer(stored: Task, seen: str) -> bool:
    return bool(seen) and task_page.text_seen(stored) != seen


def _do(form: BaseForm, act: Act) -> int | None:
    if not form.is_valid():
        return 400
    try:
        act(form.cleaned_data)
    except DomainError as error:
        refuse(form, error)
        return error.status
    return None


def _typed_along(request: HttpRequest, task: Task, form: BaseForm) -> ResultForm:
    """The work form, if its fields came with this POST."""
    if isinstance(form, ResultForm):
        return form
    return task_page.work_form(task, data=request.POST if "seen" in request.POST else None)
