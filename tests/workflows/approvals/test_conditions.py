"""What was approved on a condition stays before the eyes of those who do the rest."""

import pytest

from tests.factories.people import make_school, make_school_user
from tests.factories.work import MONDAY, Bench, make_bench, open_task
from tests.workflows.approvals.papers import LATER, at_director, give
from tests.workflows.cases.pages import signed_in, words
from workflows.approvals.models import Decision
from workflows.approvals.selectors import conditions_of
from workflows.cases.models import Case
from workflows.cases.services import add_participant, go_to_row

pytestmark = pytest.mark.django_db
CONDITION = "ให้ใช้ครุภัณฑ์เดิมก่อน"


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def approved(bench: Bench, outcome: str = "approved_if") -> Case:
    decision: Decision = at_director(bench)
    give(decision, bench.director, outcome, comment=CONDITION, now=LATER)
    return Case.objects.get()


def shown(user: object, path: str) -> str:
    return words(signed_in(user).get(path))


def test_it_stands_on_the_case_and_on_the_rows_that_follow(bench: Bench) -> None:
    case = approved(bench)
    for path in (f"/cases/{case.code}/", f"/tasks/{open_task(case, 'after').pk}/"):
        assert f"เงื่อนไขที่ต้องปฏิบัติ จากการพิจารณาขั้นตอนที่ 3 ขั้นตอน ask {CONDITION}" in shown(
            bench.officer, path
        )


def test_a_plain_approval_leaves_no_condition(bench: Bench) -> None:
    case = approved(bench, "approved")
    assert list(conditions_of(case)) == []
    assert "เงื่อนไขที่ต้องปฏิบัติ" not in shown(bench.officer, f"/cases/{case.code}/")


def test_it_falls_when_the_row_is_put_up_anew(bench: Bench) -> None:
    case = approved(bench)
    step = case.flow.steps.get(key="ask")
    go_to_row(case, step, reason="แก้แผน", by=bench.head, now=LATER)
    assert list(conditions_of(case)) == []


def test_a_school_does_not_read_it(bench: Bench) -> None:
    case = approved(bench)
    school = make_school_user(make_school())
    add_participant(case, user=school, why="นำร่อง", by=bench.officer, now=MONDAY)
    assert CONDITION not in shown(school, f"/cases/{case.code}/")
