"""Reading cases and tasks for pages and papers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from portal.accounts.models import User
from processes.models import Step
from workflows.cases.models import OPEN_STATUSES, Case, CaseStatus, Task, TaskStatus
from workflows.cases.transitions import WORKABLE


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One printed row of a case: the standard, the frozen plan, and its rounds, newest last."""

    step: Step
    plan: dict[str, Any]
    rounds: tuple[Task, ...]
    activities: tuple[Task, ...]

    @property
    def task(self) -> Task | None:
        """The row's newest round."""
        return self.rounds[-1] if self.rounds else None


def inbox(user: User) -> QuerySet[Task]:
    """What this person has to do, soonest first; rows that only head sub-rows are left out."""
    return (
        Task.objects.filter(
            assignee=user,
            status__in=WORKABLE,
            case__status=CaseStatus.RUNNING,
            step__sub_rows__isnull=True,
        )
        .select_related("case", "step", "case__flow__edition", "parent")
        .order_by("due_on", "id")
    )


def standing_task(case: Case) -> Task | None:
    """The row a running case stands on."""
    standing = case.tasks.filter(status__in=OPEN_STATUSES, blocking=True)
    return standing.select_related("step", "assignee").first()


def case_rows(case: Case) -> list[CaseRow]:
    """Every row of the case's flow in printed order, with its plan and rounds (two queries)."""
    people = case.tasks.select_related("step", "assignee", "closed_by")
    tasks = list(people.order_by("round", "activity", "pk"))
    plans = {row["key"]: row for row in case.plan}
    return [
        CaseRow(
            step,
            plans.get(step.key, {}),
            tuple(task for task in tasks if task.step_id == step.pk and not task.activity),
            tuple(task for task in tasks if task.step_id == step.pk and task.activity),
        )
        for step in case.flow.steps.order_by("position")
    ]


def chart_states(rows: list[CaseRow], today: date) -> dict[str, str]:
    """State of each row for the chart: done, current, overdue, skipped or waiting."""
    return {row.step.key: _state(row.task, today) for row in rows}


def _state(task: Task | None, today: date) -> str:
    if task is None:
        return "waiting"
    if task.is_open:
        return "overdue" if is_overdue(task, today) else "current"
    named: dict[str, str] = {TaskStatus.DONE: "done", TaskStatus.SKIPPED: "skipped"}
    return named.get(task.status, "waiting")


def is_overdue(task: Task, today: date) -> bool:
    """Past its date; colours follow the letter's deadline where there is one."""
    due = deadline_of(task)
    return task.is_open and due is not None and due < today


def deadline_of(task: Task) -> date | None:
    """The date colours follow: the letter's where there is one, else the standard's."""
    return task.letter_due_on or task.due_on
