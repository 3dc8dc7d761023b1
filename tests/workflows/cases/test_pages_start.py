"""Opening a case: the plan is seen first, a double press opens one, bad facts are told."""

from datetime import date

import pytest

from tests.factories.people import (
    make_officer,
    make_post,
    make_school,
    make_school_user,
    make_unit,
    make_user,
    seat,
)
from tests.factories.standard import dlit_flow, make_flow
from tests.factories.work import complete, open_task
from tests.workflows.cases.pages import hidden, post, raw, signed_in, words
from workflows.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

FIVE_DAYS = {"unit": "working_day", "min": 1, "max": 5}
START = "/cases/start/?flow=alpha"
TYPED = {"title": "แผนปี 2570", "opened_on": "2/11/2569", "letter_due_on": ""}


@pytest.fixture
def flow():
    steps = [{"key": "a", "duration": FIVE_DAYS}, {"key": "b", "duration": FIVE_DAYS}]
    return make_flow(steps, code="alpha", name="กระบวนงานแอลฟา")


def typed(bench, **values):
    return {**TYPED, "unit": bench.unit.pk, **values}


class TestChoosing:
    def test_shows_what_is_in_force_with_its_rows(self, bench, flow):
        page = words(signed_in(bench.officer).get("/cases/start/"))
        assert "กระบวนงานแอลฟา" in page
        assert "2 ขั้นตอน · ฉบับที่ 1" in page

    def test_finds_by_name(self, bench, flow):
        make_flow(["a"], code="beta", name="กระบวนงานเบตา")
        found = signed_in(bench.officer).get("/cases/start/?q=เบตา").context["flows"]
        assert [each.code for each in found] == ["beta"]

    def test_nothing_found_says_so(self, bench, flow):
        page = words(signed_in(bench.officer).get("/cases/start/?q=ไม่มี"))
        assert "ไม่พบกระบวนงานที่ค้นหา" in page

    @pytest.mark.parametrize("role", ["director", "deputy", "administrator", "school"])
    def test_who_belongs_to_no_unit_may_not(self, bench, flow, role):
        others = {"administrator": make_user(administers=True), "school": None}
        user = others.get(role, getattr(bench, role, None)) or make_school_user(make_school())
        assert signed_in(user).get("/cases/start/").status_code == 403
        assert post(user, START, **typed(bench)).status_code == 403
        assert not Case.objects.exists()

    def test_a_process_nobody_knows_is_not_there(self, bench):
        assert signed_in(bench.officer).get("/cases/start/?flow=nothing").status_code == 404

    @pytest.mark.parametrize("many", [1, 3])
    def test_costs_the_same_number_of_queries(self, bench, many, django_assert_num_queries):
        for _ in range(many):
            make_flow(["a"])
        client = signed_in(bench.officer)
        with django_assert_num_queries(7):
            client.get("/cases/start/")


class TestThePlan:
    def test_is_shown_before_anything_is_opened(self, bench, flow):
        page = words(signed_in(bench.officer).get(START))
        assert "1 ขั้นตอน a 1 – 5 วันทำการ 2–9 พ.ย. 2569" in page
        assert "เสร็จทุกขั้นตอนตามแผนภายใน 16 พฤศจิกายน 2569" in page
        assert not Case.objects.exists()

    def test_with_rows_without_time_does_not_promise_when_all_is_done(self, bench):
        make_flow([{"key": "a", "duration": FIVE_DAYS}, "b"], code="alpha")
        page = words(signed_in(bench.officer).get(START))
        said = "ขั้นตอนที่มีกำหนดเสร็จภายใน 9 พฤศจิกายน 2569 ไม่รวม 1 ขั้นตอนที่ไม่กำหนดเวลา"
        assert (said in page, "เสร็จทุกขั้นตอน" in page) == (True, False)

    def test_follows_the_day_that_was_typed_and_opens_nothing(self, bench, flow):
        answer = post(
            bench.officer, "/cases/start/plan/?flow=alpha", **typed(bench, opened_on="26/10/2569")
        )
        assert "เสร็จทุกขั้นตอนตามแผนภายใน 9 พฤศจิกายน 2569" in words(answer)
        assert 'value="แผนปี 2570"' in raw(answer)
        assert not Case.objects.exists()

    def test_says_by_how_much_it_misses_the_letter(self, bench, flow):
        answer = post(
            bench.officer, "/cases/start/plan/?flow=alpha",
            **typed(bench, letter_due_on="12/11/2569"),
        )  # fmt: skip
        assert "แผนตามมาตรฐานเสร็จหลังกำหนดตามหนังสือ 2 วันทำการ" in words(answer)

    def test_has_every_row_of_the_real_process(self, bench):
        dlit_flow()
        answer = signed_in(bench.officer).get("/cases/start/?flow=dlit")
        assert [line.time for line in answer.context["lines"]][:4] == [
            "1 – 5 วันทำการ", "1 – 5 วันทำการ", "5 วันทำการ", "3 วันทำการ",
        ]  # fmt: skip
        assert len(answer.context["lines"]) == 9


class TestStarting:
    def test_opens_the_case_and_leads_to_it(self, bench, flow):
        answer = post(bench.officer, START, **typed(bench, letter_due_on="30/11/2569"))
        case = Case.objects.get()
        assert answer.url == "/cases/2570-1/"
        assert (case.title, case.flow, case.owner, case.letter_due_on) == (
            "แผนปี 2570", flow, bench.officer, date(2026, 11, 30),
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("title", "  ", "กรุณากรอกช่องนี้"),
            ("opened_on", "3/11/2569", "วันเปิดเรื่องต้องไม่เป็นวันในอนาคต"),
            ("opened_on", "1/10/2568", "วันเปิดเรื่องย้อนหลังได้ไม่เกินหนึ่งปี"),
            ("opened_on", "2/11/2026", "หากหมายถึง 2 พ.ย. 2569 ให้พิมพ์ 02/11/2569"),
            ("opened_on", "", "กรุณากรอกช่องนี้"),
            ("letter_due_on", "1/11/2569", "กำหนดส่งตามหนังสือต้องไม่ก่อนวันเปิดเรื่อง"),
        ],
    )
    def test_a_wrong_fact_is_told_beside_its_field(self, bench, flow, name, value, said):
        answer = post(bench.officer, START, **typed(bench, **{name: value}))
        assert answer.status_code == 400
        assert said in " ".join(answer.context["form"].errors[name])
        assert name == "title" or 'value="แผนปี 2570"' in raw(answer)
        assert not Case.objects.exists()

    def test_another_unit_is_no_choice(self, bench, flow):
        stranger = make_unit("กลุ่มอื่น")
        answer = post(bench.officer, START, **typed(bench, unit=stranger.pk))
        assert (answer.status_code, Case.objects.count()) == (400, 0)

    def test_who_works_in_two_units_chooses(self, bench, flow):
        other = make_unit("กลุ่มอื่น")
        seat(bench.officer, make_post("officer", unit=other))
        assert "เลือกกลุ่ม" in words(signed_in(bench.officer).get(START))
        post(bench.officer, START, **typed(bench, unit=other.pk))
        assert Case.objects.get().unit == other

    def test_pressing_twice_opens_one_and_says_so(self, bench, flow):
        client = signed_in(bench.officer)
        form = {**typed(bench), "once": hidden(client.get(START), "once")}
        first, second = client.post(START, form), client.post(START, form)
        assert (first.url, second.url, Case.objects.count()) == (
            "/cases/2570-1/", "/cases/2570-1/", 1,
        )  # fmt: skip
        assert "เรื่องนี้เปิดไว้แล้วเป็นเลข 2570-1" in words(client.get(second.url))

    def test_a_refused_form_may_be_mended_and_sent_again(self, bench, flow):
        client = signed_in(bench.officer)
        token = hidden(client.get(START), "once")
        client.post(START, {**typed(bench, opened_on="3/11/2569"), "once": token})
        client.post(START, {**typed(bench), "once": token})
        assert Case.objects.count() == 1

    def test_two_pages_open_two_cases(self, bench, flow):
        client = signed_in(bench.officer)
        for _ in range(2):
            client.post(START, {**typed(bench), "once": hidden(client.get(START), "once")})
        assert Case.objects.count() == 2

    def test_the_token_of_one_person_says_nothing_to_another(self, bench, flow):
        form = {**typed(bench), "once": "the-same"}
        for user in (bench.officer, make_officer(bench.unit)):
            post(user, START, **form)
        assert Case.objects.count() == 2


class TestWhatIsDoneAlready:
    def test_the_case_begins_at_the_row_after_it(self, bench, flow):
        facts = typed(bench, opened_on="26/10/2569", **{"done-a": "28/10/2569"})
        assert post(bench.officer, START, **facts).status_code == 302
        case = Case.objects.get()
        assert open_task(case).step.key == "b"
        assert case.tasks.get(step__key="a").happened_on == date(2026, 10, 28)

    def test_a_row_that_runs_throughout_is_not_asked_for(self, bench):
        through = {"key": "through", "duration": {"unit": "throughout"}}
        make_flow(["a", through, "b", "c"], code="gamma")
        address = "/cases/start/?flow=gamma"
        form = signed_in(bench.officer).get(address).context["form"]
        assert [field.name for field in form.done_fields] == ["done-a", "done-b"]
        post(bench.officer, address, **typed(bench, **{"done-a": "2/11/2569"}))
        case = Case.objects.get()
        assert open_task(case).step.key == "b"
        assert open_task(case, "through").blocking is False

    @pytest.mark.parametrize(
        ("days", "field", "said"),
        [
            ({"done-b": "2/11/2569"}, "done-a", "กรุณาระบุวันที่ทำเสร็จจริงของขั้นตอนนี้"),
            ({"done-a": "3/11/2569"}, "done-a", "วันที่ทำเสร็จจริงต้องไม่เป็นวันในอนาคต"),
            ({"done-a": "1/11/2569"}, "done-a", "ต้องไม่ก่อนขั้นตอนก่อนหน้า (2 พ.ย. 2569)"),
            ({"done-a": "2/11/2026"}, "done-a", "ปี 2026 เป็น ค.ศ."),
        ],
    )
    def test_a_wrong_day_is_told_beside_its_row(self, bench, days, field, said):
        make_flow(["a", "b", "c"], code="alpha")
        answer = post(bench.officer, START, **typed(bench, **days))
        assert answer.status_code == 400
        assert said in " ".join(answer.context["form"].errors[field])
        assert not Case.objects.exists()


class TestACopy:
    @pytest.fixture
    def last_year(self, bench, flow):
        case = bench.start(flow, title="แผนปี 2569")
        complete(open_task(case), bench.officer)
        return case

    def test_is_offered_on_the_case_and_begins_with_its_words(self, bench, last_year):
        page = raw(signed_in(bench.officer).get(f"/cases/{last_year.code}/"))
        assert f"/cases/start/?flow=alpha&copy={last_year.code}" in page
        answer = signed_in(bench.officer).get(f"{START}&copy={last_year.code}")
        assert "ทำซ้ำจากเรื่อง 2570-1" in words(answer)
        assert 'value="แผนปี 2569"' in raw(answer)

    def test_lends_its_texts_as_drafts(self, bench, last_year):
        post(bench.officer, f"{START}&copy={last_year.code}", **typed(bench))
        case = Case.objects.get(number=2)
        assert (case.copy_of, open_task(case).result) == (last_year, "ทำแล้ว")

    @pytest.mark.parametrize("code", ["2570-999", "nonsense"])
    def test_of_a_case_one_does_not_see_is_404(self, bench, flow, code):
        assert signed_in(bench.officer).get(f"{START}&copy={code}").status_code == 404
