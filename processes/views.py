"""The standard on the screen: the list, a process, one of its editions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.accounts.models import User
from processes.exchange.excel import XLSX, workbook_of
from processes.models import Edition, EditionStatus, Process
from processes.selectors import processes_found, shown_edition
from processes.sheets import sheets_of
from processes.shelves import Shelf, mentions_of, things_found
from processes.storage import shape_of


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the login middleware saw to it
    return request.user


@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """Every process of every manual, or those in which the words typed are found."""
    words = request.GET.get("q", "").strip()
    processes = list(processes_found(_person(request), words))
    return render(request, "processes/list.html", {"processes": processes, "words": words})


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
    response = HttpResponse(workbook_of(shape_of(edition)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{code}-{number}.xlsx"'
    return response


@require_safe
def show_shelf(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """Every form, or every law, that a process in force names."""
    words = request.GET.get("q", "").strip()
    things = things_found(shelf, _person(request), words)
    context = {"shelf": shelf, "things": things, "words": words}
    return render(request, "processes/shelf.html", context)


@require_safe
def show_mentions(request: HttpRequest, shelf: Shelf, code: str) -> HttpResponse:
    """Which processes use this form, or cite this law."""
    mentions = mentions_of(shelf, code, _person(request))
    if not mentions:
        raise Http404
    thing = getattr(mentions[0], shelf.thing)
    context = {"shelf": shelf, "thing": thing, "mentions": mentions}
    return render(request, "processes/mentions.html", context)


def _page(request: HttpRequest, edition: Edition) -> HttpResponse:
    user = _person(request)
    content = shape_of(edition)
    flows = {flow.code: flow for flow in edition.flows.order_by("position")}
    sheets = sheets_of(content)
    in_force = edition.status == EditionStatus.EFFECTIVE
    context = {
        "edition": edition,
        "process": edition.process,
        "content": content,
        "sheets": sheets,
        "flows": [(flows[sheet.flow.code], sheet) for sheet in sheets],
        "editions": edition.process.editions.visible_to(user).order_by("-number"),
        "may_start": in_force and bool(user.access.units),
    }
    return render(request, "processes/detail.html", context)
