"""Proving who one is, and how long that is good."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.accounts.models import Proof
from portal.accounts.proof import fresh_proof, prove
from portal.exceptions import RuleBroken
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Bangkok"))


def try_password(user, password="krabuan-test", now=NOW):  # noqa: S107
    return prove(user, password, request_address="10.0.0.7", device="โทรศัพท์", now=now)


def test_right_password_is_kept_as_a_proof():
    user = make_user("director")
    proof = try_password(user)
    assert (proof.user, proof.method, proof.at, proof.address, proof.device) == (
        user,
        "password",
        NOW,
        "10.0.0.7",
        "โทรศัพท์",
    )


def test_wrong_password_is_refused_beside_its_field():
    with pytest.raises(RuleBroken) as refusal:
        try_password(make_user(), "ผิด")
    assert (refusal.value.user_message, refusal.value.field) == (
        "รหัสผ่านไม่ถูกต้อง",
        "password",
    )
    assert Proof.objects.count() == 0


def test_many_wrong_passwords_are_throttled_even_for_the_right_one():
    user = make_user("director")
    for _ in range(5):
        with pytest.raises(RuleBroken):
            try_password(user, "ผิด")
    with pytest.raises(RuleBroken, match="กรอกรหัสผ่านผิดหลายครั้ง"):
        try_password(user)


def test_right_password_forgets_the_wrong_ones():
    user = make_user("director")
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(RuleBroken):
                try_password(user, "ผิด")
        try_password(user)
    assert Proof.objects.count() == 3


def test_person_who_cannot_sign_in_proves_nothing():
    with pytest.raises(RuleBroken):
        try_password(make_user(is_active=False))


def test_long_device_name_is_cut():
    proof = prove(make_user(), "krabuan-test", request_address=None, device="x" * 500, now=NOW)
    assert (proof.device, proof.address) == ("x" * 200, None)


@pytest.mark.parametrize(("minutes", "good"), [(0, True), (9, True), (10, False), (-1, False)])
def test_proof_is_good_for_the_minutes_of_the_office(minutes, good):
    user = make_user()
    proof = try_password(user)
    found = fresh_proof(user, NOW + timedelta(minutes=minutes))
    assert found == (proof if good else None)


def test_proof_of_another_person_is_no_proof():
    try_password(make_user())
    assert fresh_proof(make_user(), NOW) is None


def test_latest_proof_is_the_one_used():
    user = make_user()
    try_password(user)
    later = try_password(user, now=NOW + timedelta(minutes=2))
    assert fresh_proof(user, NOW + timedelta(minutes=3)) == later
