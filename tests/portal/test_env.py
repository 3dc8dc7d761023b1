"""What the environment may say, and what stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import env


def test_a_secret_is_read_from_the_file_that_is_named(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("A_SECRET", "from the environment")
    assert env.text("A_SECRET") == "from the file"


def test_what_is_empty_is_not_set(monkeypatch):
    monkeypatch.setenv("A_NAME", "")
    assert env.text("A_NAME", "the default") == "the default"
    with pytest.raises(ImproperlyConfigured, match="A_NAME"):
        env.text("A_NAME")


def test_what_must_be_set_is_asked_for_by_name():
    with pytest.raises(ImproperlyConfigured, match="A_SECRET_FILE"):
        env.text("A_SECRET")


def test_a_whole_number_is_read(monkeypatch):
    assert env.whole("SECONDS", 60, least=3) == 60
    monkeypatch.setenv("SECONDS", "12")
    assert env.whole("SECONDS", 60, least=3) == 12


@pytest.mark.parametrize("value", ["2", "-5", "1.5", "soon", "๑๒"])
def test_what_is_no_such_number_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("SECONDS", value)
    with pytest.raises(ImproperlyConfigured, match=r"SECONDS is .* expected a whole number from 3"):
        env.whole("SECONDS", 60, least=3)


def test_only_one_of_the_choices_is_taken(monkeypatch):
    monkeypatch.setenv("MODE", "staging")
    with pytest.raises(ImproperlyConfigured, match="expected one of embedded, production"):
        env.one_of("MODE", ("embedded", "production"), "embedded")
