"""What runs in the background: one's own errands; the administrator sees all."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from portal.jobs.models import Job, JobQuerySet
from portal.jobs.services import cancel
from portal.web.pagination import paginate

if TYPE_CHECKING:
    from portal.accounts.models import User


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    jobs = _visible(request).select_related("asked_by").order_by("-asked_at", "-pk")
    return render(request, "jobs/list.html", {"page": paginate(request, jobs)})


@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(_visible(request), pk=pk)
    cancel(job, by=_person(request), now=now())
    messages.success(request, f"ยกเลิกงาน “{job.label}” แล้ว")
    return redirect("jobs:list")


def _visible(request: HttpRequest) -> JobQuerySet:
    return Job.objects.visible_to(_person(request))


def _person(request: HttpRequest) -> "User":
    return cast("User", request.user)
