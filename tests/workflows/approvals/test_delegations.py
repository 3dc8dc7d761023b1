"""Orders to act: who may record them, which may not overlap, what becomes of the post."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import Delegation, User
from portal.accounts.posts import sitting_in
from portal.audit.models import OfficeEvent
from portal.audit.services import verify
from portal.exceptions import NotAllowed, RuleBroken
from portal.notices.models import Notice
from tests.factories.people import make_post, make_school, make_school_user, make_user
from tests.factories.work import MONDAY, Bench, days_later, fresh, make_bench
from workflows.approvals.delegations import issue_delegation, may_keep_orders, revoke_delegation

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Bench:
    return make_bench()


@pytest.fixture
def keeper() -> User:
    return make_user(administers=True)


def issue(bench: Bench, by: User, **values: object) -> Delegation:
    facts = {
        "kind": "vacant", "post": bench.director_post, "acting": bench.deputy, "by": by,
        "order_number": "๑๕/๒๕๖๙", "order_date": MONDAY.date(), "from_at": MONDAY, "now": MONDAY,
    }  # fmt: skip
    return issue_delegation(**{**facts, **values})


def acting(bench: Bench, at: datetime) -> list[tuple[User, str]]:
    return [(seat.user, seat.right) for seat in sitting_in(bench.director_post, at)]


def test_standing_in_takes_the_post_to_the_acting_person(bench: Bench, keeper: User) -> None:
    order = issue(bench, keeper, until_at=days_later(3))
    assert order.order_number == "15/2569"
    assert acting(bench, days_later(1)) == [(bench.deputy, "vacant")]
    assert acting(bench, days_later(3)) == [(bench.director, "own")]


def test_delegated_power_adds_a_person(bench: Bench, keeper: User) -> None:
    issue(bench, keeper, kind="delegated")
    assert acting(bench, days_later(1)) == [
        (bench.director, "own"), (bench.deputy, "delegated"),
    ]  # fmt: skip


def test_an_order_is_told_and_written_in_the_offices_history(bench: Bench, keeper: User) -> None:
    order = issue(bench, keeper)
    told = Notice.objects.filter(key=f"delegation-{order.pk}")
    assert {notice.to for notice in told} == {bench.deputy, bench.director}
    event = OfficeEvent.objects.get(action="delegation_issued")
    assert event.text == (
        f"{bench.deputy.full_name} รักษาราชการแทนตำแหน่ง director ตามคำสั่งที่ 15/2569 "
        "ลงวันที่ 2 พ.ย. 2569 ตั้งแต่ 2 พ.ย. 2569 09:00 น."
    )
    assert verify() == []


@pytest.mark.parametrize(
    ("who", "may"),
    [("director", True), ("deputy", False), ("head", False), ("officer", False)],
)
def test_the_director_keeps_the_orders_of_the_office(bench: Bench, who: str, may: bool) -> None:
    assert may_keep_orders(fresh(getattr(bench, who))) is may


@pytest.mark.parametrize("who", ["deputy", "head", "officer"])
def test_others_record_no_order(bench: Bench, who: str) -> None:
    with pytest.raises(NotAllowed):
        issue(bench, getattr(bench, who), acting=make_user())


def test_nobody_records_his_own_order(bench: Bench, keeper: User) -> None:
    with pytest.raises(NotAllowed, match="ของตนเอง"):
        issue(bench, keeper, acting=keeper)


@pytest.mark.parametrize(("from_days", "until_days"), [(0, 3), (2, None), (-5, 1), (1, 2)])
def test_two_people_do_not_stand_in_for_one_post_at_once(
    bench: Bench, keeper: User, from_days: int, until_days: int | None
) -> None:
    issue(bench, keeper, until_at=days_later(3))
    until = None if until_days is None else days_later(until_days)
    with pytest.raises(RuleBroken, match="ซ้อนกับคำสั่งที่ 15/2569") as refusal:
        issue(bench, keeper, acting=bench.head, from_at=days_later(from_days), until_at=until)
    assert refusal.value.field == "from_on"


@pytest.mark.parametrize(("from_days", "until_days"), [(3, None), (-5, 0)])
def test_one_order_may_follow_another(
    bench: Bench, keeper: User, from_days: int, until_days: int | None
) -> None:
    issue(bench, keeper, until_at=days_later(3))
    until = None if until_days is None else days_later(until_days)
    issue(bench, keeper, acting=bench.head, from_at=days_later(from_days), until_at=until)
    assert Delegation.objects.count() == 2


def test_a_revoked_order_stands_in_nobodys_way(bench: Bench, keeper: User) -> None:
    revoke_delegation(issue(bench, keeper), by=keeper, now=MONDAY)
    issue(bench, keeper, acting=bench.head)
    assert Delegation.objects.count() == 2


def test_several_people_have_delegated_power_at_once(bench: Bench, keeper: User) -> None:
    issue(bench, keeper, kind="delegated")
    issue(bench, keeper, kind="delegated", acting=bench.head)
    assert len(acting(bench, MONDAY)) == 3


def test_the_same_person_has_delegated_power_once(bench: Bench, keeper: User) -> None:
    issue(bench, keeper, kind="delegated")
    with pytest.raises(RuleBroken, match="ซ้อนกับ"):
        issue(bench, keeper, kind="delegated")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"order_number": " "}, "order_number"),
        ({"order_date": MONDAY.date() + timedelta(days=1)}, "order_date"),
        ({"until_at": MONDAY}, "until_on"),
    ],
)
def test_an_impossible_order_is_refused(
    bench: Bench, keeper: User, values: dict, field: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        issue(bench, keeper, **values)
    assert refusal.value.field == field


def test_only_posts_that_lead_are_acted_for(bench: Bench, keeper: User) -> None:
    with pytest.raises(RuleBroken) as refusal:
        issue(bench, keeper, post=make_post("officer", unit=bench.unit))
    assert refusal.value.field == "post"


def test_a_closed_account_acts_for_nobody(bench: Bench, keeper: User) -> None:
    with pytest.raises(RuleBroken) as refusal:
        issue(bench, keeper, acting=make_user(is_active=False))
    assert refusal.value.field == "acting"


def test_a_school_acts_for_nobody(bench: Bench, keeper: User) -> None:
    with pytest.raises(RuleBroken) as refusal:
        issue(bench, keeper, acting=make_school_user(make_school()))
    assert refusal.value.field == "acting"


def test_revoking_gives_the_post_back_at_once(bench: Bench, keeper: User) -> None:
    order = issue(bench, keeper)
    revoke_delegation(order, by=keeper, now=days_later(1))
    assert acting(bench, days_later(1)) == [(bench.director, "own")]
    assert OfficeEvent.objects.filter(action="delegation_revoked").count() == 1


def test_revoking_twice_keeps_the_first_moment(bench: Bench, keeper: User) -> None:
    order = issue(bench, keeper)
    revoke_delegation(order, by=keeper, now=days_later(1))
    assert revoke_delegation(order, by=keeper, now=days_later(2)).revoked_at == days_later(1)


def test_others_revoke_no_order(bench: Bench, keeper: User) -> None:
    order = issue(bench, keeper)
    with pytest.raises(NotAllowed):
        revoke_delegation(order, by=bench.officer, now=MONDAY)


# -- the pages


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def typed(bench: Bench, **values: object) -> dict[str, object]:
    facts = {
        "kind": "vacant", "post": bench.director_post.pk, "acting": bench.deputy.pk,
        "order_number": "15/2569", "order_date": "2/11/2569", "from_on": "2/11/2569",
        "until_on": "5/11/2569",
    }  # fmt: skip
    return {**facts, **values}


def test_an_order_counts_to_the_end_of_its_last_day(bench: Bench, keeper: User) -> None:
    response = client_of(keeper).post(reverse("approvals:order-add"), typed(bench))
    assert response.headers["Location"] == reverse("approvals:orders")
    order = Delegation.objects.get()
    assert [timezone.localtime(at).isoformat() for at in (order.from_at, order.until_at)] == [
        "2026-11-02T00:00:00+07:00", "2026-11-06T00:00:00+07:00",
    ]  # fmt: skip


def test_a_year_of_the_wrong_era_is_refused_beside_its_field(bench: Bench, keeper: User) -> None:
    response = client_of(keeper).post(
        reverse("approvals:order-add"), typed(bench, from_on="2/11/2026")
    )
    form = response.context["form"]
    assert (response.status_code, list(form.errors), form["from_on"].value()) == (
        400, ["from_on"], "2/11/2026",
    )  # fmt: skip


def test_an_overlap_is_said_beside_the_first_day(bench: Bench, keeper: User) -> None:
    issue(bench, keeper)
    response = client_of(keeper).post(reverse("approvals:order-add"), typed(bench))
    assert (response.status_code, list(response.context["form"].errors)) == (400, ["from_on"])


@pytest.mark.parametrize("who", ["officer", "head", "deputy"])
def test_others_do_not_reach_the_form(bench: Bench, who: str) -> None:
    response = client_of(getattr(bench, who)).get(reverse("approvals:order-add"))
    assert response.status_code == 403


def test_everybody_of_the_office_reads_the_orders(bench: Bench, keeper: User) -> None:
    issue(bench, keeper)
    response = client_of(bench.officer).get(reverse("approvals:orders"))
    assert [order.acting for order in response.context["page"]] == [bench.deputy]
    assert reverse("approvals:order-add") not in response.content.decode()


def test_a_school_does_not_see_the_orders(bench: Bench) -> None:
    client = client_of(make_school_user(make_school()))
    assert client.get(reverse("approvals:orders")).status_code == 404


def test_an_order_is_revoked_by_a_post(bench: Bench, keeper: User) -> None:
    order = issue(bench, keeper)
    client, url = client_of(keeper), reverse("approvals:order-revoke", args=[order.pk])
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert Delegation.objects.get().revoked_at is not None


@pytest.mark.parametrize("orders", [1, 3])
def test_the_list_costs_the_same_with_one_and_three(
    bench: Bench, keeper: User, django_assert_num_queries: DjangoAssertNumQueries, orders: int
) -> None:
    for number in range(orders):
        issue(bench, keeper, kind="delegated", acting=make_user(f"acting{number}"))
    client = client_of(keeper)
    client.get(reverse("approvals:orders"))
    with django_assert_num_queries(6):
        client.get(reverse("approvals:orders"))
