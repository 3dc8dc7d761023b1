"""Every way of not getting a page is a Thai page with the right status."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import get_resolver

from portal.accounts.models import User
from portal.web import views
from tests.factories.people import make_user

SignIn = Callable[[User], Client]


@pytest.mark.parametrize(
    ("status", "handler"),
    [
        (400, views.bad_request),
        (403, views.forbidden),
        (404, views.not_found),
        (500, views.server_error),
    ],
)
def test_every_refusal_of_django_is_answered_by_us(status: int, handler: Callable) -> None:
    assert get_resolver().resolve_error_handler(status) is handler


@pytest.mark.django_db
def test_address_nobody_has_is_not_found_in_thai(signed_in: SignIn) -> None:
    answer = signed_in(make_user()).get("/nowhere/")

    assert answer.status_code == 404
    assert "<h1>ไม่พบหน้าที่ต้องการ</h1>" in answer.content.decode()
    assert 'aria-label="เมนูหลัก"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/processes/?q=%00", "/cases/start/?flow=a%00", "/cases/?page=2&q=%00", "/?x=1&x=%00"]
)
def test_null_byte_in_an_address_cannot_be_read(signed_in: SignIn, path: str) -> None:
    answer = signed_in(make_user()).get(path)

    assert answer.status_code == 400
    assert "ระบบอ่านคำขอนี้ไม่ได้" in answer.content.decode()


@pytest.mark.django_db
def test_page_of_others_is_forbidden_in_thai(rf: RequestFactory) -> None:
    request = rf.get("/people/")
    request.user = make_user()

    answer = views.forbidden(request, PermissionDenied())

    assert answer.status_code == 403
    assert "<h1>ท่านไม่มีสิทธิ์ใช้หน้านี้</h1>" in answer.content.decode()


@pytest.mark.django_db
def test_form_without_its_token_is_refused_in_thai() -> None:
    user = make_user()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    answer = strict.post("/logout/")

    assert answer.status_code == 403
    assert "<h1>หน้านี้เปิดค้างไว้นานเกินไป</h1>" in answer.content.decode()


def test_broken_request_is_told_without_database_or_user(rf: RequestFactory) -> None:
    answer = views.bad_request(rf.get("/"), SuspiciousOperation())

    assert answer.status_code == 400
    assert "<h1>ระบบอ่านคำขอนี้ไม่ได้</h1>" in answer.content.decode()


def test_unknown_host_is_a_bad_request(client: Client) -> None:
    assert client.get("/help/staff/", headers={"host": "evil.example"}).status_code == 400


def test_too_much_text_is_told_with_its_limit(rf: RequestFactory) -> None:
    answer = views.bad_request(rf.post("/"), RequestDataTooBig())

    assert answer.status_code == 413
    assert "ไม่เกิน 2.5 เมกะไบต์" in answer.content.decode()


def test_breakdown_is_told_without_database_or_user(rf: RequestFactory) -> None:
    answer = views.server_error(rf.get("/"))

    assert answer.status_code == 500
    assert "<h1>ระบบขัดข้องชั่วคราว</h1>" in answer.content.decode()


@pytest.mark.django_db
def test_refusal_of_a_piece_takes_the_place_of_the_open_page(signed_in: SignIn) -> None:
    answer = signed_in(make_user()).get("/nowhere/", headers={"hx-request": "true"})

    told = [answer[name] for name in ("HX-Retarget", "HX-Reselect", "HX-Reswap")]
    assert (answer.status_code, told) == (404, ["#main", "#main", "outerHTML"])
