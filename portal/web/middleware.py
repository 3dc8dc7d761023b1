"""What every answer passes: headers that protect, a limit on size, refusals in Thai."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import reswap, retarget

from portal.exceptions import DomainError

Answer = Callable[[HttpRequest], HttpResponse]

# the largest file an office may allow (100 MB) and room for the form around it
REQUEST_LIMIT_MB = 110
MB = 1024 * 1024

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",  # the arrows and ticks inside the style sheets
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


class SecurityHeadersMiddleware:
    """Only our own scripts, styles and pictures; no camera, no place, no microphone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # browsers draw a PDF with a page of their own, which our policy would empty
        if response.get("Content-Type", "") != "application/pdf":
            response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        return response


class RequestLimitMiddleware:
    """Answers a body nobody may send before it is read into memory or onto the disk."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _announced_size(request) <= REQUEST_LIMIT_MB * MB:
            return self.get_response(request)
        _throw_away(request)
        return too_large()


def _announced_size(request: HttpRequest) -> int:
    announced = request.META.get("CONTENT_LENGTH") or ""
    return int(announced) if announced.isdigit() else 0


def _throw_away(request: HttpRequest) -> None:
    """Read what is coming and forget it: a browser cut off while sending shows no page."""
    try:
        for _ in range(10 * REQUEST_LIMIT_MB):
            if not request.read(MB):
                return
    except OSError:
        return


def too_large(limit_mb: float = REQUEST_LIMIT_MB) -> HttpResponse:
    """The page that names the limit."""
    text = render_to_string("413.html", {"limit_mb": limit_mb})
    return HttpResponse(text, status=413)


class ReadableAddressMiddleware:
    """Refuses a null byte in what an address asks for: PostgreSQL cannot even look for one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\x00" in text for _, texts in request.GET.lists() for text in texts):
            raise BadRequest("null byte in the address")
        return self.get_response(request)


class SignInAgainMiddleware:
    """A piece asked for after the session ended: said in the page, where the typed text stays."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        login = resolve_url(settings.LOGIN_URL)
        if not wants_a_piece(request) or not response.get("Location", "").startswith(login):
            return response
        piece = render(request, "components/sign_in_again.html", {"login": login}, status=401)
        return reswap(retarget(piece, "#messages"), "innerHTML")


class DomainErrorMiddleware:
    """Answers a DomainError no view caught with its own text: 400, 403 or 409."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if wants_a_piece(request):
            response = render(request, "components/refusal.html", {"error": error})
            response.status_code = error.status
            return reswap(retarget(response, "#messages"), "innerHTML")
        facts = {"error": error, "back": _page_before(request)}
        return render(request, "refused.html", facts, status=error.status)


def wants_a_piece(request: HttpRequest) -> bool:
    """Whether htmx asked, for a part of the page that is open."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted


def _page_before(request: HttpRequest) -> str:
    """Where the person came from, if that was a page of ours."""
    before = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(
        before, {request.get_host()}, require_https=request.is_secure()
    )
    return before if ours else "/"
