"""Ordering papers, watching them come, reading them."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import User
from portal.files.serving import file_response
from portal.web.pagination import paginate
from reports import services
from reports.forms import OrderForm
from reports.models import Paper

PER_PAGE = 20


def order(request: HttpRequest) -> HttpResponse:
    """Ask for one paper, or for all kinds of them at once."""
    if request.method != "POST":
        return redirect("reports:list")
    form = OrderForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        papers = [
            services.order_paper(kind, form.cleaned_data, by=_person(request), now=now())
            for kind in form.kinds
        ]
    except ObjectDoesNotExist:
        raise Http404 from None
    if len(papers) == 1:
        return redirect("reports:paper", papers[0].pk)
    messages.success(request, f"สั่งพิมพ์ {len(papers)} รายการแล้ว")
    return redirect("reports:list")


@require_safe
def paper_list(request: HttpRequest) -> HttpResponse:
    """What this person asked for, newest first; it asks for itself anew while some are coming."""
    papers = Paper.objects.asked_for_by(_person(request)).select_related("job", "file", "case")
    page = paginate(request, papers, per_page=PER_PAGE)
    context = {"page": page, "waiting": any(paper.is_coming for paper in page)}
    return render(request, _part(request, "reports/_papers.html", "reports/list.html"), context)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper: how far it is, then the file."""
    context = {"paper": _paper(request, pk)}
    return render(request, _part(request, "reports/_paper.html", "reports/paper.html"), context)


@require_POST
def paper_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a paper made that failed, or whose file was cleared away."""
    services.order_again(_paper(request, pk), by=_person(request), now=now())
    return redirect("reports:paper", pk)


@require_safe
def paper_file(request: HttpRequest, pk: int) -> FileResponse:
    """The PDF, to look at or to keep."""
    stored = _paper(request, pk).file
    if stored is None:
        raise Http404
    return file_response(stored, download="download" in request.GET)


def _paper(request: HttpRequest, pk: int) -> Paper:
    papers = Paper.objects.visible_to(_person(request)).select_related("job", "file", "case")
    return get_object_or_404(papers, pk=pk)


def _part(request: HttpRequest, part: str, whole: str) -> str:
    """A page that asks for itself anew wants only what changes."""
    return part if getattr(request, "htmx", False) else whole


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the login middleware saw to it
    return request.user
