"""Pages that belong to no room: refusals and guides.

Django calls the handlers with arguments of fixed names, needed or not.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from django_htmx.http import reselect, reswap, retarget

from portal.web.guides import GUIDES, ROLES, guide_role
from portal.web.middleware import MB, too_large, wants_a_piece


def _plain(template: str, status: int) -> HttpResponse:
    """A page that asks nothing of the request or the database: they may be what is broken."""
    return HttpResponse(render_to_string(template), status=status)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A whole page; where htmx asked for a piece, it takes the place of the open one."""
    response = render(request, template, status=status)
    if wants_a_piece(request):
        return reswap(reselect(retarget(response, "#main"), "#main"), "outerHTML")
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """What came cannot be read; too much of it is told as such."""
    if isinstance(exception, RequestDataTooBig):
        return too_large((settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) / MB)
    return _plain("400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The same answer for what does not exist and for what this person may not see."""
    return _page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return _plain("500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form's token was missing or old: 403 in Thai."""
    return _page(request, "403_csrf.html", 403)


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The guide that speaks to this person."""
    return redirect("web:guide-role", guide_role(request.user))


@login_not_required
@require_safe
def guide_for_role(request: HttpRequest, role: str) -> HttpResponse:
    """One role's guide; everybody may read them all."""
    if role not in ROLES:
        raise Http404
    facts = {"guide": ROLES[role], "guides": GUIDES}
    return render(request, f"help/{role}.html", facts)
