"""The first administrator, made on the machine."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.management.commands import create_administrator
from portal.accounts.models import User
from portal.audit.models import OfficeEvent
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    def run(username="Keeper", password="ฝนตกที่หน้าต่าง", **options):  # noqa: S107
        file = tmp_path / "password"
        file.write_text(f"{password}\n", encoding="utf-8")
        out = StringIO()
        facts = {"username": username, "password_file": file, **options}
        call_command("create_administrator", stdout=out, **facts)
        return out.getvalue()

    return run


def test_administrator_can_sign_in_at_once(run, client):
    assert run() == "เพิ่มผู้ดูแลระบบ keeper แล้ว\n"
    user = User.objects.get()
    assert (user.username, user.administers, user.password_is_temporary) == ("keeper", True, False)
    answer = client.post("/login/", {"username": "keeper", "password": "ฝนตกที่หน้าต่าง"})
    assert answer.status_code == 302


def test_history_says_that_it_came_from_the_machine(run):
    run()
    event = OfficeEvent.objects.get()
    assert (event.action, event.actor, event.text) == (
        "person_added",
        None,
        "เพิ่มผู้ดูแลระบบ keeper จากเครื่องแม่ข่าย",
    )


def test_name_and_password_are_asked_for(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _: "keeper")
    monkeypatch.setattr(create_administrator, "getpass", lambda _: "ฝนตกที่หน้าต่าง")
    call_command("create_administrator", stdout=StringIO())
    assert User.objects.get().check_password("ฝนตกที่หน้าต่าง")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"password": "1234"}, "รหัสผ่าน"),
        ({"username": "ไทย"}, "ตัวอักษรอังกฤษ"),
        ({"username": "taken"}, "มีผู้ใช้ชื่อนี้แล้ว"),
        ({"password": ""}, "รหัสผ่าน"),
    ],
)
def test_what_is_wrong_is_said_in_thai(run, options, said):
    make_user("taken")
    with pytest.raises(CommandError, match=said):
        run(**options)
    assert User.objects.count() == 1


def test_missing_file_is_said(run, tmp_path):
    with pytest.raises(CommandError, match="อ่านรหัสผ่านจาก"):
        run(password_file=tmp_path / "none")
