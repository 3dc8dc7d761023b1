"""What officers and heads do to cases: success and every refusal."""

from datetime import date

import pytest

from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from tests.factories.people import make_officer, make_unit, make_user
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, complete, days_later, fresh, make_bench, open_task
from workflows.cases import evidence, history, services, waits
from workflows.cases.models import CaseStatus, TaskStatus, Wait

pytestmark = pytest.mark.django_db

FIVE_DAYS = {"unit": "working_day", "min": 1, "max": 5}
PER_ACTIVITY = {"unit": "day", "min": 3, "max": 5, "per": "activity"}


@pytest.fixture
def bench():
    return make_bench()


def refused(error, call, *args, **kwargs):
    with pytest.raises(error) as caught:
        call(*args, now=kwargs.pop("now", MONDAY), **kwargs)
    return caught.value


class TestStartingACase:
    def test_gives_the_next_number_of_the_fiscal_year(self, bench):
        codes = [bench.start().code, bench.start().code]
        assert codes == ["2570-1", "2570-2"]

    def test_opens_the_first_row_with_its_dates(self, bench):
        case = bench.start(make_flow([{"key": "a", "duration": FIVE_DAYS}]))
        task = open_task(case)
        assert (task.opens_on, task.expected_on, task.due_on) == (
            date(2026, 11, 2),
            date(2026, 11, 3),
            date(2026, 11, 9),
        )

    def test_freezes_the_plan(self, bench):
        case = bench.start(make_flow([{"key": "a", "duration": FIVE_DAYS}]))
        assert case.plan == [
            {"key": "a", "opens": "2026-11-02", "expected": "2026-11-03", "due": "2026-11-09"}
        ]

    def test_is_refused_outside_the_unit(self, bench):
        stranger = make_officer(make_unit("กลุ่มอื่น"))
        refused(NotAllowed, bench.start, by=stranger)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"title": "  "}, "title"),
            ({"opened_on": date(2026, 11, 3)}, "opened_on"),
            ({"opened_on": date(2025, 10, 1)}, "opened_on"),
            ({"letter_due_on": date(2026, 11, 1)}, "letter_due_on"),
        ],
    )
    def test_bad_facts_are_refused_beside_the_field(self, bench, values, field):
        assert refused(RuleBroken, bench.start, **values).field == field

    def test_a_retired_edition_is_refused(self, bench):
        flow = make_flow(["a"], code="twice")
        make_flow(["a", "b"], code="twice")
        flow.refresh_from_db()
        flow.edition.refresh_from_db()
        refused(StateConflict, bench.start, flow)

    def test_a_refused_start_uses_no_number(self, bench):
        refused(RuleBroken, bench.start, opened_on=date(2026, 11, 3))
        assert bench.start().number == 1


class TestCompleting:
    def test_opens_the_next_row_and_the_last_closes_the_case(self, bench):
        case = bench.start()
        complete(open_task(case), bench.officer)
        assert open_task(case).step.key == "two"
        complete(open_task(case), bench.officer)
        case.refresh_from_db()
        assert case.status == CaseStatus.DONE

    def test_again_by_the_same_person_is_harmless(self, bench):
        case = bench.start()
        task = complete(open_task(case), bench.officer)
        again = services.complete_task(
            task, happened_on=MONDAY.date(), by=bench.officer, now=MONDAY
        )
        assert (again.pk, case.tasks.count()) == (task.pk, 2)

    def test_by_somebody_else_says_who_was_faster(self, bench):
        task = complete(open_task(bench.start()), bench.officer)
        error = refused(
            StateConflict, services.complete_task, task, happened_on=MONDAY.date(), by=bench.head
        )
        assert bench.officer.full_name in error.user_message

    @pytest.mark.parametrize("day", [date(2026, 11, 3), date(2026, 11, 1)])
    def test_on_a_day_that_cannot_be_is_refused(self, bench, day):
        task = open_task(bench.start())
        services.save_task(task, result="x", by=bench.officer, now=MONDAY)
        error = refused(RuleBroken, services.complete_task, task, happened_on=day, by=bench.officer)
        assert error.field == "happened_on"

    def test_without_any_result_is_refused(self, bench):
        task = open_task(bench.start())
        refused(
            RuleBroken, services.complete_task, task, happened_on=MONDAY.date(), by=bench.officer
        )

    def test_a_deciding_row_is_not_completed_by_the_officer(self, bench):
        case = bench.start(make_flow([{"key": "a", "decides": "decide", "chain": ["director"]}]))
        task = open_task(case)
        refused(
            StateConflict, services.complete_task, task, happened_on=MONDAY.date(), by=bench.officer
        )

    def test_an_unmet_need_holds_the_row_open(self, bench):
        items = [{"key": "i", "text": "สำรวจ", "step": "a", "needs": "survey"}]
        case = bench.start(make_flow(["a", "b"], items=items))
        task = open_task(case)
        services.save_task(task, result="x", by=bench.officer, now=MONDAY)
        error = refused(
            RuleBroken, services.complete_task, task, happened_on=MONDAY.date(), by=bench.officer
        )
        assert "ผลสำรวจ" in error.user_message
        services.record_survey(task, asked=10, answered=8, by=bench.officer, now=MONDAY)
        complete(task, bench.officer)
        assert open_task(case).step.key == "b"


class TestSurveyNumbers:
    @pytest.mark.parametrize(("asked", "answered"), [(0, 0), (5, 6), (5, -1)])
    def test_impossible_numbers_are_refused(self, bench, asked, answered):
        task = open_task(bench.start())
        refused(
            RuleBroken,
            services.record_survey,
            task,
            asked=asked,
            answered=answered,
            by=bench.officer,
        )


class TestTicking:
    def test_is_kept_with_who_and_when(self, bench):
        items = [{"key": "i", "text": "อ่านระเบียบ", "step": "a"}]
        task = open_task(bench.start(make_flow(["a"], items=items)))
        task = services.tick_item(task, "i", done=True, by=bench.officer, now=MONDAY)
        assert task.ticks["i"]["name"] == bench.officer.full_name
        task = services.tick_item(task, "i", done=False, by=bench.officer, now=MONDAY)
        assert task.ticks == {}

    def test_an_item_with_a_need_is_not_ticked_by_hand(self, bench):
        items = [{"key": "i", "text": "คำสั่ง", "step": "a", "needs": "order"}]
        task = open_task(bench.start(make_flow(["a"], items=items)))
        refused(RuleBroken, services.tick_item, task, "i", done=True, by=bench.officer)

    def test_an_item_of_another_row_is_refused(self, bench):
        refused(
            RuleBroken,
            services.tick_item,
            open_task(bench.start()),
            "nothing",
            done=True,
            by=bench.officer,
        )


class TestWaiving:
    ITEMS = (
        {
            "key": "i",
            "text": "รายงาน",
            "step": "a",
            "needs": "outside_report",
            "condition": "เกินวงเงิน",
        },
        {"key": "j", "text": "คำสั่ง", "step": "a", "needs": "order"},
    )

    def test_of_a_conditional_need_lets_the_row_close_and_is_told(self, bench):
        case = bench.start(make_flow(["a", "b"], items=self.ITEMS[:1]))
        task = services.waive_item(open_task(case), "i", by=bench.officer, now=MONDAY)
        complete(task, bench.officer)
        assert case.events.filter(action="waived", text__contains="เกินวงเงิน").count() == 1

    def test_can_be_taken_back(self, bench):
        task = open_task(bench.start(make_flow(["a"], items=self.ITEMS)))
        task = services.waive_item(task, "i", by=bench.officer, now=MONDAY)
        task = services.tick_item(task, "i", done=False, by=bench.officer, now=MONDAY)
        assert task.ticks == {}

    @pytest.mark.parametrize("key", ["j", "nothing"])
    def test_of_anything_else_is_refused(self, bench, key):
        task = open_task(bench.start(make_flow(["a"], items=self.ITEMS)))
        refused(RuleBroken, services.waive_item, task, key, by=bench.officer)


class TestActivities:
    def test_have_their_own_dates_and_hold_the_row_open(self, bench):
        case = bench.start(make_flow([{"key": "a", "duration": PER_ACTIVITY}, "b"]))
        row = open_task(case)
        first = services.add_activity(row, title="อบรมรุ่นที่ 1", by=bench.officer, now=MONDAY)
        services.add_activity(
            row, title="อบรมรุ่นที่ 2", from_on=date(2026, 11, 16), by=bench.officer, now=MONDAY
        )
        assert first.due_on == date(2026, 11, 7)
        row.refresh_from_db()
        assert row.due_on == date(2026, 11, 21)
        complete(first, bench.officer)
        error = refused(
            RuleBroken, services.complete_task, row, happened_on=MONDAY.date(), by=bench.officer
        )
        assert "1 รายการ" in error.user_message

    def test_finished_ones_let_the_row_be_closed_by_hand(self, bench):
        case = bench.start(make_flow([{"key": "a", "duration": PER_ACTIVITY}, "b"]))
        row = open_task(case)
        complete(services.add_activity(row, title="x", by=bench.officer, now=MONDAY), bench.officer)
        assert open_task(case).pk == row.pk
        complete(row, bench.officer)
        assert open_task(case).step.key == "b"

    def test_are_refused_on_other_rows(self, bench):
        refused(
            StateConflict,
            services.add_activity,
            open_task(bench.start()),
            title="x",
            by=bench.officer,
        )

    def test_ending_before_they_begin_are_refused(self, bench):
        row = open_task(bench.start(make_flow([{"key": "a", "duration": PER_ACTIVITY}])))
        error = refused(
            RuleBroken,
            services.add_activity,
            row,
            title="x",
            from_on=date(2026, 11, 9),
            until_on=date(2026, 11, 8),
            by=bench.officer,
        )
        assert error.field == "until_on"


class TestChoosing:
    @pytest.mark.parametrize("mark", [{"optional": True}, {"condition": "เกินวงเงิน"}])
    def test_a_row_that_may_be_skipped_is_begun_with_a_reason_first(self, bench, mark):
        case = bench.start(make_flow([{"key": "a", **mark}, "b"]))
        task = open_task(case)
        refused(StateConflict, services.save_task, task, result="x", by=bench.officer)
        error = refused(RuleBroken, services.start_task, task, reason="", by=bench.officer)
        assert error.field == "reason"
        services.start_task(task, reason="มีงบประมาณ", by=bench.officer, now=MONDAY)
        complete(task, bench.officer)
        assert open_task(case).step.key == "b"


class TestSkipping:
    def test_passes_over_an_optional_row_with_the_reason(self, bench):
        case = bench.start(make_flow([{"key": "a", "optional": True}, "b"]))
        task = services.skip_task(open_task(case), reason="ไม่มี", by=bench.officer, now=MONDAY)
        assert (task.status, open_task(case).step.key) == (TaskStatus.SKIPPED, "b")

    def test_without_a_reason_is_refused(self, bench):
        case = bench.start(make_flow([{"key": "a", "optional": True}, "b"]))
        error = refused(
            RuleBroken, services.skip_task, open_task(case), reason=" ", by=bench.officer
        )
        assert error.field == "reason"

    def test_of_a_required_row_is_refused(self, bench):
        refused(
            StateConflict,
            services.skip_task,
            open_task(bench.start()),
            reason="x",
            by=bench.officer,
        )


class TestWaiting:
    def test_holds_the_row_open_and_a_stopped_clock_moves_its_date(self, bench):
        case = bench.start(make_flow([{"key": "a", "duration": FIVE_DAYS}]))
        task = open_task(case)
        waits.begin(
            task,
            party="supplier",
            whom="ผู้รับจ้าง",
            reason="ส่งของ",
            stops_clock=True,
            by=bench.officer,
            now=MONDAY,
        )
        error = refused(
            RuleBroken, services.complete_task, task, happened_on=MONDAY.date(), by=bench.officer
        )
        assert "การรอ" in error.user_message
        task = waits.end(task, outcome="ได้รับแล้ว", by=bench.officer, now=days_later(2))
        assert task.due_on == date(2026, 11, 11)

    def test_with_a_running_clock_leaves_the_date(self, bench):
        task = open_task(bench.start(make_flow([{"key": "a", "duration": FIVE_DAYS}])))
        waits.begin(
            task,
            party="school",
            whom="",
            reason="ตอบแบบสำรวจ",
            stops_clock=False,
            by=bench.officer,
            now=MONDAY,
        )
        task = waits.end(task, outcome="", by=bench.officer, now=days_later(2))
        assert task.due_on == date(2026, 11, 9)

    def test_a_row_from_outside_waits_by_itself(self, bench):
        case = bench.start(make_flow([{"key": "a", "external": True}, "b"]))
        assert Wait.objects.get(ended_at__isnull=True).task == open_task(case)

    def test_twice_at_once_is_refused(self, bench):
        task = open_task(bench.start(make_flow([{"key": "a", "external": True}])))
        refused(
            StateConflict,
            waits.begin,
            task,
            party="other",
            whom="",
            reason="x",
            stops_clock=False,
            by=bench.officer,
        )


class TestOutsideReport:
    def test_meets_the_need(self, bench):
        items = [{"key": "i", "text": "แจ้ง สพฐ.", "step": "a", "needs": "outside_report"}]
        case = bench.start(make_flow(["a"], items=items))
        evidence.report_outside(
            open_task(case),
            to="สพฐ.",
            system="ระบบรายงาน",
            reference="R-1",
            reported_on=MONDAY.date(),
            by=bench.officer,
            now=MONDAY,
        )
        assert open_task(case).ticks["i"]["met"] == "รายงาน สพฐ. ผ่าน ระบบรายงาน เลขอ้างอิง R-1"

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"reference": ""}, "reference"),
            ({"reported_on": date(2026, 11, 3)}, "reported_on"),
            ({"reported_on": date(2026, 11, 1)}, "reported_on"),
        ],
    )
    def test_bad_facts_are_refused(self, bench, values, field):
        facts = {
            "to": "สพฐ.",
            "system": "x",
            "reference": "1",
            "reported_on": MONDAY.date(),
            **values,
        }
        error = refused(
            RuleBroken, evidence.report_outside, open_task(bench.start()), by=bench.officer, **facts
        )
        assert error.field == field


class TestAssigning:
    def test_to_a_colleague_tells_him(self, bench):
        colleague = make_officer(bench.unit)
        task = open_task(bench.start())
        task = services.assign_task(task, to=colleague, by=bench.head, now=MONDAY)
        assert task.assignee == colleague
        assert colleague.notices.count() == 1

    def test_to_a_stranger_is_refused(self, bench):
        stranger = make_officer(make_unit("กลุ่มอื่น"))
        error = refused(
            RuleBroken, services.assign_task, open_task(bench.start()), to=stranger, by=bench.head
        )
        assert error.field == "to"


class TestTheCase:
    def test_is_cancelled_by_its_owner_with_a_reason(self, bench):
        case = services.cancel_case(bench.start(), reason="ซ้ำ", by=bench.officer, now=MONDAY)
        assert (case.status, case.tasks.get().status) == (CaseStatus.CANCELLED, TaskStatus.DROPPED)

    def test_is_moved_by_the_head_to_an_earlier_row_in_its_next_round(self, bench):
        case = bench.start()
        complete(open_task(case), bench.officer)
        step = case.flow.steps.get(key="one")
        task = services.go_to_row(case, step, reason="ทำใหม่", by=bench.head, now=MONDAY)
        assert (task.round, task.result) == (2, "ทำแล้ว")

    def test_is_not_moved_by_an_officer(self, bench):
        case = bench.start()
        step = case.flow.steps.get(key="two")
        refused(NotAllowed, services.go_to_row, case, step, reason="x", by=bench.officer)

    def test_done_is_reopened_by_the_head(self, bench):
        case = bench.start()
        complete(open_task(case), bench.officer)
        complete(open_task(case), bench.officer)
        step = case.flow.steps.get(key="two")
        task = services.reopen_case(case, step, reason="แก้รายงาน", by=bench.head, now=MONDAY)
        case.refresh_from_db()
        assert (case.status, task.round) == (CaseStatus.RUNNING, 2)

    def test_letter_deadline_stands_on_every_open_task(self, bench):
        case = bench.start()
        services.set_letter_deadline(case, date(2026, 11, 20), by=bench.officer, now=MONDAY)
        assert open_task(case).letter_due_on == date(2026, 11, 20)
        complete(open_task(case), bench.officer)
        assert open_task(case).letter_due_on == date(2026, 11, 20)

    def test_lets_an_invited_person_see_it(self, bench):
        case, guest = bench.start(), make_user()
        assert type(case).objects.visible_to(guest).count() == 0
        services.add_participant(case, user=guest, why="ร่วมประเมิน", by=bench.officer, now=MONDAY)
        assert type(case).objects.visible_to(fresh(guest)).get() == case


class TestSharedTime:
    def test_is_taken_over_along_the_line_and_counted_anew_after_a_move(self, bench):
        shared = {"key": "b", "duration": {"unit": "included"}, "duration_from": "a"}
        case = bench.start(make_flow([{"key": "a", "duration": FIVE_DAYS}, shared]))
        complete(open_task(case), bench.officer, now=days_later(2))
        assert open_task(case).due_on == date(2026, 11, 9)
        again = services.go_to_row(
            case, case.flow.steps.get(key="b"), reason="x", by=bench.head, now=days_later(3)
        )
        assert again.due_on == date(2026, 11, 12)


def test_history_explains_and_verifies(bench):
    case = bench.start()
    complete(open_task(case), bench.officer)
    assert [event.action for event in case.events.all()] == [
        "case_opened",
        "opened",
        "completed",
        "opened",
    ]
    case.refresh_from_db()
    assert history.verify(case) == []


def test_a_faster_change_elsewhere_is_told(bench):
    case = bench.start()
    case.seq -= 1
    with pytest.raises(StateConflict):
        history.record(case, "x", by=bench.officer, text="x", now=MONDAY)


def test_a_case_keeps_its_edition_when_a_newer_comes_into_force(bench):
    flow = make_flow(["a", "b"], code="pinned")
    case = bench.start(flow)
    make_flow(["z"], code="pinned")
    complete(open_task(case), bench.officer)
    assert open_task(case).step.key == "b"
