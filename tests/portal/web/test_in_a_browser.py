"""The small comforts of script, and that nothing needs them."""

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import browser, fits, open_page  # noqa: F401 - fixtures
from tests.factories.people import make_user

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.urls("tests.portal.web.sample_pages"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture(params=[False, True], ids=["desk", "phone"])
def page(request, open_page) -> Page:  # noqa: F811
    shown = open_page(phone=request.param)
    shown.goto("/sample/")
    return shown


def focused(page: Page) -> str | None:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_calendar_opens_on_the_typed_day_and_writes_the_chosen_one(page):
    page.fill("#id_on", "๕/๑๑/2569")
    page.click(".kb-date-open")
    assert focused(page) == "วันพฤหัสบดีที่ 5 พฤศจิกายน 2569"

    page.keyboard.press("ArrowDown")
    page.keyboard.press("PageUp")
    assert focused(page) == "วันจันทร์ที่ 12 ตุลาคม 2569"

    page.keyboard.press("Enter")
    assert page.input_value("#id_on") == "12/10/2569"
    assert page.locator(".kb-cal").count() == 0


def test_calendar_refuses_a_day_after_the_last(page):
    page.fill("#id_on", "20/11/2569")
    page.click(".kb-date-open")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    assert page.input_value("#id_on") == "20/11/2569"


def test_calendar_closes_with_escape_and_gives_the_focus_back(page):
    page.click(".kb-date-open")
    page.keyboard.press("Escape")

    assert page.locator(".kb-cal").count() == 0
    assert focused(page) == "เลือกจากปฏิทิน: วันที่ทำจริง"


def test_open_calendar_can_be_used_by_everybody(page, fits):  # noqa: F811
    page.click(".kb-date-open")
    fits(page)


def test_chosen_file_is_named_in_thai(page):
    files = [{"name": "รายงาน.pdf", "mimeType": "application/pdf", "buffer": b"x" * 30_000}]
    page.set_input_files("#id_file", files)

    assert page.inner_text(".kb-pick-name") == "รายงาน.pdf (29 กิโลไบต์)"


def test_refused_form_can_be_used_by_everybody(page, fits):  # noqa: F811
    page.click("main button[type=submit], main .btn-primary")
    page.wait_for_selector(".invalid-feedback")

    assert page.get_attribute("#id_on", "aria-describedby") == "id_on_helptext id_on_error"
    fits(page)


def test_menu_closes_with_escape_and_with_a_click_beside_it(open_page):  # noqa: F811
    page = open_page(make_user())
    page.goto("/sample/")
    page.click(".kb-menu--user summary")
    page.keyboard.press("Escape")
    assert page.locator("details[open]").count() == 0

    page.click(".kb-menu--user summary")
    page.click("h1")
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_open_menus_can_be_used_by_everybody(open_page, fits, phone):  # noqa: F811
    page = open_page(make_user(administers=True), phone=phone)
    page.goto("/sample/")
    page.click(".kb-menu--admin summary")
    fits(page)
    page.click(".kb-menu--user summary")
    fits(page)
    assert page.locator("details[open]").count() == 1


def test_date_and_file_and_menu_work_without_script(browser, live_server):  # noqa: F811
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sample/")
    page.fill("#id_on", "20/11/2026")
    page.click("main .btn-primary")

    assert "20 พ.ย. 2569" in page.inner_text("#id_on_error")
    assert page.locator("#id_on").get_attribute("value") == "20/11/2026"
    assert page.locator("input[type=file]").is_visible()
    context.close()


def test_form_left_open_while_signing_in_again_elsewhere_is_accepted(open_page):  # noqa: F811
    page = open_page(make_user())
    page.goto("/sample/")
    page.context.clear_cookies(name="csrftoken")
    page.context.add_cookies(
        [{"name": "csrftoken", "value": "a" * 32, "url": page.url.replace("/sample/", "")}]
    )
    page.click("main .btn-primary")

    page.wait_for_selector("#id_on_error")
