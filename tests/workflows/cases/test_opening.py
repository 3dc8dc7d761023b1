"""Cases opened in the middle, as a copy, and rows prepared before their turn."""

from datetime import date

import pytest

from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from tests.factories.people import make_officer, make_unit
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, complete, days_later, make_bench, open_task
from workflows.cases import ahead, history, services
from workflows.cases.models import CaseStatus, TaskStatus

pytestmark = pytest.mark.django_db

FIVE_DAYS = {"unit": "working_day", "min": 5, "max": 5}
PER_ACTIVITY = {"unit": "day", "min": 3, "max": 5, "per": "activity"}
DECIDE = {"decides": "decide", "chain": ["director"]}
THROUGHOUT = {"unit": "throughout"}
FRIDAY = days_later(11)


@pytest.fixture
def bench():
    return make_bench()


def step(flow, key):
    return flow.steps.get(key=key)


class TestOpeningInTheMiddle:
    def enter(self, bench, flow, at, done_on, **values):
        facts = {"now": FRIDAY, "opened_on": MONDAY.date(), **values}
        return bench.start(flow, at=step(flow, at), done_on=done_on, **facts)

    def test_keeps_the_real_days_and_says_they_were_entered_afterwards(self, bench):
        flow = make_flow(["a", {"key": "b", **DECIDE}, {"key": "c", "duration": FIVE_DAYS}])
        case = self.enter(bench, flow, "c", {"a": date(2026, 11, 3), "b": date(2026, 11, 5)})
        rows = [(task.step.key, task.status, task.happened_on) for task in case.tasks.all()]
        assert rows == [
            ("a", "done", date(2026, 11, 3)),
            ("b", "done", date(2026, 11, 5)),
            ("c", "open", None),
        ]
        assert open_task(case).due_on == date(2026, 11, 12)
        assert case.events.filter(action="entered", text__startswith="บันทึกย้อนหลัง").count() == 2
        case.refresh_from_db()
        assert history.verify(case) == []

    @pytest.mark.parametrize(
        ("done_on", "field"),
        [
            ({}, "a"),
            ({"a": date(2026, 11, 1)}, "a"),
            ({"a": date(2026, 11, 14)}, "a"),
            ({"a": date(2026, 11, 5), "b": date(2026, 11, 4)}, "b"),
        ],
    )
    def test_days_that_cannot_be_are_refused_beside_their_row(self, bench, done_on, field):
        flow = make_flow(["a", "b", "c"])
        with pytest.raises(RuleBroken) as caught:
            self.enter(bench, flow, "c", done_on)
        assert caught.value.field == field

    def test_an_optional_row_may_be_left_out(self, bench):
        flow = make_flow(["a", {"key": "b", "optional": True}, "c"])
        case = self.enter(bench, flow, "c", {"a": date(2026, 11, 3)})
        assert [task.step.key for task in case.tasks.all()] == ["a", "c"]

    def test_a_throughout_row_before_it_runs_beside(self, bench):
        flow = make_flow(["a", {"key": "b", "duration": THROUGHOUT}, "c", "d"])
        case = self.enter(bench, flow, "d", {"a": date(2026, 11, 3), "c": date(2026, 11, 4)})
        assert open_task(case, "b").blocking is False
        complete(open_task(case), bench.officer, now=FRIDAY)
        case.refresh_from_db()
        assert case.status == CaseStatus.DONE

    def test_sub_rows_before_it_are_done_with_their_parent(self, bench):
        flow = make_flow(["a", {"key": "a1", "parent": "a"}, {"key": "a2", "parent": "a"}, "b"])
        case = self.enter(bench, flow, "b", {"a": date(2026, 11, 3)})
        assert [task.step.key for task in case.tasks.filter(parent__step__key="a")] == ["a1", "a2"]

    def test_a_later_happening_is_not_before_an_entered_decision(self, bench):
        flow = make_flow([{"key": "a", **DECIDE}, "b"])
        case = self.enter(bench, flow, "b", {"a": date(2026, 11, 5)})
        with pytest.raises(RuleBroken) as caught:
            complete(open_task(case), bench.officer, now=FRIDAY, happened_on=date(2026, 11, 4))
        assert caught.value.field == "happened_on"


class TestCopying:
    def test_offers_last_years_texts_and_activities_without_dates(self, bench):
        flow = make_flow(["a", {"key": "b", "duration": PER_ACTIVITY}])
        first = bench.start(flow)
        complete(open_task(first), bench.officer)
        training = services.add_activity(
            open_task(first), title="อบรม", place="ห้องประชุม", by=bench.officer, now=MONDAY
        )
        services.save_task(
            training, by=bench.officer, now=MONDAY,
            figures=[{"key": "target", "value": 30}, {"key": "actual", "value": 28}],
        )  # fmt: skip
        complete(training, bench.officer)
        copy = bench.start(flow, copy_of=first, title="ปีถัดไป")
        assert open_task(copy).result == "ทำแล้ว"
        complete(open_task(copy), bench.officer)
        again = open_task(copy).children.get()
        assert (again.title, again.place, again.figures, again.from_on) == (
            "อบรม", "ห้องประชุม", [{"key": "target", "value": 30}], None,
        )  # fmt: skip

    def test_of_a_case_one_may_not_see_is_refused(self, bench):
        hidden = bench.start()
        stranger = make_officer(make_unit("กลุ่มอื่น"))
        with pytest.raises(NotAllowed):
            bench.start(copy_of=hidden, by=stranger, unit=stranger.holdings.get().post.unit)


class TestPreparingAhead:
    def prepare(self, case, key, by, reason="รอคำสั่งลงนาม"):
        return ahead.prepare(case, step(case.flow, key), reason=reason, by=by, now=MONDAY)

    def test_what_was_written_is_there_when_the_row_opens(self, bench):
        case = bench.start(make_flow(["a", {"key": "b", "duration": FIVE_DAYS}, "c"]))
        task = self.prepare(case, "b", bench.officer)
        services.save_task(task, result="ร่างไว้ก่อน", by=bench.officer, now=MONDAY)
        complete(open_task(case), bench.officer, now=days_later(1))
        opened = open_task(case)
        assert (opened.pk, opened.result, opened.status) == (task.pk, "ร่างไว้ก่อน", "working")
        assert opened.due_on == date(2026, 11, 10)

    def test_a_row_done_before_it_opened_may_keep_its_day(self, bench):
        case = bench.start()
        self.prepare(case, "two", bench.officer)
        complete(open_task(case), bench.officer, now=days_later(3))
        late = complete(
            open_task(case), bench.officer, now=days_later(3), happened_on=date(2026, 11, 3)
        )
        assert late.happened_on == date(2026, 11, 3)

    def test_past_a_decision_is_refused(self, bench):
        case = bench.start(make_flow(["a", {"key": "b", **DECIDE}, "c"]))
        with pytest.raises(RuleBroken):
            self.prepare(case, "c", bench.officer)
        assert self.prepare(case, "b", bench.officer).status == TaskStatus.AHEAD

    def test_needs_a_reason_and_the_unit(self, bench):
        case = bench.start()
        with pytest.raises(RuleBroken) as caught:
            self.prepare(case, "two", bench.officer, reason=" ")
        assert caught.value.field == "reason"
        with pytest.raises(NotAllowed):
            self.prepare(case, "two", bench.director)

    def test_twice_is_the_same_and_an_open_row_is_told(self, bench):
        case = bench.start()
        assert self.prepare(case, "two", bench.officer) == self.prepare(case, "two", bench.head)
        with pytest.raises(StateConflict):
            self.prepare(case, "one", bench.officer)

    def test_a_prepared_row_cannot_be_completed_before_its_turn(self, bench):
        task = self.prepare(bench.start(), "two", bench.officer)
        with pytest.raises(StateConflict):
            complete(task, bench.officer)

    def test_is_dropped_with_the_case(self, bench):
        case = bench.start()
        task = self.prepare(case, "two", bench.officer)
        services.cancel_case(case, reason="ซ้ำ", by=bench.officer, now=MONDAY)
        task.refresh_from_db()
        assert task.status == TaskStatus.DROPPED

    def test_is_dropped_when_the_case_passes_it_by(self, bench):
        case = bench.start(make_flow(["a", "b", "c"]))
        task = self.prepare(case, "b", bench.officer)
        services.go_to_row(case, step(case.flow, "c"), reason="x", by=bench.head, now=MONDAY)
        task.refresh_from_db()
        assert task.status == TaskStatus.DROPPED
