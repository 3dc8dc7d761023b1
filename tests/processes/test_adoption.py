"""How the office uses its manuals: who may say so, what is kept, what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.posts import head_post
from portal.audit.models import OfficeEvent
from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from processes.adoption import change_adoption, rows_to_target, state_of, switch_manual
from processes.in_use import targets_of
from processes.models import Manual, Process, TargetDays
from tests.factories.people import ROLES, delegate, make_office, make_post, make_user
from tests.factories.standard import make_shape, put_in_force
from tests.factories.work import MONDAY, fresh

pytestmark = pytest.mark.django_db
MAY = {"head", "deputy", "director", "administrator"}
ROW_A, ROW_B = ("alpha", "a"), ("alpha", "b")
THREE_DAYS = {"unit": "working_day", "min": 3, "max": 3}


@pytest.fixture
def people():
    return make_office()


@pytest.fixture
def process():
    steps = ["a", "b", {"key": "timed", "duration": THREE_DAYS}, {"key": "out", "external": True}]
    return put_in_force(make_shape(steps, code="alpha", name="ชื่อในคู่มือ")).process


def change(process, by, targets=None, *, now=MONDAY, seen=None, **facts):
    return change_adoption(process, facts, targets or {}, by=by, now=now, seen=seen)


def stored(process):
    return Process.objects.get(pk=process.pk)


# -- what is said of a process


def test_a_new_process_is_in_use_and_says_nothing_of_its_own(process):
    assert process.adopted is True
    assert (process.own_name, process.own_document_code, process.in_charge) == ("", "", None)


@pytest.mark.parametrize("role", ROLES)
def test_who_leads_or_administers_may_change_it_and_nobody_else(people, process, role):
    if role in MAY:
        change(process, people[role], adopted=False)
    else:
        with pytest.raises(NotAllowed):
            change(process, people[role], adopted=False)
    assert stored(process).adopted == (role not in MAY)


def test_right_follows_who_acts_in_the_post(people, process):
    acting, post = make_user(), people["head"].holdings.get().post
    delegate(post, acting, "vacant")
    with pytest.raises(NotAllowed):
        change(process, fresh(people["head"]), adopted=False)
    assert change(process, acting, adopted=False).adopted is False


def test_each_change_is_one_line_of_the_history_with_before_and_after(people, process):
    post = head_post(people["head"].holdings.get().post.unit)
    change(process, people["head"], own_name="ชื่อของเรา", in_charge=post)
    event = OfficeEvent.objects.get()
    assert event.action == "process_adoption_changed"
    assert event.actor == people["head"]
    assert event.text == ("แก้ไขการใช้กระบวนงาน ชื่อของเรา: ชื่อที่สำนักงานใช้, ตำแหน่งที่รับผิดชอบ")
    assert event.data["before"] == {"own_name": "", "in_charge": None}
    assert event.data["after"] == {"own_name": "ชื่อของเรา", "in_charge": post.title}


def test_saving_what_is_said_already_writes_nothing(people, process):
    seen = state_of(process)
    for _ in range(2):
        change(process, people["head"], own_name="ชื่อของเรา", seen=seen)
    assert OfficeEvent.objects.count() == 1


def test_what_another_changed_meanwhile_is_not_undone(people, process):
    seen = state_of(process)
    change(process, people["head"], {ROW_A: 5}, seen=seen)
    with pytest.raises(StateConflict, match="มีผู้แก้ไข"):
        change(process, people["deputy"], {ROW_A: 9}, own_name="อีกชื่อ", seen=seen)
    assert (stored(process).own_name, targets_of(process.pk)) == ("", {ROW_A: 5})


def test_the_manuals_own_name_is_no_name_of_the_office(people, process):
    assert change(process, people["head"], own_name=" ชื่อในคู่มือ ").own_name == ""


def test_a_stand_in_is_another_post_and_stands_in_for_somebody(people, process):
    post = make_post("deputy")
    for facts, field in (
        ({"in_charge": post, "stand_in": post}, "stand_in"),
        ({"stand_in": post}, "in_charge"),
    ):
        with pytest.raises(RuleBroken) as refusal:
            change(process, people["head"], **facts)
        assert refusal.value.field == field
        with pytest.raises(IntegrityError), transaction.atomic():
            Process.objects.filter(pk=process.pk).update(**facts)
    assert OfficeEvent.objects.count() == 0


def test_loading_the_manual_again_keeps_what_the_office_says(people, process):
    change(process, people["head"], {ROW_A: 5}, adopted=False, own_name="ชื่อของเรา")
    put_in_force(make_shape(["a", "b"], code="alpha", name="ชื่อใหม่ในคู่มือ"))
    again = stored(process)
    assert (again.adopted, again.own_name, again.name) == (False, "ชื่อของเรา", "ชื่อใหม่ในคู่มือ")
    assert (again.own_search_text, targets_of(process.pk)) == ("ชือของเรา", {ROW_A: 5})


# -- target days


def test_rows_to_target_are_those_of_the_office_without_a_time(process):
    assert list(rows_to_target(process)) == [ROW_A, ROW_B]


def test_a_heading_gets_no_target_and_its_sub_rows_do():
    steps = ["top", {"key": "one", "parent": "top"}, {"key": "two", "parent": "top"}]
    edition = put_in_force(make_shape(steps, code="beta"))
    assert [key for _, key in rows_to_target(edition.process)] == ["one", "two"]


def test_targets_are_set_changed_and_taken_back_each_in_one_line(people, process):
    later = MONDAY + timedelta(days=1)
    change(process, people["head"], {ROW_A: 5, ROW_B: 2})
    change(process, people["head"], {ROW_A: 7, ROW_B: None}, now=later)
    assert targets_of(process.pk) == {ROW_A: 7}
    assert targets_of(process.pk, MONDAY) == {ROW_A: 5, ROW_B: 2}
    assert targets_of(process.pk, MONDAY - timedelta(seconds=1)) == {}
    assert [event.text for event in OfficeEvent.objects.order_by("seq")] == [
        "กำหนดเป้าหมายเวลาของกระบวนงาน ชื่อในคู่มือ: ขั้นตอน a 5 วันทำการ; ขั้นตอน b 2 วันทำการ",
        "กำหนดเป้าหมายเวลาของกระบวนงาน ชื่อในคู่มือ: ขั้นตอน a 7 วันทำการ; ขั้นตอน b ไม่กำหนดเวลา",
    ]


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_target_is_between_one_and_366_days(people, process, days):
    with pytest.raises(RuleBroken, match="1 ถึง 366"):
        change(process, people["head"], {ROW_A: days}, own_name="ชื่อของเรา")
    assert (stored(process).own_name, TargetDays.objects.count()) == ("", 0)


@pytest.mark.parametrize("key", ["timed", "out", "nothing"])
def test_other_rows_get_no_target(people, process, key):
    with pytest.raises(RuleBroken, match="ที่คู่มือไม่กำหนดเวลา"):
        change(process, people["head"], {("alpha", key): 3})


def test_the_database_keeps_targets_in_bounds_and_once(process):
    facts = {"process": process, "flow_code": "alpha", "step_key": "a", "set_at": MONDAY}
    TargetDays.objects.create(**facts, days=366)
    for days in (1, 367):
        with pytest.raises(IntegrityError), transaction.atomic():
            TargetDays.objects.create(**{**facts, "step_key": "a" if days == 1 else "b"}, days=days)


# -- a whole manual


def test_a_manual_is_switched_off_and_on_in_one_line_each(people, process):
    put_in_force(make_shape(["a"], code="beta"))
    manual = Manual.objects.get()
    facts = {"by": people["director"], "now": MONDAY}
    assert switch_manual(manual, adopted=False, **facts) == 2
    assert switch_manual(manual, adopted=False, **facts) == 0
    assert not Process.objects.in_use().exists()
    assert switch_manual(manual, adopted=True, **facts) == 2
    assert [event.text for event in OfficeEvent.objects.order_by("seq")] == [
        "เลิกใช้ทั้งคู่มือ “คู่มือตัวอย่าง” 2 กระบวนงาน",
        "ใช้ทั้งคู่มือ “คู่มือตัวอย่าง” 2 กระบวนงาน",
    ]
    assert OfficeEvent.objects.first().data["processes"] == ["alpha", "beta"]


@pytest.mark.parametrize("role", sorted(set(ROLES) - MAY))
def test_a_manual_is_not_switched_by_anybody_else(people, process, role):
    with pytest.raises(NotAllowed):
        switch_manual(process.manual, adopted=False, by=people[role], now=MONDAY)
    assert Process.objects.in_use().count() == 1
