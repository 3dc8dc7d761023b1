"""Orders to act: who stands in for whom, kept by the administrator or the director."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import AccountKind, Delegation
from portal.exceptions import DomainError
from portal.web.actions import refuse
from portal.web.pagination import paginate
from workflows.approvals import delegations
from workflows.approvals.forms import DelegationForm
from workflows.cases.views.doors import person


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Every order to act, those that still count first."""
    if person(request).account == AccountKind.SCHOOL:
        raise Http404
    now = timezone.now()
    context = {
        "page": paginate(request, delegations.orders(now)), "now": now,
        "may": delegations.may_keep_orders(person(request)),
    }  # fmt: skip
    return render(request, "approvals/orders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Record an order."""
    delegations.demand_keeper(person(request))
    form = DelegationForm(request.POST or None)
    status = _issue(request, form) if request.method == "POST" else 0
    if status == 200:
        messages.success(request, "บันทึกคำสั่งให้ทำการแทนแล้ว")
        return redirect("approvals:orders")
    return render(request, "approvals/order_add.html", {"form": form}, status=status or 200)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End an order now."""
    order = get_object_or_404(Delegation, pk=pk)
    delegations.revoke_delegation(order, by=person(request), now=timezone.now())
    messages.success(request, "ยกเลิกคำสั่งแล้ว")
    return redirect("approvals:orders")


def _issue(request: HttpRequest, form: DelegationForm) -> int:
    if not form.is_valid():
        return 400
    typed: dict[str, Any] = dict(form.cleaned_data)
    from_on, until_on = typed.pop("from_on"), typed.pop("until_on")
    last = _start_of(until_on + timedelta(days=1)) if until_on else None
    try:
        delegations.issue_delegation(
            **typed, from_at=_start_of(from_on), until_at=last, by=person(request),
            now=timezone.now(),
        )  # fmt: skip
    except DomainError as error:
        refuse(form, error)
        return error.status
    return 200


def _start_of(day: date) -> datetime:
    """Midnight in Thailand: an order counts from the first to the end of its last day."""
    return timezone.make_aware(datetime.combine(day, time()))
