"""The main job as its users do it: DLIT from its first row to its last, in real browsers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.accounts.selectors import DEMO_PASSWORD
from portal.demo.people import Cast, make_people
from portal.thai.dates import be_year
from tests.factories.calendar import fill_calendar
from tests.factories.standard import dlit_flow
from workflows.approvals.models import Decision, DecisionStatus
from workflows.cases import history
from workflows.cases.models import Case, CaseStatus

TEXT = "สรุปแนวทางจากการศึกษาระเบียบ"
REASON = "ขอข้อมูลความพร้อมของอินเทอร์เน็ตเพิ่มเติม"


@pytest.fixture
def cast() -> Cast:
    fill_calendar()
    return make_people(timezone.now())


def today_typed(days: int = 0) -> str:
    day = timezone.localdate() + timedelta(days=days)
    return f"{day.day}/{day.month}/{be_year(day)}"


def sign_in(page: Page, username: str) -> None:
    page.goto("/login/")
    page.get_by_label("ชื่อผู้ใช้").fill(username)
    page.get_by_label("รหัสผ่าน").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    page.wait_for_url("**/")


def the_case() -> Case:
    return Case.objects.get()


def standing(key: str) -> str:
    """Address of the row the case stands on, which must be this one."""
    task = the_case().tasks.get(step__key=key, blocking=True, closed_at=None)
    return f"/tasks/{task.pk}/"


def write_result(page: Page, text: str) -> None:
    page.get_by_label("ผลการดำเนินงาน", exact=True).fill(text)
    page.get_by_role("button", name="บันทึกร่าง").click()


def close_row(page: Page, *, day: str = "") -> None:
    page.get_by_label("ทำเสร็จจริงวันที่").fill(day or today_typed())
    page.get_by_role("button", name="ทำเสร็จแล้ว").click()


def do_row(page: Page, key: str) -> None:
    page.goto(standing(key))
    write_result(page, TEXT)
    close_row(page)


def appoint(page: Page) -> None:
    page.goto(standing("appoint"))
    page.get_by_role("link", name="เขียนคำสั่ง").click()
    page.get_by_label("เรื่อง", exact=False).first.fill("แต่งตั้งคณะทำงาน DLIT")
    page.get_by_label("อาศัยอำนาจตาม").fill("กฎหมายว่าด้วยระเบียบบริหารราชการกระทรวงศึกษาธิการ")
    page.get_by_label("ชื่อ–สกุล").first.fill("นายสมมติ กรรมการ")
    page.get_by_label("หน้าที่ในคณะ").first.fill("ประธานคณะทำงาน")
    page.get_by_label("อำนาจหน้าที่ของคณะ").fill("วิเคราะห์แนวทาง")
    page.get_by_label("ผู้ลงนาม", exact=True).fill("นายสมมติ ผู้อำนวยการ")
    page.get_by_label("ตำแหน่งผู้ลงนาม").fill("ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา")
    page.get_by_role("button", name="บันทึกร่างคำสั่ง").click()
    page.goto(page.url)
    page.get_by_label("คำสั่งที่").fill("12/2569")
    page.get_by_label("ลงวันที่").fill(today_typed())
    page.get_by_label("แจ้ง").first.fill(today_typed())
    page.get_by_role("button", name="บันทึกเลขคำสั่ง").click()
    page.goto(standing("appoint"))
    close_row(page)


def write_memo_and_submit(page: Page, key: str, proposal: str) -> None:
    page.goto(standing(key))
    page.get_by_role("link", name="บันทึกข้อความ").first.click()
    for label in ("เรื่องเดิม", "ข้อเท็จจริง", "ข้อกฎหมาย", "ข้อพิจารณา"):
        page.get_by_label(label).fill(f"{label} ของเรื่องทดสอบ")
    page.get_by_label("ข้อเสนอ").fill(proposal)
    page.get_by_role("button", name="บันทึก").first.click()
    page.goto(standing(key))
    page.get_by_role("link", name="เสนอ").last.click()
    page.get_by_role("button", name="เสนอ").last.click()


def waiting_decision() -> str:
    decision = Decision.objects.get(status=DecisionStatus.OPEN, submission__ended_at=None)
    return f"/decisions/{decision.pk}/"


def decide(page: Page, button: str, *, comment: str = "", address: str = "") -> None:
    page.goto(address or waiting_decision())
    if comment:
        page.get_by_label("ความเห็น").first.fill(comment)
    password = page.get_by_label("รหัสผ่านของท่าน")
    if password.count():
        password.first.fill(DEMO_PASSWORD)
    page.get_by_role("button", name=button, exact=True).click()


def test_dlit_runs_from_its_first_row_to_its_last(open_page, cast, fits, run_jobs):
    dlit_flow()
    staff, director = open_page(), open_page(phone=True)
    head, deputy = open_page(), open_page(phone=True)
    for page, name in (
        (staff, "staff"),
        (director, "director"),
        (head, "head"),
        (deputy, "deputy"),
    ):
        sign_in(page, name)

    # opens the case from the process, seeing its plan
    staff.goto("/processes/dlit/")
    staff.get_by_role("link", name="เริ่มเรื่อง").first.click()
    staff.get_by_label("ชื่อเรื่อง").fill("DLIT ปีทดสอบ")
    fits(staff)
    staff.get_by_role("button", name="เปิดเรื่อง").click()
    expect(staff.get_by_role("heading", level=1)).to_contain_text("DLIT ปีทดสอบ")
    fits(staff)

    # row 1: text, checklist, evidence
    staff.goto(standing("study-law"))
    staff.locator(
        "form[action$='/tick/'] button, form[action$='/tick/'] input[type=checkbox]"
    ).first.click()
    staff.set_input_files(
        "input[type=file]",
        {"name": "ระเบียบ.txt", "mimeType": "text/plain", "buffer": "ระเบียบ".encode()},
    )
    staff.get_by_role("button", name="แนบไฟล์").click()
    write_result(staff, TEXT)
    fits(staff)
    close_row(staff)
    appoint(staff)
    do_row(staff, "analyse")

    # row 4 goes up; the director returns it with a reason
    write_memo_and_submit(staff, "decide", "เห็นควรให้ความเห็นชอบแนวทาง")
    for page, comment in ((head, "เห็นควร"), (deputy, "")):
        page.goto("/")
        fits(page)
        decide(page, "เห็นควรให้ความเห็นชอบ", comment=comment)
    director.goto("/")
    expect(director.get_by_text("รอท่านพิจารณา").first).to_be_visible()
    fits(director)
    director.goto(waiting_decision())
    expect(director.get_by_role("heading", level=1)).to_contain_text("เห็นควรให้ความเห็นชอบแนวทาง")
    fits(director)
    return_case(director, "")
    fits(director)
    assert the_case().tasks.filter(step__key="analyse").count() == 1
    return_case(director, REASON)
    again = the_case().tasks.get(step__key="analyse", round=2)
    staff.goto(f"/tasks/{again.pk}/")
    expect(staff.get_by_text(REASON).first).to_be_visible()
    assert staff.get_by_label("ผลการดำเนินงาน", exact=True).input_value() == TEXT
    fits(staff)

    # round 2 is approved; a second browser pressing at the same moment is told
    do_row(staff, "analyse")
    write_memo_and_submit(staff, "decide", "เห็นควรให้ความเห็นชอบแนวทางที่ปรับปรุงแล้ว")
    decide(head, "เห็นควรให้ความเห็นชอบ")
    decide(deputy, "เห็นควรให้ความเห็นชอบ")
    address, second = waiting_decision(), open_page()
    sign_in(second, "director")
    second.goto(address)
    decide(director, "ให้ความเห็นชอบ", address=address)
    second.get_by_label("รหัสผ่านของท่าน").first.fill(DEMO_PASSWORD) if second.get_by_label(
        "รหัสผ่านของท่าน"
    ).count() else None
    second.get_by_role("button", name="คืนเรื่อง").first.click()
    expect(second.locator("main")).to_contain_text("ให้ความเห็นชอบ")
    assert the_case().tasks.filter(step__key="promote").count() == 1

    # the rest, to the report the director acknowledges and สพฐ. is told
    for key in ("promote", "train"):
        add_activity(staff, key)
        do_row(staff, key)
    for key in ("monitor", "evaluate"):
        do_row(staff, key)
    write_memo_and_submit(staff, "report", "เพื่อโปรดทราบ")
    decide(head, "เห็นควรรับทราบ")
    decide(deputy, "เห็นควรรับทราบ")
    decide(director, "รับทราบ")
    tell_obec(staff)
    assert the_case().status == CaseStatus.DONE
    assert history.verify(the_case()) == []
    staff.goto(f"/cases/{the_case().code}/history/")
    expect(staff.locator("main")).to_contain_text(REASON)
    fits(staff)


def return_case(page: Page, reason: str) -> None:
    """Press return; without a reason it is refused and the page says so."""
    page.goto(waiting_decision())
    page.locator("summary", has_text="คืนเรื่อง").click()
    box = page.locator("details", has=page.locator("summary", has_text="คืนเรื่อง"))
    if reason:
        box.get_by_label("เหตุผล").fill(reason)
    password = page.get_by_label("รหัสผ่านของท่าน")
    if password.count():
        password.first.fill(DEMO_PASSWORD)
    box.get_by_role("button", name="คืนเรื่อง").click()


def add_activity(page: Page, key: str) -> None:
    page.goto(standing(key))
    page.get_by_label("ชื่อกิจกรรม").first.fill("ชี้แจงเครือข่าย")
    page.get_by_role("button", name="เพิ่มกิจกรรม").click()
    activity = the_case().tasks.get(step__key=key, activity__gt=0, closed_at=None)
    page.goto(f"/tasks/{activity.pk}/")
    write_result(page, "ผู้เข้าร่วม 30 คน")
    close_row(page)


def tell_obec(page: Page) -> None:
    page.goto(standing("report"))
    page.get_by_label("รายงานต่อ").fill("สพฐ.")
    page.get_by_label("ระบบ").first.fill("ระบบรายงานของ สพฐ.")
    page.get_by_label("เลขอ้างอิง").fill("ตย 1/2569")
    page.get_by_label("วันที่รายงาน").fill(today_typed())
    page.get_by_role("button", name="บันทึกการรายงาน").click()
    close_row(page)
