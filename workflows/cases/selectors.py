"""Reading cases and tasks for pages and papers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from portal.accounts.models import User
from processes.models import Step
from workflows.cases.models import OPEN_STATUSES, Case, Task, TaskStatus
from workflows.cases.transitions import WORKABLE


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One printed row of a case: the standard, the frozen plan, and its rounds, newest last."""

    step: Step
    plan: dict[str, Any]
    rounds: tuple[Task, ...]
    activities: tuple[Task, ...]
    waiting: frozenset[int] = frozenset()

    @property
    def task(self) -> Task | None:
        """The row's newest round."""
        return self.rounds[-1] if self.rounds else None

    @property
    def waits(self) -> bool:
        """Whether the row waits for somebody outside."""
        return self.task is not None and self.task.pk in self.waiting


def inbox(user: User) -> QuerySet[Task]:
    """What this person has to do; rows that only head sub-rows are left out.

    An ended case has no live task, so the case need not be asked.
    """
    return Task.objects.filter(
        not_heading(), assignee=user, status__in=WORKABLE, closed_at__isnull=True
    )


def not_heading() -> Q:
    """Tasks a person works on: a row that only heads its sub-rows is not one."""
    return ~Q(step__in=Step.objects.filter(parent__isnull=False).values("parent"))


def is_late() -> Q:
    """Open tasks past the date that counts; "not closed" is how an index knows itself meant."""
    return Q(counts_on__lt=localdate(), status__in=OPEN_STATUSES, closed_at__isnull=True)


def case_rows(case: Case) -> list[CaseRow]:
    """Every row of the case's flow in printed order, with its plan and rounds (three queries)."""
    people = case.tasks.select_related("step", "assignee", "closed_by")
    tasks = list(people.order_by("round", "activity", "pk"))
    plans = {row["key"]: row for row in case.plan}
    running = case.tasks.filter(waits__ended_at__isnull=True, waits__isnull=False)
    waiting = frozenset(running.values_list("pk", flat=True))
    return [
        CaseRow(
            step,
            plans.get(step.key, {}),
            tuple(task for task in tasks if task.step_id == step.pk and not task.activity),
            tuple(task for task in tasks if task.step_id == step.pk and task.activity),
            waiting,
        )
        for step in case.flow.steps.order_by("position")
    ]


def chart_states(rows: list[CaseRow], today: date) -> dict[str, str]:
    """State of each row that was reached, by key: done, skipped, overdue, outside or current."""
    states = {row.step.key: _state(row, today) for row in rows}
    return {key: state for key, state in states.items() if state}


def _state(row: CaseRow, today: date) -> str:
    task = row.task
    if task is None:
        return ""
    if not task.is_open:
        named: dict[str, str] = {TaskStatus.DONE: "done", TaskStatus.SKIPPED: "skipped"}
        return named.get(task.status, "")
    if is_overdue(task, today):
        return "overdue"
    return "outside" if row.waits else "current"


def is_overdue(task: Task, today: date) -> bool:
    """Past its date; colours follow the letter's deadline where there is one."""
    return task.is_open and task.counts_on is not None and task.counts_on < today
