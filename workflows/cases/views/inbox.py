"""Open tasks as lists show them: where on the line each stands, and how far its dates are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from portal.accounts.models import User
from processes.models import Step
from workflows.cases.models import Case, CaseStatus, Task, TaskStatus
from workflows.cases.selectors import inbox, is_late, not_heading
from workflows.cases.transitions import WORKABLE
from workflows.cases.views.due import Clock, Due


@dataclass(frozen=True, slots=True)
class Entry:
    """A task with its deadlines in words, and its place on the line: row `at` of so many."""

    task: Task
    dues: list[Due]
    at: int
    rows: int

    @property
    def due(self) -> Due | None:
        """The deadline the colours follow."""
        return self.dues[0] if self.dues else None


def entries(tasks: Iterable[Task], time: Clock) -> list[Entry]:
    """The tasks of a page as the list shows them (one query)."""
    shown = list(tasks)
    lines = _lines({task.step.flow_id for task in shown})
    return [_entry(task, lines[task.step.flow_id], time) for task in shown]


def _entry(task: Task, line: list[int], time: Clock) -> Entry:
    own = task.step.parent_id or task.step_id
    return Entry(task, time.deadlines(task), line.index(own) + 1, len(line))


def _lines(flows: set[int]) -> dict[int, list[int]]:
    """The rows of each flow in printed order, without sub-rows."""
    lines: dict[int, list[int]] = {flow: [] for flow in flows}
    rows = Step.objects.filter(flow__in=flows, parent__isnull=True).order_by("position")
    for flow, step in rows.values_list("flow_id", "pk"):
        lines[flow].append(step)
    return lines


def to_do(user: User) -> QuerySet[Task]:
    """What this person has to do, by the date that counts, soonest first."""
    return by_date(inbox(user).select_related("case", "step"))


def group_worries(user: User) -> QuerySet[Task]:
    """In the units this person heads: overdue with others, or with nobody."""
    nobody = Q(assignee__isnull=True, status__in=WORKABLE)
    own = Q(assignee=user, status__in=WORKABLE)
    live = Task.objects.filter(closed_at__isnull=True, case__unit__in=user.access.head_of)
    tasks = live.filter(is_late() | nobody, not_heading()).exclude(own)
    return by_date(tasks.select_related("case", "step", "assignee"))


def by_date(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Soonest first, those without a date last."""
    return tasks.order_by(F("counts_on").asc(nulls_last=True), "pk")


def office_figures() -> dict[str, int]:
    """The office at a glance: cases running, overdue, with the superiors (three queries)."""
    live = Task.objects.filter(closed_at__isnull=True)
    return {
        "running": Case.objects.filter(status=CaseStatus.RUNNING).count(),
        "overdue": live.filter(is_late()).values("case").distinct().count(),
        "submitted": live.filter(status=TaskStatus.SUBMITTED).values("case").distinct().count(),
    }
