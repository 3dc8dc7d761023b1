"""A browser for tests: signs in, posts, reads what a page says."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from portal.accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def words(answer: HttpResponse) -> str:
    """The words of a page, one blank between them, without its tags."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def raw(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())


def hidden(answer: HttpResponse, name: str) -> str:
    """The value of a hidden field of the page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, f"no hidden field {name}"
    return found[1]


def buttons(answer: HttpResponse, pk: int) -> set[str]:
    """The verbs of a task that the page offers, by the addresses it posts to."""
    return set(re.findall(rf'action="/tasks/{pk}/([a-z-]+)/(?:#[a-z]+)?"', answer.content.decode()))


def case_buttons(answer: HttpResponse, code: str) -> set[str]:
    return set(
        re.findall(rf'action="/cases/{code}/([a-z-]+)/(?:#[a-z]+)?"', answer.content.decode())
    )


def post(user: User, address: str, /, **typed: Any) -> HttpResponse:
    answer: HttpResponse = signed_in(user).post(address, typed)  # type: ignore[assignment]
    return answer
