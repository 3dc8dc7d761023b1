"""A school and the people who sign in for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.forms import MemberEndForm, MemberForm
from portal.accounts.models import SchoolMember
from portal.accounts.permissions import administrator_required
from portal.accounts.services import add_member, end_member
from portal.accounts.views.asking import signed_in
from portal.audit.saving import posted, saved, status_of
from portal.schools.models import School


@administrator_required
@require_GET
def school(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(School, pk=pk)
    members = shown.members.select_related("user").order_by("-from_on", "-pk")
    context = {"school": shown, "members": members, "today": timezone.localdate()}
    return render(request, "accounts/school.html", context)


@administrator_required
@require_http_methods(["GET", "POST"])
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(School, pk=pk)
    form = MemberForm(posted(request))
    by, now = signed_in(request), timezone.now()
    if saved(form, lambda: add_member(shown, **form.cleaned_data, by=by, now=now)):
        messages.success(request, "เพิ่มผู้แทนสถานศึกษาแล้ว")
        return redirect("accounts:school", pk=pk)
    context = {"form": form, "school": shown}
    return render(request, "accounts/member_form.html", context, status=status_of(form))


@administrator_required
@require_http_methods(["GET", "POST"])
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(SchoolMember.objects.select_related("user", "school"), pk=pk)
    form = MemberEndForm(posted(request))
    by, now = signed_in(request), timezone.now()
    if saved(form, lambda: end_member(member, **form.cleaned_data, by=by, now=now)):
        messages.success(request, "บันทึกวันสิ้นสุดแล้ว")
        return redirect("accounts:school", pk=member.school_id)
    context = {"form": form, "member": member, "school": member.school}
    return render(request, "accounts/member_form.html", context, status=status_of(form))
