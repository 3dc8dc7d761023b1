"""Appointing by a signed order: members, then number and date, then made known."""

from datetime import timedelta

import pytest

from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from tests.factories.people import make_user
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, Bench, make_bench, open_task
from tests.workflows.letters.rows import (
    APPOINT_ITEMS,
    TWO,
    appoint_task,
    asking_task,
    needs_met,
    write_order,
)
from workflows.cases import moves
from workflows.cases.services import complete_task
from workflows.letters.models import Letter, Member
from workflows.letters.services import MemberLine, issue_order, recall_number, set_members

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def issue(order: Letter, bench: Bench, **values: object) -> Letter:
    facts = {"number": "12/2569", "dated_on": TODAY, "told_on": TODAY, "by": bench.officer}
    return issue_order(order, now=MONDAY, **{**facts, **values})


def test_members_stand_in_printed_order(bench: Bench) -> None:
    order = write_order(appoint_task(bench), bench)
    assert [(member.position, member.name, member.role) for member in order.members.all()] == [
        (1, "นายสาธิต ตัวอย่าง", "ประธาน"), (2, "นางสมมติ ตัวอย่าง", "กรรมการ"),
    ]  # fmt: skip


def test_members_meet_their_need(bench: Bench) -> None:
    task = appoint_task(bench)
    write_order(task, bench)
    assert needs_met(task) == ["members"]


def test_an_emptied_list_of_members_opens_the_need_again(bench: Bench) -> None:
    task = appoint_task(bench)
    set_members(write_order(task, bench), [], by=bench.officer, now=MONDAY)
    assert needs_met(task) == []


@pytest.mark.parametrize("line", [MemberLine("", "ครู", "กรรมการ"), MemberLine("นาย ก", "ครู", " ")])
def test_a_half_written_member_is_kept_but_meets_nothing(bench: Bench, line: MemberLine) -> None:
    task = appoint_task(bench)
    order = write_order(task, bench, members=[*TWO, line])
    assert (order.members.count(), needs_met(task)) == (3, [])
    with pytest.raises(RuleBroken, match="รายชื่อลำดับที่ 3 ยังไม่มีชื่อหรือหน้าที่"):
        issue(order, bench)


def test_a_member_of_the_portal_can_sign_in(bench: Bench) -> None:
    gone = MemberLine("นาย ก", "ครู", "กรรมการ", make_user(is_active=False))
    with pytest.raises(RuleBroken, match="ที่ใช้งานระบบอยู่"):
        write_order(appoint_task(bench), bench, members=[gone])
    assert Member.objects.count() == 0


def test_an_issued_order_meets_its_needs(bench: Bench) -> None:
    task = appoint_task(bench)
    order = issue(write_order(task, bench), bench, number="๑๒/๒๕๖๙")
    assert (order.number, needs_met(task)) == ("12/2569", ["members", "number", "order"])


def test_an_order_not_made_known_yet_meets_only_the_number(bench: Bench) -> None:
    task = appoint_task(bench)
    issue(write_order(task, bench), bench, told_on=None)
    assert needs_met(task) == ["members", "number"]


def test_issuing_an_order_is_told_in_history(bench: Bench) -> None:
    task = appoint_task(bench)
    issue(write_order(task, bench), bench)
    event = task.case.events.get(action="order_issued")
    assert event.text == (
        "ออกคำสั่งที่ 12/2569 ลงวันที่ 2 พ.ย. 2569 แจ้งผู้เกี่ยวข้องวันที่ 2 พ.ย. 2569 เรื่อง แต่งตั้งคณะทำงาน"
    )
    assert event.data["members"] == 2


def test_issuing_the_same_again_changes_nothing(bench: Bench) -> None:
    task = appoint_task(bench)
    order = issue(write_order(task, bench), bench)
    issue(order, bench)
    assert task.case.events.filter(action="order_issued").count() == 1


def test_a_row_with_its_order_may_close(bench: Bench) -> None:
    task = appoint_task(bench)
    issue(write_order(task, bench), bench)
    assert complete_task(task, happened_on=TODAY, by=bench.officer, now=MONDAY).status == "done"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": " "}, "number"),
        ({"dated_on": TODAY + timedelta(days=1)}, "dated_on"),
        ({"dated_on": TODAY - timedelta(days=1)}, "dated_on"),
        ({"told_on": TODAY + timedelta(days=1)}, "told_on"),
    ],
)
def test_an_order_with_an_impossible_number_or_day_is_refused(
    bench: Bench, values: dict, field: str
) -> None:
    order = write_order(appoint_task(bench), bench)
    with pytest.raises(RuleBroken) as refusal:
        issue(order, bench, **values)
    assert refusal.value.field == field


def test_members_are_told_no_earlier_than_the_order(bench: Bench) -> None:
    order = write_order(appoint_task(bench), bench)
    later = MONDAY + timedelta(days=3)
    with pytest.raises(RuleBroken) as refusal:
        issue_order(
            order,
            number="12/2569",
            dated_on=later.date(),
            told_on=TODAY,
            by=bench.officer,
            now=later,
        )
    assert refusal.value.field == "told_on"


def test_an_order_without_members_is_not_issued(bench: Bench) -> None:
    with pytest.raises(RuleBroken, match="ยังไม่มีรายชื่อ"):
        issue(write_order(appoint_task(bench), bench, members=[]), bench)


def test_an_order_without_a_signer_is_not_issued(bench: Bench) -> None:
    with pytest.raises(RuleBroken, match="ผู้ลงนาม"):
        issue(write_order(appoint_task(bench), bench, signer=""), bench)


def test_an_issued_order_is_not_changed(bench: Bench) -> None:
    task = appoint_task(bench)
    order = issue(write_order(task, bench), bench)
    with pytest.raises(StateConflict, match="ออกเลขแล้ว"):
        set_members(order, TWO[:1], by=bench.officer, now=MONDAY)
    with pytest.raises(StateConflict, match="ออกเลขแล้ว"):
        write_order(task, bench, subject="อื่น")


def test_a_recalled_number_opens_the_order_for_mending(bench: Bench) -> None:
    task = appoint_task(bench)
    order = issue(write_order(task, bench), bench)
    recall_number(order, reason="พิมพ์เลขผิด", by=bench.officer, now=MONDAY)
    assert needs_met(task) == ["members"]
    assert write_order(task, bench, subject="แก้แล้ว").number == ""
    assert task.case.events.get(action="number_recalled").text == (
        "ถอนเลขคำสั่งที่ 12/2569 เพราะ พิมพ์เลขผิด"
    )


def test_recalling_a_number_needs_a_reason(bench: Bench) -> None:
    order = issue(write_order(appoint_task(bench), bench), bench)
    with pytest.raises(RuleBroken) as refusal:
        recall_number(order, reason=" ", by=bench.officer, now=MONDAY)
    assert refusal.value.field == "reason"


def test_a_row_without_an_order_takes_none(bench: Bench) -> None:
    with pytest.raises(StateConflict, match="ไม่มีการออกคำสั่ง"):
        write_order(asking_task(bench), bench)


def test_a_stranger_issues_no_order(bench: Bench) -> None:
    order = write_order(appoint_task(bench), bench)
    with pytest.raises(NotAllowed):
        issue(order, bench, by=make_user())


def test_an_order_printed_after_the_decision_is_numbered_after_it(bench: Bench) -> None:
    deciding = {"key": "appoint", "kind": "appoint", "decides": "decide", "chain": ["director"]}
    items = [APPOINT_ITEMS[0], {**APPOINT_ITEMS[1], "after_decision": True}]
    task = open_task(bench.start(make_flow([deciding, "work"], items=items)))
    order = write_order(task, bench)
    with pytest.raises(StateConflict, match="หลังผู้บริหารพิจารณาแล้ว"):
        issue(order, bench)
    moves.mark_decided(moves.lock_task(task.pk), now=MONDAY)
    assert issue(order, bench).number == "12/2569"
