"""A real browser against a running server. Pages that complain in the console fail the test."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from portal.accounts.models import User
from portal.demo.people import Cast, make_people
from tests.factories.calendar import fill_calendar

# Playwright keeps an event loop in this thread; the tests themselves ask the database one by one
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# a busy machine may take its time; what never comes is found all the same
expect.set_options(timeout=20_000)

AXE = next(Path("tests/vendor").glob("axe-core-*/axe.min.js")).read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# bars that float over the page hide what happens to stand below them: axe sees them laid into it
RUN_AXE = """async tags => {
  const floats = (each) => ["fixed", "sticky"].includes(getComputedStyle(each).position);
  const bars = [...document.body.querySelectorAll("*")].filter(floats);
  for (const bar of bars) Object.assign(bar.style, {position: "relative", inset: "auto"});
  const options = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]};
  const found = await axe.run(document, options);
  for (const bar of bars) Object.assign(bar.style, {position: "", inset: ""});
  return found.violations;
}"""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}

# kept with the run, not with the fixture: other folders import it, and two would be one too many
CHROMIUM = pytest.StashKey[Browser]()

OpenPage = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)  # before the tests with real transactions are put last
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            # what migrations seeded is there again although the test before emptied all tables
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Browser:
    """One Chromium for all tests of a process: the system's, else Playwright's own."""
    if CHROMIUM not in pytestconfig.stash:
        found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
        playwright = sync_playwright().start()
        pytestconfig.add_cleanup(playwright.stop)
        pytestconfig.stash[CHROMIUM] = playwright.chromium.launch(
            executable_path=next(filter(None, found), None), args=QUIET
        )
    return pytestconfig.stash[CHROMIUM]


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[OpenPage]:
    """Opens a page as another person would: `open_page(user, phone=True, scripts=False)`."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(user: User | None = None, *, phone: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            locale="th-TH",
            timezone_id=settings.TIME_ZONE,
            java_script_enabled=scripts,
            **(PHONE if phone else DESK),
        )
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_of(user, live_server.url)])
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(complaint(page, message)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(params=[False, True], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    """Nobody's page, once at 1280 and once at 390 pixels."""
    return open_page(phone=request.param)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The people of the demo office, and the days its office is closed."""
    fill_calendar()
    return make_people(timezone.now())


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Asserts that everybody can use the page as it stands: no WCAG violation, no side scroll."""

    def assert_fits(page: Page) -> None:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    return assert_fits


@pytest.fixture
def fits_everywhere(fits: Callable[[Page], None]) -> Callable[[Page], None]:
    """The same, on a desk and as narrow as a phone."""

    def assert_fits(page: Page) -> None:
        fits(page)
        page.set_viewport_size(PHONE["viewport"])
        fits(page)
        page.set_viewport_size(DESK["viewport"])

    return assert_fits


def violations(page: Page) -> list[str]:
    """What axe-core finds: rule and element, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return [
        f"{page.url} {rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in page.evaluate(RUN_AXE, WCAG)
        for node in rule["nodes"]
    ]


def session_of(user: User, address: str) -> dict[str, str]:
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}


def complaint(page: Page, message: ConsoleMessage) -> list[str]:
    """The text of an error. A refused form is none, though Chromium says so of its page; nor is a
    draft refused because its row was closed meanwhile, which the page itself tells."""
    refused = "Failed to load resource: the server responded with a status of 4"
    address = message.location["url"].split("#")[0]
    # the page of a row that refused calls itself by the row's address, not by its button's
    is_refusal = message.text.startswith(refused) and address.startswith(page.url.split("#")[0])
    is_late = " 409 " in message.text and re.search("/(save|draft)/", f"{address} {message.text}")
    return [message.text] if message.type == "error" and not (is_refusal or is_late) else []
