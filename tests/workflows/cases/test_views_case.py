"""What the owner or a head does to a whole case, over HTTP."""

import pytest

from tests.factories.people import make_officer, make_school, make_school_user, make_unit, make_user
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, complete, open_task
from tests.workflows.cases.pages import buttons, post, raw, signed_in, words
from workflows.cases import services
from workflows.cases.models import CaseStatus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def case(bench):
    return bench.start(make_flow(["one", "two", "three"]))


def step(case, key):
    return case.flow.steps.get(key=key)


def send(user, case, verb, /, **typed):
    return post(user, f"/cases/{case.code}/{verb}/", **typed)


class TestWhoMay:
    @pytest.mark.parametrize(
        "action",
        [
            ("cancel", {"reason": "ซ้ำ"}, {"officer", "head", "deputy"}),
            ("go-to", {"reason": "ข้าม", "step": "three"}, {"head", "deputy"}),
            ("invite", {"why": "ร่วมงาน", "user": "guest"}, {"officer", "head", "deputy"}),
            ("deadline", {"deadline": "9/11/2569"}, {"officer", "colleague", "head"}),
            ("prepare", {"reason": "รอคำสั่ง", "step": "three"}, {"officer", "colleague", "head"}),
        ],
    )
    @pytest.mark.parametrize(
        "role",
        ["officer", "colleague", "head", "deputy", "director", "stranger", "school", "invited"],
    )
    def test_each_role_gets_its_answer(self, bench, case, action, role):
        verb, typed, may = action
        school = make_school_user(make_school())
        services.add_participant(case, user=school, why="แจ้ง", by=bench.officer, now=MONDAY)
        people = {
            "colleague": make_officer(bench.unit), "stranger": make_officer(make_unit("กลุ่มอื่น")),
            "school": make_school_user(make_school()), "invited": school,
        }  # fmt: skip
        known = {"three": step(case, "three").pk, "guest": make_user("guest").pk}
        facts = {name: known.get(value, value) for name, value in typed.items()}
        expected = 302 if role in may else 404 if role in ("stranger", "school") else 403
        user = people.get(role) or getattr(bench, role)
        assert send(user, case, verb, **facts).status_code == expected

    def test_a_get_on_an_action_leads_to_the_case(self, bench, case):
        answer = signed_in(bench.officer).get(f"/cases/{case.code}/cancel/")
        assert (answer.status_code, answer.url) == (302, f"/cases/{case.code}/")


class TestCancelling:
    def test_ends_the_case_with_the_reason(self, bench, case):
        send(bench.officer, case, "cancel", reason="เปิดซ้ำ")
        case.refresh_from_db()
        assert case.status == CaseStatus.CANCELLED
        assert "ยกเลิกเรื่อง เพราะ เปิดซ้ำ" in words(
            signed_in(bench.head).get(f"/cases/{case.code}/history/")
        )

    def test_needs_a_reason(self, bench, case):
        answer = send(bench.officer, case, "cancel", reason=" ")
        case.refresh_from_db()
        assert (answer.status_code, case.status) == (400, CaseStatus.RUNNING)
        assert answer.context["forms"]["cancel"].errors["reason"]

    def test_a_case_that_ended_meanwhile_says_so_and_shows_what_was_typed(self, bench, case):
        services.cancel_case(case, reason="ซ้ำ", by=bench.officer, now=MONDAY)
        answer = send(bench.officer, case, "cancel", reason="พิมพ์เหตุผลไว้แล้ว")
        assert answer.status_code == 409
        assert "เพราะเรื่องนี้อยู่ในสถานะ “ยกเลิก”" in words(answer)
        assert "พิมพ์เหตุผลไว้แล้ว" in words(answer)


class TestMoving:
    def test_goes_to_the_row(self, bench, case):
        send(bench.head, case, "go-to", step=step(case, "three").pk, reason="ทำแล้วนอกระบบ")
        assert open_task(case).step.key == "three"

    def test_a_row_of_another_process_is_no_choice(self, bench, case):
        other = make_flow(["x"]).steps.get()
        answer = send(bench.head, case, "go-to", step=other.pk, reason="พิมพ์ไว้")
        assert answer.status_code == 400
        assert "พิมพ์ไว้</textarea>" in raw(answer)

    def test_an_ended_case_opens_again_at_a_row(self, bench, case):
        for _ in range(3):
            complete(open_task(case), bench.officer)
        send(bench.head, case, "reopen", step=step(case, "two").pk, reason="ตรวจพบข้อผิดพลาด")
        task = open_task(case)
        assert (task.step.key, task.round, task.result) == ("two", 2, "ทำแล้ว")

    def test_a_running_case_cannot_be_reopened(self, bench, case):
        answer = send(bench.head, case, "reopen", step=step(case, "two").pk, reason="พิมพ์ไว้")
        assert answer.status_code == 409


class TestPreparingAhead:
    def prepare(self, bench, case, key="two", reason="รอคำสั่ง"):
        return send(bench.officer, case, "prepare", step=step(case, key).pk, reason=reason)

    def test_opens_the_row_for_writing_before_its_turn(self, bench, case):
        self.prepare(bench, case)
        task = case.tasks.get(step__key="two")
        answer = signed_in(bench.officer).get(f"/tasks/{task.pk}/")
        assert task.status == "ahead"
        assert "กำลังเตรียมล่วงหน้า" in words(answer)
        assert buttons(answer, task.pk) == {"save", "attach"}

    def test_leads_to_the_row_whose_time_does_not_run_yet(self, bench, case):
        answer = self.prepare(bench, case)
        task = case.tasks.get(step__key="two")
        assert answer.url == f"/tasks/{task.pk}/"
        assert "เริ่มนับ" not in words(signed_in(bench.officer).get(answer.url))

    def test_what_was_written_is_there_when_the_row_opens(self, bench, case):
        self.prepare(bench, case)
        task = case.tasks.get(step__key="two")
        post(bench.officer, f"/tasks/{task.pk}/save/", seen="", result="ร่างไว้ก่อน")
        complete(open_task(case), bench.officer)
        assert open_task(case).result == "ร่างไว้ก่อน"

    def test_cannot_be_closed_before_its_turn(self, bench, case):
        self.prepare(bench, case)
        task = case.tasks.get(step__key="two")
        typed = {"seen": "", "result": "เสร็จแล้ว", "happened_on": "2/11/2569"}
        assert post(bench.officer, f"/tasks/{task.pk}/complete/", **typed).status_code == 409

    def test_needs_a_reason_and_a_row_that_may_be_prepared(self, bench, case):
        assert self.prepare(bench, case, reason=" ").status_code == 400
        assert self.prepare(bench, case, key="one").status_code == 400

    def test_is_shown_among_the_rows(self, bench, case):
        self.prepare(bench, case)
        page = words(signed_in(bench.officer).get(f"/cases/{case.code}/"))
        assert "เตรียมล่วงหน้า" in page


class TestInviting:
    def test_lets_a_school_see_the_case(self, bench, case):
        school = make_school_user(make_school())
        send(bench.officer, case, "invite", user=school.pk, why="โรงเรียนนำร่อง")
        assert signed_in(school).get(f"/cases/{case.code}/").status_code == 200
        page = words(signed_in(bench.officer).get(f"/cases/{case.code}/"))
        assert f"{school.full_name} โรงเรียนนำร่อง" in page

    def test_who_is_in_already_is_no_choice(self, bench, case):
        guest = make_user("guest")
        services.add_participant(case, user=guest, why="แจ้ง", by=bench.officer, now=MONDAY)
        answer = send(bench.officer, case, "invite", user=guest.pk, why="อีกครั้ง")
        assert answer.status_code == 400

    def test_needs_to_say_why(self, bench, case):
        guest = make_user("guest")
        answer = send(bench.officer, case, "invite", user=guest.pk, why="")
        assert answer.context["forms"]["add_participant"].errors["why"]


class TestTheLettersDeadline:
    def test_stands_on_every_open_row_and_can_be_taken_away(self, bench, case):
        send(bench.officer, case, "deadline", deadline="9/11/2569")
        assert open_task(case).letter_due_on.day == 9
        send(bench.officer, case, "deadline", deadline="")
        assert open_task(case).letter_due_on is None

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("1/11/2567", "กำหนดส่งก่อนวันเปิดเรื่องเกินหนึ่งปี"),
            ("9/11/2026", "ปี 2026 เป็น ค.ศ."),
            ("พรุ่งนี้", "อ่านวันที่ไม่ออก"),
        ],
    )
    def test_a_wrong_day_is_told_beside_it(self, bench, case, typed, said):
        answer = send(bench.officer, case, "deadline", deadline=typed)
        assert answer.status_code == 400
        assert said in words(answer)
        assert f'value="{typed}"' in raw(answer)
