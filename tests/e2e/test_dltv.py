"""The data phase of DLTV equipment: a letter with its own deadline, a survey, a report outside."""

import re

from playwright.sync_api import Page, expect

from portal.thai.dates import thai_date
from tests.e2e import steps
from tests.e2e.steps import day, field, follow, give, open_waiting, press, section, told
from tests.factories.standard import dltv_flow
from workflows.approvals.models import Outcome
from workflows.approvals.words import outcome_words
from workflows.cases import history
from workflows.cases.models import CaseStatus

TITLE = "ความต้องการอุปกรณ์ DLTV ปีทดสอบ"
SUBJECT = "ข้อมูลความต้องการอุปกรณ์ DLTV"
# the manual prints no verb but พิจารณา for this row
ENDORSE, APPROVE = (
    outcome_words(each, "พิจารณา", "decide") for each in (Outcome.ENDORSED, Outcome.APPROVED)
)
ANSWERS = "โรงเรียน,ความต้องการ\nโรงเรียนตัวอย่าง,จานรับสัญญาณ\n".encode()


def test_dltv_data_phase_runs_from_the_letter_to_the_report(open_page, cast, fits_everywhere):
    dltv_flow()
    staff = open_page(cast.staff)
    steps.start_case(staff, "dltv-equipment", TITLE)
    chart = section(staff, "ผังขั้นตอน")
    told(staff, "รอหน่วยงานภายนอก")
    expect(chart).to_contain_text("ผ่าน")
    expect(chart).not_to_contain_text(re.compile("ไม่ผ่าน|ทบทวน"))
    receive_the_letter(staff, fits_everywhere)
    record_the_survey(staff, fits_everywhere)
    for result in ("ตรวจทานกับข้อมูลปีก่อนแล้ว", "ข้อมูลครบทุกแห่ง"):
        steps.go_on(staff)
        steps.do_row(staff, result)
    steps.go_on(staff)
    steps.propose(staff, SUBJECT, "เห็นควรอนุมัติและรายงาน สพฐ.")
    steps.opinions(open_page(cast.head), open_page(cast.deputy), SUBJECT, ENDORSE)
    director = open_page(cast.director, phone=True)
    open_waiting(director, SUBJECT)
    told(director, "42")
    give(director, APPROVE)
    told(director, "บันทึกแล้ว")
    report_before_closing(staff, fits_everywhere)
    assert steps.the_case().status == CaseStatus.DONE
    assert history.verify(steps.the_case()) == []


def receive_the_letter(staff: Page, fits) -> None:
    """The row waits for สพฐ. until the letter is received; the letter sets a deadline."""
    steps.go_on(staff)
    told(staff, re.compile("กำลังรอ.*สพฐ"))
    fits(staff)
    steps.close_row(staff, words="ได้รับแล้ว ปิดขั้นตอนนี้", answer=400)
    told(staff, re.compile("ยังขาด"))
    follow(staff, "บันทึกหนังสือรับ")
    fits(staff)
    for label, text in {
        "เลขรับ": "1024", "วันที่รับ": day(), "ที่": "ศธ ตัวอย่าง/ว 88", "ลงวันที่": day(),
        "จาก": "สพฐ.", "เรื่อง": "ขอให้สำรวจความต้องการอุปกรณ์", "กำหนดส่ง": day(20),
    }.items():  # fmt: skip
        field(staff, label).fill(text)
    press(staff, "บันทึกหนังสือรับ")
    told(staff, "1024")
    steps.close_row(staff, words="ได้รับแล้ว ปิดขั้นตอนนี้")
    deadline = steps.the_case().letter_due_on
    expect(section(staff, "เกี่ยวกับเรื่อง")).to_contain_text(thai_date(deadline))
    fits(staff)


def record_the_survey(staff: Page, fits) -> None:
    """How many were asked, how many answered, and the file; both deadlines stand on the page."""
    steps.go_on(staff)
    deadline = steps.the_case().letter_due_on
    told(staff, thai_date(deadline))
    survey = section(staff, "ผลการสำรวจ")
    field(survey, "จำนวนที่ขอข้อมูล").fill("42")
    field(survey, "จำนวนที่ตอบ").fill("40")
    field(survey, "แฟ้มข้อมูลหรือสรุปคำตอบ").set_input_files(
        {"name": "คำตอบ.csv", "mimeType": "text/csv", "buffer": ANSWERS}
    )
    press(survey, "บันทึกตัวเลข")
    told(staff, "บันทึกตัวเลขแล้ว")
    told(staff, "คำตอบ.csv")
    fits(staff)
    steps.do_row(staff, "สำรวจครบตามแบบฟอร์ม")


def report_before_closing(staff: Page, fits) -> None:
    """Approved is not done: the row closes when สพฐ. was told, with proof."""
    steps.open_case(staff)
    steps.go_on(staff)
    told(staff, "ผู้บริหารพิจารณาแล้ว")
    steps.close_row(staff, answer=400)
    told(staff, "ยังปิดขั้นตอนนี้ไม่ได้")
    steps.report_outside(staff, "ระบบของ สพฐ. (ตัวอย่าง)", "ตย 0002/2569", proof=ANSWERS)
    fits(staff)
    steps.close_row(staff)
    told(staff, "เรื่องนี้เสร็จสิ้นแล้ว")
    fits(staff)
