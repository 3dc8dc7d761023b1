"""What the deciders see of the sheets of the rows before: frozen, with their sums."""

import pytest

from portal.canonical import digest
from tests.factories.standard import make_flow
from tests.factories.work import LEAST, MONDAY, Bench, complete, days_later, make_bench, open_task
from tests.workflows.approvals.papers import give, open_link, write_memo
from tests.workflows.cases.pages import signed_in, words
from workflows.approvals.content import is_genuine
from workflows.approvals.models import Submission
from workflows.approvals.submitting import lacking, submit
from workflows.cases import services
from workflows.cases.models import Task

pytestmark = pytest.mark.django_db

PER_ACTIVITY = {"unit": "day", "min": 3, "max": 5, "per": "activity"}
ASK = {
    "key": "ask", "kind": "propose", "decides": "decide", "chain": ["director"],
    "verb": "อนุมัติ", "returns_to": "plan",
}  # fmt: skip


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def at_asking(bench: Bench, *rows: dict) -> Task:
    """The deciding row after these rows are done."""
    case = bench.start(make_flow([*rows, ASK, "after"]))
    for row in rows:
        complete(open_task(case, row["key"]), bench.officer)
    task = open_task(case, "ask")
    write_memo(task, bench.officer)
    return task


def put_up(bench: Bench, *rows: dict) -> Submission:
    return submit(at_asking(bench, *rows), by=bench.officer, now=MONDAY)


PLAN = {"key": "plan", "kind": "plan"}


def test_the_content_holds_the_sheet_in_words_and_its_sums(bench: Bench) -> None:
    content = put_up(bench, PLAN).content
    assert content["rows"][0]["sheet"]["lines"] == [["อบรม", "", "12,000.00", ""]]
    assert content["totals"] == [
        {"label": "จำนวนกิจกรรม", "value": "1"},
        {"label": "งบประมาณรวม (บาท)", "value": "12,000.00"},
    ]


def test_rows_without_a_sheet_say_nothing_of_one(bench: Bench) -> None:
    content = put_up(bench, {"key": "plan"}).content
    assert ("sheet" in content["rows"][0], content["totals"]) == (False, [])


@pytest.mark.parametrize("kind", sorted(LEAST))
def test_the_decision_page_shows_it(bench: Bench, kind: str) -> None:
    submission = put_up(bench, {"key": "plan", "kind": kind})
    page = words(signed_in(bench.director).get(f"/decisions/{open_link(submission).pk}/"))
    first_cell = next(iter(LEAST[kind]["lines"][0].values()))
    assert str(first_cell) in page
    assert submission.content["rows"][0]["sheet"]["title"] in page


def test_the_page_does_not_follow_the_live_sheet(bench: Bench) -> None:
    submission = put_up(bench, PLAN)
    Task.objects.filter(step__key="plan").update(sheet={"lines": [{"activity": "แก้ทีหลัง"}]})
    page = words(signed_in(bench.director).get(f"/decisions/{open_link(submission).pk}/"))
    assert ("อบรม" in page, "แก้ทีหลัง" in page) == (True, False)
    assert is_genuine(submission)


def test_a_submission_from_before_there_were_sheets_is_genuine_and_shown(bench: Bench) -> None:
    submission = put_up(bench, PLAN)
    old = {name: part for name, part in submission.content.items() if name != "totals"}
    figure = {"key": "asked", "label": "จำนวนที่ขอข้อมูล", "value": 42}
    row = {name: part for name, part in old["rows"][0].items() if name != "sheet"}
    old["rows"] = [{**row, "figures": [figure]}]
    Submission.objects.filter(pk=submission.pk).update(content=old, content_hash=digest(old))
    assert is_genuine(Submission.objects.get(pk=submission.pk))
    answer = signed_in(bench.director).get(f"/decisions/{open_link(submission).pk}/")
    assert answer.context["figures"] == [figure]


def test_the_people_of_all_activities_are_one_number(bench: Bench) -> None:
    case = bench.start(make_flow([{"key": "plan", "duration": PER_ACTIVITY}, ASK]))
    row = open_task(case)
    for many in (20, 22):
        each = services.add_activity(row, title="รุ่น", by=bench.officer, now=MONDAY)
        figures = [{"key": "actual", "label": "เข้าร่วมจริง (คน)", "value": many}]
        services.save_task(each, figures=figures, by=bench.officer, now=MONDAY)
        complete(each, bench.officer)
    complete(row, bench.officer)
    write_memo(open_task(case), bench.officer)
    content = submit(open_task(case), by=bench.officer, now=MONDAY).content
    assert content["totals"] == [{"key": "actual", "label": "เข้าร่วมจริง (คน)", "value": 42}]


@pytest.mark.parametrize(
    ("came", "told"),
    [((0, 0), []), ((12, 0), [12]), ((12, 30), [42])],
)  # fmt: skip
def test_the_people_of_all_rows_are_one_number_if_anybody_came(
    bench: Bench, came: tuple[int, int], told: list[int]
) -> None:
    rows = [{"key": key, "kind": "activity"} for key in ("install", "train")]
    case = bench.start(make_flow([*rows, {**ASK, "returns_to": "train"}]))
    for row, many in zip(rows, came, strict=True):
        task = open_task(case, row["key"])
        figures = [{"key": "actual", "label": "เข้าร่วมจริง (คน)", "value": many}]
        services.save_task(task, figures=figures, by=bench.officer, now=MONDAY)
        complete(task, bench.officer)
    task = open_task(case, "ask")
    write_memo(task, bench.officer)
    content = submit(task, by=bench.officer, now=MONDAY).content
    assert [total["value"] for total in content["totals"]] == told
    assert [row["figures"][0]["value"] for row in content["rows"]] == list(came)


def test_a_returned_plan_shows_what_became_of_its_lines(bench: Bench) -> None:
    submission = put_up(bench, PLAN)
    case = submission.task.case
    give(
        open_link(submission), bench.director, "returned", comment="ลดงบ",
        return_to=case.flow.steps.get(key="plan"),
    )  # fmt: skip
    plan = open_task(case, "plan")
    cheaper = {**LEAST["plan"], "lines": [{"activity": "อบรม", "budget": "9000.00"}]}
    services.save_task(plan, sheet=cheaper, by=bench.officer, now=days_later(1))
    complete(plan, bench.officer, now=days_later(1))
    task = open_task(case, "ask")
    write_memo(task, bench.officer, now=days_later(1))
    (change,) = submit(task, by=bench.officer, now=days_later(1)).content["changes"]
    assert ("12,000.00" in change["before"], "9,000.00" in change["after"]) == (True, True)


def test_a_deciding_row_with_a_sheet_of_its_own_is_put_up_when_it_is_filled(bench: Bench) -> None:
    case = bench.start(make_flow([{**ASK, "kind": "plan", "returns_to": None}]))
    task = open_task(case)
    write_memo(task, bench.officer)
    assert "วัตถุประสงค์ของแผน" in lacking(task)
    services.save_task(task, sheet=LEAST["plan"], by=bench.officer, now=MONDAY)
    assert (
        submit(task, by=bench.officer, now=MONDAY).content["row"]["sheet"]["title"] == "แผน/โครงการ"
    )


def test_the_memo_begins_with_what_the_sheets_come_to(bench: Bench) -> None:
    case = bench.start(make_flow([PLAN, ASK]))
    complete(open_task(case), bench.officer)
    page = signed_in(bench.officer).get(f"/tasks/{open_task(case).pk}/memo/")
    assert "ทำแล้ว จำนวนกิจกรรม 1 งบประมาณรวม 12,000.00 บาท" in words(page)
