"""Two change how the office uses a process at once, or one switches it off while another starts."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.exceptions import StateConflict
from processes.adoption import change_adoption, state_of
from processes.in_use import targets_of
from processes.models import Process, TargetDays
from tests.concurrency.test_decisions import AGAIN, at_once, refusals
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, Bench, make_bench
from workflows.cases.models import Case, Task
from workflows.cases.services import paste_lines

pytestmark = pytest.mark.django_db(transaction=True)
ROW = ("demo", "a")


@pytest.fixture(params=[1, *AGAIN])
def bench() -> Bench:
    return make_bench()


def change(process: Process, days: int, seen: str, bench: Bench) -> Callable[[], object]:
    facts = {"own_name": f"ชื่อที่ {days}"}
    return lambda: change_adoption(
        process, facts, {ROW: days}, by=bench.head, now=MONDAY + timedelta(days), seen=seen
    )


def test_of_two_who_save_one_page_one_is_told(bench: Bench) -> None:
    process = make_flow(["a"], code=ROW[0]).edition.process
    seen = state_of(process)
    results = at_once(*[change(process, days, seen, bench) for days in (3, 4, 5)])
    assert refusals(results) == [StateConflict, StateConflict]
    days = targets_of(process.pk)[ROW]
    assert Process.objects.get().own_name == f"ชื่อที่ {days}"
    assert TargetDays.objects.count() == 1


def test_who_starts_while_it_is_switched_off_is_told_or_was_first(bench: Bench) -> None:
    flow = make_flow(["a"], code=ROW[0])
    process = flow.edition.process
    results = at_once(
        lambda: change_adoption(process, {"adopted": False}, {}, by=bench.head, now=MONDAY),
        *[lambda: bench.start(flow)] * 2,
    )
    assert Process.objects.get().adopted is False
    assert Case.objects.count() == 2 - len(refusals(results))
    assert set(refusals(results)) <= {StateConflict}


def test_lines_pasted_at_once_are_all_there(bench: Bench) -> None:
    task = bench.start(make_flow([{"key": "a", "kind": "items"}])).tasks.get()
    at_once(*[
        lambda name=name: paste_lines(task, name, by=bench.officer, now=MONDAY)
        for name in ("จอภาพ", "เมาส์", "สาย")
    ])  # fmt: skip
    lines = Task.objects.get().sheet["lines"]
    assert sorted(line["item"] for line in lines) == ["จอภาพ", "สาย", "เมาส์"]
