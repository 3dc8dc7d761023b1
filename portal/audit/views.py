"""The office's history, and whether it is whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.audit.forms import HistoryFilter
from portal.audit.models import OfficeEvent
from portal.audit.permissions import history_reader_required
from portal.audit.selectors import AREAS, events_found
from portal.audit.services import verify
from portal.web.pagination import paginate


@history_reader_required
@require_GET
def history(request: HttpRequest) -> HttpResponse:
    wanted = HistoryFilter(request.GET)
    wanted.is_valid()
    found = events_found(wanted.cleaned_data.get("q", ""), wanted.cleaned_data.get("area", ""))
    context = {"page": paginate(request, found), "filter": wanted, "areas": AREAS}
    return render(request, "audit/list.html", context)


@history_reader_required
@require_GET
def check(request: HttpRequest) -> HttpResponse:
    context = {
        "problems": verify(),
        "count": OfficeEvent.objects.count(),
        "checked_at": timezone.now(),
    }
    return render(request, "audit/check.html", context)
