"""From draft to retirement."""

from dataclasses import replace
from datetime import date

import pytest

from portal.exceptions import RuleBroken, StateConflict
from processes import editing, storage
from processes.models import Edition, EditionOrigin, EditionStatus, Process
from tests.factories.standard import make_manual, make_shape, put_in_force

pytestmark = pytest.mark.django_db
OFFICE = EditionOrigin.OFFICE


def make_draft(content=None, **values):
    content = content or make_shape(["a", "b"], **values)
    process = editing.open_process(make_manual(content.manual), content)
    return editing.write_draft(process, content, origin=OFFICE)


def test_first_draft_is_number_one():
    draft = make_draft()
    assert (draft.number, draft.status, draft.content_hash) == (1, EditionStatus.DRAFT, "")


def test_writing_again_goes_over_the_same_draft():
    content = make_shape(["a", "b"], code="again")
    first = make_draft(content)
    second = make_draft(replace(content, name="ชื่อใหม่"))
    assert second.pk == first.pk
    assert Edition.objects.get().name == "ชื่อใหม่"
    assert storage.shape_of(second).name == "ชื่อใหม่"


def test_draft_after_an_effective_edition_takes_the_next_number():
    content = make_shape(["a"])
    put_in_force(content)
    draft = make_draft(replace(content, name="ชื่อใหม่"))
    assert draft.number == 2


def test_draft_of_another_process_is_refused():
    process = editing.open_process(make_manual(), make_shape(["a"], code="mine"))
    with pytest.raises(RuleBroken):
        editing.write_draft(process, make_shape(["a"], code="yours"), origin=OFFICE)


def test_freezing_something_wrong_is_refused_with_the_reason():
    draft = make_draft(make_shape([{"key": "a", "decides": "decide"}], code="wrong"))
    with pytest.raises(RuleBroken) as refusal:
        editing.freeze(draft)
    assert refusal.value.user_message == ("ผัง wrong แถวที่ 1 (a): แถวที่เสนอพิจารณาต้องมีสายการเสนอ")
    draft.refresh_from_db()
    assert draft.content_hash == ""


def test_writing_a_frozen_draft_takes_its_digest_away():
    content = make_shape(["a"])
    draft = make_draft(content)
    editing.freeze(draft)
    assert make_draft(content).content_hash == ""


def test_draft_that_was_not_frozen_cannot_be_put_in_force():
    with pytest.raises(StateConflict):
        editing.put_in_force(make_draft(), date(2026, 10, 1))


def test_draft_that_was_changed_after_freezing_cannot_be_put_in_force():
    draft = make_draft()
    editing.freeze(draft)
    draft.flows.get().steps.update(title="แอบแก้")
    with pytest.raises(StateConflict):
        editing.put_in_force(draft, date(2026, 10, 1))


def test_putting_in_force_retires_the_edition_before():
    content = make_shape(["a"])
    before = put_in_force(content, day=date(2025, 10, 1))
    after = put_in_force(replace(content, name="ชื่อใหม่"), day=date(2026, 10, 1))
    before.refresh_from_db()
    assert (before.status, before.retired_on) == (EditionStatus.RETIRED, date(2026, 10, 1))
    assert (after.status, after.effective_on) == (EditionStatus.EFFECTIVE, date(2026, 10, 1))
    assert storage.stored_shape(before).name == content.name


def test_process_is_named_after_its_effective_edition():
    content = make_shape(["a"])
    put_in_force(content)
    process = Process.objects.get()
    make_draft(replace(content, name="ชื่อร่าง"))
    process.refresh_from_db()
    assert process.name == content.name
    put_in_force(replace(content, name="ชื่อใหม่", number="๑๒", group="กลุ่มหนึ่ง"))
    process.refresh_from_db()
    assert (process.name, process.number, process.group) == ("ชื่อใหม่", "๑๒", "กลุ่มหนึ่ง")
    assert "12 ชือใหม" in process.search_text


def test_effective_edition_refuses_every_writer():
    edition = put_in_force(make_shape(["a"]))
    for write in (
        editing.freeze,
        editing.discard_draft,
        lambda edition: editing.put_in_force(edition, date(2026, 10, 1)),
    ):
        with pytest.raises(StateConflict):
            write(edition)


def test_discarded_draft_frees_its_number():
    content = make_shape(["a"])
    put_in_force(content)
    editing.discard_draft(make_draft(content))
    assert make_draft(content).number == 2


def test_verifying_finds_a_frozen_edition_that_was_touched():
    edition = put_in_force(make_shape(["a"]))
    assert editing.verify(edition)
    edition.flows.get().steps.update(title="แอบแก้")
    assert not editing.verify(edition)


def test_processes_stand_in_the_order_of_their_printed_numbers():
    for number in ("10", "2", "", "๑"):
        put_in_force(replace(make_shape(["a"]), number=number))
    assert list(Process.objects.values_list("number", flat=True)) == ["๑", "2", "10", ""]


@pytest.mark.django_db
def test_numbers_that_begin_anew_are_listed_group_by_group():
    manual = make_manual("grouped")
    manual.groups = ["งานแรก", "งานที่สอง"]
    manual.save(update_fields=["groups"])
    for number, group in (("1", "งานที่สอง"), ("2", "งานแรก"), ("1", "งานแรก")):
        content = replace(make_shape(["a"]), manual="grouped", number=number, group=group)
        put_in_force(content)
    listed = Process.objects.filter(manual=manual).order_by("sort_key")
    assert [(each.group, each.number) for each in listed] == [
        ("งานแรก", "1"),
        ("งานแรก", "2"),
        ("งานที่สอง", "1"),
    ]
