"""A case worked from its first row to its end by the people of an office, through the services.

Each row is done on its due day, as an officer would: what it needs is provided, what its kind asks
for is filled in, its list is ticked off, and what decides goes up to head, deputy and director.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from portal.accounts.models import User
from portal.calendar.selectors import work_calendar
from processes.models import ChecklistItem, Flow
from processes.shape import Decides, Need
from tests.factories.work import BANGKOK, MONDAY, Bench, asked_for, complete, fresh
from tests.workflows.approvals.papers import give, open_link, write_memo
from tests.workflows.letters.rows import TWO
from workflows.approvals.deciding import usual_target
from workflows.approvals.models import Submission
from workflows.approvals.submitting import submit
from workflows.cases import evidence, services
from workflows.cases.models import OPEN_STATUSES, Case, CaseStatus, Task, TaskStatus
from workflows.letters.services import issue_order, save_incoming, save_order, save_outgoing

LONGEST_WALK = 200
NOON = time(12, 0)


@dataclass
class Walk:
    """The case, and how late it is in it: every act is a minute after the one before."""

    bench: Bench
    case: Case
    now: datetime = MONDAY
    returned: bool = False

    def later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def wait_for(self, task: Task) -> None:
        """Let the days pass until the row is due."""
        day = task.due_on
        if task.due_at is not None:
            # a plan knows no clock times: hours and minutes fall on the next working day
            day = work_calendar().add(task.opens_on, 1)
        if day is not None:
            self.now = max(self.now, datetime.combine(day, NOON, tzinfo=BANGKOK))


def walk_through(bench: Bench, flow: Flow) -> Walk:
    """Start a case of the flow and work it to its end; one return at the first row that decides."""
    walk = Walk(bench, bench.start(flow))
    for _ in range(LONGEST_WALK):
        walk.case.refresh_from_db()
        if walk.case.status != CaseStatus.RUNNING:
            return walk
        work_rows(walk)
    raise AssertionError(f"{flow.code} has no end")


def work_rows(walk: Walk) -> None:
    """Say what runs beside the line, then do the row the case stands on."""
    open_rows = walk.case.tasks.filter(status__in=OPEN_STATUSES, parent=None, result="")
    for beside in open_rows.filter(blocking=False):
        services.save_task(beside, result="ดำเนินการอยู่", by=walk.bench.officer, now=walk.later())
    work(walk, walk.case.tasks.get(status__in=OPEN_STATUSES, blocking=True))


def work(walk: Walk, task: Task) -> None:
    """Bring a row and what is under it to its end."""
    by, step = walk.bench.officer, task.step
    if step.optional:
        services.skip_task(task, reason="ปีนี้ไม่ต้องทำ", by=by, now=walk.later())
        return
    sub_rows = list(task.children.filter(status__in=OPEN_STATUSES, activity=0).order_by("pk"))
    if sub_rows:
        for child in sub_rows:
            work(walk, child)
        return
    walk.wait_for(task)
    if step.condition:
        services.start_task(task, reason="เข้าเงื่อนไข", by=by, now=walk.later())
    if step.duration_per:
        hold_activity(walk, task)
    provide(walk, task, after_decision=False)
    if step.decides:
        ask(walk, task)
    else:
        complete(task, by, now=walk.later())


def hold_activity(walk: Walk, row: Task) -> None:
    title = "อบรมครู รุ่นที่ 1"
    made = services.add_activity(row, title=title, by=walk.bench.officer, now=walk.later())
    complete(made, walk.bench.officer, now=walk.later())


def ask(walk: Walk, task: Task) -> None:
    """Put the row up; the first row that decides comes back once."""
    by = walk.bench.officer
    services.save_task(task, result="จัดทำแล้ว", by=by, now=walk.later(), **asked_for(task))
    write_memo(task, by, now=walk.later())
    submission = submit(task, by=by, now=walk.later())
    decide(walk, submission)
    task.refresh_from_db()
    if task.status == TaskStatus.WORKING:
        provide(walk, task, after_decision=True)
        complete(task, by, now=walk.later())


def decide(walk: Walk, submission: Submission) -> None:
    """Head and deputy endorse, the director says the word."""
    while not open_link(submission).is_last:
        link = open_link(submission)
        give(link, in_post(walk, link.rank), "endorsed", now=walk.later())
    last, row = open_link(submission), submission.task
    if row.step.decides == Decides.ACKNOWLEDGE:
        words = {"outcome": "acknowledged"}
    elif walk.returned:
        words = {"outcome": "approved"}
    else:
        walk.returned = True
        target = row.case.flow.steps.get(key=usual_target(last))
        words = {"outcome": "returned", "comment": "ทบทวนอีกครั้ง", "return_to": target}
    give(last, in_post(walk, last.rank), now=walk.later(), **words)


def in_post(walk: Walk, rank: str) -> User:
    return fresh(getattr(walk.bench, rank))


# -- what a row needs


def provide(walk: Walk, task: Task, *, after_decision: bool) -> None:
    """Tick the list of the row, each need met by what the office would do for it."""
    for item in task.step.items.filter(after_decision=after_decision):
        if item.needs:
            NEEDS[item.needs](walk, task)
        else:
            tick(walk, task, item)


def tick(walk: Walk, task: Task, item: ChecklistItem) -> None:
    services.tick_item(task, item.key, done=True, by=walk.bench.officer, now=walk.later())


def name_members(walk: Walk, task: Task) -> None:
    save_order(
        task, subject="แต่งตั้งคณะทำงาน", authority="มาตรา 37", duties="ดำเนินการ",
        signer="นายผู้ลงนาม ตัวอย่าง", signer_post="ผู้อำนวยการ", members=TWO,
        by=walk.bench.officer, now=walk.later(),
    )  # fmt: skip


def order(walk: Walk, task: Task) -> None:
    today = timezone.localdate(walk.later())
    issue_order(
        task.letters.get(kind="order"), number=f"{task.pk}/2569", dated_on=today, told_on=today,
        by=walk.bench.officer, now=walk.now,
    )  # fmt: skip


def letter(walk: Walk, task: Task) -> None:
    now, by = walk.later(), walk.bench.officer
    today = timezone.localdate(now)
    if task.step.external:
        save_incoming(
            task, received_number="12", received_on=today, number="ศธ 04001/1", dated_on=today,
            sender="สพฐ.", subject="การสำรวจ", by=by, now=now,
        )  # fmt: skip
    else:
        save_outgoing(
            task, to="โรงเรียนในสังกัด", subject="แจ้งผล", number="ศธ 04001/2", dated_on=today,
            by=by, now=now,
        )  # fmt: skip


def survey(walk: Walk, task: Task) -> None:
    services.record_survey(task, asked=24, answered=20, by=walk.bench.officer, now=walk.later())


def report(walk: Walk, task: Task) -> None:
    now = walk.later()
    evidence.report_outside(
        task, to="สพฐ.", system="e-MES", reference="1", reported_on=timezone.localdate(now),
        by=walk.bench.officer, now=now,
    )  # fmt: skip


def publish(walk: Walk, task: Task) -> None:
    now = walk.later()
    task.refresh_from_db()
    sheet = {**task.sheet, **asked_for(task).get("sheet", {})}
    head = {
        **sheet.get("head", {}),
        "channel": "เว็บไซต์สำนักงาน",
        "published_on": timezone.localdate(now).isoformat(),
        "address": "https://area.example/news/1",
    }
    services.save_task(task, sheet={**sheet, "head": head}, by=walk.bench.officer, now=now)


NEEDS = {
    Need.MEMBERS: name_members,
    Need.ORDER: order,
    Need.NUMBER: letter,
    Need.LETTER: letter,
    Need.SURVEY: survey,
    Need.OUTSIDE_REPORT: report,
    Need.PUBLICATION: publish,
}
