"""Who sits where at a moment, and what he may do there."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.accounts.models import Holding
from portal.accounts.posts import (
    NO_ACCESS,
    Access,
    access_of,
    deputy_post,
    director_post,
    head_post,
    seats_in,
    seats_of,
    sitting_in,
)
from tests.factories.people import (
    delegate,
    make_officer,
    make_post,
    make_school,
    make_school_user,
    make_unit,
    make_user,
    seat,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)


def who(post, at=NOW):
    return [(seat.user.username, seat.right) for seat in sitting_in(post, at)]


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def head(unit):
    return make_post("head", unit=unit)


class TestHolding:
    def test_empty_post_has_nobody(self, head):
        assert who(head) == []

    def test_holder_sits_in_his_post(self, head):
        seat(make_user("somchai"), head)
        assert who(head) == [("somchai", "own")]

    def test_holder_on_duty_says_so(self, head):
        seat(make_user("somchai"), head, capacity="duty")
        assert who(head) == [("somchai", "duty")]

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            (NOW - TICK, []),
            (NOW, [("somchai", "own")]),
            (NOW + DAY - TICK, [("somchai", "own")]),
            (NOW + DAY, []),
        ],
    )
    def test_holding_counts_from_its_first_moment_and_not_at_its_last(self, head, at, expected):
        seat(make_user("somchai"), head, from_at=NOW, until_at=NOW + DAY)
        assert who(head, at) == expected

    def test_holding_without_end_goes_on(self, head):
        seat(make_user("somchai"), head, from_at=NOW)
        assert who(head, NOW + 1000 * DAY) == [("somchai", "own")]

    def test_handover_has_no_moment_with_two_or_none(self, head):
        seat(make_user("old"), head, until_at=NOW)
        seat(make_user("new"), head, from_at=NOW)
        assert [who(head, at) for at in (NOW - TICK, NOW)] == [[("old", "own")], [("new", "own")]]

    def test_person_who_cannot_sign_in_sits_nowhere(self, head):
        seat(make_user("somchai", is_active=False), head)
        assert who(head) == []


class TestVacant:
    def test_acting_person_decides_alone_while_the_order_runs(self, head):
        seat(make_user("holder"), head)
        delegate(head, make_user("acting"), "vacant")
        assert who(head) == [("acting", "vacant")]

    def test_acting_person_fills_an_empty_post(self, head):
        delegate(head, make_user("acting"), "vacant")
        assert who(head) == [("acting", "vacant")]

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            (NOW - TICK, [("holder", "own")]),
            (NOW, [("acting", "vacant")]),
            (NOW + DAY - TICK, [("acting", "vacant")]),
            (NOW + DAY, [("holder", "own")]),
        ],
    )
    def test_holder_decides_before_and_after_the_order(self, head, at, expected):
        seat(make_user("holder"), head)
        delegate(head, make_user("acting"), "vacant", from_at=NOW, until_at=NOW + DAY)
        assert who(head, at) == expected

    def test_revoked_order_ends_when_it_was_revoked(self, head):
        seat(make_user("holder"), head)
        delegate(head, make_user("acting"), "vacant", revoked_at=NOW)
        assert who(head, NOW - TICK) == [("acting", "vacant")]
        assert who(head, NOW) == [("holder", "own")]

    def test_vacant_order_goes_before_a_delegated_one(self, head):
        delegate(head, make_user("acting"), "vacant")
        delegate(head, make_user("extra"), "delegated")
        assert who(head) == [("acting", "vacant")]


class TestDelegated:
    def test_delegated_power_is_additional(self, head):
        seat(make_user("holder"), head)
        delegate(head, make_user("extra"), "delegated")
        assert who(head) == [("holder", "own"), ("extra", "delegated")]

    def test_several_delegated_orders_run_at_once(self, head):
        delegate(head, make_user("first"), "delegated")
        delegate(head, make_user("second"), "delegated")
        assert who(head) == [("first", "delegated"), ("second", "delegated")]


class TestSeatsOf:
    def test_person_with_two_posts_has_two_seats(self, unit, head):
        user = make_officer(unit, "somchai")
        seat(user, head)
        assert [(place.post.rank, place.right) for place in seats_of(user, NOW)] == [
            ("officer", "own"),
            ("head", "own"),
        ]

    def test_absent_holder_keeps_only_his_other_seat(self, unit, head):
        user = make_officer(unit, "somchai")
        seat(user, head)
        delegate(head, make_user("acting"), "vacant")
        assert [place.post.rank for place in seats_of(user, NOW)] == ["officer"]

    def test_acting_person_has_the_seat_with_its_order(self, head):
        user = make_user("acting")
        order = delegate(head, user, "vacant")
        [place] = seats_of(user, NOW)
        assert (place.post, place.right, place.delegation, place.holding) == (
            head,
            "vacant",
            order,
            None,
        )

    def test_seat_of_a_holder_names_the_holding(self, head):
        user = make_user()
        holding = seat(user, head)
        [place] = seats_of(user, NOW)
        assert (place.holding, place.delegation) == (holding, None)

    def test_both_ways_of_asking_agree(self, head):
        holder, acting, extra = make_user(), make_user(), make_user()
        seat(holder, head)
        for at, kind, user in [(NOW, "vacant", acting), (NOW - DAY, "delegated", extra)]:
            delegate(head, user, kind, from_at=at, until_at=NOW + DAY)
        for at in (NOW - 2 * DAY, NOW - DAY, NOW, NOW + DAY):
            by_post = {seat.user for seat in sitting_in(head, at)}
            by_person = {user for user in (holder, acting, extra) if seats_of(user, at)}
            assert by_post == by_person


class TestPostsByName:
    def test_head_and_deputy_of_a_unit(self):
        deputy = make_post("deputy")
        unit = make_unit(deputy=deputy)
        head = make_post("head", unit=unit)
        make_post("head", unit=make_unit())
        assert (head_post(unit), deputy_post(unit)) == (head, deputy)

    def test_unit_without_head_or_deputy_has_none(self, unit):
        assert (head_post(unit), deputy_post(unit)) == (None, None)

    def test_director_post_is_the_only_one(self):
        assert director_post() is None
        post = make_post("director")
        assert director_post() == post


class TestAccess:
    def test_officer_belongs_to_his_unit(self, unit):
        user = make_officer(unit)
        post = Holding.objects.get().post
        assert access_of(user, NOW) == Access(
            officer_of=frozenset({unit.pk}),
            units=frozenset({unit.pk}),
            post_ids=frozenset({post.pk}),
        )

    def test_head_heads_his_unit(self, unit, head):
        user = make_user()
        seat(user, head)
        assert access_of(user, NOW) == Access(
            head_of=frozenset({unit.pk}),
            units=frozenset({unit.pk}),
            post_ids=frozenset({head.pk}),
        )

    @pytest.mark.parametrize("rank", ["deputy", "director"])
    def test_deputy_and_director_see_all(self, rank):
        user, post = make_user(), make_post(rank)
        seat(user, post)
        assert access_of(user, NOW) == Access(
            sees_all=True, leads=True, directs=rank == "director", post_ids=frozenset({post.pk})
        )

    def test_acting_head_has_the_rights_of_the_post(self, unit, head):
        user = make_user()
        delegate(head, user, "vacant")
        assert access_of(user, NOW) == Access(
            head_of=frozenset({unit.pk}),
            units=frozenset({unit.pk}),
            post_ids=frozenset({head.pk}),
        )

    def test_absent_head_still_sees_his_unit_and_acts_no_more(self, unit, head):
        user = make_user()
        seat(user, head)
        delegate(head, make_user(), "vacant")
        assert access_of(user, NOW) == Access(units=frozenset({unit.pk}))

    def test_absent_director_still_sees_all_and_acts_no_more(self):
        user, post = make_user(), make_post("director")
        seat(user, post)
        delegate(post, make_user(), "vacant")
        assert access_of(user, NOW) == Access(sees_all=True)

    def test_officer_of_two_units_belongs_to_both(self, unit):
        other = make_unit()
        user = make_officer(unit)
        seat(user, make_post("officer", unit=other))
        assert access_of(user, NOW).units == frozenset({unit.pk, other.pk})

    def test_records_post_sees_no_unit(self):
        user, post = make_user(), make_post("records")
        seat(user, post)
        assert access_of(user, NOW) == Access(post_ids=frozenset({post.pk}))

    def test_administrator_has_no_right_but_that(self):
        assert access_of(make_user(administers=True), NOW) == Access(administers=True)

    def test_school_user_has_his_schools_only(self):
        school = make_school()
        user = make_school_user(school)
        assert access_of(user, NOW) == Access(schools=frozenset({school.pk}))

    @pytest.mark.parametrize(("day", "inside"), [(-1, False), (0, True), (5, True), (6, False)])
    def test_school_membership_counts_through_its_last_day(self, day, inside):
        school = make_school()
        user = make_school_user(school, from_on=NOW.date(), until_on=(NOW + 5 * DAY).date())
        assert access_of(user, NOW + day * DAY).schools == (
            frozenset({school.pk}) if inside else frozenset()
        )

    def test_person_who_cannot_sign_in_may_do_nothing(self, unit):
        user = make_officer(unit, administers=True, is_active=False)
        assert access_of(user, NOW) == NO_ACCESS

    def test_ended_holding_gives_nothing(self, unit):
        user = make_user()
        seat(user, make_post("officer", unit=unit), until_at=NOW)
        assert access_of(user, NOW) == NO_ACCESS

    def test_access_is_kept_on_the_user(self, unit, django_assert_num_queries):
        user = make_officer(unit)
        with django_assert_num_queries(2):
            assert user.access is user.access


@pytest.mark.parametrize("rows", [1, 3])
def test_seats_are_read_in_two_queries_however_many(rows, django_assert_num_queries):
    unit = make_unit()
    posts = [make_post("officer", unit=unit) for _ in range(rows)]
    user = make_user()
    for post in posts:
        seat(user, post)
        delegate(post, make_user(), "delegated")
    with django_assert_num_queries(2):
        assert [len(found) for found in seats_in(posts, NOW).values()] == [2] * rows
    with django_assert_num_queries(2):
        assert len(seats_of(user, NOW)) == rows
    with django_assert_num_queries(2):
        assert len(access_of(user, NOW).post_ids) == rows
