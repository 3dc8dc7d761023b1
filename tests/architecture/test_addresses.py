"""Addresses: every name that is used exists, and every page asks who you are."""

import re

import pytest
from django.conf import settings

from tests.architecture.places import addresses, code, shown, templates

# what a stranger may open, each with its reason
PUBLIC = {
    "accounts:login",  # the way in
    "web:guide",  # how to use the portal, for who cannot get in too
    "web:guide-role",
    "health:alive",  # asked by what watches over the containers
}
IN_TEMPLATES = re.compile(r"{%\s*url\s+['\"]([^'\"]+)['\"]")
IN_CODE = re.compile(
    r"\b(?:reverse|reverse_lazy|redirect|resolve_url)\(\s*f?\"([a-z]+(?::[a-z-]+)?)\""
)


def names():
    return {name for name, _ in addresses()}


def test_every_address_has_a_name():
    assert [str(entry.pattern) for name, entry in addresses() if name.endswith("None")] == []


def test_every_address_but_the_named_asks_for_a_login():
    is_open = {
        name for name, entry in addresses() if not getattr(entry.callback, "login_required", True)
    }
    assert is_open == PUBLIC
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


@pytest.mark.django_db
def test_a_stranger_is_led_to_the_login_page(client):
    for name, entry in addresses():
        if name in PUBLIC or entry.pattern.converters:
            continue
        path = "/" + str(entry.pattern)
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, f"/login/?next={path}"), name


def test_every_name_used_in_a_template_exists():
    used = {
        (shown(path), name)
        for path in templates()
        for name in IN_TEMPLATES.findall(path.read_text(encoding="utf-8"))
    }
    assert sorted(use for use in used if use[1] not in names()) == []


def test_every_name_used_in_code_exists():
    used = {
        (shown(path), name)
        for path in code()
        for name in IN_CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert sorted(use for use in used if use[1] not in names()) == []
