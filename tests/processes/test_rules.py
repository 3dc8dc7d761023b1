"""What is wrong with a shape: one line of the table for each rule."""

from dataclasses import replace

import pytest

from processes import shape
from processes.models import ChecklistItem, Citation, Edition, Flow, FormUse, Process, Step
from processes.rules import TEXT_LIMITS, problems
from tests.factories.standard import make_shape

CHAIN = ["head", "deputy", "director"]
THREE_DAYS = {"unit": "working_day", "min": 3, "max": 3}


def decide(key, **values):
    return {"key": key, "decides": "decide", "chain": CHAIN, **values}


RIGHT = {
    "fixed and range": [
        {"key": "a", "duration": THREE_DAYS},
        {"key": "b", "duration": {**THREE_DAYS, "min": 1}},
    ],
    "per activity": [{"key": "a", "duration": {**THREE_DAYS, "per": "activity"}}],
    "throughout": ["a", {"key": "b", "duration": {"unit": "throughout"}}, "c"],
    "sub-rows side by side": ["a", {"key": "b", "parent": "a"}, {"key": "c", "parent": "a"}, "d"],
    "shared time": [
        {"key": "a", "duration": THREE_DAYS},
        {
            "key": "b",
            "duration": {"unit": "included"},
            "duration_from": "a",
            "duration_merged": True,
        },
        {
            "key": "c",
            "duration": {"unit": "included"},
            "duration_from": "a",
            "duration_merged": True,
        },
    ],
    "return to an earlier row": ["a", decide("b", returns_to="a", return_label="ทบทวน")],
    "two decisions": ["a", decide("b"), "c", decide("d")],
    "director alone": [decide("a", chain=["director"])],
    "acknowledgement": ["a", decide("b", decides="acknowledge")],
    "optional with condition": [{"key": "a", "optional": True, "condition": "ถ้ามี"}],
    "waiting for someone outside": [{"key": "a", "external": True}],
    "numbers that repeat": [{"key": "a", "number": "5"}, {"key": "b", "number": "5"}],
}

# what is wrong, the steps, where in the first flow
WRONG_STEPS = {
    "key twice": (["a", "a"], ("steps", 1, "key")),
    "key with a space": ([{"key": "a b"}], ("steps", 0, "key")),
    "no title": ([{"key": "a", "title": " "}], ("steps", 0, "title")),
    "no chart text": ([{"key": "a", "chart_text": ""}], ("steps", 0, "chart_text")),
    "chart text too long": (
        [{"key": "a", "chart_text": "ก" * 301}],
        ("steps", 0, "chart_text"),
    ),
    "no steps": ([], ("steps",)),
    "return to nowhere": (["a", decide("b", returns_to="x")], ("steps", 1, "returns_to")),
    "return forward": ([decide("a", returns_to="b"), "b"], ("steps", 0, "returns_to")),
    "return to itself": ([decide("a", returns_to="a")], ("steps", 0, "returns_to")),
    "return to a throughout row": (
        [{"key": "a", "duration": {"unit": "throughout"}}, decide("b", returns_to="a")],
        ("steps", 1, "returns_to"),
    ),
    "return from a row that does not decide": (
        ["a", {"key": "b", "returns_to": "a"}],
        ("steps", 1, "returns_to"),
    ),
    "return label without a return": (
        [decide("a", return_label="ทบทวน")],
        ("steps", 0, "return_label"),
    ),
    "parent that is not there": ([{"key": "a", "parent": "x"}], ("steps", 0, "parent")),
    "parent of a parent": (
        ["a", {"key": "b", "parent": "a"}, {"key": "c", "parent": "b"}],
        ("steps", 2, "parent"),
    ),
    "sub-row away from its parent": (
        ["a", "b", {"key": "c", "parent": "a"}],
        ("steps", 2, "parent"),
    ),
    "sub-row that decides": (["a", decide("b", parent="a")], ("steps", 1, "decides")),
    "parent that decides": ([decide("a"), {"key": "b", "parent": "a"}], ("steps", 0, "decides")),
    "outsider that decides": ([decide("a", external=True)], ("steps", 0, "decides")),
    "decision without a chain": ([decide("a", chain=[])], ("steps", 0, "chain")),
    "chain that falls": (
        [decide("a", chain=["deputy", "head", "director"])],
        ("steps", 0, "chain"),
    ),
    "chain that repeats": (
        [decide("a", chain=["head", "head", "director"])],
        ("steps", 0, "chain"),
    ),
    "chain that stops below the director": (
        [decide("a", chain=["head", "deputy"])],
        ("steps", 0, "chain"),
    ),
    "chain without a decision": ([{"key": "a", "chain": CHAIN}], ("steps", 0, "chain")),
    "verb without a decision": ([{"key": "a", "verb": "อนุมัติ"}], ("steps", 0, "chain")),
    "days without a number": (
        [{"key": "a", "duration": {"unit": "day"}}],
        ("steps", 0, "duration"),
    ),
    "least above most": (
        [{"key": "a", "duration": {**THREE_DAYS, "min": 5}}],
        ("steps", 0, "duration"),
    ),
    "no days at all": (
        [{"key": "a", "duration": {**THREE_DAYS, "min": 0}}],
        ("steps", 0, "duration"),
    ),
    "more days than a cell holds": (
        [{"key": "a", "duration": {**THREE_DAYS, "max": 10_000}}],
        ("steps", 0, "duration"),
    ),
    "throughout with a number": (
        [{"key": "a", "duration": {"unit": "throughout", "min": 1, "max": 1}}],
        ("steps", 0, "duration"),
    ),
    "per activity without a number": (
        [{"key": "a", "duration": {"unit": "per_plan", "per": "activity"}}],
        ("steps", 0, "duration"),
    ),
    "included in nothing": (
        [{"key": "a", "duration": {"unit": "included"}}],
        ("steps", 0, "duration_from"),
    ),
    "own time and shared time": (
        ["a", {"key": "b", "duration": THREE_DAYS, "duration_from": "a"}],
        ("steps", 1, "duration_from"),
    ),
    "shared with a row that shares": (
        [
            "a",
            {"key": "b", "duration": {"unit": "included"}, "duration_from": "a"},
            {"key": "c", "duration": {"unit": "included"}, "duration_from": "b"},
        ],
        ("steps", 2, "duration_from"),
    ),
    "merged across a row": (
        [
            "a",
            "b",
            {
                "key": "c",
                "duration": {"unit": "included"},
                "duration_from": "a",
                "duration_merged": True,
            },
        ],
        ("steps", 2, "duration_merged"),
    ),
    "merged standard with other words": (
        [{"key": "a", "standard": "ดี"}, {"key": "b", "standard": "งาม", "standard_merged": True}],
        ("steps", 1, "standard_merged"),
    ),
    "merged standard on the first row": (
        [{"key": "a", "standard_merged": True}],
        ("steps", 0, "standard_merged"),
    ),
    "appointment without an order": ([{"key": "a", "kind": "appoint"}], ("steps", 0, "kind")),
}

WRONG_ITEMS = {
    "key twice": ([{"key": "x", "text": "ก"}, {"key": "x", "text": "ข"}], ("items", 1, "key")),
    "no text": ([{"key": "x", "text": ""}], ("items", 0, "text")),
    "step that is not there": ([{"key": "x", "text": "ก", "step": "y"}], ("items", 0, "step")),
    "need without a step": ([{"key": "x", "text": "ก", "needs": "letter"}], ("items", 0, "needs")),
    "after a decision that is not there": (
        [{"key": "x", "text": "ก", "step": "a", "after_decision": True}],
        ("items", 0, "after_decision"),
    ),
    "outside report before the decision": (
        [{"key": "x", "text": "ก", "step": "b", "needs": "outside_report"}],
        ("items", 0, "needs"),
    ),
    "members without an appointment": (
        [{"key": "x", "text": "ก", "step": "a", "needs": "members"}],
        ("steps", 0, "kind"),
    ),
}


@pytest.mark.parametrize("steps", RIGHT.values(), ids=RIGHT.keys())
def test_shape_that_is_right_has_no_problems(steps):
    assert problems(make_shape(steps)) == []


@pytest.mark.parametrize(("steps", "path"), WRONG_STEPS.values(), ids=WRONG_STEPS.keys())
def test_steps_that_are_wrong_are_told_where(steps, path):
    assert [problem.path for problem in problems(make_shape(steps))] == [("flows", 0, *path)]


@pytest.mark.parametrize(("items", "path"), WRONG_ITEMS.values(), ids=WRONG_ITEMS.keys())
def test_items_that_are_wrong_are_told_where(items, path):
    content = make_shape(["a", decide("b")], items=items)
    assert [problem.path for problem in problems(content)] == [("flows", 0, *path)]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": ""}, ("name",)),
        ({"name": "ก" * 401}, ("name",)),
        ({"code": "ไทย"}, ("code",)),
        ({"flows": ()}, ("flows",)),
        ({"forms": (shape.FormUse("a b", "แบบ"),)}, ("forms", 0, "code")),
        ({"citations": (shape.Citation("law", ""),)}, ("citations", 0, "printed")),
        ({"definitions": (shape.Definition("", "ความหมาย"),)}, ("definitions", 0, "term")),
    ],
)
def test_edition_that_is_wrong_is_told_where(change, path):
    content = replace(make_shape(["a"]), **change)
    assert [problem.path for problem in problems(content)] == [path]


def test_two_flows_of_one_code_are_wrong():
    content = make_shape(["a"])
    twice = replace(content, flows=content.flows * 2)
    assert [problem.path for problem in problems(twice)] == [("flows", 1, "code")]


def test_problem_reads_as_a_thai_sentence():
    found = problems(make_shape(["a", decide("b", chain=[])], code="demo"))
    assert [str(problem) for problem in found] == [
        "ผัง demo แถวที่ 2 (b): แถวที่เสนอพิจารณาต้องมีสายการเสนอ"
    ]


def test_limits_of_texts_are_those_of_the_database():
    columns = {
        shape.Edition: (Edition, {"number": "printed_number"}),
        shape.Flow: (Flow, {}),
        shape.Step: (Step, {}),
        shape.Item: (ChecklistItem, {}),
        shape.Duration: (Step, {"printed": "duration_printed", "note": "duration_note"}),
    }
    for kind, limits in TEXT_LIMITS.items():
        model, names = columns[kind]
        found = {name: model._meta.get_field(names.get(name, name)).max_length for name in limits}
        assert found == limits
    assert Process._meta.get_field("name").max_length == 400
    assert FormUse._meta.get_field("printed").max_length == 400
    assert Citation._meta.get_field("printed").max_length == 400
