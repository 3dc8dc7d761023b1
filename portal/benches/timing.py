"""Times pages side by side, so that what disturbs the machine disturbs all of them alike."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from statistics import median
from time import perf_counter
from typing import Any

from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Timing:
    """One page: its median in milliseconds, its queries, its size."""

    page: str
    ms: float
    queries: int
    kilobytes: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page as one person asks for it; without a person, one of the bare ones."""

    name: str
    path: str
    person: User | None = None


class Visit:
    """Asks for one page again and again, through the WSGI door as gunicorn does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.handler = WSGIHandler() if page.person else _bare_handler()
        cookies = _cookies(page.person) if page.person else ""
        self.headers = {"HTTP_HOST": "localhost", "HTTP_COOKIE": cookies}

    def ask(self) -> bytes:
        """The whole body."""
        environ = RequestFactory().get(self.page.path, **self.headers).environ  # type: ignore[arg-type]
        status: list[str] = []
        response = self.handler(environ, lambda said, *_: status.append(said))  # type: ignore[arg-type]
        body = b"".join(response)
        response.close()
        if status != ["200 OK"]:
            raise RuntimeError(f"{self.page.path} answered {status}")
        return body

    def time(self) -> float:
        """Milliseconds of one request."""
        began = perf_counter()
        self.ask()
        return 1000 * (perf_counter() - began)


def _bare_handler() -> WSGIHandler:
    """Django with nothing in its way; it reads its middleware once, when it is made."""
    with override_settings(MIDDLEWARE=["portal.benches.bare.only_ours"]):
        return WSGIHandler()


def measure(pages: list[Page], *, rounds: int) -> list[Timing]:
    """The median of so many rounds; in each, every page once."""
    visits = [Visit(page) for page in pages]
    sizes = [len(visit.ask()) for visit in visits]
    times = list(zip(*([visit.time() for visit in visits] for _ in range(rounds)), strict=True))
    return [
        Timing(visit.page.name, median(took), _queries(visit), size / 1024)
        for visit, took, size in zip(visits, times, sizes, strict=True)
    ]


def _queries(visit: Visit) -> int:
    with CaptureQueriesContext(connection) as captured:
        visit.ask()
    return sum(not query["sql"].startswith("PRAGMA") for query in captured.captured_queries)


def _cookies(person: Any) -> str:
    client = Client()
    client.force_login(
        get_user_model().objects.get(pk=person.pk),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    jar: SimpleCookie = client.cookies
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
