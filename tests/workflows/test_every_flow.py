"""Every workflow of the catalogue can be started and worked to its end, as it is rehearsed.

A test brings its own process: nothing is shared, so any worker may take any of them.
"""

from pathlib import Path

import pytest
from django.utils import timezone

from processes.loading import CATALOGUE, read_file
from processes.shape import Decides
from processes.storage import flow_shape
from tests.factories.standard import put_in_force
from tests.factories.work import MONDAY, make_bench
from tests.workflows.walking import walk_through
from workflows.approvals.rehearsal import rehearse
from workflows.cases import deadlines, history
from workflows.cases.models import LIVE_STATUSES, Case, CaseStatus, Task, TaskStatus

FILES = sorted(path for path in CATALOGUE.glob("*/*.yaml") if path.name != "manual.yaml")
FLOWS = [(path, flow.code) for path in FILES for flow in read_file(path).flows]


def closed_tasks(case: Case) -> list[Task]:
    """The rows of the case in the order they were closed; rows left out are no part of the path."""
    tasks = case.tasks.filter(activity=0).exclude(status=TaskStatus.SKIPPED)
    return sorted(
        tasks.select_related("step").order_by("pk"),
        key=lambda task: (task.closed_at, _rank(task)),
    )


def _rank(task: Task) -> int:
    """What closes in one moment: sub-rows, then their head; what runs throughout, last of all."""
    if task.parent_id:
        return 0
    return 1 if task.blocking else 2


def _how(task: Task) -> str:
    if task.status == TaskStatus.RETURNED:
        return "return"
    assert task.status == TaskStatus.DONE
    words = {Decides.DECIDE: "approve", Decides.ACKNOWLEDGE: "acknowledge"}
    return words.get(task.step.decides, "complete")


def test_catalogue_has_all_its_workflows():
    assert len(FLOWS) == len({code for _, code in FLOWS}) == 71


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "code"), FLOWS, ids=[code for _, code in FLOWS])
def test_workflow_is_worked_to_its_end_as_rehearsed(path: Path, code: str):
    flow = put_in_force(read_file(path)).flows.get(code=code)
    case = walk_through(make_bench(), flow).case
    assert case.status == CaseStatus.DONE
    assert list(case.tasks.filter(status__in=LIVE_STATUSES)) == []
    assert history.verify(case) == []
    shape = flow_shape(flow)
    rehearsed = rehearse(shape, MONDAY.date(), deadlines.office_time())
    assert rehearsed.finished
    walked = closed_tasks(case)
    assert [(task.step.position, task.round, _how(task)) for task in walked] == [
        (row.position, row.round, row.action) for row in rehearsed.path
    ]
    # sub-rows run side by side: here one is done after the other, there each on its own last day
    assert [timezone.localdate(task.closed_at) for task in walked if not task.parent_id] == [
        row.on for row in rehearsed.path if shape.steps[row.position].parent is None
    ]
