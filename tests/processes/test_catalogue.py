"""The real files: what must be true of the two processes that are transcribed."""

import re

import pytest

from processes import durations
from processes.loading import read_file
from processes.shape import Decides, Flow, Need, Rank, Unit, to_plain
from tests.factories.standard import CATALOGUE, dlit_flow, dltv_flow

FILES = sorted(path.name for path in CATALOGUE.glob("*.yaml") if path.name != "manual.yaml")
# what a PDF's text does to Thai: marks that wander, a vowel written as two, doubled letters
SCARS = re.compile(
    "ํา|เเ|[\u0e48-\u0e4b][\u0e31\u0e34-\u0e3a]| [\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]|  |ในการการ"
)


def flows_of(file: str) -> dict[str, Flow]:
    return {flow.code: flow for flow in read_file(CATALOGUE / file).flows}


def texts(plain: object) -> list[str]:
    if isinstance(plain, dict):
        return [text for value in plain.values() for text in texts(value)]
    if isinstance(plain, list):
        return [text for value in plain for text in texts(value)]
    return [plain] if isinstance(plain, str) else []


@pytest.mark.parametrize("file", FILES)
def test_thai_of_a_file_is_mended(file):
    found = [text for text in texts(to_plain(read_file(CATALOGUE / file))) if SCARS.search(text)]
    assert found == []


def test_dlit_has_the_printed_rows():
    flow = flows_of("dlit.yaml")["dlit"]
    assert [step.number for step in flow.steps] == [str(n) for n in range(1, 10)]
    assert [durations.printed(step.duration) for step in flow.steps] == [
        "1 – 5 วันทำการ",
        "1 – 5 วันทำการ",
        "5 วันทำการ",
        "3 วันทำการ",
        "3 – 5 วันต่อกิจกรรม",
        "3 – 5 วันต่อกิจกรรม",
        "5 วันทำการ",
        "5 วันทำการ",
        "1 – 5 วันทำการ",
    ]


def test_dlit_decides_at_row_four_and_returns_to_row_three():
    steps = flows_of("dlit.yaml")["dlit"].steps
    fourth = steps[3]
    assert fourth.decides == Decides.DECIDE
    assert fourth.verb == "ให้ความเห็นชอบ"
    assert fourth.chain == (Rank.HEAD, Rank.DEPUTY, Rank.DIRECTOR)
    assert (fourth.returns_to, fourth.return_label) == (steps[2].key, "ทบทวน ปรับปรุง")
    assert fourth.standard_merged
    assert fourth.standard == steps[2].standard


def test_dlit_reports_to_the_director_and_then_outside():
    flow = flows_of("dlit.yaml")["dlit"]
    last = flow.steps[-1]
    assert last.decides == Decides.ACKNOWLEDGE
    after = [item for item in flow.items if item.after_decision]
    assert [(item.step, item.needs) for item in after] == [(last.key, Need.OUTSIDE_REPORT)]


def test_dlit_keeps_the_detailed_step_that_is_printed_twice():
    flow = flows_of("dlit.yaml")["dlit"]
    printed = [item.number for item in flow.items if item.number]
    assert printed == ["5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.7", "5.8"]


def test_dlit_references_carry_thai_digits():
    edition = read_file(CATALOGUE / "dlit.yaml")
    assert [each.number for each in edition.citations] == ["๘.๑", "๘.๒", "๘.๓", "๘.๔", "๘.๕"]


def test_survey_table_starts_with_a_letter_from_outside():
    flow = flows_of("dltv-equipment.yaml")["dltv-equipment-survey"]
    first, second = flow.steps[0], flow.steps[1]
    assert (first.external, first.duration.unit) == (True, Unit.NONE)
    assert (second.duration.min, second.duration.max) == (15, 15)
    needs = [(item.step, item.needs) for item in flow.items if item.needs]
    assert needs == [
        (first.key, Need.LETTER),
        (second.key, Need.SURVEY),
        (flow.steps[-1].key, Need.OUTSIDE_REPORT),
    ]
    assert flow.steps[-1].returns_to is None


def test_allocation_table_keeps_the_row_numbers_as_printed():
    flow = flows_of("dltv-equipment.yaml")["dltv-equipment-allocation"]
    assert [step.number for step in flow.steps] == ["1", "2", "3", "4", "5", "5", "5", "5"]
    assert flow.steps[3].duration.unit == Unit.THROUGHOUT
    assert durations.printed(flow.steps[4].duration) == "3 – 5 วัน/ครั้ง"


@pytest.mark.django_db
def test_catalogue_flows_are_ready_for_other_tests():
    assert dlit_flow().steps.count() == 9
    assert dltv_flow().steps.count() == 5
