"""An office with as many tasks as wanted: one case played for real, the others its likeness."""

from datetime import date, timedelta
from math import ceil

from django.utils import timezone

from portal.accounts.models import Post, PostRank
from portal.demo.people import Cast, make_people
from portal.office.models import Office
from processes.models import Step
from processes.selectors import effective_flow
from workflows.approvals.models import Decision, DecisionStatus, Submission
from workflows.cases import opening
from workflows.cases.models import Case, CaseEvent, Task, TaskStatus

FLOW = "dlit"
# of each case: the rows behind it, and the one it stands on
TASKS_PER_CASE = 10
# every tenth case lies with the director
PUT_UP = 10
# the officer who is measured has this share of all open work
SHARE = 2
_AT_ONCE = 2000


class Crowd:
    """Grows; what was there stays."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        Office.objects.create(pk=1, name="สำนักงานวัดความเร็ว")
        self.cast: Cast = make_people(self.now)
        self.real = opening.start_case(
            effective_flow(FLOW),
            title="เรื่องที่เดินจริง",
            unit=self.cast.unit,
            opened_on=self.today,
            by=self.cast.staff,
            now=self.now,
        )
        rows = Step.objects.filter(flow=self.real.flow, parent__isnull=True).order_by("position")
        self.steps = list(rows[:TASKS_PER_CASE])
        self.director = Post.objects.get(rank=PostRank.DIRECTOR)
        self.cases = 0

    def grow(self, tasks: int) -> None:
        """Until there are at least so many tasks."""
        wanted = ceil(tasks / len(self.steps))
        for first in range(self.cases, wanted, _AT_ONCE):
            self._add(range(first, min(first + _AT_ONCE, wanted)))
        self.cases = wanted

    def _add(self, numbers: range) -> None:
        cases = Case.objects.bulk_create([self._case(number) for number in numbers])
        tasks = Task.objects.bulk_create(
            [self._task(case, step, at) for case in cases for at, step in enumerate(self.steps)],
            batch_size=1000,
        )
        CaseEvent.objects.bulk_create([self._event(task) for task in tasks], batch_size=1000)
        self._put_up([task for task in tasks if task.status == TaskStatus.SUBMITTED])

    def _case(self, number: int) -> Case:
        return Case(
            fiscal_year=2500,
            number=number + 1,
            flow=self.real.flow,
            title=f"เรื่องที่ {number + 1}",
            unit=self.cast.unit,
            owner=self.cast.staff,
            opened_on=self._day(number),
            plan=self.real.plan,
            seq=len(self.steps),
        )

    def _task(self, case: Case, step: Step, at: int) -> Task:
        stands = at == len(self.steps) - 1
        open_as = TaskStatus.WORKING if case.number % PUT_UP else TaskStatus.SUBMITTED
        share = case.number // PUT_UP % SHARE
        return Task(
            case=case,
            step=step,
            blocking=stands,
            status=open_as if stands else TaskStatus.DONE,
            assignee=self.cast.colleague if share else self.cast.staff,
            opens_on=case.opened_on,
            opened_at=self.now,
            closed_at=None if stands else self.now,
            closed_by=None if stands else self.cast.staff,
            happened_on=None if stands else case.opened_on,
            due_on=case.opened_on + timedelta(days=20 + at),
            result="ทำแล้ว",
        )

    def _event(self, task: Task) -> CaseEvent:
        at = self.steps.index(task.step) + 1
        facts = {"actor": self.cast.staff, "text": "ปิดขั้นตอน", "digest": f"{task.pk:064d}"}
        return CaseEvent(
            case=task.case, task=task, seq=at, at=self.now, action="task_done", **facts
        )

    def _put_up(self, tasks: list[Task]) -> None:
        facts = {"content": {}, "content_hash": "0" * 64, "by": self.cast.staff, "at": self.now}
        submissions = Submission.objects.bulk_create(
            [Submission(task=task, number=1, subject=task.case.title, **facts) for task in tasks]
        )
        Decision.objects.bulk_create(
            [
                Decision(
                    submission=submission,
                    position=1,
                    rank=PostRank.DIRECTOR,
                    post=self.director,
                    status=DecisionStatus.OPEN,
                    opened_at=self.now,
                )
                for submission in submissions
            ]
        )

    def _day(self, number: int) -> date:
        """Spread over half a year, so that some are late and some are not."""
        return self.today - timedelta(days=number % 180)
