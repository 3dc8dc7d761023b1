"""Who signs in for which school."""

from datetime import date, timedelta

import pytest

from portal.accounts.models import SchoolMember
from portal.accounts.services import add_member, end_member
from portal.audit.models import OfficeEvent
from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from tests.factories.people import make_school, make_school_user, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 11, 20)


@pytest.fixture
def keeper():
    return make_user("keeper", administers=True)


@pytest.fixture
def add(keeper, now):
    def add(school, user, from_on=TODAY, until_on=None, by=keeper):
        return add_member(school, user=user, from_on=from_on, until_on=until_on, by=by, now=now)

    return add


def test_person_answers_for_a_school(add, keeper):
    school, user = make_school("โรงเรียนสมมติ"), make_user(account="school")
    add(school, user)
    assert list(user.schools.values_list("school", "from_on", "until_on")) == [
        (school.pk, TODAY, None)
    ]
    event = OfficeEvent.objects.get()
    assert (event.action, event.actor) == ("member_begun", keeper)
    assert event.text == f"{user.full_name} เป็นผู้แทนโรงเรียนสมมติ ตั้งแต่ 20 พ.ย. 2569"


def test_one_person_answers_for_several_schools(add):
    user = make_user(account="school")
    add(make_school(), user)
    add(make_school(), user)
    assert user.schools.count() == 2


@pytest.mark.parametrize(
    ("from_day", "until_day", "fits"),
    [(0, None, False), (5, 6, False), (6, None, True), (-3, -1, True), (-3, 0, False)],
)
def test_membership_of_one_school_does_not_overlap(add, from_day, until_day, fits):
    school, user = make_school(), make_user(account="school")
    add(school, user, TODAY, TODAY + 5 * DAY)
    until_on = None if until_day is None else TODAY + until_day * DAY
    if fits:
        add(school, user, TODAY + from_day * DAY, until_on)
    else:
        with pytest.raises(RuleBroken) as refusal:
            add(school, user, TODAY + from_day * DAY, until_on)
        assert refusal.value.field == "user"


@pytest.mark.parametrize("values", [{"account": "officer"}, {"is_active": False}])
def test_only_open_school_accounts_answer_for_a_school(add, values):
    with pytest.raises(RuleBroken) as refusal:
        add(make_school(), make_user(**{"account": "school", **values}))
    assert refusal.value.field == "user"


def test_end_before_the_beginning_is_refused(add):
    with pytest.raises(RuleBroken) as refusal:
        add(make_school(), make_user(account="school"), TODAY, TODAY - DAY)
    assert refusal.value.field == "until_on"


def test_membership_ends_on_its_last_day(keeper, now):
    user = make_school_user(make_school())
    end_member(user.schools.get(), until_on=TODAY, by=keeper, now=now)
    assert user.schools.get().until_on == TODAY
    assert OfficeEvent.objects.get().action == "member_ended"


def test_membership_does_not_end_later_than_it_ended(keeper, now):
    user = make_school_user(make_school(), until_on=TODAY)
    with pytest.raises(StateConflict):
        end_member(user.schools.get(), until_on=TODAY + DAY, by=keeper, now=now)


def test_membership_does_not_end_before_it_began(keeper, now):
    user = make_school_user(make_school(), from_on=TODAY)
    with pytest.raises(RuleBroken):
        end_member(user.schools.get(), until_on=TODAY - DAY, by=keeper, now=now)


def test_only_the_administrator_keeps_memberships(add, now):
    user = make_school_user(make_school())
    with pytest.raises(NotAllowed):
        add(make_school(), user, by=user)
    with pytest.raises(NotAllowed):
        end_member(user.schools.get(), until_on=TODAY, by=user, now=now)


class TestPages:
    def test_member_is_added_in_the_browser(self, keeper, signed_in):
        school, user = make_school(), make_user(account="school")
        facts = {"user": user.pk, "from_on": "1/5/2569"}
        answer = signed_in(keeper).post(f"/schools/{school.pk}/members/add/", facts)
        assert answer["Location"] == f"/schools/{school.pk}/"
        assert SchoolMember.objects.get().from_on == date(2026, 5, 1)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"user": ""}, "user"),
            ({"from_on": "1/5/2026"}, "from_on"),
            ({"until_on": "1/4/2569"}, "until_on"),
        ],
    )
    def test_mistake_is_said_beside_its_field(self, keeper, signed_in, values, field):
        school, user = make_school(), make_user(account="school")
        facts = {"user": user.pk, "from_on": "1/5/2569", **values}
        answer = signed_in(keeper).post(f"/schools/{school.pk}/members/add/", facts)
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])

    def test_membership_ends_in_the_browser(self, keeper, signed_in):
        school = make_school()
        member = make_school_user(school).schools.get()
        answer = signed_in(keeper).post(
            f"/schools/members/{member.pk}/end/", {"until_on": "31/12/2569"}
        )
        member.refresh_from_db()
        assert (answer["Location"], member.until_on) == (
            f"/schools/{school.pk}/",
            date(2026, 12, 31),
        )

    @pytest.mark.parametrize("rows", [1, 3])
    def test_page_of_a_school_costs_the_same_however_many(
        self, keeper, signed_in, rows, django_assert_num_queries
    ):
        school = make_school()
        for _ in range(rows):
            make_school_user(school)
        client = signed_in(keeper)
        client.get(f"/schools/{school.pk}/")
        with django_assert_num_queries(6):
            answer = client.get(f"/schools/{school.pk}/")
        assert len(answer.context["members"]) == rows
