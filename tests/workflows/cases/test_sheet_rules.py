"""Rows with a sheet: what closes them, what history keeps, what another round begins with."""

from datetime import date

import pytest

from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from tests.factories.people import make_officer, make_unit
from tests.factories.standard import make_flow
from tests.factories.uploads import make_upload
from tests.factories.work import LEAST, MONDAY, complete, days_later, open_task
from workflows.cases import ahead, evidence, history, rules, services
from workflows.cases.models import Case, Task

pytestmark = pytest.mark.django_db

PER_ACTIVITY = {"unit": "day", "min": 3, "max": 5, "per": "activity"}
TARGET = {"key": "target", "label": "เป้าหมาย (คน)", "value": 30}
ACTUAL = {"key": "actual", "label": "เข้าร่วมจริง (คน)", "value": 28}


def row_of(bench, kind, **step):
    flow = make_flow([{"key": "a", "kind": kind, **step}, "b"])
    return open_task(bench.start(flow))


def close(task, by, *, day=None, now=MONDAY):
    return services.complete_task(task, happened_on=day or now.date(), by=by, now=now)


def held(call, *args, **kwargs):
    with pytest.raises(RuleBroken) as caught:
        call(*args, **kwargs)
    return caught.value


@pytest.mark.parametrize("kind", sorted(LEAST))
class TestARowOfThisKind:
    def test_is_held_open_by_its_sheet(self, bench, kind):
        task = row_of(bench, kind)
        services.save_task(task, result="ทำแล้ว", by=bench.officer, now=MONDAY)
        assert "ยังขาด" in held(close, task, bench.officer).user_message

    def test_closes_with_it_and_history_keeps_it_in_words(self, bench, kind):
        task = row_of(bench, kind)
        services.save_task(task, sheet=LEAST[kind], by=bench.officer, now=MONDAY)
        close(task, bench.officer)
        told = task.case.events.get(action="completed").data["sheet"]
        assert told == rules.shown_sheet(Task.objects.get(pk=task.pk))
        assert told["lines"]
        assert history.verify(Case.objects.get()) == []

    def test_begins_its_next_round_with_it(self, bench, kind):
        task = row_of(bench, kind)
        complete(task, bench.officer)
        again = services.go_to_row(
            task.case, task.step, reason="แก้ไข", by=bench.head, now=days_later(1)
        )
        assert (again.round, again.sheet) == (2, LEAST[kind])

    def test_entered_afterwards_needs_none(self, bench, kind):
        flow = make_flow([{"key": "a", "kind": kind}, "b"])
        steps = {step.key: step for step in flow.steps.all()}
        case = bench.start(flow, at=steps["b"], done_on={"a": MONDAY.date()})
        assert case.tasks.get(step=steps["a"]).status == "done"

    def test_prepared_ahead_holds_one(self, bench, kind):
        flow = make_flow(["a", {"key": "b", "kind": kind}])
        case = bench.start(flow)
        step = flow.steps.get(key="b")
        task = ahead.prepare(case, step, reason="เตรียม", by=bench.officer, now=MONDAY)
        services.save_task(task, sheet=LEAST[kind], by=bench.officer, now=MONDAY)
        complete(open_task(case), bench.officer)
        close(open_task(case), bench.officer)
        task.refresh_from_db()
        assert (task.status, task.sheet) == ("done", LEAST[kind])

    def test_takes_no_sheet_from_strangers(self, bench, kind):
        stranger = make_officer(make_unit("กลุ่มอื่น"))
        with pytest.raises(NotAllowed):
            services.save_task(row_of(bench, kind), sheet=LEAST[kind], by=stranger, now=MONDAY)

    def test_takes_none_once_it_is_closed(self, bench, kind):
        task = complete(row_of(bench, kind), bench.officer)
        with pytest.raises(StateConflict):
            services.save_task(task, sheet={}, by=bench.officer, now=MONDAY)


class TestClosing:
    @pytest.mark.parametrize("kind", ["items", "plan"])
    def test_a_file_stands_for_the_lines(self, bench, kind):
        task = row_of(bench, kind)
        evidence.attach(task, make_upload(), title="แผน", by=bench.officer, now=MONDAY)
        assert close(task, bench.officer).status == "done"

    def test_a_file_that_was_taken_off_stands_for_nothing(self, bench):
        task = row_of(bench, "items")
        file = evidence.attach(task, make_upload(), title="บัญชี", by=bench.officer, now=MONDAY)
        evidence.remove(file, reason="ผิดไฟล์", by=bench.officer, now=MONDAY)
        held(close, task, bench.officer)

    def test_takes_the_blank_lines_out(self, bench):
        task = row_of(bench, "items")
        line = {"item": "จอภาพ"}
        sheet = {"lines": [{}, line, {}, line]}
        services.save_task(task, sheet=sheet, by=bench.officer, now=MONDAY)
        assert close(task, bench.officer).sheet == {"lines": [line, line]}

    def test_before_the_day_of_the_meeting_is_refused(self, bench):
        task = row_of(bench, "meeting")
        services.save_task(task, sheet=LEAST["meeting"], by=bench.officer, now=MONDAY)
        services.save_task(
            task, by=bench.officer, now=MONDAY,
            sheet={**LEAST["meeting"], "head": {"met_on": "2026-11-04", "attended": 9}},
        )  # fmt: skip
        later = days_later(3)
        error = held(close, task, bench.officer, day=date(2026, 11, 3), now=later)
        assert (error.field, "วันที่ประชุม" in error.user_message) == ("happened_on", True)
        assert close(task, bench.officer, day=date(2026, 11, 4), now=later).status == "done"

    def test_a_row_without_a_sheet_takes_none(self, bench):
        with pytest.raises(TypeError):
            services.save_task(
                row_of(bench, "result"), sheet=LEAST["items"], by=bench.officer, now=MONDAY
            )


class TestPeople:
    def test_a_row_that_is_one_activity_needs_those_who_came(self, bench):
        task = row_of(bench, "activity")
        services.save_task(task, result="ติดตั้งแล้ว", by=bench.officer, now=MONDAY)
        assert "จำนวนผู้เข้าร่วมจริง" in held(close, task, bench.officer).user_message
        services.save_task(task, figures=[{**ACTUAL, "value": 0}], by=bench.officer, now=MONDAY)
        assert close(task, bench.officer).status == "done"

    def test_an_activity_needs_those_who_came_and_no_target(self, bench):
        row = row_of(bench, "result", duration=PER_ACTIVITY)
        activity = services.add_activity(row, title="รุ่น 1", by=bench.officer, now=MONDAY)
        services.save_task(activity, result="แล้ว", figures=[TARGET], by=bench.officer, now=MONDAY)
        held(close, activity, bench.officer)
        services.save_task(activity, figures=[ACTUAL], by=bench.officer, now=MONDAY)
        close(activity, bench.officer)
        services.save_task(row, result="ครบทุกรุ่น", by=bench.officer, now=MONDAY)
        assert close(row, bench.officer).status == "done"

    def test_a_heading_over_sub_rows_counts_nobody(self, bench):
        flow = make_flow([{"key": "top", "kind": "activity"}, {"key": "sub", "parent": "top"}])
        assert rules.counts_people(open_task(bench.start(flow), "top")) is False

    def test_stand_beside_the_numbers_of_a_survey(self, bench):
        item = {"key": "s", "text": "สำรวจ", "step": "a", "needs": "survey"}
        flow = make_flow([{"key": "a", "kind": "activity"}], items=[item])
        task = open_task(bench.start(flow))
        services.save_task(task, figures=[ACTUAL], by=bench.officer, now=MONDAY)
        services.record_survey(task, asked=9, answered=8, by=bench.officer, now=MONDAY)
        services.save_task(task, figures=[TARGET, ACTUAL], by=bench.officer, now=MONDAY)
        task.refresh_from_db()
        assert {figure["key"] for figure in task.figures} == {
            "asked", "answered", "target", "actual",
        }  # fmt: skip

    def test_of_a_next_round_are_the_target_only(self, bench):
        task = row_of(bench, "activity")
        services.save_task(task, figures=[TARGET, ACTUAL], by=bench.officer, now=MONDAY)
        complete(task, bench.officer)
        again = services.go_to_row(
            task.case, task.step, reason="อีกครั้ง", by=bench.head, now=days_later(1)
        )
        assert again.figures == [TARGET]


class TestPublishing:
    HEAD = {"channel": "เว็บไซต์", "published_on": "2026-11-02", "address": "https://demo.example/1"}

    @pytest.fixture
    def task(self, bench):
        item = {"key": "out", "text": "เผยแพร่แล้ว", "step": "a", "needs": "publication"}
        flow = make_flow([{"key": "a", "kind": "letter"}, "b"], items=[item])
        return open_task(bench.start(flow))

    def test_holds_the_row_open_until_channel_day_and_address_are_there(self, bench, task):
        head = {**self.HEAD}
        head.pop("address")
        services.save_task(task, result="x", sheet={"head": head}, by=bench.officer, now=MONDAY)
        assert "การเผยแพร่" in held(close, task, bench.officer).user_message
        services.save_task(task, sheet={"head": self.HEAD}, by=bench.officer, now=MONDAY)
        done = close(task, bench.officer)
        assert done.ticks["out"]["met"] == (
            "เผยแพร่ทางเว็บไซต์ เมื่อ 2 พ.ย. 2569 ที่ https://demo.example/1"
        )

    def test_taken_out_again_is_no_longer_met(self, bench, task):
        services.save_task(task, sheet={"head": self.HEAD}, by=bench.officer, now=MONDAY)
        services.save_task(task, sheet={}, by=bench.officer, now=MONDAY)
        task.refresh_from_db()
        assert task.ticks == {}

    def test_in_a_next_round_is_met_by_the_same_words_once_they_are_saved(self, bench, task):
        services.save_task(task, sheet={"head": self.HEAD}, by=bench.officer, now=MONDAY)
        close(task, bench.officer)
        again = services.go_to_row(
            task.case, task.step, reason="แก้ไข", by=bench.head, now=days_later(1)
        )
        assert (again.sheet, again.ticks) == ({"head": self.HEAD}, {})
        held(close, again, bench.officer, now=days_later(1))

    def test_after_a_decision_is_asked_for_after_it(self, bench):
        item = {
            "key": "out", "text": "เผยแพร่แล้ว", "step": "a", "needs": "publication",
            "after_decision": True,
        }  # fmt: skip
        step = {"key": "a", "decides": "decide", "chain": ["director"]}
        task = open_task(bench.start(make_flow([step], items=[item])))
        assert rules.sheet_of(task) is None
        task.decided_at = MONDAY
        assert [field.key for field in rules.sheet_of(task).head] == [
            "channel", "published_on", "address",
        ]  # fmt: skip


class TestACopyOfLastYears:
    def test_begins_with_what_the_sheets_lend(self, bench):
        flow = make_flow(
            [
                {"key": "meet", "kind": "meeting"},
                {"key": "plan", "kind": "plan"},
                {"key": "act", "kind": "activity"},
            ]
        )
        first = bench.start(flow)
        head = {"met_on": "2026-11-02", "attended": 9, "agenda": "พิจารณาแผน"}
        meeting = {"head": head, "lines": [{"resolution": "เห็นชอบ"}]}
        plan = {"head": {"objective": "ก"}, "lines": [{"activity": "ข", "period": "พ.ย. 2569"}]}
        for typed in ({"sheet": meeting}, {"sheet": plan}, {"figures": [TARGET, ACTUAL]}):
            services.save_task(open_task(first), by=bench.officer, now=MONDAY, **typed)
            complete(open_task(first), bench.officer)
        copy = bench.start(flow, copy_of=first, title="ปีถัดไป")
        assert open_task(copy).sheet == {"head": {"agenda": "พิจารณาแผน"}}
        complete_with(open_task(copy), bench, meeting)
        assert open_task(copy).sheet == {
            "head": {"objective": "ก"}, "lines": [{"activity": "ข"}],
        }  # fmt: skip
        complete_with(open_task(copy), bench, plan)
        assert open_task(copy).figures == [TARGET]


def complete_with(task, bench, sheet):
    services.save_task(task, result="ทำแล้ว", sheet=sheet, by=bench.officer, now=MONDAY)
    close(task, bench.officer)


class TestPasting:
    def test_goes_below_what_is_there(self, bench):
        task = row_of(bench, "items")
        services.save_task(task, sheet={"lines": [{"item": "ก"}]}, by=bench.officer, now=MONDAY)
        added = services.paste_lines(task, "ข\t1\nค\t2", by=bench.officer, now=MONDAY)
        task.refresh_from_db()
        assert (added, [line["item"] for line in task.sheet["lines"]]) == (2, ["ก", "ข", "ค"])

    def test_of_more_than_a_table_holds_is_refused_and_takes_nothing(self, bench):
        task = row_of(bench, "items")
        held(services.paste_lines, task, "ก\n" * 2001, by=bench.officer, now=MONDAY)
        task.refresh_from_db()
        assert task.sheet == {}

    @pytest.mark.parametrize("kind", ["result", "activity"])
    def test_into_a_row_without_a_table_is_refused(self, bench, kind):
        held(services.paste_lines, row_of(bench, kind), "ก", by=bench.officer, now=MONDAY)

    def test_is_refused_outside_the_unit(self, bench):
        stranger = make_officer(make_unit("กลุ่มอื่น"))
        with pytest.raises(NotAllowed):
            services.paste_lines(row_of(bench, "items"), "ก", by=stranger, now=MONDAY)
