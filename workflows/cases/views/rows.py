"""The rows of a case as its page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.accounts.models import User
from workflows.cases.models import Case, Task, TaskStatus
from workflows.cases.selectors import CaseRow, case_rows, is_overdue
from workflows.cases.views.due import Clock, Due

AHEAD = ("ahead", "ยังไม่ถึง")
OVERDUE = ("overdue", "เกินกำหนด")
WAITING = ("waiting", "รอหน่วยงานภายนอก")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed row: what was planned, what is due, what happened."""

    row: CaseRow
    status: tuple[str, str]
    dues: list[Due]
    waits: bool

    @property
    def task(self) -> Task | None:
        return self.row.task

    @property
    def planned_from(self) -> date | None:
        return _day(self.row.plan.get("opens"))

    @property
    def planned_until(self) -> date | None:
        return _day(self.row.plan.get("due"))


def lines_of(case: Case, time: Clock) -> list[Line]:
    """Every row in printed order (four queries)."""
    return [_line(row, time) for row in case_rows(case)]


def standing(lines: list[Line]) -> Line | None:
    """The row the case stands on."""
    return next((line for line in lines if _stands(line.task)), None)


def hands(lines: list[Line], user: User) -> Iterator[Task]:
    """Open tasks of this person in the case, activities and side rows too."""
    for line in lines:
        for task in (*line.row.rounds, *line.row.activities):
            if task.is_open and task.assignee_id == user.pk:
                yield task


def _line(row: CaseRow, time: Clock) -> Line:
    task = row.task
    if task is None:
        return Line(row, AHEAD, [], False)
    return Line(row, _status(task, time.today, row.waits), time.deadlines(task), row.waits)


def _status(task: Task, today: date, waits: bool) -> tuple[str, str]:
    if is_overdue(task, today):
        return OVERDUE if task.status != TaskStatus.SUBMITTED else (
            "overdue", f"{task.get_status_display()} {OVERDUE[1]}"
        )  # fmt: skip
    if waits:
        return WAITING
    return task.status, task.get_status_display()


def _stands(task: Task | None) -> bool:
    return task is not None and task.is_open and task.blocking


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def case_due(task: Task | None, time: Clock) -> Due | None:
    """The deadline that counts for the row a case stands on."""
    return time.first(task) if task is not None and task.counts_on else None
