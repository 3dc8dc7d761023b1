"""Random flows walked with random returns: a running case stands on exactly one row."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, make_bench
from workflows.cases import history, moves
from workflows.cases.models import OPEN_STATUSES, CaseStatus, TaskStatus
from workflows.cases.routing import return_targets

pytestmark = pytest.mark.django_db

MARKS = ("plain", "throughout", "parent", "activity")


def steps_of(marks: list[str]) -> list[dict]:
    steps: list[dict] = []
    for number, mark in enumerate(marks):
        key = f"r{number}"
        step: dict = {"key": key}
        if mark == "throughout":
            step["duration"] = {"unit": "throughout"}
        if mark == "activity":
            step["duration"] = {"unit": "day", "min": 3, "max": 5, "per": "activity"}
        steps.append(step)
        if mark == "parent":
            steps += [{"key": f"{key}-{sub}", "parent": key} for sub in ("a", "b")]
    return steps


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    marks=st.lists(st.sampled_from(MARKS), min_size=1, max_size=6),
    choices=st.lists(st.integers(0, 9), min_size=4, max_size=4),
)
def test_every_run_stands_on_one_row_and_ends(marks, choices):
    with transaction.atomic():
        walk_to_the_end(marks, list(choices))
        transaction.set_rollback(True)


def walk_to_the_end(marks: list[str], returns: list[int]) -> None:
    bench = make_bench()
    case = bench.start(make_flow(steps_of(marks)))
    now, walked = MONDAY, 0
    while True:
        case.refresh_from_db()
        open_tasks = list(case.tasks.filter(status__in=OPEN_STATUSES).select_related("step"))
        blocking = [task for task in open_tasks if task.blocking]
        assert (case.status == CaseStatus.RUNNING) == (len(blocking) == 1)
        if case.status != CaseStatus.RUNNING:
            break
        walked += 1
        assert walked < 200
        now += timedelta(minutes=1)
        standing = moves.lock_task(blocking[0].pk)
        children = [task for task in open_tasks if task.parent_id == standing.pk]
        if children:
            child = moves.lock_task(children[0].pk)
            moves.finish(child.case, child, status=TaskStatus.DONE, by=bench.officer, now=now)
        elif returns:
            targets = return_targets(moves.flow_shape(case.flow), standing.step.key)
            target = targets[returns.pop() % len(targets)]
            moves.go_to(
                standing.case, target.key, by=bench.head, now=now, leaving=TaskStatus.RETURNED
            )
        else:
            moves.finish(standing.case, standing, status=TaskStatus.DONE, by=bench.officer, now=now)
    assert open_tasks == []
    assert history.verify(case) == []
