"""Headers that protect, a limit that is told, refusals in Thai."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from portal.exceptions import DomainError, NotAllowed, RuleBroken, StateConflict
from portal.office.models import Office
from portal.web import middleware
from portal.web.middleware import (
    CONTENT_SECURITY_POLICY,
    MB,
    REQUEST_LIMIT_MB,
    DomainErrorMiddleware,
    RequestLimitMiddleware,
    SecurityHeadersMiddleware,
    SignInAgainMiddleware,
)

Answer = Callable[[HttpRequest], HttpResponse]


def answering(content_type: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    return lambda request: HttpResponse("ok", content_type=content_type, headers=headers or None)


def test_page_may_use_only_our_own_scripts_and_styles(rf: RequestFactory) -> None:
    answer = SecurityHeadersMiddleware(answering())(rf.get("/"))

    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_pdf_is_left_to_the_browsers_reader(rf: RequestFactory) -> None:
    answer = SecurityHeadersMiddleware(answering("application/pdf"))(rf.get("/"))

    assert "Content-Security-Policy" not in answer


def test_stricter_policy_of_a_view_is_kept() -> None:
    strict = SecurityHeadersMiddleware(
        lambda request: HttpResponse("x", headers={"Content-Security-Policy": "sandbox"})
    )

    assert strict(RequestFactory().get("/"))["Content-Security-Policy"] == "sandbox"


def posted(size: int, body: bytes = b"") -> HttpRequest:
    request = RequestFactory().post("/", data=body, content_type="application/octet-stream")
    request.META["CONTENT_LENGTH"] = str(size)
    return request


def test_body_within_the_limit_is_let_through() -> None:
    answer = RequestLimitMiddleware(answering())(posted(REQUEST_LIMIT_MB * MB))

    assert answer.content == b"ok"


def test_body_over_the_limit_is_told_the_limit_and_reaches_no_view() -> None:
    answer = RequestLimitMiddleware(answering())(posted(REQUEST_LIMIT_MB * MB + 1))

    assert answer.status_code == 413
    assert "ไม่เกิน 110 เมกะไบต์" in answer.content.decode()


def test_body_over_the_limit_is_read_to_its_end_so_the_browser_shows_the_page() -> None:
    request = posted(REQUEST_LIMIT_MB * MB + 1, b"x" * 3 * MB)
    stream = BytesIO(b"x" * 3 * MB)
    request._stream = stream

    RequestLimitMiddleware(answering())(request)

    assert stream.read() == b""


@pytest.mark.parametrize("size", ["", "many", "-5"])
def test_size_that_is_no_number_is_let_through(rf: RequestFactory, size: str) -> None:
    request = rf.post("/")
    request.META["CONTENT_LENGTH"] = size

    assert RequestLimitMiddleware(answering())(request).content == b"ok"


def asked(rf: RequestFactory, **headers: str) -> HttpRequest:
    request = rf.post("/tasks/1/complete/", headers=headers)
    request.user = AnonymousUser()
    request.session = {}
    request._messages = FallbackStorage(request)
    request.htmx = HtmxDetails(request)
    return request


def refusal(request: HttpRequest, error: Exception) -> HttpResponse | None:
    return DomainErrorMiddleware(answering()).process_exception(request, error)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (RuleBroken("เหตุหนึ่ง"), 400, "ทำรายการนี้ไม่ได้"),
        (NotAllowed("เหตุสอง"), 403, "ท่านไม่มีสิทธิ์ทำรายการนี้"),
        (StateConflict("เหตุสาม"), 409, "รายการนี้เปลี่ยนไปแล้ว"),
    ],
)
def test_refusal_nobody_caught_becomes_a_thai_page(
    rf: RequestFactory, error: DomainError, status: int, title: str
) -> None:
    answer = refusal(asked(rf), error)

    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert error.user_message in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/cases/2570-1/", "http://testserver/cases/2570-1/"),
        ("http://elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_refusal_leads_back_only_within_the_portal(
    rf: RequestFactory, came_from: str, leads_to: str
) -> None:
    answer = refusal(asked(rf, referer=came_from), RuleBroken("ทำไม่ได้"))

    assert f'<a class="btn btn-primary" href="{leads_to}">' in answer.content.decode()


def test_refusal_of_a_piece_of_a_page_is_a_piece(rf: RequestFactory) -> None:
    answer = refusal(asked(rf, hx_request="true"), StateConflict("มีผู้ทำไปแล้ว"))

    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (
        409,
        "#messages",
        "innerHTML",
    )
    assert "มีผู้ทำไปแล้ว" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_other_errors_are_left_to_django(rf: RequestFactory) -> None:
    assert refusal(asked(rf), ValueError("x")) is None


def test_limit_leaves_room_for_the_largest_file_an_office_may_allow() -> None:
    field = Office._meta.get_field("upload_limit_mb")
    largest = max(v.limit_value for v in field.validators if v.code == "max_value")

    assert largest < middleware.REQUEST_LIMIT_MB


def sent_to(address: str) -> Answer:
    return lambda request: HttpResponse(status=302, headers={"Location": address})


def test_piece_asked_for_after_the_session_ended_is_said_in_the_open_page(
    rf: RequestFactory,
) -> None:
    answer = SignInAgainMiddleware(sent_to("/login/?next=/"))(asked(rf, hx_request="true"))

    assert (answer.status_code, answer["HX-Retarget"]) == (401, "#messages")
    assert 'href="/login/" target="_blank"' in answer.content.decode()


def test_page_asked_for_after_the_session_ended_leads_to_the_login(rf: RequestFactory) -> None:
    answer = SignInAgainMiddleware(sent_to("/login/?next=/"))(asked(rf))

    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/")


def test_piece_sent_elsewhere_goes_there(rf: RequestFactory) -> None:
    answer = SignInAgainMiddleware(sent_to("/cases/"))(asked(rf, hx_request="true"))

    assert (answer.status_code, answer["Location"]) == (302, "/cases/")
