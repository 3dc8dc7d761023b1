"""Work on a row before its turn: what is written waits there until the row opens."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.exceptions import RuleBroken, StateConflict
from processes.models import Step
from processes.shape import Step as StepShape
from processes.storage import flow_shape
from workflows.cases import history, moves, rules
from workflows.cases.models import LIVE_STATUSES, OPEN_STATUSES, Case, Task, TaskStatus
from workflows.cases.routing import preparable
from workflows.cases.transitions import demand_case


@transaction.atomic
def prepare(case: Case, step: Step, *, reason: str, by: User, now: datetime) -> Task:
    """Make the task of a later row, with the reason; never past a row that decides."""
    case = moves.lock_case(case.pk)
    demand_case(case, "prepare", by)
    reason = rules.check_reason(reason)
    live = case.tasks.filter(step__key=step.key, activity=0, status__in=LIVE_STATUSES).first()
    if live is not None:
        return _already(live)
    if step.key not in [row.key for row in rows_to_prepare(case)]:
        raise RuleBroken("เตรียมขั้นตอนนี้ล่วงหน้าไม่ได้ เพราะต้องรอผลการพิจารณาก่อน", field="step")
    flow = flow_shape(case.flow)
    task = moves.next_round(case, next(row for row in flow.steps if row.key == step.key), now=now)
    task.status = TaskStatus.AHEAD
    task.save()
    history.record(
        case,
        "prepared",
        by=by,
        task=task,
        now=now,
        text=f"เตรียม{moves.row_name(task)} ล่วงหน้า เพราะ {reason}",
        data={"reason": reason},
    )
    return task


def rows_to_prepare(case: Case) -> list[StepShape]:
    """The rows that may be prepared now and are not yet."""
    standing = case.tasks.filter(status__in=OPEN_STATUSES, blocking=True)
    key = standing.values_list("step__key", flat=True).first()
    if key is None:
        return []
    flow = flow_shape(case.flow)
    live = set(
        case.tasks.filter(activity=0, status__in=LIVE_STATUSES).values_list("step__key", flat=True)
    )
    # sub-rows open only with their parent, all together
    parents = {row.parent for row in flow.steps if row.parent}
    return [row for row in preparable(flow, key) if row.key not in live | parents]


def _already(live: Task) -> Task:
    if live.status != TaskStatus.AHEAD:
        raise StateConflict("ขั้นตอนนี้เปิดอยู่แล้ว")
    return live
