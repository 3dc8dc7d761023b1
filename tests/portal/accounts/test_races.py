"""Two people at once: real threads, real transactions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from portal.accounts.models import Holding, User
from portal.accounts.services import (
    add_person,
    ask_reset,
    change_person,
    confirm_reset,
    seat_person,
)
from portal.audit.models import OfficeEvent
from portal.audit.services import record, verify
from portal.exceptions import RuleBroken, StateConflict
from portal.office.models import Counter
from portal.office.numbering import next_number
from tests.factories.people import make_office, make_post, make_unit, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
REFUSED = (RuleBroken, StateConflict)


def at_once(*jobs):
    """Run the jobs in threads that start together; what each returned or was refused with."""
    barrier = Barrier(len(jobs))

    def run(job):
        barrier.wait()
        try:
            return job()
        except REFUSED as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def refusals(results):
    return [type(result) for result in results if isinstance(result, REFUSED)]


def test_numbers_given_at_once_have_no_gap_and_no_double():
    def take():
        with transaction.atomic():
            return next_number("case", 2570)

    numbers = [number for _ in range(5) for number in at_once(*[take] * 8)]
    assert sorted(numbers) == list(range(1, 41))
    assert Counter.objects.get().last == 40


def test_number_of_a_failed_change_goes_to_the_next_one():
    def fail():
        with transaction.atomic():
            next_number("case", 2570)
            transaction.set_rollback(True)

    def take():
        with transaction.atomic():
            return next_number("case", 2570)

    numbers = at_once(take, fail, take, fail, take)
    assert sorted(number for number in numbers if number) == [1, 2, 3]


def test_events_written_at_once_are_one_chain(now):
    def write():
        return record("office_changed", by=None, subject="สำนักงาน", text="พร้อมกัน", now=now).seq

    numbers = [number for _ in range(3) for number in at_once(*[write] * 8)]
    assert sorted(numbers) == list(range(1, 25))
    assert verify() == []


def test_two_people_do_not_sit_down_in_one_chair(now):
    keeper, post = make_user(administers=True), make_post("head", unit=make_unit())
    people = [make_user(), make_user(), make_user()]

    def sit(user):
        return lambda: seat_person(post, user=user, from_at=now, by=keeper, now=now)

    results = at_once(*map(sit, people))
    assert refusals(results) == [RuleBroken, RuleBroken]
    assert (Holding.objects.count(), OfficeEvent.objects.count()) == (1, 1)


def test_last_two_administrators_do_not_remove_each_other(now):
    first, second = make_user(administers=True), make_user(administers=True)

    def remove(user, by):
        return lambda: change_person(user, {"administers": False}, by=by, now=now)

    results = at_once(remove(first, second), remove(second, first))
    assert refusals(results) == [RuleBroken]
    assert User.objects.filter(administers=True).count() == 1


def test_one_user_name_is_added_once(now):
    keeper = make_user(administers=True)
    facts = {"username": "somchai", "first_name": "สาธิต"}
    results = at_once(*[lambda: add_person(facts, by=keeper, now=now)] * 3)
    assert refusals(results) == [RuleBroken, RuleBroken]
    assert User.objects.filter(username="somchai").count() == 1


def test_one_request_is_confirmed_by_one_person(now):
    office = make_office()
    asked = ask_reset(office["deputy"], reason="ลืม", by=office["administrator"], now=now)
    later = now + timedelta(minutes=1)

    def confirm(by):
        return lambda: confirm_reset(asked, by=by, now=later)

    results = at_once(confirm(office["head"]), confirm(office["director"]))
    assert refusals(results) == [StateConflict]
    [password] = [result for result in results if isinstance(result, str)]
    office["deputy"].refresh_from_db()
    assert office["deputy"].check_password(password)
