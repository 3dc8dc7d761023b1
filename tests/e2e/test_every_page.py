"""Every page people reach by links, each kind once: it is there, everybody can use it, in Thai."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import resolve
from django.utils import timezone
from playwright.sync_api import Page

from portal.accounts.models import User
from portal.demo.story import tell_all
from tests.factories.standard import dltv_flow, real_edition

# names and abbreviations that Thai offices write so; the rest of a page is Thai
AS_WRITTEN = {
    "DLIT",
    "DLTV",
    "ICT",
    "LINE",
    "PDF",
    "Excel",
    "Flow",
    "Chart",
    "SHA",
    "SQLite",
    "SWOT",
    "PostgreSQL",
    "Redis",
}
LINKS = "links => [...new Set(links.map(link => link.getAttribute('href')))]"
# answered with a file, not with a page
FILES = {"cases:file", "reports:paper-file"}
FILE = re.compile(r"\.[a-z]+$")


def test_every_page_can_be_used_by_everybody(open_page, cast, fits_everywhere):
    real_edition("dlit.yaml")
    dltv_flow()
    for file in ("../centre/specifications.yaml", "../centre/founding.yaml"):
        real_edition(file)
    tell_all(cast, timezone.now())
    admin = User.objects.get(username="admin")
    seen: set[str] = set()
    known = AS_WRITTEN | {user.username for user in User.objects.all()} | {cast.unit.code}
    foreign: list[str] = []
    for user in (cast.staff, cast.director, cast.head, cast.school, admin):
        page = open_page(user)
        for address in walk(page, seen):
            fits_everywhere(page)
            foreign += [f"{address} {word}" for word in sorted(english(page) - known)]
    assert foreign == []


def walk(page: Page, seen: set[str]) -> Iterator[str]:
    """Page after page along the links; of each kind of page the first one nobody saw before."""
    ahead, home = ["/"], "home"
    seen.discard(home)
    while ahead:
        address = ahead.pop(0)
        kind = resolve(urlsplit(address).path).view_name
        if kind in seen | FILES or FILE.search(address):
            continue
        seen.add(kind)
        answer = page.goto(address)
        assert (answer and answer.status, address) == (200, address)
        yield address
        ahead.extend(page.locator("a[href^='/']").evaluate_all(LINKS))


def english(page: Page) -> set[str]:
    """Foreign words somebody reads on the page; the digits of a digest are no word."""
    text = re.sub(r"\b[0-9a-f]{12}\b", "", page.locator("body").inner_text())
    return set(re.findall(r"[A-Za-z]{3,}", text))
