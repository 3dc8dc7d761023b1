"""Notices in the browser."""

import pytest
from django.utils import timezone

from portal.notices.models import Notice
from portal.notices.services import tell
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user("somchai")


def say(user, key="k", **values):
    facts = {"text": "มีเรื่องรอพิจารณา", "path": "/cases/2570-1/", **values}
    tell([user], key=key, **facts)
    return user.notices.get(key=key)


def shown(client, query=""):
    return list(client.get(f"/notices/{query}").context["page"])


def test_unread_notices_come_first_alone(user, signed_in):
    old, new = say(user, "old"), say(user, "new")
    old.read_at = timezone.now()
    old.save()
    client = signed_in(user)
    assert shown(client) == [new]
    assert shown(client, "?show=all") == [new, old]


def test_notices_of_others_are_not_shown(user, signed_in):
    say(make_user())
    assert shown(signed_in(user), "?show=all") == []


def test_opening_one_reads_it_and_goes_there(user, signed_in):
    notice = say(user)
    answer = signed_in(user).post(f"/notices/{notice.pk}/open/")
    notice.refresh_from_db()
    assert (answer["Location"], notice.read_at is not None) == ("/cases/2570-1/", True)


def test_notice_leads_nowhere_outside(user, signed_in):
    notice = say(user, path="//evil.example/")
    assert signed_in(user).post(f"/notices/{notice.pk}/open/")["Location"] == "/"


def test_reading_one_stays_on_the_list(user, signed_in):
    notice, other = say(user, "one"), say(user, "two")
    client = signed_in(user)
    assert client.post(f"/notices/{notice.pk}/read/")["Location"] == "/notices/"
    assert shown(client) == [other]


def test_reading_all_reads_ones_own(user, signed_in):
    say(user, "one"), say(user, "two"), say(make_user(), "three")
    signed_in(user).post("/notices/read/")
    assert list(Notice.objects.filter(read_at__isnull=True).values_list("key", flat=True)) == [
        "three"
    ]


def test_empty_lists_say_so(user, signed_in):
    client = signed_in(user)
    assert "ไม่มีการแจ้งเตือนใหม่" in client.get("/notices/").content.decode()
    assert "ยังไม่เคยมีการแจ้งเตือน" in client.get("/notices/?show=all").content.decode()


def test_bell_counts_the_unread(user, signed_in):
    say(user, "one"), say(user, "two")
    page = signed_in(user).get("/notices/?show=all").content.decode()
    assert "ยังไม่ได้อ่าน 2 รายการ" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_many(user, signed_in, rows, django_assert_num_queries):
    for number in range(rows):
        say(user, f"k{number}", urgent=True)
    client = signed_in(user)
    client.get("/notices/")
    with django_assert_num_queries(6):
        assert len(shown(client)) == rows
