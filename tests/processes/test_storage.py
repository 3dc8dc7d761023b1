"""Shape to rows and back, without loss."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from portal.canonical import digest
from processes import editing, shape, storage
from processes.models import EditionOrigin, Form
from processes.rules import problems
from processes.selectors import effective_flow
from tests.factories.standard import make_flow, make_manual, make_shape, put_in_force
from tests.processes.shapes import editions

pytestmark = pytest.mark.django_db
many_shapes = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@given(content=editions())
@many_shapes
def test_edition_reads_back_as_it_was_written(content):
    assert problems(content) == []
    process = editing.open_process(make_manual(), content)
    draft = editing.write_draft(process, content, origin=EditionOrigin.OFFICE)
    assert storage.shape_of(draft) == content


@given(content=editions())
@many_shapes
def test_plain_form_reads_back_as_it_was_written(content):
    plain = shape.to_plain(content)
    assert shape.from_plain(shape.Edition, plain) == content
    assert digest(shape.to_plain(shape.from_plain(shape.Edition, plain))) == digest(plain)


@given(content=editions())
@many_shapes
def test_digest_is_the_same_when_the_same_thing_is_written_again(content):
    process = editing.open_process(make_manual(), content)
    first = editing.freeze(editing.write_draft(process, content, origin=EditionOrigin.OFFICE))
    again = editing.freeze(editing.write_draft(process, content, origin=EditionOrigin.OFFICE))
    assert first == again == digest(shape.to_plain(content))


def test_digest_of_a_plain_form_does_not_know_of_empty_fields():
    assert shape.to_plain(shape.Item("a", "ทำ")) == {"key": "a", "text": "ทำ"}


def test_unknown_field_is_refused_by_the_plain_form():
    with pytest.raises(ValueError, match="Item has no colour"):
        shape.from_plain(shape.Item, {"key": "a", "text": "ทำ", "colour": "red"})


def test_row_may_share_the_time_of_a_row_that_comes_later():
    content = make_shape(
        [
            {"key": "a", "duration": {"unit": "included"}, "duration_from": "b"},
            {"key": "b", "duration": {"unit": "working_day", "min": 3, "max": 3}},
        ],
    )
    edition = put_in_force(content)
    assert storage.stored_shape(edition) == content


def test_flow_of_the_factory_reads_back_as_written():
    flow = make_flow(
        ["a", {"key": "b", "decides": "decide", "chain": ["head", "director"], "returns_to": "a"}],
        items=[{"key": "x", "text": "ทำ", "step": "a"}],
        code="demo-two",
    )
    content = storage.flow_shape(effective_flow("demo-two"))
    assert [step.key for step in content.steps] == ["a", "b"]
    assert content.steps[1].returns_to == "a"
    assert content.items[0].step == "a"
    assert list(storage.step_rows(flow)) == ["a", "b"]


def test_flow_of_a_frozen_edition_is_read_once(django_assert_num_queries):
    flow = make_flow(["a", "b"])
    storage.flow_shape(flow)
    with django_assert_num_queries(0):
        storage.flow_shape(flow)


def test_draft_is_read_anew_every_time():
    content = make_shape(["a"])
    process = editing.open_process(make_manual(), content)
    draft = editing.write_draft(process, content, origin=EditionOrigin.OFFICE)
    storage.shape_of(draft)
    draft.flows.get().steps.update(title="เขียนใหม่")
    assert storage.shape_of(draft).flows[0].steps[0].title == "เขียนใหม่"


def test_form_used_by_two_processes_has_one_identity():
    for name in ("ชื่อในคู่มือหนึ่ง", "ชื่อในคู่มือสอง"):
        content = make_shape(["a"])
        use = shape.FormUse(code="same-form", printed=name)
        put_in_force(replace(content, forms=(use,)))
    form = Form.objects.get()
    assert [use.printed for use in form.uses.order_by("pk")] == ["ชื่อในคู่มือหนึ่ง", "ชื่อในคู่มือสอง"]
