"""The register of schools. Who signs in for one is a page of `accounts`."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portal.audit.permissions import administrator_required, keeper
from portal.audit.saving import posted, saved, status_of
from portal.schools.forms import SchoolFilter, SchoolForm
from portal.schools.models import School
from portal.schools.selectors import schools_found
from portal.schools.services import add_school, change_school
from portal.web.pagination import paginate


@administrator_required
@require_GET
def schools(request: HttpRequest) -> HttpResponse:
    wanted = SchoolFilter(request.GET)
    wanted.is_valid()
    found = schools_found(wanted.cleaned_data.get("q", ""))
    context = {"page": paginate(request, found), "filter": wanted}
    return render(request, "schools/list.html", context)


@administrator_required
@require_http_methods(["GET", "POST"])
def school_add(request: HttpRequest) -> HttpResponse:
    form = SchoolForm(posted(request))
    by, now = keeper(request), timezone.now()
    if saved(form, lambda: add_school(form.cleaned_data, by=by, now=now)):
        messages.success(request, "เพิ่มสถานศึกษาแล้ว")
        return redirect("schools:list")
    context = {"form": form, "title": "เพิ่มสถานศึกษา"}
    return render(request, "schools/form.html", context, status=status_of(form))


@administrator_required
@require_http_methods(["GET", "POST"])
def school_edit(request: HttpRequest, pk: int) -> HttpResponse:
    school = get_object_or_404(School, pk=pk)
    form = SchoolForm(posted(request), instance=school)
    by, now = keeper(request), timezone.now()
    if saved(form, lambda: change_school(school, form.cleaned_data, by=by, now=now)):
        messages.success(request, "บันทึกสถานศึกษาแล้ว")
        return redirect("schools:list")
    context = {"form": form, "title": "แก้ไขสถานศึกษา"}
    return render(request, "schools/form.html", context, status=status_of(form))
