"""The main job as its users do it: a DLIT case from its first row to its last."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.calendar.selectors import work_calendar
from portal.thai.dates import thai_date
from processes.models import Flow
from tests.e2e import steps
from tests.e2e.steps import follow, give, main, open_waiting, press, section, told
from tests.factories.standard import dlit_flow
from workflows.approvals.models import Decision, DecisionStatus
from workflows.cases import history
from workflows.cases.models import CaseStatus

TITLE = "ขยายผลแพลตฟอร์ม DLIT ปีทดสอบ"
RESULT = "คณะทำงานสรุปแนวทางจากการใช้งานของสถานศึกษา 3 ขนาด"
SUBJECT = "ขอความเห็นชอบแนวทางพัฒนา DLIT"
PROPOSAL = "เห็นควรให้ความเห็นชอบแนวทางพัฒนา DLIT"
REASON = "ขอข้อมูลความพร้อมของอินเทอร์เน็ตในโรงเรียนบนพื้นที่สูงเพิ่ม"
NOTE = "ให้รายงานผลทุกภาคเรียน"
LATE = re.compile(r"เกินกำหนด \d+ วันทำการ")
REPORT = "รายงานผลการดำเนินการ DLIT"


def test_dlit_runs_from_its_first_row_to_its_last(open_page, cast, fits, fits_everywhere):
    flow = dlit_flow()
    staff, head = open_page(), open_page(cast.head)
    deputy, director = open_page(cast.deputy, phone=True), open_page(cast.director, phone=True)
    open_a_case(staff, flow, fits_everywhere)
    work_three_rows(staff, fits_everywhere)
    put_up(staff, fits_everywhere)
    give_opinions(head, deputy, fits)
    return_on_the_phone(director, fits)
    work_the_second_round(staff, fits_everywhere)
    approve(head, deputy, director, open_page(cast.director), fits)
    do_activities(staff, fits_everywhere)
    report(staff, head, deputy, director)
    tell_obec(staff, fits_everywhere)
    read_the_whole_story(staff, fits_everywhere)


def test_case_that_is_late_says_so_in_words(open_page, cast, fits_everywhere):
    dlit_flow()
    staff, head = open_page(cast.staff), open_page(cast.head, phone=True)
    steps.start_case(staff, "dlit", TITLE, **{"เปิดเรื่องวันที่": steps.day(-60)})
    expect(section(staff, "ผังขั้นตอน").get_by_text("เกินกำหนด", exact=True)).to_have_count(1)
    expect(section(staff, "ขั้นตอนทั้งหมด")).to_contain_text(LATE)
    fits_everywhere(staff)
    for page in (staff, head):
        page.goto("/")
        expect(main(page)).to_contain_text(LATE)
    head.goto("/cases/?status=running&overdue=on")
    follow(main(head), TITLE)


def open_a_case(staff: Page, flow: Flow, fits) -> None:
    """One inbox, the process, the plan in Thai working days, the case."""
    steps.sign_in(staff, "staff")
    told(staff, "วันนี้ไม่มีงานค้าง")
    fits(staff)
    staff.goto("/processes/")
    follow(staff, re.compile(re.escape(flow.edition.name)))
    fits(staff)
    follow(staff, "เริ่มเรื่อง")
    plan = section(staff, "แผนของเรื่องนี้").get_by_role("row")
    expect(plan).to_have_count(10)
    due = work_calendar().add(timezone.localdate(), 5)
    expect(plan.nth(1)).to_contain_text(thai_date(due))
    told(staff, "เสร็จทุกขั้นตอนตามแผนภายใน")
    fits(staff)
    steps.field(staff, "ชื่อเรื่อง").fill(TITLE)
    press(staff, "เปิดเรื่องตามแผนนี้")
    expect(staff.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(section(staff, "ขั้นตอนทั้งหมด").get_by_role("row")).to_have_count(10)
    fits(staff)


def work_three_rows(staff: Page, fits) -> None:
    """Result, checklist and evidence; the appointment; the analysis."""
    steps.go_on(staff)
    steps.tick(staff, "ศึกษากฎหมาย ระเบียบที่เกี่ยวข้อง")
    steps.attach(staff, "สรุประเบียบ.txt", "สรุประเบียบ".encode(), title="สรุประเบียบ")
    told(staff, "สรุประเบียบ.txt")
    steps.write(staff, RESULT)
    staff.reload()
    expect(steps.field(staff, steps.RESULT)).to_have_value(RESULT)
    fits(staff)
    steps.close_row(staff)
    told(staff, "ปิดขั้นตอน “ศึกษากฎหมาย ระเบียบที่เกี่ยวข้อง” แล้ว")

    steps.go_on(staff)
    steps.appoint(staff)
    fits(staff)
    steps.number_order(staff, "12/2569")
    told(staff, "12/2569")
    fits(staff)
    steps.close_row(staff)

    steps.go_on(staff)
    steps.do_row(staff, RESULT)


def put_up(staff: Page, fits) -> None:
    """The memo's five parts, with what the rows before say already in it; then up it goes."""
    steps.go_on(staff)
    follow(staff, "เขียนบันทึกข้อความ")
    expect(steps.field(staff, "ข้อเท็จจริง")).to_have_value(re.compile(re.escape(RESULT)))
    fits(staff)
    staff.go_back()
    steps.write_memo(staff, SUBJECT, PROPOSAL)
    fits(staff)
    follow(staff, "ตรวจทานและเสนอ")
    fits(staff)
    staff.go_back()
    steps.put_up(staff)
    told(staff, "เรื่องอยู่ระหว่างการพิจารณา")
    fits(staff)


def give_opinions(head: Page, deputy: Page, fits) -> None:
    """The way up, read on a desk and on a phone."""
    for page in (head, deputy):
        open_waiting(page, SUBJECT)
        expect(page.get_by_role("heading", level=1)).to_have_text(PROPOSAL)
        fits(page)
        give(page, "เห็นควรให้ความเห็นชอบ", "เห็นควรดำเนินการ")
        told(page, "บันทึกแล้ว")
        fits(page)


def return_on_the_phone(director: Page, fits) -> None:
    """Without a reason it is refused where the director looks; with one row 3 opens again."""
    director.goto("/")
    fits(director)
    open_waiting(director, SUBJECT)
    told(director, "เห็นควรดำเนินการ")
    fits(director)
    give(director, "คืนเรื่อง", answer=400)
    expect(director.locator(".invalid-feedback:visible")).to_have_count(1)
    fits(director)
    assert steps.the_case().tasks.filter(step__key="analyse").count() == 1
    give(director, "คืนเรื่อง", REASON)
    told(director, REASON)
    fits(director)


def work_the_second_round(staff: Page, fits) -> None:
    """The reason stands on top, the earlier text is offered, and it is put up again."""
    staff.goto("/")
    told(staff, "รอบที่ 2")
    follow(main(staff), "วิเคราะห์แนวทางพัฒนาระบบดิจิทัลแพลตฟอร์ม DLIT")
    told(staff, REASON)
    expect(steps.field(staff, steps.RESULT)).to_have_value(RESULT)
    fits(staff)
    steps.do_row(staff, f"{RESULT} และสำรวจอินเทอร์เน็ตเพิ่มแล้ว")
    steps.go_on(staff)
    follow(staff, "เขียนบันทึกข้อความ")
    told(staff, re.compile("นำข้อความ.*รอบ.*มาให้แก้ต่อ"))
    expect(steps.field(staff, "ข้อเสนอ")).to_have_value(PROPOSAL)
    press(staff, "บันทึก")
    steps.put_up(staff)


def approve(head: Page, deputy: Page, director: Page, second: Page, fits) -> None:
    """Approved on the phone; a browser that still shows the open paper is told so."""
    steps.opinions(head, deputy, SUBJECT, "เห็นควรให้ความเห็นชอบ")
    for page in (director, second):
        open_waiting(page, SUBJECT)
    give(director, "ให้ความเห็นชอบ", NOTE)
    give(second, "คืนเรื่อง", "ขอคืน", answer=409)
    told(second, "บันทึกของท่านไม่ได้เก็บ")
    told(second, "ให้ความเห็นชอบไปแล้วเมื่อ")
    told(second, "ขอคืน")
    fits(second)
    case = steps.the_case()
    assert case.tasks.filter(step__key="promote").count() == 1
    assert case.events.filter(action="approved").count() == 1
    assert not Decision.objects.filter(status=DecisionStatus.OPEN).exists()


def do_activities(staff: Page, fits) -> None:
    """Two rows counted per activity, then monitoring and evaluation."""
    for place in ("ชี้แจงเครือข่ายที่ 1", "อบรมผู้บริหารสถานศึกษา"):
        steps.open_case(staff)
        steps.go_on(staff)
        do_activity(staff, place, fits)
        steps.do_row(staff, "ดำเนินการครบทุกเครือข่าย")
    steps.go_on(staff)
    told(staff, "จำนวนผู้เข้าร่วมจริง")
    steps.field(staff, "เข้าร่วมจริง (คน)").fill("24")
    steps.do_row(staff, "ติดตามครบทุกสถานศึกษา")
    steps.go_on(staff)
    steps.do_row(staff, "ประเมินผลแล้วอยู่ในระดับดี")


def do_activity(staff: Page, title: str, fits) -> None:
    """Add it, fill it in on its own page, close it."""
    box = section(staff, "กิจกรรม")
    steps.field(box, "ชื่อกิจกรรม").fill(title)
    steps.field(box, "ตั้งแต่วันที่").fill(steps.day())
    press(box, "เพิ่มกิจกรรม")
    follow(section(staff, "กิจกรรม"), f"1. {title}")
    fits(staff)
    steps.field(staff, "เป้าหมาย (คน)").fill("30")
    steps.field(staff, "เข้าร่วมจริง (คน)").fill("32")
    steps.write(staff, "ผู้เข้าร่วมครบตามเป้าหมาย")
    steps.close_row(staff, words="กิจกรรมเสร็จแล้ว")
    told(staff, "เข้าร่วมจริง (คน) 32")


def report(staff: Page, head: Page, deputy: Page, director: Page) -> None:
    """The director acknowledges the report."""
    steps.go_on(staff)
    steps.propose(staff, REPORT, "จึงเรียนมาเพื่อโปรดทราบ")
    steps.opinions(head, deputy, REPORT, "เห็นควรรับทราบ")
    open_waiting(director, REPORT)
    give(director, "รับทราบ")
    told(director, "บันทึกแล้ว")


def tell_obec(staff: Page, fits) -> None:
    """What remains of the row after the decision: สพฐ. is told; then the case closes."""
    steps.open_case(staff)
    steps.go_on(staff)
    told(staff, "ผู้บริหารพิจารณาแล้ว")
    steps.close_row(staff, answer=400)
    told(staff, "ยังปิดขั้นตอนนี้ไม่ได้")
    steps.report_outside(staff, "ระบบรายงานของ สพฐ. (ตัวอย่าง)", "ตย 0001/2569")
    fits(staff)
    steps.close_row(staff)
    told(staff, "เรื่องนี้เสร็จสิ้นแล้ว")
    assert steps.the_case().status == CaseStatus.DONE


def read_the_whole_story(staff: Page, fits) -> None:
    """The page of the closed case, and a history that explains and checks itself."""
    fits(staff)
    chart = section(staff, "ผังขั้นตอน")
    expect(chart.get_by_text("เสร็จแล้ว", exact=True)).to_have_count(9)
    follow(staff, re.compile("ประวัติทั้งหมด"))
    told(staff, "ตรวจสอบแล้ว ครบถ้วน")
    for words in (TITLE, REASON, NOTE, "12/2569", "ตย 0001/2569", "สรุประเบียบ"):
        told(staff, words)
    fits(staff)
    assert history.verify(steps.the_case()) == []
