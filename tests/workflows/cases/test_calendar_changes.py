"""A change of the calendar moves open tasks, tells why, and leaves closed ones alone."""

from datetime import date, datetime, time
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.calendar.models import DayKind, DayOff
from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from portal.office.models import Office
from tests.factories.calendar import make_day_off
from tests.factories.people import make_user
from tests.factories.standard import make_flow
from tests.factories.work import BANGKOK, MONDAY, Bench, complete, days_later, make_bench, open_task
from workflows.cases import calendar_changes, history, waits
from workflows.cases.calendar_changes import (
    Effect,
    add_day,
    cancel_day,
    effect_of_adding,
    effect_of_cancelling,
    seed_calendar,
)
from workflows.cases.models import Case, Task
from workflows.cases.services import start_task

pytestmark = pytest.mark.django_db

FIVE_DAYS = {"unit": "working_day", "min": 3, "max": 5}
FRIDAY = date(2026, 11, 6)
NEXT_MONDAY, NEXT_TUESDAY = date(2026, 11, 9), date(2026, 11, 10)
FACTS: dict[str, Any] = {
    "kind": DayKind.SPECIAL,
    "name": "วันหยุดพิเศษ",
    "source": "มติคณะรัฐมนตรี 3 พ.ย. 2569",
}


@pytest.fixture
def bench() -> Bench:
    return make_bench()


@pytest.fixture
def admin() -> Any:
    return make_user(administers=True)


def _five_days(bench: Bench) -> Case:
    steps = [{"key": "one", "duration": FIVE_DAYS}, {"key": "two", "duration": FIVE_DAYS}]
    return bench.start(make_flow(steps))


def _due(case: Case) -> date | None:
    return open_task(case).due_on


class TestAddingADay:
    def test_moves_an_open_task_and_says_why_in_its_history(self, bench: Bench, admin: Any) -> None:
        case = _five_days(bench)
        _, effect = add_day(FRIDAY, **FACTS, by=admin, now=MONDAY)
        task, event = open_task(case), case.events.last()
        assert (task.due_on, effect) == (NEXT_TUESDAY, Effect(tasks=1, cases=1))
        assert event is not None
        assert (event.action, event.actor) == ("calendar_changed", admin)
        assert event.text == (
            "กำหนดเสร็จเปลี่ยนเพราะปฏิทินเปลี่ยน "
            "(เพิ่มวันหยุดพิเศษตามมติคณะรัฐมนตรี 6 พ.ย. 2569 วันหยุดพิเศษ): "
            "ขั้นตอนที่ 1 ขั้นตอน one จาก 9 พ.ย. 2569 เป็น 10 พ.ย. 2569"
        )
        assert event.data["moved"] == [
            {"task": task.pk, "due_before": "2026-11-09", "due_on": "2026-11-10"}
        ]
        case.refresh_from_db()
        assert history.verify(case) == []

    def test_never_moves_a_closed_task(self, bench: Bench, admin: Any) -> None:
        case = _five_days(bench)
        closed = complete(open_task(case), bench.officer)
        before = closed.due_on
        add_day(FRIDAY, **FACTS, by=admin, now=MONDAY)
        closed.refresh_from_db()
        assert closed.due_on == before
        assert _due(case) == NEXT_TUESDAY

    def test_never_moves_the_frozen_plan(self, bench: Bench, admin: Any) -> None:
        case = _five_days(bench)
        before = case.plan
        add_day(FRIDAY, **FACTS, by=admin, now=MONDAY)
        case.refresh_from_db()
        assert case.plan == before

    def test_after_the_due_date_moves_nothing_and_writes_nothing(
        self, bench: Bench, admin: Any
    ) -> None:
        case = _five_days(bench)
        events = case.events.count()
        _, effect = add_day(NEXT_TUESDAY, **FACTS, by=admin, now=MONDAY)
        assert (effect, case.events.count()) == (Effect(), events)

    def test_before_the_task_opened_moves_nothing(self, bench: Bench, admin: Any) -> None:
        case = _five_days(bench)
        _, effect = add_day(date(2026, 10, 30), **FACTS, by=admin, now=MONDAY)
        assert (effect, _due(case)) == (Effect(), NEXT_MONDAY)

    def test_a_worked_saturday_brings_a_date_forward(self, bench: Bench, admin: Any) -> None:
        case = _five_days(bench)
        saturday = date(2026, 11, 7)
        add_day(saturday, **{**FACTS, "kind": DayKind.WORKING}, by=admin, now=MONDAY)
        assert _due(case) == saturday

    def test_moves_a_deadline_in_hours_to_the_next_open_hour(
        self, bench: Bench, admin: Any
    ) -> None:
        Office.objects.create(pk=1, opens_at=time(8, 30), closes_at=time(16, 30))
        hours = {"unit": "hour", "min": 1, "max": 10}
        case = bench.start(make_flow([{"key": "one", "duration": hours}]))
        add_day(date(2026, 11, 3), **FACTS, by=admin, now=MONDAY)
        assert open_task(case).due_at == datetime(2026, 11, 4, 11, 0, tzinfo=BANGKOK)

    def test_reckons_again_what_stood_still_while_somebody_was_waited_for(
        self, bench: Bench, admin: Any
    ) -> None:
        case = _five_days(bench)
        task = open_task(case)
        waits.begin(
            task, party="supplier", whom="ร้านตัวอย่าง", reason="รอใบเสนอราคา", stops_clock=True,
            expected_on=None, by=bench.officer, now=days_later(14),
        )  # fmt: skip
        task.refresh_from_db()
        waits.end(task, outcome="ได้รับแล้ว", by=bench.officer, now=days_later(18))
        before = _due(case)
        _, effect = add_day(date(2026, 11, 18), **FACTS, by=admin, now=days_later(18))
        assert before == date(2026, 11, 13)
        assert (_due(case), effect) == (date(2026, 11, 12), Effect(1, 1))

    def test_works_through_its_batches(
        self, bench: Bench, admin: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(calendar_changes, "BATCH", 2)
        cases = [_five_days(bench) for _ in range(5)]
        _, effect = add_day(FRIDAY, **FACTS, by=admin, now=MONDAY)
        assert effect == Effect(5, 5)
        assert [_due(case) for case in cases] == [NEXT_TUESDAY] * 5

    def test_is_refused_to_everybody_but_the_administrator(self, bench: Bench) -> None:
        for user in (bench.officer, bench.head, bench.deputy, bench.director):
            with pytest.raises(NotAllowed):
                add_day(FRIDAY, **FACTS, by=user, now=MONDAY)
        assert not DayOff.objects.filter(date=FRIDAY).exists()

    def test_that_breaks_a_rule_moves_nothing(self, bench: Bench, admin: Any) -> None:
        case = _five_days(bench)
        make_day_off(FRIDAY)
        with pytest.raises(RuleBroken) as refused:
            add_day(FRIDAY, **FACTS, by=admin, now=MONDAY)
        assert (refused.value.field, _due(case)) == ("date", NEXT_MONDAY)


class TestCancellingADay:
    def test_brings_an_open_task_forward_again(self, bench: Bench, admin: Any) -> None:
        day_off = make_day_off(FRIDAY)
        case = _five_days(bench)
        assert _due(case) == NEXT_TUESDAY
        _, effect = cancel_day(day_off, reason="ประกาศยกเลิก", by=admin, now=MONDAY)
        event = case.events.last()
        assert (_due(case), effect) == (NEXT_MONDAY, Effect(1, 1))
        assert event is not None
        assert event.text.startswith("กำหนดเสร็จเปลี่ยนเพราะปฏิทินเปลี่ยน (ยกเลิกวันหยุด")

    def test_adding_and_cancelling_leaves_every_date_as_it_was(
        self, bench: Bench, admin: Any
    ) -> None:
        case = _five_days(bench)
        before = open_task(case)
        day_off, _ = add_day(date(2026, 11, 4), **FACTS, by=admin, now=MONDAY)
        cancel_day(day_off, reason="พิมพ์ผิด", by=admin, now=MONDAY)
        after = open_task(case)
        assert (after.expected_on, after.due_on) == (before.expected_on, before.due_on)

    def test_by_two_people_tells_the_second_and_moves_nothing(
        self, bench: Bench, admin: Any
    ) -> None:
        day_off, case = make_day_off(FRIDAY), _five_days(bench)
        cancel_day(DayOff.objects.get(pk=day_off.pk), reason="ผิด", by=admin, now=MONDAY)
        events = case.events.count()
        with pytest.raises(StateConflict):
            cancel_day(day_off, reason="ผิด", by=make_user(administers=True), now=MONDAY)
        assert case.events.count() == events

    def test_is_refused_to_everybody_but_the_administrator(self, bench: Bench) -> None:
        with pytest.raises(NotAllowed):
            cancel_day(make_day_off(FRIDAY), reason="ผิด", by=bench.director, now=MONDAY)


class TestForetelling:
    def test_says_what_adding_will_move_and_moves_nothing(self, bench: Bench, admin: Any) -> None:
        case = _five_days(bench)
        events = case.events.count()
        foretold = effect_of_adding(FRIDAY, **FACTS, by=admin, now=MONDAY)
        assert (_due(case), case.events.count()) == (NEXT_MONDAY, events)
        assert not DayOff.objects.filter(date=FRIDAY).exists()
        _, effect = add_day(FRIDAY, **FACTS, by=admin, now=MONDAY)
        assert foretold == effect == Effect(1, 1)

    def test_says_what_cancelling_will_move_and_moves_nothing(
        self, bench: Bench, admin: Any
    ) -> None:
        day_off, case = make_day_off(FRIDAY), _five_days(bench)
        foretold = effect_of_cancelling(day_off, by=admin)
        assert _due(case) == NEXT_TUESDAY
        _, effect = cancel_day(day_off, reason="ผิด", by=admin, now=MONDAY)
        assert foretold == effect == Effect(1, 1)

    def test_refuses_what_adding_would_refuse(self, admin: Any) -> None:
        make_day_off(FRIDAY)
        with pytest.raises(RuleBroken):
            effect_of_adding(FRIDAY, **FACTS, by=admin, now=MONDAY)

    def test_is_for_the_administrator(self, bench: Bench) -> None:
        with pytest.raises(NotAllowed):
            effect_of_adding(FRIDAY, **FACTS, by=bench.head, now=MONDAY)
        with pytest.raises(NotAllowed):
            effect_of_cancelling(make_day_off(FRIDAY), by=bench.head)


class TestSeeding:
    def test_moves_open_tasks_like_any_other_change(self, bench: Bench) -> None:
        DayOff.objects.filter(date=date(2026, 12, 7)).delete()
        case = bench.start(
            make_flow([{"key": "one", "duration": FIVE_DAYS}]),
            now=datetime(2026, 12, 1, 9, tzinfo=BANGKOK),
        )
        assert _due(case) == date(2026, 12, 8)
        added, effect = seed_calendar([2570], now=MONDAY)
        assert [day.date for day in added] == [date(2026, 12, 7)]
        assert (_due(case), effect) == (date(2026, 12, 9), Effect(1, 1))

    def test_finishes_what_an_interrupted_change_left_behind(self, bench: Bench) -> None:
        case = _five_days(bench)
        make_day_off(FRIDAY)
        assert seed_calendar([2570], now=MONDAY) == ([], Effect(1, 1))
        assert _due(case) == NEXT_TUESDAY
        assert seed_calendar([2570], now=MONDAY) == ([], Effect())

    def test_command_says_what_it_did(self) -> None:
        out = StringIO()
        call_command("seed_calendar", "--years", "2570", "2571", stdout=out)
        assert out.getvalue() == "เพิ่ม 0 วัน เลื่อนกำหนด 0 งาน ใน 0 เรื่อง\n"

    @pytest.mark.parametrize(
        ("year", "says"), [("2027", "กรุณาระบุปี พ.ศ. 2570"), ("2890", "อยู่ไกลเกินไป")]
    )
    def test_command_refuses_a_year_nobody_means(self, year: str, says: str) -> None:
        with pytest.raises(CommandError, match=says):
            call_command("seed_calendar", "--years", year)


def test_a_started_task_moves_like_a_fresh_one(bench: Bench, admin: Any) -> None:
    case = _five_days(bench)
    task = open_task(case)
    start_task(task, by=bench.officer, now=MONDAY)
    add_day(FRIDAY, **FACTS, by=admin, now=MONDAY)
    assert Task.objects.get(pk=task.pk).due_on == NEXT_TUESDAY
