"""The page of a case and its history: what each person sees, in words."""

from datetime import date

import pytest

from tests.factories.people import make_officer, make_school, make_school_user, make_unit, make_user
from tests.factories.standard import make_flow
from tests.factories.uploads import make_upload
from tests.factories.work import MONDAY, complete, days_later, fresh, open_task
from tests.workflows.cases.pages import case_buttons, signed_in, words
from workflows.cases import evidence, history, services
from workflows.cases.models import CaseEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

FIVE_DAYS = {"unit": "working_day", "min": 1, "max": 5}
FLOW = [
    {"key": "study", "duration": FIVE_DAYS},
    {"key": "train", "duration": {"unit": "day", "min": 3, "max": 5, "per": "activity"}},
]


@pytest.fixture
def case(bench):
    return bench.start(make_flow(FLOW), title="แผนปี 2570")


def open_page(user, case, part=""):
    return signed_in(user).get(f"/cases/{case.code}/{part}")


class TestWhatIsNext:
    def test_says_the_row_the_date_and_who(self, bench, case):
        page = words(open_page(bench.officer, case))
        assert "ขณะนี้อยู่ที่ ขั้นตอนที่ 1 ขั้นตอน study" in page
        assert "ครบกำหนด 9 พ.ย. 2569 เหลือ 5 วันทำการ" in page
        assert f"ผู้รับผิดชอบ {bench.officer.full_name}" in page

    def test_says_in_words_how_late_it_is(self, bench, case, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: days_later(9))
        page = words(open_page(bench.officer, case))
        assert "เกินกำหนด 2 วันทำการ" in page

    def test_shows_both_dates_and_colours_the_letters(self, bench, case):
        services.set_letter_deadline(case, date(2026, 11, 4), by=bench.officer, now=MONDAY)
        page = open_page(bench.officer, case)
        dues = [(due.label, due.state, due.text) for due in page.context["standing"].dues]
        assert dues == [
            ("ตามหนังสือ", "soon", "เหลือ 2 วันทำการ"),
            ("ตามมาตรฐาน", "none", "เหลือ 5 วันทำการ"),
        ]

    def test_of_an_ended_case_says_how_it_ended(self, bench, case):
        services.cancel_case(case, reason="ซ้ำ", by=bench.officer, now=MONDAY)
        page = words(open_page(bench.officer, case))
        assert "เรื่องนี้ถูกยกเลิก" in page


class TestTheRows:
    def test_have_plan_due_and_actual_date(self, bench, case):
        complete(open_task(case), bench.officer)
        first = open_page(bench.officer, case).context["lines"][0]
        assert (first.planned_from, first.planned_until) == (date(2026, 11, 2), date(2026, 11, 9))
        assert [due.text for due in first.dues] == ["ทันกำหนด"]
        assert first.task.happened_on == date(2026, 11, 2)

    def test_a_late_row_says_by_how_much(self, bench, case):
        task = open_task(case)
        complete(task, bench.officer, now=days_later(9), happened_on=days_later(9).date())
        first = open_page(bench.officer, case).context["lines"][0]
        assert [due.text for due in first.dues] == ["ช้ากว่ากำหนด 2 วันทำการ"]

    def test_carry_their_activities(self, bench, case):
        complete(open_task(case), bench.officer)
        services.add_activity(open_task(case), title="อบรมรุ่น 1", by=bench.officer, now=MONDAY)
        assert "1. อบรมรุ่น 1 รอเริ่ม" in words(open_page(bench.officer, case))

    def test_are_drawn_in_the_chart_as_they_stand(self, bench, case, monkeypatch):
        assert open_page(bench.officer, case).context["marks"] == {"study": "current"}
        monkeypatch.setattr("django.utils.timezone.now", lambda: days_later(9))
        assert open_page(bench.officer, case).context["marks"] == {"study": "overdue"}
        complete(open_task(case), bench.officer, now=days_later(9))
        assert open_page(bench.officer, case).context["marks"] == {
            "study": "done", "train": "current",
        }  # fmt: skip

    def test_waiting_for_somebody_outside_is_drawn_so(self, bench):
        case = bench.start(make_flow([{"key": "letter", "external": True}]))
        assert open_page(bench.officer, case).context["marks"] == {"letter": "outside"}


class TestWhoSees:
    @pytest.mark.parametrize(
        ("role", "page", "story"),
        [
            ("officer", 200, 200), ("head", 200, 200), ("deputy", 200, 200),
            ("director", 200, 200), ("helper", 200, 200), ("school", 200, 403),
            ("stranger", 404, 404), ("other_school", 404, 404), ("administrator", 404, 404),
        ],
    )  # fmt: skip
    def test_each_role_gets_its_answer(self, bench, case, role, page, story):
        people = {
            "helper": make_user("helper"), "school": make_school_user(make_school()),
            "stranger": make_officer(make_unit("กลุ่มอื่น")),
            "other_school": make_school_user(make_school()),
            "administrator": make_user(administers=True),
        }  # fmt: skip
        for invited in ("helper", "school"):
            services.add_participant(
                case, user=people[invited], why="ร่วมงาน", by=bench.officer, now=MONDAY
            )
        user = people.get(role) or getattr(bench, role)
        assert open_page(user, case).status_code == page
        assert open_page(user, case, "history/").status_code == story

    def test_a_case_that_is_not_there_is_404(self, bench):
        assert signed_in(bench.director).get("/cases/2570-999/").status_code == 404

    def test_a_school_sees_the_course_and_nothing_of_the_work(self, bench, case):
        school = make_school_user(make_school())
        services.add_participant(case, user=school, why="แจ้งผล", by=bench.officer, now=MONDAY)
        task = open_task(case)
        evidence.attach(task, make_upload(), title="ไฟล์ลับ", by=bench.officer, now=MONDAY)
        services.save_task(task, result="ผลลับ", by=bench.officer, now=MONDAY)
        services.complete_task(task, happened_on=MONDAY.date(), by=bench.officer, now=MONDAY)
        services.add_activity(open_task(case), title="กิจกรรมลับ", by=bench.officer, now=MONDAY)
        answer = open_page(school, case)
        page = words(answer)
        assert "ขั้นตอน study" in page
        assert "2–9 พ.ย. 2569" in page
        for hidden in ("ลับ", bench.officer.full_name, "ประวัติ", "ความเคลื่อนไหว", "เจ้าของเรื่อง"):
            assert hidden not in page
        assert "/tasks/" not in answer.content.decode()


class TestActionsOffered:
    @pytest.mark.parametrize(
        ("role", "offered"),
        [
            ("officer", {"cancel", "invite", "deadline", "prepare"}),
            ("head", {"cancel", "go-to", "invite", "deadline", "prepare"}),
            ("deputy", {"cancel", "go-to", "invite"}),
            ("director", set()),
        ],
    )
    def test_are_those_the_person_may_take(self, bench, case, role, offered):
        assert case_buttons(open_page(getattr(bench, role), case), case.code) == offered

    def test_an_ended_case_may_be_reopened_by_its_head(self, bench, case):
        services.cancel_case(case, reason="ซ้ำ", by=bench.officer, now=MONDAY)
        assert case_buttons(open_page(bench.head, case), case.code) == {"reopen"}
        assert case_buttons(open_page(bench.officer, case), case.code) == set()


class TestHistory:
    def test_tells_everything_from_the_first_event_on(self, bench, case):
        complete(open_task(case), bench.officer)
        page = words(open_page(bench.director, case, "history/"))
        assert page.index("เปิดเรื่อง 2570-1") < page.index("ทำขั้นตอนที่ 1") < page.index("เปิดขั้นตอนที่ 2")
        assert f"{bench.officer.full_name} (ตำแหน่ง officer)" in page
        assert "ผลที่บันทึกไว้ตอนนั้น ทำแล้ว" in page

    def test_says_when_it_happened_if_not_on_the_day_it_was_recorded(self, bench, case):
        task = open_task(case)
        complete(task, bench.officer, now=days_later(3), happened_on=days_later(1).date())
        assert "เกิดขึ้นจริงวันที่ 3 พ.ย. 2569" in words(open_page(bench.head, case, "history/"))

    def test_names_the_post_the_person_held_then(self, bench, case):
        holding = bench.officer.holdings.get()
        holding.until_at = days_later(1)
        holding.save(update_fields=["until_at"])
        assert "(ตำแหน่ง officer)" in words(open_page(bench.head, case, "history/"))

    def test_says_that_the_chain_is_whole(self, bench, case):
        assert "ตรวจสอบแล้ว ครบถ้วน 2 เหตุการณ์" in words(open_page(bench.head, case, "history/"))

    def test_says_what_is_wrong_with_a_broken_chain(self, bench, case, monkeypatch):
        monkeypatch.setattr(history, "verify", lambda _: ["เหตุการณ์ที่ 2 ไม่ตรงกับที่บันทึกไว้"])
        page = words(open_page(bench.head, case, "history/"))
        assert "พบว่าประวัติไม่ครบถ้วน" in page
        assert "เหตุการณ์ที่ 2 ไม่ตรงกับที่บันทึกไว้" in page

    @pytest.mark.parametrize("many", [1, 3])
    def test_costs_the_same_number_of_queries(self, bench, case, many, django_assert_num_queries):
        for number in range(many):
            title = f"ไฟล์ {number}"
            evidence.attach(
                open_task(case), make_upload(), title=title, by=fresh(bench.officer), now=MONDAY
            )
        client = signed_in(bench.head)
        with django_assert_num_queries(11):
            client.get(f"/cases/{case.code}/history/")
        assert CaseEvent.objects.count() == 2 + many


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_number_of_queries(bench, many, django_assert_num_queries):
    case = bench.start(make_flow([f"row{number}" for number in range(many + 1)]))
    for _ in range(many):
        complete(open_task(case), bench.officer)
    client = signed_in(bench.officer)
    client.get(f"/cases/{case.code}/")
    with django_assert_num_queries(19):
        client.get(f"/cases/{case.code}/")
