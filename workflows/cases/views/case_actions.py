"""What the owner or a head does to a whole case."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from portal.exceptions import DomainError
from portal.web.actions import refuse
from workflows.cases import ahead, services
from workflows.cases.forms import case_actions as forms
from workflows.cases.forms.actions import ReasonForm
from workflows.cases.models import Case
from workflows.cases.transitions import demand_case
from workflows.cases.views.case import page
from workflows.cases.views.doors import case_action, person


def _answer(
    request: HttpRequest, case: Case, name: str, form: BaseForm,
    act: Callable[[dict[str, Any]], object], *, said: str,
    then: Callable[[Any], str] | None = None,
) -> HttpResponse:  # fmt: skip
    status = 400
    try:
        demand_case(case, name, person(request))
        if form.is_valid():
            made = act({**form.cleaned_data, "by": person(request), "now": timezone.now()})
            messages.success(request, said)
            return redirect(then(made) if then else reverse("cases:detail", args=[case.code]))
    except DomainError as error:
        refuse(form, error)
        status = error.status
    return page(request, case.code, refused={name: form}, status=status)


@case_action
def cancel(request: HttpRequest, case: Case) -> HttpResponse:
    """End the case without a result."""
    form = ReasonForm(request.POST, auto_id="cancel_%s")
    return _answer(
        request, case, "cancel", form,
        lambda typed: services.cancel_case(case, **typed), said="ยกเลิกเรื่องแล้ว",
    )  # fmt: skip


@case_action
def go_to(request: HttpRequest, case: Case) -> HttpResponse:
    """Move the case to another row."""
    form = forms.MoveForm(request.POST, case=case, auto_id="go_%s")
    return _answer(
        request, case, "go_to", form,
        lambda typed: services.go_to_row(case, typed.pop("step"), **typed), said="ย้ายขั้นตอนแล้ว",
    )  # fmt: skip


@case_action
def prepare(request: HttpRequest, case: Case) -> HttpResponse:
    """Work on a later row before its turn."""
    form = forms.PrepareForm(request.POST, case=case, auto_id="prepare_%s")
    return _answer(
        request, case, "prepare", form,
        lambda typed: ahead.prepare(case, typed.pop("step"), **typed),
        said="เปิดขั้นตอนให้เตรียมล่วงหน้าแล้ว",
        then=lambda row: reverse("cases:task", args=[row.pk]),
    )  # fmt: skip


@case_action
def reopen(request: HttpRequest, case: Case) -> HttpResponse:
    """Open an ended case again."""
    form = forms.MoveForm(request.POST, case=case, auto_id="reopen_%s")
    return _answer(
        request, case, "reopen", form,
        lambda typed: services.reopen_case(case, typed.pop("step"), **typed),
        said="เปิดเรื่องอีกครั้งแล้ว",
    )  # fmt: skip


@case_action
def add_participant(request: HttpRequest, case: Case) -> HttpResponse:
    """Let somebody from outside the unit in."""
    form = forms.ParticipantForm(request.POST, case=case, auto_id="invite_%s")
    return _answer(
        request, case, "add_participant", form,
        lambda typed: services.add_participant(case, **typed), said="เชิญผู้ร่วมงานแล้ว",
    )  # fmt: skip


@case_action
def set_deadline(request: HttpRequest, case: Case) -> HttpResponse:
    """The day a letter sets."""
    form = forms.DeadlineForm(request.POST, auto_id="deadline_%s")
    return _answer(
        request, case, "set_deadline", form,
        lambda typed: services.set_letter_deadline(case, typed.pop("deadline"), **typed),
        said="บันทึกกำหนดส่งแล้ว",
    )  # fmt: skip
