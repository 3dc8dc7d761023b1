"""What waits for whom, who sees which paper, how long it was with each."""

import pytest
from django.utils import timezone

from portal.accounts.models import User
from tests.factories.people import (
    delegate,
    make_officer,
    make_school,
    make_school_user,
    make_unit,
    make_user,
)
from tests.factories.work import MONDAY, Bench, days_later, fresh, make_bench
from tests.workflows.approvals.papers import LATER, at_director, give, open_link, submitted
from workflows.approvals.models import Decision, Submission
from workflows.approvals.selectors import given_by, stops, waiting_for
from workflows.approvals.submitting import withdraw
from workflows.cases.services import add_participant, cancel_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def waiting(user: User) -> list[Decision]:
    return list(waiting_for(fresh(user)))


def test_a_paper_waits_for_the_open_link_only(bench: Bench) -> None:
    decision = open_link(submitted(bench))
    assert [waiting(user) for user in (bench.head, bench.deputy, bench.director)] == [
        [decision], [], [],
    ]  # fmt: skip


def test_the_longest_waiting_comes_first(bench: Bench) -> None:
    first, second = submitted(bench, now=MONDAY), submitted(bench, now=LATER)
    assert waiting(bench.head) == [open_link(first), open_link(second)]


def test_a_paper_of_an_absent_director_waits_for_who_acts(bench: Bench) -> None:
    decision = at_director(bench)
    delegate(bench.director_post, bench.deputy, "vacant")
    assert (waiting(bench.director), waiting(bench.deputy)) == ([], [decision])


def test_a_paper_waits_for_both_where_power_is_delegated(bench: Bench) -> None:
    decision = at_director(bench)
    delegate(bench.director_post, bench.deputy, "delegated")
    assert (waiting(bench.director), waiting(bench.deputy)) == ([decision], [decision])


def test_ones_own_paper_does_not_wait_for_oneself(bench: Bench) -> None:
    at_director(bench)
    delegate(bench.director_post, bench.officer, "delegated")
    assert waiting(bench.officer) == []


def test_a_withdrawn_paper_waits_for_nobody(bench: Bench) -> None:
    withdraw(submitted(bench), by=bench.officer, now=LATER)
    assert waiting(bench.head) == []


def test_a_paper_of_a_cancelled_case_waits_for_nobody(bench: Bench) -> None:
    submission = submitted(bench)
    cancel_case(submission.task.case, reason="ซ้ำ", by=bench.head, now=LATER)
    assert waiting(bench.head) == []


def test_what_i_said_is_listed_newest_first(bench: Bench) -> None:
    first = give(open_link(submitted(bench)), bench.head, "endorsed", now=LATER)
    second = give(open_link(submitted(bench)), bench.head, "endorsed", now=days_later(1))
    assert list(given_by(bench.head)) == [second, first]


# -- who sees it


@pytest.mark.parametrize("who", ["officer", "head", "deputy", "director"])
def test_the_people_of_the_work_see_the_paper(bench: Bench, who: str) -> None:
    submission = submitted(bench)
    assert list(Submission.objects.visible_to(getattr(bench, who))) == [submission]
    assert Decision.objects.visible_to(getattr(bench, who)).count() == 3


def test_another_unit_does_not_see_the_paper(bench: Bench) -> None:
    submitted(bench)
    assert not Submission.objects.visible_to(make_officer(make_unit("อื่น"))).exists()


def test_the_administrator_does_not_see_the_paper_by_that_right(bench: Bench) -> None:
    submitted(bench)
    assert not Decision.objects.visible_to(make_user(administers=True)).exists()


def test_an_invited_school_does_not_see_the_paper(bench: Bench) -> None:
    submission = submitted(bench)
    school = make_school_user(make_school())
    add_participant(submission.task.case, user=school, why="ร่วมงาน", by=bench.officer, now=LATER)
    assert not Submission.objects.visible_to(school).exists()


def test_who_decided_once_sees_what_he_decided(bench: Bench) -> None:
    acting = make_user()
    delegate(bench.head_post, acting, "delegated", until_at=days_later(1))
    decision = give(open_link(submitted(bench)), acting, "endorsed")
    assert list(Decision.objects.visible_to(fresh(acting)).filter(by=acting)) == [decision]


def test_who_acts_for_a_head_sees_the_paper_put_to_him(bench: Bench) -> None:
    submission = submitted(bench)
    acting = make_user()
    assert not Submission.objects.visible_to(fresh(acting)).exists()
    delegate(bench.head_post, acting, "vacant")
    assert list(Submission.objects.visible_to(fresh(acting))) == [submission]


# -- how long


def test_time_is_told_apart_by_link_in_working_days(bench: Bench) -> None:
    submission = submitted(bench)  # Monday
    give(open_link(submission), bench.head, "endorsed", now=days_later(2))  # Wednesday
    told = stops(Submission.objects.get(pk=submission.pk), days_later(7))  # the next Monday
    assert [stop.days for stop in told] == [2, 3, None]
    assert [[seat.user for seat in stop.seats] for stop in told] == [
        [bench.head], [bench.deputy], [bench.director],
    ]  # fmt: skip


def test_a_withdrawn_paper_stops_the_time_of_the_open_link(bench: Bench) -> None:
    submission = withdraw(submitted(bench), by=bench.officer, now=days_later(1))
    told = stops(Submission.objects.get(pk=submission.pk), timezone.now())
    assert [(stop.days, stop.is_dead) for stop in told] == [(1, True), (None, True), (None, True)]


def test_a_paper_of_a_cancelled_case_stops_the_time_with_its_row(bench: Bench) -> None:
    submission = submitted(bench)
    cancel_case(submission.task.case, reason="ซ้ำ", by=bench.head, now=days_later(2))
    told = stops(Submission.objects.get(pk=submission.pk), days_later(9))
    assert [(stop.days, stop.is_dead) for stop in told] == [(2, True), (None, True), (None, True)]
