"""Putting people into posts and taking them out."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.accounts.models import Holding
from portal.accounts.posts import sitting_in
from portal.accounts.services import end_holding, seat_person
from portal.audit.models import OfficeEvent
from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from tests.factories.people import (
    make_post,
    make_school,
    make_school_user,
    make_unit,
    make_user,
    seat,
)

pytestmark = pytest.mark.django_db
BANGKOK = ZoneInfo("Asia/Bangkok")
DAY = timedelta(days=1)


@pytest.fixture
def keeper():
    return make_user("keeper", administers=True)


@pytest.fixture
def head():
    return make_post("head", unit=make_unit("กลุ่มสมมติ"), title="ผอ.กลุ่มสมมติ")


@pytest.fixture
def put(keeper, now):
    def put(post, user, **values):
        facts = {"from_at": now, "by": keeper, "now": now, **values}
        return seat_person(post, user=user, **facts)

    return put


class TestSeating:
    def test_person_sits_from_the_moment_named(self, put, head, now):
        user = make_user()
        put(head, user, from_at=now + DAY)
        assert sitting_in(head, now) == ()
        assert [place.user for place in sitting_in(head, now + DAY)] == [user]

    def test_history_says_who_where_and_since_when(self, put, head, keeper, now):
        user = make_user(first_name="สาธิต", last_name="ตัวอย่าง")
        holding = put(head, user, capacity="duty", order_number="๑๒/๒๕๖๙")
        event = OfficeEvent.objects.get()
        assert (event.action, event.actor, event.subject) == (
            "holding_begun",
            keeper,
            f"accounts.post:{head.pk}",
        )
        assert event.text == (
            "นายสาธิต ตัวอย่าง ปฏิบัติหน้าที่ ผอ.กลุ่มสมมติ (กลุ่มสมมติ) ตั้งแต่ 20 พ.ย. 2569 10:00 น."
        )
        assert event.data == {
            "holding": holding.pk,
            "user": user.pk,
            "capacity": "duty",
            "order_number": "๑๒/๒๕๖๙",
            "from_at": now.isoformat(timespec="microseconds"),
            "until_at": None,
        }

    def test_person_is_told(self, put, head):
        user = make_user()
        put(head, user)
        assert user.notices.count() == 1

    @pytest.mark.parametrize(("rank", "told"), [("head", 1), ("deputy", 1), ("officer", 0)])
    def test_director_is_told_who_decides_now(self, put, rank, told):
        director = make_user()
        seat(director, make_post("director"))
        unit = make_unit() if rank in ("head", "officer") else None
        put(make_post(rank, unit=unit), make_user())
        assert director.notices.count() == told

    @pytest.mark.parametrize("rank", ["head", "deputy", "director"])
    def test_post_that_decides_has_one_holder_at_a_time(self, put, rank):
        post = make_post(rank, unit=make_unit() if rank == "head" else None)
        put(post, make_user())
        with pytest.raises(RuleBroken, match="ช่วงเวลานี้มี") as refusal:
            put(post, make_user())
        assert refusal.value.field == "from_on"
        assert Holding.objects.count() == 1

    def test_officers_may_share_a_post(self, put):
        post = make_post("officer", unit=make_unit())
        put(post, make_user())
        put(post, make_user())
        assert post.holdings.count() == 2

    def test_officer_does_not_sit_twice_in_one_post(self, put):
        post, user = make_post("officer", unit=make_unit()), make_user()
        put(post, user)
        with pytest.raises(RuleBroken):
            put(post, user)

    @pytest.mark.parametrize(
        ("days", "fits"),
        [
            ((-4, -2), True),
            ((-4, 0), True),
            ((-4, 1), False),
            ((1, 2), False),
            ((0, None), False),
            ((4, None), False),
            ((5, None), True),
            ((5, 6), True),
            ((-4, None), False),
        ],
    )
    def test_holdings_may_touch_and_not_overlap(self, put, head, now, days, fits):
        begins, ends = days
        put(head, make_user(), from_at=now, until_at=now + 5 * DAY)
        times = {
            "from_at": now + begins * DAY,
            "until_at": None if ends is None else now + ends * DAY,
        }
        if fits:
            put(head, make_user(), **times)
        else:
            with pytest.raises(RuleBroken):
                put(head, make_user(), **times)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"capacity": "duty"}, "order_number"),
            ({"until_at": datetime(2020, 1, 1, tzinfo=BANGKOK)}, "until_on"),
        ],
    )
    def test_incomplete_facts_are_refused_beside_their_field(self, put, head, values, field):
        with pytest.raises(RuleBroken) as refusal:
            put(head, make_user(), **values)
        assert refusal.value.field == field

    def test_school_account_holds_no_post(self, put, head):
        with pytest.raises(RuleBroken) as refusal:
            put(head, make_school_user(make_school()))
        assert refusal.value.field == "user"

    def test_closed_account_holds_no_post(self, put, head):
        with pytest.raises(RuleBroken):
            put(head, make_user(is_active=False))

    def test_only_the_administrator_seats_people(self, put, head):
        with pytest.raises(NotAllowed):
            put(head, make_user(), by=make_user())


class TestEnding:
    def end(self, holding, until_at, by, now):
        end_holding(holding, until_at=until_at, by=by, now=now)

    def test_holding_ends_at_the_moment_named(self, head, keeper, now):
        holding = seat(make_user(), head)
        self.end(holding, now + DAY, keeper, now)
        assert len(sitting_in(head, now)) == 1
        assert sitting_in(head, now + DAY) == ()
        assert OfficeEvent.objects.get().action == "holding_ended"

    def test_ended_holding_does_not_end_again(self, head, keeper, now):
        holding = seat(make_user(), head, until_at=now)
        with pytest.raises(StateConflict):
            self.end(holding, now + DAY, keeper, now)

    def test_planned_end_may_come_earlier_and_not_later(self, head, keeper, now):
        holding = seat(make_user(), head, until_at=now + 9 * DAY)
        with pytest.raises(RuleBroken) as refusal:
            self.end(holding, now + 10 * DAY, keeper, now)
        assert refusal.value.field == "until_on"
        self.end(holding, now + DAY, keeper, now)
        holding.refresh_from_db()
        assert holding.until_at == now + DAY

    def test_end_before_the_beginning_is_refused(self, head, keeper, now):
        holding = seat(make_user(), head, from_at=now - DAY)
        with pytest.raises(RuleBroken):
            self.end(holding, now - 2 * DAY, keeper, now)

    def test_holding_that_never_began_is_removed_and_remembered(self, head, keeper, now):
        holding = seat(make_user(), head, from_at=now + DAY)
        self.end(holding, now, keeper, now)
        assert Holding.objects.count() == 0
        assert OfficeEvent.objects.get().action == "holding_removed"

    def test_only_the_administrator_ends_a_holding(self, head, now):
        with pytest.raises(NotAllowed):
            self.end(seat(make_user(), head), now + DAY, make_user(), now)


class TestPages:
    FACTS = {"capacity": "own", "order_number": "", "from_on": "1/10/2569"}

    def test_day_without_time_begins_at_midnight(self, head, keeper, signed_in):
        user = make_user()
        answer = signed_in(keeper).post(
            f"/posts/{head.pk}/seat/", {**self.FACTS, "user": user.pk, "until_on": "30/9/2570"}
        )
        holding = Holding.objects.get()
        assert answer["Location"] == f"/posts/{head.pk}/"
        assert (holding.from_at, holding.until_at) == (
            datetime(2026, 10, 1, tzinfo=BANGKOK),
            datetime(2027, 10, 1, tzinfo=BANGKOK),
        )

    @pytest.mark.parametrize("clock", ["13:00", "13.00"])
    def test_time_may_be_given(self, head, keeper, signed_in, clock):
        facts = {**self.FACTS, "user": make_user().pk, "from_time": clock}
        signed_in(keeper).post(f"/posts/{head.pk}/seat/", facts)
        assert Holding.objects.get().from_at == datetime(2026, 10, 1, 13, 0, tzinfo=BANGKOK)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"from_on": "1/10/2026"}, "from_on"),
            ({"from_on": ""}, "from_on"),
            ({"from_time": "25:00"}, "from_time"),
            ({"user": ""}, "user"),
            ({"capacity": "duty"}, "order_number"),
            ({"until_on": "1/9/2569"}, "until_on"),
        ],
    )
    def test_mistake_is_said_beside_its_field(self, head, keeper, signed_in, values, field):
        facts = {**self.FACTS, "user": make_user().pk, **values}
        answer = signed_in(keeper).post(f"/posts/{head.pk}/seat/", facts)
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == [field]
        assert Holding.objects.count() == 0

    def test_list_of_people_has_no_school_and_no_closed_account(self, head, keeper, signed_in):
        make_school_user(make_school())
        make_user(is_active=False)
        form = signed_in(keeper).get(f"/posts/{head.pk}/seat/").context["form"]
        assert list(form.fields["user"].queryset) == [keeper]

    def test_last_day_is_a_whole_day(self, head, keeper, signed_in):
        holding = seat(make_user(), head)
        answer = signed_in(keeper).post(
            f"/posts/holdings/{holding.pk}/end/", {"until_on": "31/12/2569"}
        )
        holding.refresh_from_db()
        assert answer["Location"] == f"/posts/{head.pk}/"
        assert holding.until_at == datetime(2027, 1, 1, tzinfo=BANGKOK)

    def test_last_day_is_needed(self, head, keeper, signed_in):
        holding = seat(make_user(), head)
        answer = signed_in(keeper).post(f"/posts/holdings/{holding.pk}/end/", {})
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["until_on"])

    def test_ended_holding_is_told_as_a_conflict(self, head, keeper, signed_in):
        holding = seat(make_user(), head, until_at=datetime(2021, 1, 1, tzinfo=BANGKOK))
        answer = signed_in(keeper).post(
            f"/posts/holdings/{holding.pk}/end/", {"until_on": "31/12/2569"}
        )
        assert answer.status_code == 409
