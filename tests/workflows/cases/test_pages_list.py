"""The list of cases: what each person finds, narrowed by what he asks."""

import pytest

from tests.factories.people import make_officer, make_school, make_school_user, make_unit
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, complete, days_later, open_task
from tests.workflows.cases.pages import signed_in, words
from workflows.cases import moves, opening, services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

FIVE_DAYS = {"unit": "working_day", "min": 1, "max": 5}


def codes(user, query=""):
    page = signed_in(user).get(f"/cases/{query}")
    return [entry["case"].code for entry in page.context["entries"]]


def test_an_officer_finds_the_cases_of_his_unit_newest_first(bench):
    bench.start()
    bench.start()
    start_elsewhere()
    assert codes(bench.officer) == ["2570-2", "2570-1"]


def start_elsewhere():
    """A case of another unit."""
    unit = make_unit("กลุ่มอื่น")
    return opening.start_case(
        make_flow(["one"]), title="เรื่องกลุ่มอื่น", unit=unit, opened_on=MONDAY.date(),
        by=make_officer(unit), now=MONDAY,
    )  # fmt: skip


def test_the_director_finds_all(bench):
    bench.start()
    start_elsewhere()
    assert codes(bench.director) == ["2570-2", "2570-1"]


def test_a_school_is_led_home(bench):
    answer = signed_in(make_school_user(make_school())).get("/cases/")
    assert (answer.status_code, answer.url) == (302, "/")


def test_each_case_says_where_it_stands_and_when_it_is_due(bench):
    bench.start(make_flow([{"key": "a", "duration": FIVE_DAYS}]))
    page = words(signed_in(bench.officer).get("/cases/"))
    assert "อยู่ที่ขั้นตอนที่ 1 ขั้นตอน a" in page
    assert "ครบกำหนด 9 พ.ย. 2569 เหลือ 5 วันทำการ" in page


class TestNarrowing:
    @pytest.fixture
    def cases(self, bench, monkeypatch):
        """One overdue, one done, one put up, one of another process."""
        flow = make_flow([{"key": "a", "duration": FIVE_DAYS}], code="alpha")
        late, done, up = (bench.start(flow, title=title) for title in ("สาย", "เสร็จ", "เสนอแล้ว"))
        complete(open_task(done), bench.officer)
        moves.mark_submitted(open_task(up), now=MONDAY)
        services.set_letter_deadline(up, days_later(60).date(), by=bench.officer, now=MONDAY)
        colleague = make_officer(bench.unit, "colleague")
        other = bench.start(make_flow(["b"], code="beta"), title="โครงการเบตา", by=colleague)
        monkeypatch.setattr("django.utils.timezone.now", lambda: days_later(30))
        return {"late": late, "done": done, "up": up, "other": other}

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?status=running", ["other", "up", "late"]),
            ("?status=done", ["done"]),
            ("?overdue=on", ["late"]),
            ("?submitted=on", ["up"]),
            ("?mine=on", ["up", "done", "late"]),
            ("?process=beta", ["other"]),
            ("?q=เบตา", ["other"]),
            ("?q=2570-2", ["done"]),
            ("?q=๒/๒๕๗๐", ["done"]),
            ("?q=3", ["up"]),
            ("?q=ไม่มีเรื่องนี้", []),
            ("?status=nonsense&process=nothing", ["other", "up", "done", "late"]),
            ("?status=running&overdue=on&mine=on", ["late"]),
        ],
    )
    def test_finds_what_fits_everything_asked(self, bench, cases, query, found):
        assert codes(bench.officer, query) == [cases[name].code for name in found]

    def test_offers_only_processes_of_cases_he_sees(self, bench, cases):
        start_elsewhere()
        page = signed_in(bench.officer).get("/cases/")
        offered = page.context["form"].fields["process"].queryset
        assert {process.code for process in offered} == {"alpha", "beta"}


def test_nothing_found_and_nothing_there_are_told_apart(bench):
    assert "ยังไม่มีเรื่อง" in words(signed_in(bench.officer).get("/cases/"))
    assert "ไม่พบเรื่องที่ตรงกับที่ค้นหา" in words(signed_in(bench.officer).get("/cases/?q=ก"))


def test_a_long_list_has_pages_that_keep_the_question(bench):
    flow = make_flow(["one"])
    for _ in range(26):
        bench.start(flow)
    client = signed_in(bench.officer)
    page = client.get("/cases/?status=running").content.decode()
    assert 'href="?status=running&amp;page=2"' in page
    assert len(client.get("/cases/?status=running&page=2").context["entries"]) == 1


@pytest.mark.parametrize("many", [1, 3])
def test_costs_the_same_number_of_queries(bench, many, django_assert_num_queries):
    for _ in range(many):
        bench.start()
    client = signed_in(bench.officer)
    with django_assert_num_queries(11):
        client.get("/cases/")
