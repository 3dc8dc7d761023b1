"""Typed text: saved by itself, carried along by every button, never lost, never overwritten."""

import pytest

from tests.factories.people import make_officer
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, complete, open_task
from tests.workflows.cases.pages import hidden, post, raw, signed_in, words
from workflows.cases import services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

BY_SCRIPT = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def task(bench):
    return open_task(bench.start())


@pytest.fixture
def activity(bench):
    per = {"unit": "day", "min": 3, "max": 5, "per": "activity"}
    row = open_task(bench.start(make_flow([{"key": "train", "duration": per}])))
    return services.add_activity(row, title="อบรมรุ่น 1", by=bench.officer, now=MONDAY)


def save(user, task, *, script=True, **typed):
    extra = BY_SCRIPT if script else {}
    return signed_in(user).post(f"/tasks/{task.pk}/save/", typed, **extra)


def test_saving_by_script_answers_with_the_time(bench, task):
    answer = save(bench.officer, task, seen="", result="ร่างแรก")
    task.refresh_from_db()
    assert (answer.status_code, task.result) == (200, "ร่างแรก")
    assert "บันทึกร่างแล้ว 09:00 น." in words(answer)


def test_saving_by_button_leads_back_to_the_text(bench, task):
    answer = save(bench.officer, task, script=False, seen="", result="ร่างแรก")
    task.refresh_from_db()
    assert (answer.status_code, answer.url, task.result) == (
        302, f"/tasks/{task.pk}/#work", "ร่างแรก",
    )  # fmt: skip


def test_lines_end_as_they_were_typed_in_the_browser(bench, task):
    save(bench.officer, task, seen="", result="หนึ่ง\r\nสอง")
    task.refresh_from_db()
    assert task.result == "หนึ่ง\nสอง"


def test_the_first_letter_begins_the_row(bench, task):
    save(bench.officer, task, seen="", result="ก")
    task.refresh_from_db()
    assert task.status == "working"


def test_typing_is_no_event(bench, task):
    before = task.case.events.count()
    save(bench.officer, task, seen="", result="ก")
    assert task.case.events.count() == before


@pytest.mark.parametrize("script", [True, False])
def test_words_somebody_else_saved_meanwhile_are_not_overwritten(bench, task, script):
    seen = hidden(signed_in(bench.officer).get(f"/tasks/{task.pk}/"), "seen")
    services.save_task(task, result="ของคนอื่น", by=make_officer(bench.unit), now=MONDAY)
    answer = save(bench.officer, task, script=script, seen=seen, result="ของฉัน")
    task.refresh_from_db()
    assert (answer.status_code, task.result) == (409, "ของคนอื่น")
    assert "มีผู้แก้ไขข้อความนี้หลังจากท่านเปิดหน้า" in words(answer)


def test_after_the_conflict_both_texts_are_there_and_saving_again_is_a_choice(bench, task):
    seen = hidden(signed_in(bench.officer).get(f"/tasks/{task.pk}/"), "seen")
    services.save_task(task, result="ของคนอื่น", by=make_officer(bench.unit), now=MONDAY)
    answer = save(bench.officer, task, script=False, seen=seen, result="ของฉัน")
    assert "ของฉัน</textarea>" in raw(answer)
    assert "ข้อความที่บันทึกไว้ล่าสุด ของคนอื่น" in words(answer)
    again = save(bench.officer, task, script=False, seen=hidden(answer, "seen"), result="ของฉัน")
    task.refresh_from_db()
    assert (again.status_code, task.result) == (302, "ของฉัน")


def test_by_script_the_page_does_not_learn_the_newer_text_unseen(bench, task):
    seen = hidden(signed_in(bench.officer).get(f"/tasks/{task.pk}/"), "seen")
    services.save_task(task, result="ของคนอื่น", by=make_officer(bench.unit), now=MONDAY)
    answer = save(bench.officer, task, seen=seen, result="ของฉัน")
    assert hidden(answer, "seen") == seen


def test_one_page_goes_on_saving(bench, task):
    seen = hidden(signed_in(bench.officer).get(f"/tasks/{task.pk}/"), "seen")
    for text in ("ก", "กข", "กขค"):
        answer = save(bench.officer, task, seen=seen, result=text)
        seen = hidden(answer, "seen")
    task.refresh_from_db()
    assert (answer.status_code, task.result) == (200, "กขค")


def test_a_refused_action_elsewhere_on_the_page_keeps_the_text(bench, task):
    answer = post(bench.officer, f"/tasks/{task.pk}/tick/", item="x:done", seen="", result="ยาวมาก")
    task.refresh_from_db()
    assert (answer.status_code, task.result) == (400, "ยาวมาก")


def test_text_for_a_row_that_was_closed_meanwhile_is_shown_again(bench, task):
    complete(task, make_officer(bench.unit))
    answer = save(bench.officer, task, script=False, seen="x", result="ยังไม่ได้บันทึก")
    assert answer.status_code == 409
    assert "ยังไม่ได้บันทึก" in words(answer)


def test_by_script_a_closed_row_refuses(bench, task):
    complete(task, make_officer(bench.unit))
    assert save(bench.officer, task, seen="x", result="ก").status_code == 409


class TestAnActivity:
    FACTS = {
        "seen": "", "title": "อบรมรุ่น 1", "from_on": "2/11/2569", "until_on": "4/11/2569",
        "place": "หอประชุม", "target": "40", "actual": "38", "result": "เรียบร้อย",
    }  # fmt: skip

    def test_keeps_its_dates_place_people_and_result(self, bench, activity):
        save(bench.officer, activity, **self.FACTS)
        activity.refresh_from_db()
        assert (activity.place, activity.result, activity.until_on.day) == (
            "หอประชุม", "เรียบร้อย", 4,
        )  # fmt: skip
        assert activity.figures == [
            {"key": "target", "label": "เป้าหมาย (คน)", "value": 40},
            {"key": "actual", "label": "เข้าร่วมจริง (คน)", "value": 38},
        ]

    @pytest.mark.parametrize("script", [True, False])
    @pytest.mark.parametrize(
        "wrong",
        [
            ("from_on", "2/11/2026", "ปี 2026 เป็น ค.ศ."),
            ("target", "สี่สิบ", "กรุณากรอกเป็นจำนวนเต็ม"),
            ("title", " ", "กรุณากรอกช่องนี้"),
        ],
    )
    def test_one_wrong_field_does_not_lose_the_others(self, bench, activity, script, wrong):
        name, typed, said = wrong
        answer = save(bench.officer, activity, script=script, **{**self.FACTS, name: typed})
        activity.refresh_from_db()
        assert answer.status_code == 400
        assert said in words(answer)
        assert (activity.place, activity.result) == ("หอประชุม", "เรียบร้อย")

    def test_days_in_the_wrong_order_are_refused_and_stay_typed(self, bench, activity):
        typed = {**self.FACTS, "until_on": "1/11/2569"}
        answer = save(bench.officer, activity, script=False, **typed)
        assert answer.status_code == 400
        assert "วันสิ้นสุดต้องไม่ก่อนวันเริ่ม" in words(answer)
        assert "เรียบร้อย</textarea>" in raw(answer)

    @pytest.mark.parametrize(
        ("name", "typed", "said"),
        [
            ("from_on", "1/1/2470", "ต้องไม่ก่อนวันเปิดเรื่อง"),
            ("until_on", "2/11/2596", "ห่างจากวันเปิดเรื่องเกินสามปี"),
        ],
    )
    def test_days_far_from_the_case_are_taken_for_a_slip(self, bench, activity, name, typed, said):
        answer = save(bench.officer, activity, script=False, **{**self.FACTS, name: typed})
        assert answer.status_code == 400
        assert said in words(answer)
        assert "เรียบร้อย</textarea>" in raw(answer)

    def test_closing_it_leads_back_to_the_row(self, bench, activity):
        typed = {**self.FACTS, "happened_on": "2/11/2569"}
        answer = post(bench.officer, f"/tasks/{activity.pk}/complete/", **typed)
        activity.refresh_from_db()
        assert (answer.url, activity.status) == (
            f"/tasks/{activity.parent_id}/#activities", "done",
        )  # fmt: skip
