"""The office's words and target days over an edition that stays as it was printed."""

from dataclasses import replace

import pytest

from processes import durations, editing, storage
from processes.durations import in_words, printed, total, total_in_words
from processes.in_use import edition_in_use, flow_in_use, in_own_words, targetable, with_targets
from processes.models import Process, TargetDays
from processes.sheets import sheets_of
from tests.factories.standard import dlit_flow, make_flow, make_shape, put_in_force
from tests.factories.work import MONDAY

FIVE_TO_SEVEN = {"unit": "working_day", "min": 5, "max": 7}
INCLUDED = {"unit": "included"}


def flow_of(*steps):
    return make_shape(steps, code="alpha").flows[0]


def set_target(flow, key, days):
    TargetDays.objects.create(
        process=flow.edition.process, flow_code=flow.code, step_key=key, days=days, set_at=MONDAY
    )


# -- pure


def test_a_target_stands_where_no_time_is_printed_and_says_whose_it_is():
    flow = with_targets(flow_of("a", "b"), {("alpha", "a"): 5})
    first, second = (step.duration for step in flow.steps)
    assert printed(first) == "เป้าหมายของสำนักงาน 5 วันทำการ"
    assert in_words(first) == "5 วันทำการ (เป้าหมายของสำนักงาน)"
    assert in_words(second) == "ไม่กำหนดเวลา"


@pytest.mark.parametrize(
    "step",
    [
        {"key": "a", "duration": FIVE_TO_SEVEN},
        {"key": "a", "duration": {"unit": "throughout"}},
        {"key": "a", "duration": {"unit": "per_plan", "printed": "ตามแผน"}},
        {"key": "a", "external": True},
    ],
)
def test_other_rows_keep_what_they_have(step):
    flow = flow_of(step, "b")
    assert with_targets(flow, {("alpha", "a"): 5}) == flow
    assert [row.key for row in targetable(flow)] == ["b"]


def test_targets_of_another_table_are_not_taken():
    flow = flow_of("a")
    assert with_targets(flow, {("beta", "a"): 5}) is flow


def test_the_total_counts_targets_and_shared_time_once():
    shared = {"key": "c", "duration": INCLUDED, "duration_from": "b"}
    flow = flow_of({"key": "a", "duration": FIVE_TO_SEVEN}, "b", shared, "d")
    assert total_in_words(total(flow)) == ("5 – 7 วันทำการ",)
    timed = with_targets(flow, {("alpha", "b"): 10})
    assert total_in_words(total(timed)) == ("15 – 17 วันทำการ",)


def test_sub_rows_with_targets_run_side_by_side_in_the_total():
    flow = flow_of("top", *({"key": key, "parent": "top"} for key in ("one", "two")))
    timed = with_targets(flow, {("alpha", "one"): 4, ("alpha", "two"): 9})
    assert durations.total(timed).working_days == (9, 9)


# -- over what is stored


@pytest.mark.django_db
def test_the_frozen_edition_and_what_is_kept_of_it_do_not_change():
    flow = make_flow(["a", "b"], code="alpha")
    before = storage.flow_shape(flow)
    Process.objects.update(own_name="ชื่อของเรา", own_document_code="ก 1")
    set_target(flow, "a", 5)
    flow.refresh_from_db()
    assert flow_in_use(flow).steps[0].duration.max == 5
    assert edition_in_use(flow.edition).name == "ชื่อของเรา"
    assert storage.flow_shape(flow) is before
    assert editing.verify(flow.edition)


@pytest.mark.django_db
def test_what_is_printed_takes_the_words_and_not_the_targets():
    flow = make_flow(["a"], code="alpha", table_name="ชื่อตาราง")
    assert in_own_words(flow.edition).flows[0].table_name == "ชื่อตาราง"
    Process.objects.update(own_name="ชื่อของเรา", own_document_code="ก 1")
    set_target(flow, "a", 5)
    flow.refresh_from_db()
    content = in_own_words(flow.edition)
    assert (content.name, content.document_code) == ("ชื่อของเรา", "ก 1")
    assert (content.flows[0].table_name, content.flows[0].steps[0].duration.max) == ("", None)
    assert sheets_of(edition_in_use(flow.edition))[0].rows[0].time == "เป้าหมายของสำนักงาน 5 วันทำการ"


@pytest.mark.django_db
def test_a_flow_whose_rows_all_have_a_time_asks_for_no_targets(django_assert_num_queries):
    flow = dlit_flow()
    storage.flow_shape(flow)
    with django_assert_num_queries(0):
        assert flow_in_use(flow) is storage.flow_shape(flow)


@pytest.mark.django_db
def test_a_time_printed_in_a_newer_edition_takes_the_place_of_the_target():
    flow = make_flow(["a"], code="alpha")
    set_target(flow, "a", 5)
    content = storage.shape_of(flow.edition)
    step = replace(content.flows[0].steps[0], duration=durations.parse("9 วันทำการ"))
    newer = put_in_force(replace(content, flows=(replace(content.flows[0], steps=(step,)),)))
    assert flow_in_use(newer.flows.get()).steps[0].duration.max == 9
    assert flow_in_use(flow).steps[0].duration.max == 5
