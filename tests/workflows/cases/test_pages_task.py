"""The page of a row: what it tells, and to whom it offers what."""

from datetime import timedelta

import pytest

from tests.factories.people import make_user
from tests.factories.standard import dlit_flow, dltv_flow, make_flow
from tests.factories.uploads import make_upload
from tests.factories.work import MONDAY, complete, open_task
from tests.workflows.approvals.papers import (
    LATER,
    approval_flow,
    at_asking,
    give,
    open_link,
    submitted,
)
from tests.workflows.cases.pages import buttons, signed_in, words
from workflows.approvals.submitting import submit
from workflows.cases import evidence, services, waits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

PER_ACTIVITY = {"unit": "day", "min": 3, "max": 5, "per": "activity"}


def open_page(user, task):
    return signed_in(user).get(f"/tasks/{task.pk}/")


class TestTheRealRows:
    def test_say_what_the_manual_says(self, bench):
        page = words(open_page(bench.officer, open_task(bench.start(dlit_flow()))))
        assert "ขั้นที่ 1 จาก 9" in page
        assert "ศึกษากฎหมาย ระเบียบที่เกี่ยวข้อง" in page
        assert "5.1 ศึกษากฎหมาย ระเบียบที่เกี่ยวข้องในการดำเนินการ" in page
        assert "เวลาดำเนินงาน 1 ถึง 5 วันทำการ" in page
        assert "แบบสำรวจข้อมูลการจัดการเรียนการสอนทางไกล" in page
        assert "5 รายการ" in page

    def test_that_appoint_say_what_their_order_lacks(self, bench):
        case = bench.start(dlit_flow())
        complete(open_task(case), bench.officer)
        page = words(open_page(bench.officer, open_task(case)))
        assert "ยังขาด: รายชื่อคณะทำงาน" in page
        assert "ระบบทำเครื่องหมายให้เมื่อบันทึกแล้ว" in page

    def test_that_wait_for_a_letter_say_so(self, bench):
        page = words(open_page(bench.officer, open_task(bench.start(dltv_flow()))))
        assert "กำลังรอ สพฐ." in page
        assert "ยังขาด: หนังสือ" in page


def test_a_row_sent_back_says_what_to_mend_until_it_is_put_up_again(bench):
    task = submitted(bench).task
    give(open_link(task.submissions.get()), bench.head, "sent_back", comment="แก้คำผิด")
    page = words(open_page(bench.officer, task))
    told = "ส่งกลับให้แก้ถ้อยคำ แล้วเสนออีกครั้ง"
    assert (told in page, "แก้คำผิด" in page) == (True, True)
    assert page.index(told) < page.index("เสนอเพื่อ")
    submit(task, by=bench.officer, now=LATER)
    assert told not in words(open_page(bench.officer, task))


class TestWhatIsOffered:
    OWN = {"save", "attach", "complete", "wait"}

    @pytest.mark.parametrize(
        ("role", "offered"),
        [
            ("officer", OWN | {"assign"}), ("head", OWN | {"assign"}), ("deputy", {"assign"}),
            ("director", set()), ("helper", set()),
        ],
    )  # fmt: skip
    def test_is_what_the_person_may_do(self, bench, role, offered):
        case = bench.start()
        helper = make_user("helper")
        services.add_participant(case, user=helper, why="ร่วมงาน", by=bench.officer, now=MONDAY)
        task = open_task(case)
        page = open_page(helper if role == "helper" else getattr(bench, role), task)
        assert buttons(page, task.pk) == offered

    def test_of_a_waiting_row_is_to_end_the_wait(self, bench):
        task = open_task(bench.start())
        waits.begin(
            task, party="other", whom="", reason="รอ", stops_clock=True, by=bench.officer,
            now=MONDAY,
        )  # fmt: skip
        offered = buttons(open_page(bench.officer, task), task.pk)
        assert ("end-wait" in offered, "wait" in offered) == (True, False)

    def test_of_a_closed_row_is_nothing(self, bench):
        task = open_task(bench.start())
        complete(task, bench.officer)
        page = open_page(bench.officer, task)
        assert buttons(page, task.pk) == set()
        assert "ขั้นตอนนี้ปิดแล้ว (เสร็จแล้ว) ทำเสร็จจริงวันที่ 2 พ.ย. 2569" in words(page)

    def test_of_a_row_with_the_superiors_is_neither_text_nor_files(self, bench):
        task = submitted(bench).task
        assert buttons(open_page(bench.officer, task), task.pk) & {"save", "attach"} == set()

    def test_of_a_deciding_row_is_not_to_close_it(self, bench):
        task = at_asking(bench)
        assert "complete" not in buttons(open_page(bench.officer, task), task.pk)

    def test_of_a_parent_is_its_sub_rows(self, bench):
        flow = make_flow([{"key": "top"}, {"key": "sub", "parent": "top"}])
        task = open_task(bench.start(flow))
        page = open_page(bench.officer, task)
        assert "ขั้นตอนย่อย" in words(page)
        assert "complete" not in buttons(page, task.pk)

    def test_before_the_decision_is_no_report_to_outside(self, bench):
        item = {"key": "told", "text": "รายงาน สพฐ.", "step": "ask", "needs": "outside_report"}
        flow = approval_flow(items=[{**item, "after_decision": True}])
        page = open_page(bench.officer, at_asking(bench, flow))
        assert "บันทึกการรายงานได้หลังผู้บริหารพิจารณาแล้ว" in words(page)
        assert "ทำหลังผู้บริหารพิจารณา" in words(page)


def test_closing_is_the_primary_button_once_nothing_is_missing(bench):
    task = open_task(bench.start())
    services.save_task(task, result="พร้อมแล้ว", by=bench.officer, now=MONDAY)
    page = open_page(bench.officer, task).content.decode()
    assert page.count('class="btn btn-primary"') == 3  # closing; two inside folded small forms
    assert 'class="btn btn-primary" type="submit" form="work"' in page


def test_an_hour_deadline_says_its_hour(bench):
    hours = {"unit": "hour", "min": 1, "max": 4}
    task = open_task(bench.start(make_flow([{"key": "fix", "duration": hours}])))
    assert "ครบกำหนด 2 พ.ย. 2569 13:00 น. ครบกำหนดวันนี้" in words(open_page(bench.officer, task))


def test_a_due_date_on_a_weekend_says_that_this_is_the_last_day(bench, monkeypatch):
    friday, sunday = MONDAY + timedelta(days=4), MONDAY + timedelta(days=6)
    task = open_task(bench.start(letter_due_on=sunday.date()))
    monkeypatch.setattr("django.utils.timezone.now", lambda: friday)
    assert "วันนี้เป็นวันทำการสุดท้าย" in words(open_page(bench.officer, task))


@pytest.mark.parametrize("many", [1, 3])
def test_costs_the_same_number_of_queries(bench, many, django_assert_num_queries):
    row = open_task(bench.start(make_flow([{"key": "train", "duration": PER_ACTIVITY}])))
    for number in range(many):
        services.add_activity(row, title=f"รุ่น {number}", by=bench.officer, now=MONDAY)
        title = f"ไฟล์ {number}"
        evidence.attach(row, make_upload(), title=title, by=bench.officer, now=MONDAY)
    client = signed_in(bench.officer)
    client.get(f"/tasks/{row.pk}/")
    with django_assert_num_queries(24):
        client.get(f"/tasks/{row.pk}/")
