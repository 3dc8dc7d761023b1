"""The way in: without signing in everything leads to the Thai login page."""

from tests.factories.people import make_officer, make_unit


def test_the_first_page_of_a_stranger_is_the_login_page(page, fits):
    page.goto("/")
    assert page.url.split("?")[0].endswith("/login/")
    assert page.locator("html").get_attribute("lang") == "th"
    fits(page)


def test_a_wrong_password_is_said_beside_the_form(page, fits):
    make_officer(make_unit(), "staff1")
    page.goto("/login/")
    page.fill("[name=username]", "staff1")
    page.fill("[name=password]", "ผิดแน่นอน")
    page.click("main button[type=submit]")
    assert page.input_value("[name=username]") == "staff1"
    assert page.locator("main [role=alert], main .alert, main .invalid-feedback").count() >= 1
    fits(page)


def test_the_right_password_leads_to_the_inbox(page, fits):
    make_officer(make_unit(), "staff1")
    page.goto("/login/")
    page.fill("[name=username]", "staff1")
    page.fill("[name=password]", "krabuan-test")
    page.click("main button[type=submit]")
    page.wait_for_url("**/")
    fits(page)
