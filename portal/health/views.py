"""Is the portal well? For machines in a word, for the administrator in full."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.audit.permissions import administrator_required
from portal.health.services import database_answers, signs


@login_not_required
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """200 while this process and the database answer, else 503; says nothing else."""
    well = database_answers()
    return HttpResponse(
        "ok" if well else "down", status=200 if well else 503, content_type="text/plain"
    )


@require_safe
@administrator_required
def health(request: HttpRequest) -> HttpResponse:
    """Every sign of life, measured now."""
    found = signs(now=timezone.now())
    return render(
        request,
        "health/health.html",
        {"signs": found, "all_well": all(sign.well for sign in found)},
    )
