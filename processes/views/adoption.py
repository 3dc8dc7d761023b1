"""The pages on which the office takes a process or a manual into use, or switches it off."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.models import User
from portal.audit.saving import posted
from portal.exceptions import DomainError, RuleBroken, StateConflict
from portal.web.actions import refuse
from processes.adoption import change_adoption, state_of, switch_manual
from processes.forms import AdoptionForm
from processes.models import Manual, Process
from processes.permissions import demand_adopter


@require_http_methods(["GET", "HEAD", "POST"])
def process(request: HttpRequest, code: str) -> HttpResponse:
    """Use, names, posts and target days of one process."""
    user = cast(User, request.user)
    shown = get_object_or_404(Process.objects.visible_to(user).select_related("manual"), code=code)
    demand_adopter(user)
    form = AdoptionForm(posted(request), process=shown)
    if not form.is_valid():
        status = RuleBroken.status if form.is_bound else 200
        return _form_page(request, shown, form, request.POST.get("seen"), status=status)
    seen = form.cleaned_data["seen"] or None
    try:
        change_adoption(shown, form.facts, form.targets, by=user, now=timezone.now(), seen=seen)
    except DomainError as error:
        refuse(form, error)
        # who was told of another's change may now save over it
        seen = None if isinstance(error, StateConflict) else seen
        return _form_page(request, shown, form, seen, status=error.status)
    messages.success(request, "บันทึกการใช้ในสำนักงานแล้ว")
    return redirect("processes:detail", code)


def _form_page(
    request: HttpRequest, shown: Process, form: AdoptionForm, seen: str | None, *, status: int
) -> HttpResponse:
    shown.refresh_from_db()
    context = {"form": form, "process": shown, "seen": seen or state_of(shown)}
    return render(request, "processes/adoption.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def manual(request: HttpRequest, code: str) -> HttpResponse:
    """Look at what switching a whole manual concerns, then do it."""
    user = cast(User, request.user)
    shown = get_object_or_404(Manual, code=code)
    demand_adopter(user)
    if request.method == "POST":
        adopted = request.POST.get("adopted")
        if adopted not in ("yes", "no"):
            raise RuleBroken("กรุณาเลือกว่าจะใช้หรือไม่ใช้คู่มือนี้")
        return _switch(request, shown, user, adopted=adopted == "yes")
    context = {
        "manual": shown,
        "used": shown.processes.in_use(),
        "unused": shown.processes.in_use(False),
    }
    return render(request, "processes/manual_adoption.html", context)


def _switch(request: HttpRequest, shown: Manual, user: User, *, adopted: bool) -> HttpResponse:
    count = switch_manual(shown, adopted=adopted, by=user, now=timezone.now())
    done = "ใช้" if adopted else "เลิกใช้"
    messages.success(request, f"{done}คู่มือ “{shown.title}” {count} กระบวนงานแล้ว")
    return redirect("processes:list")
