"""Reading decisions: what waits for a person, what he gave, where a paper is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.posts import Seat, seats_in
from portal.calendar.selectors import work_calendar
from portal.calendar.workdays import WorkCalendar
from workflows.approvals.deciding import words_of
from workflows.approvals.models import Decision, DecisionStatus, Outcome, Submission
from workflows.cases.models import Case, CaseStatus, Task, TaskStatus


@dataclass(frozen=True, slots=True)
class Stop:
    """One link as a page tells of it: who, since when, how many working days."""

    decision: Decision
    seats: tuple[Seat, ...]
    days: int | None
    words: str
    is_dead: bool

    @property
    def is_passed(self) -> bool:
        return self.decision.status == DecisionStatus.SKIPPED


@dataclass(frozen=True, slots=True)
class Way:
    """A submission with the links it went through."""

    submission: Submission
    stops: list[Stop]

    @property
    def is_live(self) -> bool:
        return is_live(self.submission)


UNSAID = (DecisionStatus.OPEN, DecisionStatus.WAITING)


def waiting_for(user: User) -> QuerySet[Decision]:
    """Papers at a post this person may act in, longest waiting first; never his own."""
    return (
        Decision.objects.filter(
            status=DecisionStatus.OPEN,
            post__in=user.access.post_ids,
            submission__ended_at__isnull=True,
            submission__task__status=TaskStatus.SUBMITTED,
            submission__task__case__status=CaseStatus.RUNNING,
        )
        .exclude(submission__by=user)
        .select_related("post", "submission__by", "submission__task__case__unit",
                        "submission__task__step")
        .order_by("opened_at", "pk")
    )  # fmt: skip


def given_by(user: User) -> QuerySet[Decision]:
    """What this person has said, newest first."""
    return (
        Decision.objects.filter(by=user, status=DecisionStatus.GIVEN)
        .select_related("submission__task__case", "submission__task__step", "submission__by")
        .order_by("-at", "-pk")
    )


def conditions_of(case: Case) -> QuerySet[Decision]:
    """What was approved on a condition and still stands: the row was not put up anew since."""
    anew = Task.objects.filter(
        case=case,
        step=OuterRef("submission__task__step"),
        round__gt=OuterRef("submission__task__round"),
    )
    return (
        Decision.objects.filter(
            ~Exists(anew), submission__task__case=case, outcome=Outcome.APPROVED_IF
        )
        .select_related("submission__task__step", "by")
        .order_by("at")
    )


def is_live(submission: Submission) -> bool:
    """Whether somebody may still speak: it has not ended, and neither has its row."""
    return submission.ended_at is None and submission.task.status == TaskStatus.SUBMITTED


def submissions_of(task: Task) -> list[Submission]:
    """Every time the row was put up in this round, with its links; two queries."""
    links = Decision.objects.select_related("post", "by", "return_to").order_by("position")
    return list(
        task.submissions.select_related("by").prefetch_related(Prefetch("decisions", links))
    )


def stops(submission: Submission, now: datetime) -> list[Stop]:
    """The way of a submission up the chain, with time told apart by link."""
    return ways([submission], now)[0].stops


def ways(submissions: Sequence[Submission], now: datetime) -> list[Way]:
    """The same for several, with as many queries as for one."""
    links = [link for each in submissions for link in each.decisions.all()]
    seats = seats_in([link.post for link in links if link.post is not None], now)
    calendar = work_calendar()

    def stop(submission: Submission, link: Decision) -> Stop:
        link.submission = submission
        sitting = seats.get(link.post_id or 0, ())
        return Stop(
            link,
            tuple(seat for seat in sitting if seat.user.pk != submission.by_id),
            _days(link, submission, calendar, now),
            words_of(link) if link.outcome else "",
            is_dead=link.status in UNSAID and not is_live(submission),
        )

    return [
        Way(submission, [stop(submission, link) for link in submission.decisions.all()])
        for submission in submissions
    ]


def _days(
    link: Decision, submission: Submission, calendar: WorkCalendar, now: datetime
) -> int | None:
    """Working days a link had the paper, or has had it until now."""
    if link.opened_at is None:
        return None
    until = link.at or submission.ended_at or submission.task.closed_at or now
    return calendar.count(timezone.localdate(link.opened_at), timezone.localdate(until))
