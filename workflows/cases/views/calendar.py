"""The administrator changes the calendar, after seeing how many open tasks that moves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.permissions import administrator_required
from portal.calendar.models import DayKind, DayOff
from portal.exceptions import DomainError, StateConflict
from portal.thai.dates import WEEKDAYS, fiscal_year, thai_date
from portal.web.actions import refuse
from workflows.cases import calendar_changes
from workflows.cases.calendar_changes import Effect
from workflows.cases.forms.calendar import CancelDayForm, DayForm
from workflows.cases.views.doors import person


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def calendar_add(request: HttpRequest) -> HttpResponse:
    """Type the day, see what it moves, save."""
    if request.method != "POST":
        return _add_page(request, DayForm())
    form = DayForm(request.POST)
    if not form.is_valid():
        return _add_page(request, form, status=400)
    if "edit" in request.POST:
        return _add_page(request, form)
    try:
        return _save_day(request, form) if "confirmed" in request.POST else _preview(request, form)
    except DomainError as error:
        refuse(form, error)
        return _add_page(request, form, status=error.status)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def calendar_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """See what taking a day out moves, say why, save."""
    day_off = get_object_or_404(DayOff, pk=pk)
    form = CancelDayForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _cancel_page(request, day_off, form, status=400 if form.is_bound else 200)
    try:
        cancelled, effect = calendar_changes.cancel_day(
            day_off, reason=form.cleaned_data["reason"], by=person(request), now=timezone.now()
        )
    except DomainError as error:
        refuse(form, error)
        return _cancel_page(request, day_off, form, status=error.status)
    messages.success(
        request, f"ยกเลิกวันที่ {thai_date(cancelled.date)} {cancelled.name} แล้ว {_told(effect)}"
    )
    return redirect("calendar:year", fiscal_year(cancelled.date))


def _preview(request: HttpRequest, form: DayForm) -> HttpResponse:
    effect = calendar_changes.effect_of_adding(**_facts(request, form))
    day = form.cleaned_data["date"]
    facts = {
        "weekday": WEEKDAYS[day.weekday()],
        "kind": DayKind(form.cleaned_data["kind"]).label,
        "effect": effect,
    }
    return render(request, "cases/calendar_confirm.html", {"form": form, **facts})


def _save_day(request: HttpRequest, form: DayForm) -> HttpResponse:
    added, effect = calendar_changes.add_day(**_facts(request, form))
    messages.success(request, f"เพิ่มวันที่ {thai_date(added.date)} {added.name} แล้ว {_told(effect)}")
    return redirect("calendar:year", fiscal_year(added.date))


def _facts(request: HttpRequest, form: DayForm) -> dict[str, Any]:
    typed = form.cleaned_data
    return {
        "day": typed["date"],
        **{name: typed[name] for name in ("kind", "name", "source", "announced_on")},
        "by": person(request),
        "now": timezone.now(),
    }


def _add_page(request: HttpRequest, form: DayForm, *, status: int = 200) -> HttpResponse:
    return render(request, "cases/calendar_add.html", {"form": form}, status=status)


def _cancel_page(
    request: HttpRequest, day_off: DayOff, form: CancelDayForm, *, status: int
) -> HttpResponse:
    if day_off.cancelled_at is not None:
        raise StateConflict(f"วันที่ {thai_date(day_off.date)} {day_off.name} ถูกยกเลิกไปก่อนแล้ว")
    effect = calendar_changes.effect_of_cancelling(day_off, by=person(request))
    page = {"day_off": day_off, "year": fiscal_year(day_off.date), "form": form, "effect": effect}
    return render(request, "cases/calendar_cancel.html", page, status=status)


def _told(effect: Effect) -> str:
    if not effect.tasks:
        return "ไม่มีงานใดเปลี่ยนกำหนด"
    return f"เปลี่ยนกำหนดเสร็จ {effect.tasks} งาน ใน {effect.cases} เรื่อง"
