"""Forms and laws on the screen, and which processes name them."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.models import User
from processes.shelves import Shelf, mentions_of, things_found


@require_safe
def show_shelf(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """Every form, or every law, that a process in force names."""
    words = request.GET.get("q", "").strip()
    things = things_found(shelf, cast(User, request.user), words)
    context = {"shelf": shelf, "things": things, "words": words}
    return render(request, "processes/shelf.html", context)


@require_safe
def show_mentions(request: HttpRequest, shelf: Shelf, code: str) -> HttpResponse:
    """Which processes use this form, or cite this law."""
    mentions = mentions_of(shelf, code, cast(User, request.user))
    if not mentions:
        raise Http404
    thing = getattr(mentions[0], shelf.thing)
    context = {"shelf": shelf, "thing": thing, "mentions": mentions}
    return render(request, "processes/mentions.html", context)
