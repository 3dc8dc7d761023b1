"""What may happen to a task or a case, from which state, by whom: the one table.

Buttons ask `allowed`, services ask `demand`; neither knows a rule of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.accounts.models import User
from portal.exceptions import NotAllowed, StateConflict
from workflows.cases import permissions
from workflows.cases.models import Case, CaseStatus, Task, TaskStatus


@dataclass(frozen=True, slots=True)
class TaskMove:
    """One action on a task: its Thai label, the states it starts from, who, and what else."""

    label: str
    states: tuple[TaskStatus, ...]
    who: Callable[[Task, User], bool]
    when: Callable[[Task], bool] = lambda _task: True


@dataclass(frozen=True, slots=True)
class CaseMove:
    """One action on a case."""

    label: str
    states: tuple[CaseStatus, ...]
    who: Callable[[Case, User], bool]


def _decides_and_undecided(task: Task) -> bool:
    return bool(task.step.decides) and task.decided_at is None and task.activity == 0


def _is_chosen(task: Task) -> bool:
    """An optional or conditional row is begun or skipped with a reason before anything else."""
    return not (task.status == TaskStatus.OPEN and _may_be_skipped(task))


def _may_submit(task: Task) -> bool:
    return _decides_and_undecided(task) and _is_chosen(task)


def _may_complete(task: Task) -> bool:
    undecided = _decides_and_undecided(task)
    return not undecided and _is_chosen(task) and not task.step.sub_rows.exists()


def _may_be_skipped(task: Task) -> bool:
    return (task.step.optional or bool(task.step.condition)) and task.activity == 0


def _takes_activities(task: Task) -> bool:
    return bool(task.step.duration_per) and task.activity == 0 and _is_chosen(task)


OPEN = (TaskStatus.OPEN,)
WORKABLE = (TaskStatus.OPEN, TaskStatus.WORKING)
WRITABLE = (TaskStatus.AHEAD, *WORKABLE)

TASK_MOVES: dict[str, TaskMove] = {
    "start": TaskMove("เริ่มทำ", OPEN, permissions.works_on),
    "save": TaskMove("บันทึกร่าง", WRITABLE, permissions.works_on, _is_chosen),
    "tick": TaskMove("ทำเครื่องหมายรายการ", WRITABLE, permissions.works_on, _is_chosen),
    "attach": TaskMove("แนบหลักฐาน", WRITABLE, permissions.works_on, _is_chosen),
    "wait": TaskMove("บันทึกการรอ", WORKABLE, permissions.works_on),
    "end_wait": TaskMove("ได้รับแล้ว", WORKABLE, permissions.works_on),
    "add_activity": TaskMove("เพิ่มกิจกรรม", WRITABLE, permissions.works_on, _takes_activities),
    "assign": TaskMove("มอบหมาย", WORKABLE, permissions.may_assign),
    "skip": TaskMove("ข้ามขั้นตอน", WORKABLE, permissions.may_skip, _may_be_skipped),
    "complete": TaskMove("บันทึกว่าทำเสร็จ", WORKABLE, permissions.works_on, _may_complete),
    "submit": TaskMove("เสนอ", WORKABLE, permissions.works_on, _may_submit),
    "withdraw": TaskMove("ถอนเรื่อง", (TaskStatus.SUBMITTED,), permissions.works_on),
}

ENDED = (CaseStatus.DONE, CaseStatus.REFUSED, CaseStatus.CANCELLED)

CASE_MOVES: dict[str, CaseMove] = {
    "cancel": CaseMove("ยกเลิกเรื่อง", (CaseStatus.RUNNING,), permissions.may_cancel),
    "go_to": CaseMove("ย้ายไปขั้นตอนอื่น", (CaseStatus.RUNNING,), permissions.leads),
    "reopen": CaseMove("เปิดเรื่องอีกครั้ง", ENDED, permissions.leads),
    "add_participant": CaseMove("เชิญผู้ร่วมงาน", (CaseStatus.RUNNING,), permissions.may_invite),
    "prepare": CaseMove("เตรียมขั้นตอนล่วงหน้า", (CaseStatus.RUNNING,), permissions.is_of_unit),
    "set_deadline": CaseMove("แก้กำหนดส่ง", (CaseStatus.RUNNING,), permissions.is_of_unit),
}


def allowed(task: Task, user: User) -> frozenset[str]:
    """The actions this person may take on the task now."""
    return frozenset(
        name
        for name, move in TASK_MOVES.items()
        if task.status in move.states and move.when(task) and move.who(task, user)
    )


def case_allowed(case: Case, user: User) -> frozenset[str]:
    """The actions this person may take on the case now."""
    return frozenset(
        name
        for name, move in CASE_MOVES.items()
        if case.status in move.states and move.who(case, user)
    )


def demand(task: Task, action: str, user: User) -> None:
    """Raise NotAllowed or StateConflict unless the person may do this to the task now."""
    move = TASK_MOVES[action]
    if not move.who(task, user):
        raise NotAllowed(f"ท่านไม่มีสิทธิ์{move.label}ในขั้นตอนนี้")
    if task.status not in move.states or not move.when(task):
        raise StateConflict(_told(task, move.label))


def demand_case(case: Case, action: str, user: User) -> None:
    """Raise NotAllowed or StateConflict unless the person may do this to the case now."""
    move = CASE_MOVES[action]
    if not move.who(case, user):
        raise NotAllowed(f"ท่านไม่มีสิทธิ์{move.label}")
    if case.status not in move.states:
        raise StateConflict(f"{move.label}ไม่ได้ เพราะเรื่องนี้อยู่ในสถานะ “{case.get_status_display()}”")


def _told(task: Task, label: str) -> str:
    """Why not, and who was there before."""
    state = task.get_status_display()
    if task.closed_by is not None and task.closed_at is not None:
        return f"{label}ไม่ได้ เพราะ {task.closed_by.full_name} ปิดขั้นตอนนี้ไปแล้ว (สถานะ “{state}”)"
    return f"{label}ไม่ได้ เพราะขั้นตอนนี้อยู่ในสถานะ “{state}”"
