"""Pages that belong to no room: refusals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was missing or old: 403 in Thai."""
    return render(request, "403_csrf.html", status=403)
