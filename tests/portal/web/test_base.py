"""The frame of every page: what stands in it for whom."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from portal.accounts.models import AccountKind, User
from portal.notices.models import Notice
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PAGE = "/help/staff/"


def page_of(client: Client) -> str:
    return client.get(PAGE).content.decode()


def main_menu(page: str) -> list[str]:
    menu = re.search(r'<nav class="kb-nav".*?</nav>', page, re.S)
    return re.findall(r"<span>(.*?)</span>", menu[0]) if menu else []


def test_officer_finds_the_work_in_the_main_menu(signed_in: SignIn) -> None:
    page = page_of(signed_in(make_user()))

    assert main_menu(page) == ["งานของฉัน", "เรื่องทั้งหมด", "กระบวนงาน", "ปฏิทิน"]
    assert "kb-menu--admin" not in page


def test_administrator_finds_what_he_keeps(signed_in: SignIn) -> None:
    page = page_of(signed_in(make_user(administers=True)))

    kept = re.search(r'kb-menu--admin".*?</details>', page, re.S)
    assert kept is not None
    assert re.findall(r"</svg> (\S+)</a>", kept[0]) == ["ผู้ใช้", "ตำแหน่ง", "สำนักงาน"]


def test_school_finds_only_its_inbox_notices_and_guide(signed_in: SignIn) -> None:
    page = page_of(signed_in(make_user(account=AccountKind.SCHOOL)))

    assert main_menu(page) == ["งานของฉัน", "การแจ้งเตือน", "คู่มือการใช้งาน"]


def test_nobody_finds_no_menu_but_the_guide(client: Client) -> None:
    page = page_of(client)

    assert main_menu(page) == []
    assert '<a href="/help/">' in page


def test_bell_says_how_many_notices_are_unread(signed_in: SignIn) -> None:
    user = make_user()
    for number in range(2):
        Notice.objects.create(to=user, key=f"k{number}", text="มีเรื่องใหม่", path="/")

    assert "การแจ้งเตือน ยังไม่ได้อ่าน 2 รายการ" in page_of(signed_in(user))


def test_signing_out_is_a_post_with_a_token(signed_in: SignIn) -> None:
    page = page_of(signed_in(make_user()))

    form = re.search(r'<form method="post" action="/logout/">.*?</form>', page, re.S)
    assert form is not None
    assert "csrfmiddlewaretoken" in form[0]


def test_name_is_shown_as_text(signed_in: SignIn) -> None:
    page = page_of(signed_in(make_user(first_name="<b>สาธิต</b>")))

    assert "&lt;b&gt;สาธิต&lt;/b&gt;" in page


def test_page_speaks_thai_and_can_be_skipped_into(client: Client) -> None:
    page = page_of(client)

    assert '<html lang="th">' in page
    assert page.index('href="#main"') < page.index("<header")
    assert '<main id="main"' in page


class _Inline(HTMLParser):
    """Finds what our content policy would silently drop."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("folder", ["templates"])
def test_no_template_has_inline_script_or_style(folder: str) -> None:
    found = {}
    for template in (settings.BASE_DIR / folder).rglob("*.html"):
        if "pdf" in template.parts:
            continue
        parser = _Inline()
        parser.feed(template.read_text(encoding="utf-8"))
        if parser.found:
            found[template.name] = parser.found

    assert found == {}
