"""Each request gets a number that every line of log about it carries."""

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

_request_id: ContextVar[str] = ContextVar("request_id", default="-")
_access = logging.getLogger("krabuan.access")


class RequestLogMiddleware:
    """Numbers the request, says the number in the answer, writes one line to the access log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token, began = _request_id.set(uuid4().hex[:12]), time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = _request_id.get()
            _access.info("request", extra=_facts(request, response, time.perf_counter() - began))
            return response
        finally:
            _request_id.reset(token)


class RequestId(logging.Filter):
    """Puts the number of the running request on every line of log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


def _facts(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
    user = getattr(request, "user", None)
    return {
        "address": request.META.get("REMOTE_ADDR", ""),
        "user": user.pk if user is not None and user.is_authenticated else None,
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "ms": round(seconds * 1000),
    }
