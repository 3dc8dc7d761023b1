"""The page of the office's settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.audit.permissions import administrator_required, keeper
from portal.audit.saving import posted, saved, status_of
from portal.office.forms import OfficeForm
from portal.office.selectors import office
from portal.office.services import save_settings


@administrator_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    form = OfficeForm(posted(request), instance=office())
    by, now = keeper(request), timezone.now()
    if saved(form, lambda: save_settings(form.cleaned_data, by=by, now=now)):
        messages.success(request, "บันทึกข้อมูลสำนักงานแล้ว")
        return redirect("office:settings")
    return render(request, "office/settings.html", {"form": form}, status=status_of(form))
