"""Work on the standard as the office uses it: target days, names, what is switched off."""

import json
from datetime import date, timedelta
from itertools import count

import pytest
from django.core.management import call_command

from portal.exceptions import StateConflict
from processes.adoption import change_adoption
from processes.in_use import flow_in_use
from processes.models import Process
from tests.factories.people import make_user
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, complete, days_later, open_task
from tests.workflows.cases.pages import post, raw, signed_in, words
from workflows.approvals.rehearsal import rehearse
from workflows.cases import deadlines, opening, waits
from workflows.cases.calendar_changes import add_day
from workflows.cases.models import Case, CaseStatus, Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

START = "/cases/start/?flow=alpha"
TWO_TO_FIVE = {"unit": "working_day", "min": 2, "max": 5}
SHARED = {"key": "c", "duration": {"unit": "included"}, "duration_from": "b"}
TITLE = {"title": "แผนปี 2570", "opened_on": "2/11/2569", "letter_due_on": ""}
HOLIDAY = {"kind": "special", "name": "วันหยุดพิเศษ", "source": "มติคณะรัฐมนตรี"}


@pytest.fixture
def flow():
    steps = [{"key": "a", "duration": TWO_TO_FIVE}, "b", SHARED, "d"]
    return make_flow(steps, code="alpha", name="ชื่อในคู่มือ")


def adopt(bench, flow, targets=None, *, now=MONDAY, **facts):
    rows = {("alpha", key): days for key, days in (targets or {}).items()}
    change_adoption(flow.edition.process, facts, rows, by=bench.head, now=now)


def at(bench, case, key):
    """Do the rows before it; the row, just opened."""
    while open_task(case).step.key != key:
        complete(open_task(case), bench.officer)
    return open_task(case)


def typed(bench, **values):
    return {**TITLE, "unit": bench.unit.pk, **values}


# -- dates


def test_without_targets_the_plan_has_no_date(bench, flow):
    plan = bench.start(flow).plan
    assert [row["due"] for row in plan] == ["2026-11-09", None, None, None]


def test_a_new_case_is_planned_by_the_targets(bench, flow):
    adopt(bench, flow, {"b": 3})
    plan = bench.start(flow).plan
    assert [(row["opens"], row["expected"], row["due"]) for row in plan] == [
        ("2026-11-02", "2026-11-04", "2026-11-09"),
        ("2026-11-09", "2026-11-12", "2026-11-12"),
        ("2026-11-09", "2026-11-12", "2026-11-12"),
        ("2026-11-12", None, None),
    ]


def test_rows_are_due_by_the_target_and_share_it(bench, flow):
    adopt(bench, flow, {"b": 3})
    case = bench.start(flow)
    assert at(bench, case, "b").due_on == date(2026, 11, 5)
    assert at(bench, case, "c").due_on == date(2026, 11, 5)
    assert at(bench, case, "d").due_on is None


def test_a_row_that_is_open_keeps_its_date_and_the_next_takes_the_new_target(bench, flow):
    adopt(bench, flow, {"b": 3, "d": 3})
    case = bench.start(flow)
    row = at(bench, case, "b")
    plan = case.plan
    adopt(bench, flow, {"b": 10, "d": 4}, now=MONDAY + timedelta(minutes=1))
    deadlines.redate(case, deadlines.office_time())
    row.refresh_from_db()
    assert row.due_on == date(2026, 11, 5)
    clock = (MONDAY + timedelta(minutes=5 + n) for n in count())
    while open_task(case).step.key != "d":
        complete(open_task(case), bench.officer, now=next(clock))
    assert open_task(case).due_on == date(2026, 11, 6)
    assert Case.objects.get(pk=case.pk).plan == plan


def test_a_day_off_moves_an_open_row_by_the_target_it_opened_with(bench, flow):
    adopt(bench, flow, {"b": 3})
    row = at(bench, bench.start(flow), "b")
    adopt(bench, flow, {"b": None}, now=MONDAY + timedelta(minutes=1))
    admin, later = make_user(administers=True), MONDAY + timedelta(hours=1)
    _, effect = add_day(date(2026, 11, 4), by=admin, now=later, **HOLIDAY)
    row.refresh_from_db()
    assert (row.due_on, effect.tasks) == (date(2026, 11, 6), 1)


def test_a_wait_moves_the_row_by_the_target_it_opened_with(bench, flow):
    adopt(bench, flow, {"b": 3})
    row = at(bench, bench.start(flow), "b")
    waits.begin(
        row,
        party="other",
        whom="",
        expected_on=None,
        reason="รอข้อมูล",
        stops_clock=True,
        by=bench.officer,
        now=MONDAY,
    )
    adopt(bench, flow, {"b": 30}, now=MONDAY + timedelta(minutes=1))
    waits.end(row, outcome="ได้รับแล้ว", by=bench.officer, now=days_later(2))
    row.refresh_from_db()
    assert row.due_on == date(2026, 11, 9)


def test_sub_rows_run_by_their_targets_and_the_heading_ends_with_the_last(bench):
    flow = make_flow(["top", {"key": "one", "parent": "top"}, {"key": "two", "parent": "top"}],
                     code="alpha")  # fmt: skip
    adopt(bench, flow, {"one": 2, "two": 4})
    case = bench.start(flow)
    assert {row["key"]: row["due"] for row in case.plan} == {
        "top": "2026-11-06", "one": "2026-11-04", "two": "2026-11-06",
    }  # fmt: skip
    assert Task.objects.get(step__key="top").due_on == date(2026, 11, 6)


def test_the_commands_plan_and_rehearse_by_the_targets(bench, flow, capsys):
    adopt(bench, flow, {"b": 3})
    call_command("plan", "alpha", "--start", "2026-11-02", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [row["due"] for row in rows] == ["2026-11-09", "2026-11-12", "2026-11-12", None]
    call_command("rehearse", "alpha", "--json")
    told = json.loads(capsys.readouterr().out)
    page = signed_in(bench.officer).get("/processes/alpha/rehearsal/")
    assert [stop.walked.on.isoformat() for stop in page.context["stops"]] == [
        stop["on"] for stop in told["path"]
    ]
    assert told["path"][-1]["on"] == "2026-11-12"


def test_the_plan_command_says_totals_and_where_it_crosses_the_fiscal_year(bench, flow, capsys):
    adopt(bench, flow, {"b": 230, "d": 1})
    call_command("plan", "alpha", "--start", "2026-11-02")
    said = capsys.readouterr().out
    assert "วันทำการ นับจากวันเริ่ม" in said
    assert "เลยปีงบประมาณ 2570 ตั้งแต่ขั้นตอน 2" in said


# -- what the pages say


def test_the_plan_page_says_targets_totals_and_the_end(bench, flow):
    adopt(bench, flow, {"b": 3, "d": 1})
    page = words(signed_in(bench.officer).get(START))
    assert "2 ขั้นตอน b เป้าหมายของสำนักงาน 3 วันทำการ 9–12 พ.ย. 2569" in page
    assert "รวมเวลาทุกขั้นตอน 6 – 9 วันทำการ" in page
    assert "ตามปฏิทินของสำนักงาน อย่างน้อย 6 ไม่เกิน 9 วันทำการ นับจากวันเริ่ม" in page
    assert "ภายใน 13 พฤศจิกายน 2569" in page
    assert "แผนเลยปีงบประมาณ" not in page


def test_the_plan_page_says_where_it_crosses_the_fiscal_year(bench, flow):
    adopt(bench, flow, {"b": 230, "d": 1})
    page = words(signed_in(bench.officer).get(START))
    assert "แผนเลยปีงบประมาณ 2570 ตั้งแต่ขั้นตอนที่ 2 ขั้นตอน b" in page


@pytest.mark.parametrize(("role", "told"), [("head", True), ("officer", False)])
def test_who_may_set_targets_is_told_where_the_manual_has_no_time(bench, flow, role, told):
    adopt(bench, flow, {"b": 3})
    answer = signed_in(getattr(bench, role)).get(START)
    assert "4 ขั้นตอน d ไม่กำหนดเวลา ตั้งแต่" in words(answer)
    assert ("1 ขั้นตอนไม่กำหนดเวลา" in words(answer)) == told
    assert ("/processes/alpha/adoption/" in raw(answer)) == told


def test_nothing_is_told_where_every_row_has_a_time(bench, flow):
    adopt(bench, flow, {"b": 3, "d": 3})
    assert "/processes/alpha/adoption/" not in raw(signed_in(bench.head).get(START))


def test_the_task_says_the_target_it_opened_with(bench, flow):
    adopt(bench, flow, {"b": 3})
    row = at(bench, bench.start(flow), "b")
    adopt(bench, flow, {"b": 10}, now=MONDAY + timedelta(minutes=1))
    page = words(signed_in(bench.officer).get(f"/tasks/{row.pk}/"))
    assert "เวลาดำเนินงาน 3 วันทำการ (เป้าหมายของสำนักงาน)" in page


def test_cases_are_under_the_offices_own_name(bench, flow):
    case = bench.start(flow)
    adopt(bench, flow, own_name="ชื่อของเรา")
    client = signed_in(bench.officer)
    for address in ("/cases/", f"/cases/{case.code}/", "/cases/start/", START,
                    "/cases/start/?q=ของเรา", "/processes/alpha/rehearsal/"):  # fmt: skip
        page = words(client.get(address))
        assert "ชื่อของเรา" in page, address
        assert "ชื่อในคู่มือ" not in page, address


# -- switched off


@pytest.fixture
def running(bench, flow):
    """A case of a process that was switched off after it began."""
    case = bench.start(flow)
    adopt(bench, flow, adopted=False)
    return case


def test_no_case_is_opened_by_page_or_service(bench, flow, running):
    said = "สำนักงานไม่ใช้กระบวนงาน “ชื่อในคู่มือ” แล้ว"
    client = signed_in(bench.officer)
    copy = f"{START}&copy={running.code}"
    answers = [
        client.get(START),
        client.get(copy),
        client.post(START, typed(bench)),
        client.post(copy, typed(bench)),
        client.post("/cases/start/plan/?flow=alpha", typed(bench)),
    ]
    assert [answer.status_code for answer in answers] == [409] * 5
    assert all(said in words(answer) for answer in answers)
    for facts in ({}, {"copy_of": running}):
        with pytest.raises(StateConflict, match="ไม่ใช้กระบวนงาน"):
            bench.start(flow, **facts)
    assert Case.objects.get() == running


def test_what_the_page_believed_is_looked_at_again_when_starting(bench, flow):
    stale = opening.Flow.objects.select_related("edition__process").get(pk=flow.pk)
    adopt(bench, flow, adopted=False)
    assert stale.edition.process.adopted
    with pytest.raises(StateConflict):
        bench.start(stale)


def test_it_is_no_choice_and_no_copy_is_offered(bench, flow, running):
    make_flow(["a"], code="beta")
    client = signed_in(bench.officer)
    flows = client.get("/cases/start/").context["flows"]
    assert [each.code for each in flows] == ["beta"]
    assert "copy=" not in raw(client.get(f"/cases/{running.code}/"))


def test_the_running_case_goes_on_to_its_end(bench, flow, running):
    for _ in range(4):
        complete(open_task(running), bench.officer)
    running.refresh_from_db()
    assert running.status == CaseStatus.DONE


def test_taken_into_use_again_it_can_be_started(bench, flow, running):
    adopt(bench, flow, adopted=True)
    assert post(bench.officer, START, **typed(bench)).status_code == 302
    assert Process.objects.get().adopted


def test_the_pure_walk_ends_with_targets(flow, bench):
    adopt(bench, flow, {"b": 3, "d": 4})
    walked = rehearse(flow_in_use(flow), MONDAY.date(), deadlines.office_time())
    assert (walked.finished, walked.path[-1].on) == (True, date(2026, 11, 18))
