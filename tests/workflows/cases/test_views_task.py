"""What an officer does on the page of a row: who may, what happens, what a refusal leaves."""

from datetime import date

import pytest

from tests.factories.people import make_officer, make_school, make_school_user, make_unit, make_user
from tests.factories.standard import make_flow
from tests.factories.uploads import make_upload
from tests.factories.work import MONDAY, complete, days_later, fresh, open_task
from tests.workflows.cases.pages import post, raw, signed_in, words
from workflows.cases import evidence, services, waits
from workflows.cases.models import CaseStatus, TaskStatus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

CHECKS = [{"key": "read", "text": "อ่านระเบียบ", "step": "one"}]
DONE_TODAY = {"seen": "", "happened_on": "2/11/2569", "result": "อ่านครบแล้ว"}


@pytest.fixture
def case(bench):
    return bench.start(make_flow(["one", "two"], items=CHECKS))


@pytest.fixture
def task(case):
    return open_task(case)


@pytest.fixture
def optional(bench):
    """A row that is done only where there is something to do."""
    return open_task(bench.start(make_flow([{"key": "one", "optional": True}, "two"])))


def people(bench, case):
    """Everybody who may come to a page, by the part he plays."""
    helper = make_user("helper")
    services.add_participant(case, user=helper, why="ร่วมงาน", by=bench.officer, now=MONDAY)
    school = make_school_user(make_school())
    services.add_participant(case, user=school, why="แจ้งผล", by=bench.officer, now=MONDAY)
    return {
        "officer": bench.officer, "colleague": make_officer(bench.unit), "head": bench.head,
        "deputy": bench.deputy, "director": bench.director, "helper": helper,
        "stranger": make_officer(make_unit("กลุ่มอื่น")), "school": school,
        "administrator": make_user(administers=True),
    }  # fmt: skip


class TestWhoMay:
    """Not visible is 404, visible but not allowed 403, allowed leads on (302)."""

    @pytest.mark.parametrize(
        "action",
        [
            ("start", {}, {"officer", "colleague", "head"}),
            ("save", {"result": "ร่าง"}, {"officer", "colleague", "head"}),
            ("tick", {"item": "read:done"}, {"officer", "colleague", "head"}),
            ("complete", DONE_TODAY, {"officer", "colleague", "head"}),
            ("wait", {"party": "obec", "reason": "รอหนังสือ"}, {"officer", "colleague", "head"}),
        ],
    )
    @pytest.mark.parametrize(
        "role",
        [
            "officer", "colleague", "head", "deputy", "director", "helper", "stranger", "school",
            "administrator",
        ],
    )  # fmt: skip
    def test_each_role_gets_its_answer(self, bench, task, action, role):
        verb, typed, may = action
        user = people(bench, task.case)[role]
        expected = 302 if role in may else 404
        if role in {"colleague", "deputy", "director", "helper"} - may:
            expected = 403
        assert post(user, f"/tasks/{task.pk}/{verb}/", **typed).status_code == expected

    @pytest.mark.parametrize(
        ("role", "status"),
        [
            ("officer", 302), ("head", 302), ("deputy", 302), ("colleague", 403),
            ("director", 403), ("helper", 403), ("stranger", 404), ("school", 404),
        ],
    )  # fmt: skip
    def test_assigning_is_for_the_owner_and_who_leads(self, bench, case, task, role, status):
        everybody = people(bench, case)
        answer = post(everybody[role], f"/tasks/{task.pk}/assign/", to=everybody["colleague"].pk)
        assert answer.status_code == status

    def test_a_person_signed_out_is_led_to_the_login(self, client, task):
        assert client.post(f"/tasks/{task.pk}/complete/").status_code == 302

    def test_a_get_on_an_action_leads_to_the_page(self, bench, task):
        answer = signed_in(bench.officer).get(f"/tasks/{task.pk}/complete/")
        assert (answer.status_code, answer.url) == (302, f"/tasks/{task.pk}/")


class TestCompleting:
    def test_keeps_the_text_closes_the_row_and_leads_to_the_case(self, bench, case, task):
        answer = post(bench.officer, f"/tasks/{task.pk}/complete/", **DONE_TODAY)
        task.refresh_from_db()
        assert answer.url == f"/cases/{case.code}/"
        assert (task.status, task.result, task.happened_on) == (
            "done", "อ่านครบแล้ว", date(2026, 11, 2),
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            ("3/11/2569", "วันที่ทำเสร็จจริงต้องไม่เป็นวันในอนาคต"),
            ("1/11/2569", "วันที่ทำเสร็จจริงต้องไม่ก่อนวันเปิดเรื่อง (2 พ.ย. 2569)"),
            ("2/11/2026", "ปี 2026 เป็น ค.ศ. หากหมายถึง 2 พ.ย. 2569 ให้พิมพ์ 02/11/2569"),
            ("31/2/2569", "ไม่มีวันที่นี้ในปฏิทิน"),
            ("เมื่อวาน", "อ่านวันที่ไม่ออก"),
            ("", "กรุณากรอกช่องนี้"),
        ],
    )
    def test_a_wrong_day_is_told_beside_it_and_nothing_typed_is_lost(self, bench, task, day, said):
        typed = {"seen": "", "result": "พิมพ์ไว้ยาว", "happened_on": day}
        answer = post(bench.officer, f"/tasks/{task.pk}/complete/", **typed)
        task.refresh_from_db()
        assert answer.status_code == 400
        assert said in words(answer)
        assert f'name="happened_on" value="{day}"' in raw(answer) or not day
        assert "พิมพ์ไว้ยาว</textarea>" in raw(answer)
        assert (task.status, task.result) == ("working", "พิมพ์ไว้ยาว")

    def test_what_is_missing_is_said(self, bench, task):
        answer = post(bench.officer, f"/tasks/{task.pk}/complete/", happened_on="2/11/2569")
        assert answer.status_code == 400
        assert "ยังปิดขั้นตอนนี้ไม่ได้ ยังขาด: ผลการดำเนินงานหรือหลักฐาน" in words(answer)

    def test_a_row_closed_by_somebody_else_says_who_and_shows_what_was_typed(
        self, bench, case, task
    ):
        complete(task, make_officer(bench.unit, first_name="คนก่อน"))
        typed = {"seen": "x", "result": "ของฉันยังไม่ได้บันทึก", "happened_on": "2/11/2569"}
        answer = post(bench.officer, f"/tasks/{task.pk}/complete/", **typed)
        assert answer.status_code == 409
        assert "คนก่อน ปิดขั้นตอนนี้ไปแล้ว" in words(answer)
        assert "ของฉันยังไม่ได้บันทึก" in words(answer)

    def test_pressing_twice_is_harmless(self, bench, case, task):
        for _ in range(2):
            answer = post(bench.officer, f"/tasks/{task.pk}/complete/", **DONE_TODAY)
            assert answer.status_code == 302
        assert case.tasks.filter(step__key="two").count() == 1

    def test_other_words_for_a_row_one_has_closed_are_refused_and_shown(self, bench, task):
        post(bench.officer, f"/tasks/{task.pk}/complete/", **DONE_TODAY)
        typed = {**DONE_TODAY, "result": "พิมพ์ไว้ในอีกหน้าต่าง"}
        answer = post(bench.officer, f"/tasks/{task.pk}/complete/", **typed)
        assert answer.status_code == 409
        assert "พิมพ์ไว้ในอีกหน้าต่าง" in words(answer)
        task.refresh_from_db()
        assert task.result == DONE_TODAY["result"]

    def test_the_last_row_closes_the_case(self, bench, case, task):
        complete(task, bench.officer)
        post(bench.officer, f"/tasks/{open_task(case).pk}/complete/", **DONE_TODAY)
        case.refresh_from_db()
        assert case.status == CaseStatus.DONE


class TestARowFromOutside:
    @pytest.fixture
    def task(self, bench):
        return open_task(bench.start(make_flow([{"key": "letter", "external": True}, "two"])))

    def test_the_page_says_what_is_waited_for_and_offers_to_receive_it(self, bench, task):
        page = words(signed_in(bench.officer).get(f"/tasks/{task.pk}/"))
        assert "กำลังรอ สพฐ." in page
        assert "ได้รับแล้ว ปิดขั้นตอนนี้" in page
        assert "การรอที่ยังไม่สิ้นสุด" not in page

    def test_receiving_ends_the_wait_and_closes_the_row(self, bench, task):
        post(bench.officer, f"/tasks/{task.pk}/complete/", **DONE_TODAY)
        task.refresh_from_db()
        assert (task.status, task.waits.get().outcome) == ("done", "ได้รับแล้ว")

    def test_a_refused_receipt_leaves_it_waiting(self, bench, task):
        typed = {"seen": "", "result": "มาแล้ว", "happened_on": "3/11/2569"}
        assert post(bench.officer, f"/tasks/{task.pk}/complete/", **typed).status_code == 400
        assert task.waits.get().ended_at is None


class TestSkippingAndStarting:
    def test_an_optional_row_asks_first_and_shows_no_work(self, bench, optional):
        page = raw(signed_in(bench.officer).get(f"/tasks/{optional.pk}/"))
        assert "ต้องทำขั้นตอนนี้หรือไม่" in page
        assert '<textarea name="result"' not in page

    @pytest.mark.parametrize("verb", ["start", "skip"])
    def test_the_reason_is_required(self, bench, optional, verb):
        answer = post(bench.officer, f"/tasks/{optional.pk}/{verb}/", reason="  ")
        optional.refresh_from_db()
        assert (answer.status_code, optional.status) == (400, TaskStatus.OPEN)

    def test_starting_opens_the_work(self, bench, optional):
        post(bench.officer, f"/tasks/{optional.pk}/start/", reason="มีเรื่องให้ทำ")
        page = raw(signed_in(bench.officer).get(f"/tasks/{optional.pk}/"))
        assert '<textarea name="result"' in page

    def test_skipping_opens_the_next_row(self, bench, optional):
        post(bench.officer, f"/tasks/{optional.pk}/skip/", reason="ไม่มีรายการ")
        assert open_task(optional.case).step.key == "two"

    @pytest.mark.parametrize(
        ("role", "status"),
        [
            ("officer", 302), ("head", 302), ("deputy", 302), ("colleague", 403),
            ("director", 403), ("helper", 403), ("stranger", 404), ("school", 404),
        ],
    )  # fmt: skip
    def test_skipping_is_for_the_assignee_and_who_leads(self, bench, optional, role, status):
        user = people(bench, optional.case)[role]
        answer = post(user, f"/tasks/{optional.pk}/skip/", reason="ไม่มี")
        assert answer.status_code == status

    def test_a_row_that_must_be_done_cannot_be_skipped(self, bench, task):
        answer = post(bench.officer, f"/tasks/{task.pk}/skip/", reason="ไม่อยากทำ")
        assert answer.status_code == 409
        assert "ไม่อยากทำ" in words(answer)

    def test_closing_a_row_nobody_decided_on_says_so_on_top(self, bench, optional):
        typed = {"seen": "", "result": "พิมพ์ไว้", "happened_on": "3/11/2569"}
        answer = post(bench.officer, f"/tasks/{optional.pk}/complete/", **typed)
        assert answer.status_code == 409
        assert "พิมพ์ไว้" in words(answer)


class TestTicking:
    def test_ticks_and_unticks(self, bench, task):
        page = f"/tasks/{task.pk}/tick/"
        post(bench.officer, page, item="read:done")
        task.refresh_from_db()
        assert list(task.ticks) == ["read"]
        post(bench.officer, page, item="read:undone")
        task.refresh_from_db()
        assert task.ticks == {}

    def test_keeps_the_text_that_came_along(self, bench, task):
        post(bench.officer, f"/tasks/{task.pk}/tick/", item="read:done", seen="", result="ร่าง")
        task.refresh_from_db()
        assert task.result == "ร่าง"

    @pytest.mark.parametrize("item", ["nothing:done", "nothing:waived", "\x00:done", "\x00:waived"])
    def test_an_unknown_item_is_refused(self, bench, task, item):
        answer = post(bench.officer, f"/tasks/{task.pk}/tick/", item=item)
        assert answer.status_code == 400
        said = "จึงละเว้นไม่ได้" if "waived" in item else "ไม่พบรายการตรวจสอบนี้ในขั้นตอน"
        assert said in words(answer)


class TestWaiving:
    """An item with a need and a condition: where the condition does not hold, the need falls."""

    ITEM = {
        "key": "dcio", "text": "เสนอ DCIO", "step": "one", "needs": "outside_report",
        "condition": "วงเงินเกินเพดาน",
    }  # fmt: skip

    @pytest.fixture
    def task(self, bench):
        return open_task(bench.start(make_flow(["one"], items=[self.ITEM])))

    def test_is_offered_beside_the_condition_and_frees_the_row(self, bench, task):
        page = raw(signed_in(bench.officer).get(f"/tasks/{task.pk}/"))
        assert 'value="dcio:waived"' in page
        post(bench.officer, f"/tasks/{task.pk}/tick/", item="dcio:waived")
        page = words(signed_in(bench.officer).get(f"/tasks/{task.pk}/"))
        assert "ไม่เข้าเงื่อนไข “วงเงินเกินเพดาน”" in page
        assert "ยังขาด" not in page

    def test_can_be_taken_back(self, bench, task):
        post(bench.officer, f"/tasks/{task.pk}/tick/", item="dcio:waived")
        post(bench.officer, f"/tasks/{task.pk}/tick/", item="dcio:undone")
        task.refresh_from_db()
        assert task.ticks == {}


class TestAssigning:
    def test_goes_to_a_colleague(self, bench, task):
        colleague = make_officer(bench.unit)
        post(bench.officer, f"/tasks/{task.pk}/assign/", to=colleague.pk)
        task.refresh_from_db()
        assert task.assignee == colleague

    def test_a_stranger_is_no_choice(self, bench, task):
        stranger = make_officer(make_unit("กลุ่มอื่น"))
        assert post(bench.officer, f"/tasks/{task.pk}/assign/", to=stranger.pk).status_code == 400

    def test_offers_the_unit_and_the_participants_of_the_office(self, bench, case, task):
        everybody = people(bench, case)
        page = signed_in(bench.officer).get(f"/tasks/{task.pk}/")
        offered = {user.pk for user in page.context["forms"]["assign"].fields["to"].queryset}
        roles = {role for role, user in everybody.items() if user.pk in offered}
        assert roles == {"officer", "colleague", "head", "helper"}


class TestEarlierRounds:
    @pytest.fixture
    def again(self, bench):
        """Row one in its second round, with the first round's text and file."""
        case = bench.start()
        first = open_task(case)
        evidence.attach(first, make_upload(), title="ผลรอบหนึ่ง", by=bench.officer, now=MONDAY)
        complete(first, bench.officer)
        services.go_to_row(
            case, first.step, reason="ข้อมูลไม่ครบ", by=fresh(bench.head), now=days_later(0)
        )
        return open_task(case)

    def test_are_shown_with_their_files_and_why_the_row_is_open_again(self, bench, again):
        page = words(signed_in(bench.officer).get(f"/tasks/{again.pk}/"))
        assert "ขั้นตอนนี้เปิดเป็นรอบที่ 2" in page
        assert "เพราะ ข้อมูลไม่ครบ" in page
        assert "รอบที่ 1 · เสร็จแล้ว ทำแล้ว ผลรอบหนึ่ง" in page

    def test_their_text_can_be_put_below_what_is_written(self, bench, again):
        services.save_task(again, result="เขียนใหม่", by=bench.officer, now=MONDAY)
        post(bench.officer, f"/tasks/{again.pk}/take-over/", round="1")
        again.refresh_from_db()
        assert again.result == "เขียนใหม่\n\nทำแล้ว"

    def test_a_round_that_is_not_there_is_refused(self, bench, again):
        answer = post(bench.officer, f"/tasks/{again.pk}/take-over/", round="7")
        assert answer.status_code == 400
        assert "ไม่พบผลของรอบที่เลือก" in words(answer)


def test_a_wait_holds_the_row_open_in_words(bench):
    task = open_task(bench.start())
    waits.begin(
        task, party="school", whom="โรงเรียนตัวอย่าง", reason="รอรายชื่อ", stops_clock=False,
        by=bench.officer, now=MONDAY,
    )  # fmt: skip
    page = words(signed_in(bench.officer).get(f"/tasks/{task.pk}/"))
    assert "กำลังรอ สถานศึกษา โรงเรียนตัวอย่าง" in page
    assert "ยังขาด: การรอที่ยังไม่สิ้นสุด" in page
