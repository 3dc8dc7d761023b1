"""A password somebody else knows opens one page only: the one that replaces it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

ALLOWED = ("accounts:password", "accounts:logout")


class TemporaryPasswordMiddleware:
    """Sends whoever signed in with a one-time password to choose his own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.password_is_temporary and not _allowed(request):
            return redirect("accounts:password")
        return self.get_response(request)


def _allowed(request: HttpRequest) -> bool:
    return request.path in [reverse(name) for name in ALLOWED]
