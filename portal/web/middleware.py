"""A rule's refusal becomes a Thai page with the right status."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.exceptions import DomainError


class DomainErrorMiddleware:
    """Answers a DomainError no view caught with its own text: 400, 403 or 409."""

    def __init__(self, get_response):  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        return render(request, "refused.html", {"error": error}, status=error.status)
