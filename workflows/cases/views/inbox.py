"""Open tasks as lists show them: where on the line each stands, and how far its dates are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.accounts.models import User
from processes.models import Step
from workflows.cases.forms.listing import overdue_tasks
from workflows.cases.models import Case, CaseStatus, Task, TaskStatus
from workflows.cases.selectors import inbox
from workflows.cases.transitions import WORKABLE
from workflows.cases.views.due import Clock, Due


@dataclass(frozen=True, slots=True)
class Entry:
    """A task with its deadlines in words."""

    task: Task
    dues: list[Due]

    @property
    def due(self) -> Due | None:
        """The deadline the colours follow."""
        return self.dues[0] if self.dues else None


def entries(tasks: Iterable[Task], time: Clock) -> list[Entry]:
    """The tasks of a page as the list shows them."""
    return [Entry(task, time.deadlines(task)) for task in tasks]


def to_do(user: User) -> QuerySet[Task]:
    """What this person has to do, by the date that counts, soonest first."""
    return by_date(inbox(user))


def group_worries(user: User) -> QuerySet[Task]:
    """In the units this person heads: overdue with others, or with nobody."""
    late = Q(pk__in=overdue_tasks().values("pk"))
    nobody = Q(assignee__isnull=True, status__in=WORKABLE)
    tasks = Task.objects.filter(
        late | nobody, case__unit__in=user.access.head_of, case__status=CaseStatus.RUNNING,
        step__sub_rows__isnull=True,
    ).exclude(assignee=user, status__in=WORKABLE)  # fmt: skip
    return by_date(tasks.select_related("case", "step", "assignee", "parent"))


def by_date(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Soonest first, those without a date last, each with its place on the line."""
    rows = Step.objects.filter(flow=OuterRef("step__flow"), parent__isnull=True)
    return tasks.annotate(
        counts_on=Coalesce("letter_due_on", "due_on"),
        own_position=Coalesce("step__parent__position", "step__position"),
        rows_of=_how_many(rows),
        row_at=_how_many(rows.filter(position__lte=OuterRef("own_position"))),
    ).order_by(F("counts_on").asc(nulls_last=True), "pk")


def _how_many(rows: QuerySet[Step]) -> Subquery:
    return Subquery(rows.order_by().values("flow").annotate(n=Count("pk")).values("n"))


def office_figures() -> dict[str, int]:
    """The office at a glance: running, overdue, with the superiors (one query)."""
    running = Case.objects.filter(status=CaseStatus.RUNNING)
    late = Q(tasks__in=overdue_tasks())
    submitted = Q(tasks__status=TaskStatus.SUBMITTED)
    return running.aggregate(
        running=Count("pk", distinct=True),
        overdue=Count("pk", filter=late, distinct=True),
        submitted=Count("pk", filter=submitted, distinct=True),
    )
