"""Two people press at once: one wins, the other is told, and nothing happens twice.

Real threads with connections of their own. Each race is run once on any database, and several
times more where PostgreSQL serves several writers at the same moment.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection

from portal.accounts.models import Delegation, DelegationKind, User
from portal.exceptions import DomainError, RuleBroken, StateConflict
from tests.factories.people import delegate, make_user
from tests.factories.work import MONDAY, Bench, make_bench
from tests.workflows.approvals.papers import (
    LATER,
    again,
    at_director,
    open_link,
    prepared,
    prove,
    submitted,
)
from workflows.approvals.content import shown_hash
from workflows.approvals.deciding import decide
from workflows.approvals.delegations import issue_delegation
from workflows.approvals.models import Decision, Submission
from workflows.approvals.submitting import submit, withdraw
from workflows.cases import history
from workflows.cases.models import OPEN_STATUSES, Case
from workflows.cases.services import cancel_case
from workflows.letters.services import save_memo

pytestmark = pytest.mark.django_db(transaction=True)

AGAIN = [pytest.param(number, marks=pytest.mark.services) for number in range(2, 6)]
Act = Callable[[], object]


@pytest.fixture(params=[1, *AGAIN])
def bench() -> Bench:
    return make_bench()


def at_once(*acts: Act) -> list[object]:
    """Run the acts in threads that start together; each gives its result or its refusal."""
    gate = Barrier(len(acts))

    def run(act: Act) -> object:
        try:
            gate.wait(timeout=10)
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def press(
    decision: Decision, by: User, outcome: str, now: datetime = LATER, **values: object
) -> Act:
    facts = {"proof": prove(by), "seen_hash": shown_hash(decision), **values}
    return lambda: decide(
        Decision.objects.select_related("submission").get(pk=decision.pk),
        by=by, outcome=outcome, now=now, **facts,
    )  # fmt: skip


def standing(case: Case) -> list[str]:
    tasks = case.tasks.filter(status__in=OPEN_STATUSES)
    return list(tasks.values_list("step__key", flat=True))


def refusals(results: list[object]) -> list[type]:
    return [type(result) for result in results if isinstance(result, DomainError)]


def test_two_people_decide_at_once_and_one_decision_stands(bench: Bench) -> None:
    delegate(bench.director_post, bench.deputy, "delegated")
    decision = at_director(bench)
    case = decision.submission.task.case
    back = case.flow.steps.get(key="draft")
    results = at_once(
        press(decision, bench.director, "approved"),
        press(decision, bench.deputy, "returned", comment="ทบทวน", return_to=back),
    )
    assert refusals(results) == [StateConflict]
    given = Decision.objects.get(pk=decision.pk)
    assert standing(case) == [{"approved": "after", "returned": "draft"}[given.outcome]]
    assert case.events.filter(action__in=["approved", "returned"]).count() == 1
    assert history.verify(again(case)) == []


def test_the_loser_is_told_who_decided(bench: Bench) -> None:
    delegate(bench.director_post, bench.deputy, "delegated")
    decision = at_director(bench)
    results = at_once(
        press(decision, bench.director, "approved"), press(decision, bench.deputy, "approved")
    )
    winner = Decision.objects.get(pk=decision.pk).by
    told = [str(result) for result in results if isinstance(result, StateConflict)]
    assert len(told) == 1
    assert told[0].startswith(f"บันทึกไม่ได้ เพราะ{winner.full_name} (")


def test_one_person_presses_twice_at_once_and_it_happens_once(bench: Bench) -> None:
    decision = at_director(bench)
    case = decision.submission.task.case
    results = at_once(*[press(decision, bench.director, "approved") for _ in range(3)])
    assert refusals(results) == []
    assert standing(case) == ["after"]
    assert case.events.filter(action="approved").count() == 1


def test_deciding_and_withdrawing_at_once_leave_one_of_them(bench: Bench) -> None:
    decision = at_director(bench)
    case = decision.submission.task.case
    results = at_once(
        press(decision, bench.director, "approved"),
        lambda: withdraw(decision.submission, by=bench.officer, now=LATER),
    )
    assert refusals(results) == [StateConflict]
    ended = Submission.objects.get().ended
    assert standing(case) == [{"decided": "after", "withdrawn": "ask"}[ended]]


def test_deciding_and_cancelling_at_once_leave_no_open_task_in_an_ended_case(bench: Bench) -> None:
    decision = at_director(bench)
    case = decision.submission.task.case
    at_once(
        press(decision, bench.director, "approved"),
        lambda: cancel_case(case, reason="ยกเลิก", by=bench.head, now=LATER),
    )
    assert (again(case).status, standing(case)) == ("cancelled", [])
    assert history.verify(again(case)) == []


def test_two_officers_submit_at_once_and_one_submission_is_made(bench: Bench) -> None:
    task = prepared(bench)
    at_once(*[lambda: submit(task, by=bench.officer, now=MONDAY) for _ in range(3)])
    assert Submission.objects.count() == 1
    assert task.case.events.filter(action="submitted").count() == 1
    assert open_link(Submission.objects.get()).rank == "head"


def test_typing_and_submitting_at_once_freeze_what_is_in_the_memo(bench: Bench) -> None:
    task = prepared(bench)
    typed = {"to": "ผอ.", "subject": "ฉบับหลัง", "parts": {
        "facts": "ข้อมูล", "considerations": "ควร", "proposal": "ขอความเห็นชอบ"}}  # fmt: skip
    at_once(
        lambda: submit(task, by=bench.officer, now=MONDAY),
        lambda: save_memo(task, by=bench.officer, now=MONDAY, **typed),
    )
    assert Submission.objects.get().content["memo"]["subject"] == task.letters.get().subject


def test_two_links_never_speak_at_once(bench: Bench) -> None:
    submission = submitted(bench)
    first, second = submission.decisions.all()[:2]
    results = at_once(press(first, bench.head, "endorsed"), press(second, bench.deputy, "endorsed"))
    assert refusals(results) == [StateConflict]
    assert open_link(submission).position == 2


def test_two_orders_for_one_empty_post_at_once_leave_one(bench: Bench) -> None:
    keeper = make_user(administers=True)

    def order(number: int, acting: User) -> Act:
        return lambda: issue_delegation(
            kind=DelegationKind.VACANT, post=bench.director_post, acting=acting, by=keeper,
            order_number=f"{number}/2569", order_date=MONDAY.date(), from_at=MONDAY, now=LATER,
        )  # fmt: skip

    results = at_once(order(1, bench.deputy), order(2, bench.head))
    assert refusals(results) == [RuleBroken]
    assert Delegation.objects.count() == 1
