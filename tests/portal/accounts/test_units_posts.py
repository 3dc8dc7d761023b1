"""Units and posts: what may stand beside what."""

import pytest

from portal.accounts.models import Post, Unit
from portal.accounts.selectors import post_groups
from portal.accounts.services import add_post, add_unit, change_post, change_unit
from portal.audit.models import OfficeEvent
from portal.exceptions import NotAllowed, RuleBroken
from tests.factories.people import delegate, make_post, make_unit, make_user, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return make_user("keeper", administers=True)


def refused_field(service, *args, **kwargs):
    with pytest.raises(RuleBroken) as refusal:
        service(*args, **kwargs)
    return refusal.value.field


class TestUnits:
    def test_unit_is_added_with_a_line_of_history(self, keeper, now):
        unit = add_unit({"code": "ict", "name": "กลุ่มสมมติ"}, by=keeper, now=now)
        event = OfficeEvent.objects.get()
        assert (event.action, event.text) == ("unit_added", "เพิ่มกลุ่มสมมติ")
        assert event.subject == f"accounts.unit:{unit.pk}"

    def test_code_is_used_once(self, keeper, now):
        add_unit({"code": "ict", "name": "ก"}, by=keeper, now=now)
        facts = {"code": "ict", "name": "ข"}
        assert refused_field(add_unit, facts, by=keeper, now=now) == "code"

    def test_only_a_deputy_is_in_charge(self, keeper, now):
        facts = {"code": "ict", "name": "ก", "deputy": make_post("director")}
        assert refused_field(add_unit, facts, by=keeper, now=now) == "deputy"

    def test_change_of_deputy_is_remembered(self, keeper, now):
        unit, deputy = make_unit("กลุ่มสมมติ"), make_post("deputy", title="รอง ผอ. คนที่หนึ่ง")
        change_unit(unit, {"deputy": deputy}, by=keeper, now=now)
        unit.refresh_from_db()
        assert unit.deputy == deputy
        assert OfficeEvent.objects.get().data == {
            "before": {"deputy": None},
            "after": {"deputy": "รอง ผอ. คนที่หนึ่ง"},
        }

    def test_nothing_changed_is_no_event(self, keeper, now):
        change_unit(make_unit("ก"), {"name": "ก"}, by=keeper, now=now)
        assert OfficeEvent.objects.count() == 0

    def test_only_the_administrator_adds_and_changes(self, now):
        with pytest.raises(NotAllowed):
            add_unit({"code": "x", "name": "x"}, by=make_user(), now=now)
        with pytest.raises(NotAllowed):
            change_unit(make_unit(), {"name": "x"}, by=make_user(), now=now)


class TestPosts:
    def test_post_is_added_empty(self, keeper, now):
        unit = make_unit()
        facts = {"rank": "officer", "title": "เจ้าหน้าที่", "unit": unit}
        post = add_post(facts, by=keeper, now=now)
        assert (post.unit, post.holdings.count()) == (unit, 0)
        assert OfficeEvent.objects.get().text == "เพิ่มตำแหน่ง เจ้าหน้าที่"

    @pytest.mark.parametrize(
        ("rank", "has_unit", "field"),
        [
            ("officer", False, "unit"),
            ("head", False, "unit"),
            ("deputy", True, "unit"),
            ("director", True, "unit"),
        ],
    )
    def test_rank_and_unit_fit_together(self, keeper, now, rank, has_unit, field):
        facts = {"rank": rank, "title": "x", "unit": make_unit() if has_unit else None}
        assert refused_field(add_post, facts, by=keeper, now=now) == field

    @pytest.mark.parametrize("has_unit", [True, False])
    def test_records_desk_may_belong_to_a_unit_or_to_none(self, keeper, now, has_unit):
        unit = make_unit() if has_unit else None
        assert add_post({"rank": "records", "title": "x", "unit": unit}, by=keeper, now=now).pk

    def test_there_is_one_director(self, keeper, now):
        make_post("director")
        facts = {"rank": "director", "title": "x", "unit": None}
        assert refused_field(add_post, facts, by=keeper, now=now) == "rank"

    def test_there_is_one_head_per_unit(self, keeper, now):
        unit = make_unit()
        make_post("head", unit=unit)
        facts = {"rank": "head", "title": "x", "unit": unit}
        assert refused_field(add_post, facts, by=keeper, now=now) == "rank"
        add_post({**facts, "unit": make_unit()}, by=keeper, now=now)

    def test_title_changes_at_any_time(self, keeper, now):
        post = make_post("director")
        seat(make_user(), post)
        change_post(post, {"title": "ผอ.สพป.สมมติ"}, by=keeper, now=now)
        post.refresh_from_db()
        assert post.title == "ผอ.สพป.สมมติ"

    def test_unused_post_may_move(self, keeper, now):
        post, unit = make_post("officer", unit=make_unit()), make_unit()
        change_post(post, {"unit": unit}, by=keeper, now=now)
        post.refresh_from_db()
        assert post.unit == unit

    @pytest.mark.parametrize("used", ["held", "delegated", "in charge"])
    def test_used_post_stays_what_it_is(self, keeper, now, used):
        post = make_post("deputy")
        if used == "held":
            seat(make_user(), post, until_at=now)
        elif used == "delegated":
            delegate(post, make_user(), "vacant")
        else:
            make_unit(deputy=post)
        assert refused_field(change_post, post, {"rank": "director"}, by=keeper, now=now) == "rank"

    def test_only_the_administrator_adds_and_changes(self, now):
        with pytest.raises(NotAllowed):
            add_post({"rank": "deputy", "title": "x"}, by=make_user(), now=now)
        with pytest.raises(NotAllowed):
            change_post(make_post("deputy"), {"title": "x"}, by=make_user(), now=now)


class TestGroups:
    def test_leaders_come_first_and_ranks_in_order(self, now):
        unit = make_unit()
        officer, head = make_post("officer", unit=unit), make_post("head", unit=unit)
        deputy, director = make_post("deputy"), make_post("director")
        groups = [(group.unit, [row.post for row in group.rows]) for group in post_groups(now)]
        assert groups == [(None, [director, deputy]), (unit, [head, officer])]

    def test_unit_without_posts_is_shown_empty(self, now):
        unit = make_unit()
        assert [(group.unit, group.rows) for group in post_groups(now)] == [(unit, [])]

    def test_row_says_who_sits_there(self, now):
        post, user = make_post("director"), make_user()
        seat(user, post)
        [group] = post_groups(now)
        assert [place.user for place in group.rows[0].seats] == [user]


class TestPages:
    def test_unit_is_added_in_the_browser(self, keeper, signed_in):
        answer = signed_in(keeper).post("/units/add/", {"name": "กลุ่มสมมติ", "code": "ict"})
        assert answer["Location"] == "/units/"
        assert Unit.objects.get().name == "กลุ่มสมมติ"

    def test_unit_form_offers_deputies_only(self, keeper, signed_in):
        make_post("director")
        deputy = make_post("deputy")
        form = signed_in(keeper).get("/units/add/").context["form"]
        assert list(form.fields["deputy"].queryset) == [deputy]

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"name": "", "code": "x"}, "name"),
            ({"name": "ก", "code": "ไทย"}, "code"),
            ({"name": "ก", "code": "taken"}, "code"),
        ],
    )
    def test_mistake_in_a_unit_is_said_beside_its_field(self, keeper, signed_in, facts, field):
        Unit.objects.create(code="taken", name="กลุ่มเดิม")
        answer = signed_in(keeper).post("/units/add/", facts)
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])

    def test_unit_is_changed_in_the_browser(self, keeper, signed_in):
        unit = make_unit("เดิม")
        facts = {"name": "ใหม่", "code": unit.code}
        assert signed_in(keeper).post(f"/units/{unit.pk}/edit/", facts).status_code == 302
        unit.refresh_from_db()
        assert unit.name == "ใหม่"

    def test_post_is_added_in_the_browser(self, keeper, signed_in):
        facts = {"title": "ผอ.สพป.สมมติ", "rank": "director", "unit": ""}
        assert signed_in(keeper).post("/posts/add/", facts)["Location"] == "/posts/"
        assert Post.objects.get().title == "ผอ.สพป.สมมติ"

    def test_rule_of_posts_comes_back_beside_its_field(self, keeper, signed_in):
        facts = {"title": "ผอ.กลุ่ม", "rank": "head", "unit": ""}
        answer = signed_in(keeper).post("/posts/add/", facts)
        assert answer.status_code == 400
        assert answer.context["form"].errors == {"unit": ["ตำแหน่งระดับนี้ต้องระบุกลุ่ม"]}
        assert 'value="ผอ.กลุ่ม"' in answer.content.decode()

    def test_post_is_renamed_in_the_browser(self, keeper, signed_in):
        post = make_post("director")
        facts = {"title": "ชื่อใหม่", "rank": "director", "unit": ""}
        answer = signed_in(keeper).post(f"/posts/{post.pk}/edit/", facts)
        post.refresh_from_db()
        assert (answer["Location"], post.title) == (f"/posts/{post.pk}/", "ชื่อใหม่")

    def test_page_of_a_post_shows_holders_and_orders_over_time(self, keeper, signed_in, now):
        post, acting = make_post("director"), make_user()
        old = seat(make_user(), post, until_at=now.replace(year=2022))
        new = seat(make_user(), post, from_at=now.replace(year=2022))
        order = delegate(post, acting, "vacant")
        context = signed_in(keeper).get(f"/posts/{post.pk}/").context
        assert list(context["holdings"]) == [new, old]
        assert list(context["orders"]) == [order]
        assert [place.user for place in context["seats"]] == [acting]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_lists_cost_the_same_however_many(
        self, keeper, signed_in, rows, django_assert_num_queries
    ):
        for _ in range(rows):
            unit = make_unit(deputy=make_post("deputy"))
            post = make_post("officer", unit=unit)
            seat(make_user(), post)
            delegate(post, make_user(), "delegated")
        client = signed_in(keeper)
        for path, queries in [("/posts/", 8), ("/units/", 5), (f"/posts/{post.pk}/", 9)]:
            client.get(path)
            with django_assert_num_queries(queries):
                client.get(path)
