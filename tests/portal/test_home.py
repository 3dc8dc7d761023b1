"""The one inbox: what waits for a person, first things first."""

import pytest

from tests.factories.people import make_officer, make_school, make_school_user, make_user
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, complete, days_later, make_bench, open_task
from tests.workflows.approvals.papers import at_director, submitted
from tests.workflows.cases.pages import signed_in, words
from workflows.cases import services

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)


@pytest.fixture
def bench():
    return make_bench()


@pytest.fixture
def later(monkeypatch):
    """Makes it some days later."""

    def move(days):
        monkeypatch.setattr("django.utils.timezone.now", lambda: days_later(days))

    return move


def days(most, **step):
    return {"key": f"in-{most}", "duration": {"unit": "working_day", "min": 1, "max": most}, **step}


def home(user, query=""):
    return signed_in(user).get(f"/{query}")


class TestMyTasks:
    def test_soonest_first_and_those_without_a_date_last(self, bench):
        for step in (days(10), "none", days(2)):
            bench.start(make_flow([step]))
        keys = [entry.task.step.key for entry in home(bench.officer).context["mine"]]
        assert keys == ["in-2", "in-10", "none"]

    def test_a_letters_date_comes_before_the_standards(self, bench):
        bench.start(make_flow([days(3)]))
        bench.start(make_flow([days(10)]), letter_due_on=days_later(1).date())
        keys = [entry.task.step.key for entry in home(bench.officer).context["mine"]]
        assert keys == ["in-10", "in-3"]

    def test_say_which_case_which_row_and_both_dates(self, bench):
        case = bench.start(
            make_flow(["one", days(5), "three"]), title="แผนปี 2570",
            letter_due_on=days_later(2).date(),
        )  # fmt: skip
        complete(open_task(case), bench.officer)
        page = words(home(bench.officer))
        assert "2570-1 · ขั้นที่ 2 จาก 3 ขั้นตอน in-5 แผนปี 2570" in page
        assert "ตามหนังสือ 4 พ.ย. 2569 เหลือ 2 วันทำการ" in page
        assert "ตามมาตรฐาน 9 พ.ย. 2569 เหลือ 5 วันทำการ" in page

    def test_say_in_words_that_they_are_late(self, bench, later):
        bench.start(make_flow([days(2)]))
        later(4)
        assert "เกินกำหนด 2 วันทำการ" in words(home(bench.officer))

    def test_are_mine_alone(self, bench):
        bench.start()
        assert home(make_officer(bench.unit)).context["mine"] == []

    def test_leave_out_what_is_with_the_superiors(self, bench):
        submitted(bench)
        assert home(bench.officer).context["mine"] == []

    def test_a_sub_row_stands_where_its_parent_does(self, bench):
        bench.start(make_flow(["one", {"key": "two"}, {"key": "sub", "parent": "two"}, "four"]))
        complete(open_task(bench.officer.cases.get()), bench.officer)
        entry = home(bench.officer).context["mine"][0]
        assert (entry.task.step.key, entry.at, entry.rows) == ("sub", 2, 3)

    def test_nothing_to_do_offers_to_start(self, bench):
        page = words(home(bench.officer))
        assert "วันนี้ไม่มีงานค้าง" in page
        assert "เปิดเรื่องใหม่" in page

    def test_who_may_not_start_is_not_offered_to(self, bench):
        page = words(home(make_user(administers=True)))
        assert "วันนี้ไม่มีงานค้าง" in page
        assert "เปิดเรื่องใหม่" not in page

    def test_many_have_pages(self, bench):
        flow = make_flow(["one"])
        for _ in range(26):
            bench.start(flow)
        assert len(home(bench.officer, "?page=2").context["mine"]) == 1


class TestWhatWaitsForMe:
    def test_comes_first_with_who_put_it_up(self, bench):
        at_director(bench)
        page = words(home(bench.director))
        assert page.index("รอท่านพิจารณา") < page.index("ไม่มีงานที่ท่านรับผิดชอบค้างอยู่")
        assert "ให้ความเห็นชอบ" in page
        assert f"เสนอโดย {bench.officer.full_name}" in page

    def test_leads_to_what_was_decided_for_those_who_decide(self, bench):
        assert "เรื่องที่พิจารณาแล้ว" in words(home(bench.head))
        assert "เรื่องที่พิจารณาแล้ว" not in words(home(bench.officer))

    def test_leads_to_the_decision(self, bench):
        decision = at_director(bench)
        assert f'href="/decisions/{decision.pk}/"' in home(bench.director).content.decode()

    def test_is_for_the_one_at_whose_post_it_is(self, bench):
        at_director(bench)
        waiting = {
            role: len(home(getattr(bench, role)).context["decisions"])
            for role in ("officer", "head", "deputy", "director")
        }
        assert waiting == {"officer": 0, "head": 0, "deputy": 0, "director": 1}

    def test_has_pages_of_its_own(self, bench):
        for _ in range(11):
            at_director(bench)
        assert 'href="?waiting=2"' in home(bench.director).content.decode()
        assert len(home(bench.director, "?waiting=2").context["decisions"]) == 1


class TestTheGroup:
    def test_a_head_sees_what_is_late_or_nobodys(self, bench, later):
        bench.start(make_flow([days(2)]), title="สาย")
        bench.start(make_flow([days(30)]), title="ยังทัน")
        nobodys = open_task(bench.start(make_flow([days(30)]), title="ไม่มีใครทำ"))
        nobodys.assignee = None
        nobodys.save()
        later(10)
        titles = [entry.task.case.title for entry in home(bench.head).context["worries"]]
        assert titles == ["สาย", "ไม่มีใครทำ"]

    @pytest.mark.parametrize("role", ["officer", "deputy", "director"])
    def test_others_do_not(self, bench, later, role):
        bench.start(make_flow([days(2)]))
        later(10)
        assert "worries" not in home(getattr(bench, role)).context


class TestTheOfficeAtAGlance:
    def test_counts_running_late_and_put_up(self, bench, later):
        bench.start(make_flow([days(2)]))
        ended = bench.start()
        services.cancel_case(ended, reason="ซ้ำ", by=bench.officer, now=MONDAY)
        submitted(bench)
        later(10)
        figures = home(bench.director).context["figures"]
        assert figures == {"running": 2, "overdue": 1, "submitted": 1}

    @pytest.mark.parametrize(
        ("role", "sees"),
        [("officer", False), ("head", False), ("deputy", True), ("director", True)],
    )
    def test_is_for_deputies_and_the_director(self, bench, role, sees):
        assert ("figures" in home(getattr(bench, role)).context) is sees


class TestASchool:
    def test_finds_the_cases_it_was_let_into(self, bench):
        school = make_school_user(make_school())
        case = bench.start(title="โครงการนำร่อง")
        bench.start(title="เรื่องอื่น")
        services.add_participant(case, user=school, why="นำร่อง", by=bench.officer, now=MONDAY)
        page = words(home(school))
        assert "โครงการนำร่อง" in page
        assert "เรื่องอื่น" not in page

    def test_without_any_reads_what_will_be_here(self):
        assert "ยังไม่มีเรื่องที่เปิดให้ท่านติดตาม" in words(home(make_school_user(make_school())))

    @pytest.mark.parametrize("many", [1, 3])
    def test_costs_the_same_number_of_queries(self, bench, many, django_assert_num_queries):
        school = make_school_user(make_school())
        for _ in range(many):
            case = bench.start()
            services.add_participant(case, user=school, why="แจ้ง", by=bench.officer, now=MONDAY)
        client = signed_in(school)
        with django_assert_num_queries(9):
            client.get("/")


def test_signed_out_leads_to_the_login(client):
    answer = client.get("/")
    assert (answer.status_code, answer.url) == (302, "/login/?next=/")


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize("cost", [("officer", 11), ("head", 12), ("director", 13)])
def test_costs_the_same_number_of_queries(bench, later, many, cost, django_assert_num_queries):
    role, queries = cost
    for _ in range(many):
        bench.start(make_flow([days(2)]))
        at_director(bench)
    later(10)
    client = signed_in(getattr(bench, role))
    with django_assert_num_queries(queries):
        client.get("/")
