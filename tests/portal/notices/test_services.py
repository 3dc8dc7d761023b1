"""Telling people, once."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from portal.notices.models import Notice
from portal.notices.services import mark_all_read, mark_read, tell
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Bangkok"))


def say(users, key="case-1", text="มีเรื่องรอพิจารณา"):
    tell(users, key=key, text=text, path="/cases/2570-1/")


def test_each_person_is_told_once():
    first, second = make_user(), make_user()
    say([first, second, first])
    assert [notice.to for notice in Notice.objects.order_by("to")] == [first, second]


def test_same_key_again_says_nothing():
    user = make_user()
    say([user])
    say([user], text="ซ้ำ")
    assert [notice.text for notice in user.notices.all()] == ["มีเรื่องรอพิจารณา"]


def test_person_who_cannot_sign_in_is_not_told():
    say([make_user(is_active=False)])
    assert Notice.objects.count() == 0


def test_long_text_is_cut():
    say([make_user()], text="ก" * 500)
    assert Notice.objects.get().text == "ก" * 299 + "…"


def test_reading_is_dated_once():
    user = make_user()
    say([user])
    mark_read(user.notices.get(), now=NOW)
    mark_read(user.notices.get(), now=NOW.replace(hour=12))
    assert user.notices.get().read_at == NOW


def test_reading_all_leaves_other_people_alone():
    user, other = make_user(), make_user()
    say([user, other])
    say([user], key="case-2")
    assert mark_all_read(user, now=NOW) == 2
    assert other.notices.get().read_at is None
