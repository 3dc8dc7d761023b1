"""The standard on the screen: the list, a process, one of its editions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from portal.accounts.models import AccountKind, User
from processes.charges import charges_of
from processes.exchange.excel import XLSX, workbook_of
from processes.in_use import edition_in_use, in_own_words
from processes.models import Edition, EditionStatus, Process
from processes.permissions import may_adopt
from processes.selectors import processes_found, shown_edition
from processes.sheets import sheets_of

UNUSED = "unused"


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the login middleware saw to it
    return request.user


@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """Every process the office uses, or those in which the words typed are found.

    What it does not use is asked for by who may take it into use.
    """
    user, words = _person(request), request.GET.get("q", "").strip()
    adopts = may_adopt(user)
    unused = adopts and request.GET.get("show") == UNUSED
    processes = list(processes_found(user, words, used=not unused))
    charges = charges_of(processes, timezone.now())
    for process in processes:
        process.charge = charges.get(process.pk)  # type: ignore[attr-defined]
    context = {
        "processes": processes,
        "words": words,
        "may_adopt": adopts,
        "unused": unused,
        "inside": _is_inside(user),
    }
    return render(request, "processes/list.html", context)


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """A process as its effective edition says."""
    user = _person(request)
    process = get_object_or_404(Process.objects.visible_to(user), code=code)
    edition = shown_edition(process, user)
    if edition is None:
        raise Http404
    return _page(request, edition)


@require_safe
def show_edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One edition, whatever has become of it since."""
    editions = Edition.objects.visible_to(_person(request))
    return _page(request, get_object_or_404(editions, process__code=code, number=number))


@require_safe
def workbook(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The standards tables of an edition as an Excel file."""
    editions = Edition.objects.visible_to(_person(request))
    edition = get_object_or_404(editions, process__code=code, number=number)
    response = HttpResponse(workbook_of(in_own_words(edition)), content_type=XLSX)
    name = f"ตารางมาตรฐานงาน {edition.shown_name} ฉบับที่ {number}.xlsx".replace("/", " ")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _is_inside(user: User) -> bool:
    """A school reads which post is in charge, not who sits there."""
    return user.account == AccountKind.OFFICER


def _page(request: HttpRequest, edition: Edition) -> HttpResponse:
    user, process = _person(request), edition.process
    content = edition_in_use(edition)
    flows = {flow.code: flow for flow in edition.flows.order_by("position")}
    sheets = sheets_of(content)
    in_force = edition.status == EditionStatus.EFFECTIVE
    context = {
        "edition": edition,
        "process": process,
        "charge": charges_of([process], timezone.now()).get(process.pk),
        "may_adopt": may_adopt(user),
        "inside": _is_inside(user),
        "content": content,
        "sheets": sheets,
        "flows": [(flows[sheet.flow.code], sheet) for sheet in sheets],
        "editions": process.editions.visible_to(user).order_by("-number"),
        "may_start": in_force and process.adopted and bool(user.access.units),
    }
    return render(request, "processes/detail.html", context)
