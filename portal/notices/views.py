"""What the portal has told a person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from portal.notices.models import Notice
from portal.notices.services import mark_all_read, mark_read
from portal.web.pagination import paginate


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    told = Notice.objects.filter(to=request.user.pk)
    unread_only = request.GET.get("show") != "all"
    if unread_only:
        told = told.filter(read_at__isnull=True)
    context = {"page": paginate(request, told), "unread_only": unread_only}
    return render(request, "notices/list.html", context)


@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and go to what it is about."""
    notice = get_object_or_404(Notice, pk=pk, to=request.user.pk)
    mark_read(notice, now=timezone.now())
    inside = url_has_allowed_host_and_scheme(notice.path, allowed_hosts=None)
    return HttpResponseRedirect(notice.path if inside else "/")


@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and stay on the list."""
    notice = get_object_or_404(Notice, pk=pk, to=request.user.pk)
    mark_read(notice, now=timezone.now())
    return redirect("notices:list")


@require_POST
def notices_read_all(request: HttpRequest) -> HttpResponse:
    count = mark_all_read(request.user, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, f"ทำเครื่องหมายว่าอ่านแล้ว {count} รายการ")
    return redirect("notices:list")
