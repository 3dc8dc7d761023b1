"""A new password for somebody who decides: asked by one, confirmed by another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.forms import ResetForm
from portal.accounts.models import LoginReset, User
from portal.accounts.permissions import (
    administrator_required,
    demand_reset_reader,
    may_confirm_reset,
)
from portal.accounts.selectors import RESET_LIFETIME, is_open
from portal.accounts.services import ask_reset, confirm_reset
from portal.accounts.views.asking import signed_in
from portal.exceptions import RuleBroken


@administrator_required
@require_POST
def reset_ask(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    form = ResetForm(request.POST)
    if not form.is_valid():
        raise RuleBroken("กรุณาระบุเหตุผลที่ขอตั้งรหัสผ่านใหม่", field="reason")
    reset = ask_reset(
        person, reason=form.cleaned_data["reason"], by=signed_in(request), now=timezone.now()
    )
    messages.success(request, "ส่งคำขอแล้ว รอบุคคลที่สองยืนยัน")
    return redirect("accounts:reset", pk=reset.pk)


@require_GET
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(
        LoginReset.objects.select_related("user", "asked_by", "confirmed_by"), pk=pk
    )
    user = signed_in(request)
    demand_reset_reader(user, asked)
    waiting = is_open(asked, timezone.now())
    context = {
        "reset": asked,
        "waiting": waiting,
        "lapses_at": asked.at + RESET_LIFETIME,
        "may_confirm": waiting and may_confirm_reset(user, asked),
    }
    return render(request, "accounts/reset.html", context)


@never_cache
@require_POST
def reset_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(LoginReset.objects.select_related("user"), pk=pk)
    made = confirm_reset(asked, by=signed_in(request), now=timezone.now())
    context = {"person": asked.user, "password": made}
    return render(request, "accounts/password_once.html", context)
