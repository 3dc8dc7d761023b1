"""Rows with a table, as their officer fills them in: with scripts, without, and on a phone."""

import re

from playwright.sync_api import Page, expect

from tests.e2e import steps
from tests.e2e.stage import case_of
from tests.e2e.steps import close_row, day, field, press, section, told, unfold
from tests.factories.standard import make_flow
from tests.factories.work import open_task
from workflows.cases.models import Task

KINDS = ("meeting", "plan", "items", "register")
FLOW = [{"key": kind, "kind": kind} for kind in KINDS]


def work(page: Page, cast) -> Task:
    """The page of the first row of a case with a row of every kind."""
    task = open_task(case_of(cast, make_flow(FLOW)))
    page.goto(f"/tasks/{task.pk}/")
    return task


def cell(page: Page, label: str, line: int):
    return field(page, f"{label} บรรทัดที่ {line}")


def kept(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator("#saved")).to_contain_text("บันทึกร่างแล้ว")


def lines(key: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = Task.objects.get(step__key=key).sheet["lines"]
    return found


def test_every_kind_is_filled_in_and_closed(open_page, cast, fits_everywhere):
    page = open_page(cast.staff)
    work(page, cast)
    told(page, "มติที่ประชุมอย่างน้อยหนึ่งข้อ")
    fits_everywhere(page)
    field(page, "วันที่ประชุม").fill(day())
    field(page, "ผู้เข้าประชุม (คน)").fill("9")
    cell(page, "มติ", 1).fill("เห็นชอบ")
    kept(page)
    close_row(page)

    steps.go_on(page)
    field(page, "วัตถุประสงค์").fill("เพื่อทดสอบ")
    cell(page, "กิจกรรม", 1).fill("อบรม")
    cell(page, "งบประมาณ (บาท)", 1).fill("๑๒,๐๐๐")
    expect(page.locator("#sums")).to_contain_text("12,000.00")  # saved by itself while typing
    fits_everywhere(page)
    close_row(page)

    steps.go_on(page)
    paste_from_a_spreadsheet(page, fits_everywhere)
    close_row(page)

    steps.go_on(page)
    cell(page, "เรื่อง", 1).fill("ขอคำปรึกษา")
    kept(page)
    close_row(page)
    told(page, "เรื่องนี้เสร็จสิ้นแล้ว")
    assert lines("plan") == [{"activity": "อบรม", "budget": "12000.00"}]
    steps.follow(page, re.compile("ประวัติทั้งหมด"))
    for folded in page.locator("details.kb-more").all():
        folded.locator("summary").click()
    told(page, "12,000.00")
    fits_everywhere(page)


def paste_from_a_spreadsheet(page: Page, fits) -> None:
    """What cannot be read is named by its line, and stays to be mended."""
    folded = unfold(section(page, "บันทึกผล"), "วางบรรทัดจาก Excel")
    box = field(folded, "วางบรรทัดจากตารางคำนวณที่นี่")
    box.fill("จอภาพ\t2\tจอ\t3500\nเมาส์\tสิบ")
    press(folded, "นำเข้าตาราง", answer=400)
    told(page, "บรรทัดที่ 2 ช่อง “จำนวน”")
    fits(page)
    folded = unfold(section(page, "บันทึกผล"), "วางบรรทัดจาก Excel")
    field(folded, "วางบรรทัดจากตารางคำนวณที่นี่").fill("จอภาพ\t2\tจอ\t3500\nเมาส์\t10\tอัน\t90.50")
    press(folded, "นำเข้าตาราง")
    expect(page.locator("#sums")).to_contain_text("7,905.00")


def test_a_line_more_comes_by_script_and_is_kept(open_page, cast):
    page = open_page(cast.staff)
    work(page, cast)
    cell(page, "มติ", 1).fill("หนึ่ง")
    kept(page)
    for number in (3, 4):
        page.get_by_role("button", name="เพิ่มบรรทัด").click()
        expect(cell(page, "มติ", number)).to_be_focused()
    cell(page, "มติ", 4).fill("สี่")
    cell(page, "ภายในวันที่", 4).fill("เร็ว ๆ นี้")
    page.keyboard.press("Tab")
    expect(page.locator("#saved")).to_contain_text("อ่านไม่ได้: ภายในวันที่ บรรทัดที่ 4")
    page.reload()
    expect(cell(page, "มติ", 4)).to_have_value("สี่")
    expect(cell(page, "ภายในวันที่", 4)).to_have_value("เร็ว ๆ นี้")


def test_what_a_row_lacks_follows_the_typing_and_going_back_loses_nothing(open_page, cast):
    page = open_page(cast.staff)
    work(page, cast)
    told(page, "มติที่ประชุมอย่างน้อยหนึ่งข้อ")
    field(page, "วันที่ประชุม").fill("วันนี้เย็น")
    press(page, "บันทึกร่าง", answer=400)
    expect(field(page, "วันที่ประชุม")).to_have_attribute("aria-invalid", "true")
    field(page, "วันที่ประชุม").fill(day())
    field(page, "ผู้เข้าประชุม (คน)").fill("๙")
    cell(page, "มติ", 1).fill("เห็นชอบ")
    kept(page)
    expect(page.locator("[aria-invalid=true], #typing [role=alert]")).to_have_count(0)
    expect(page.locator("#holds")).to_be_empty()

    field(page, steps.RESULT).press_sequentially("ก่อนออก")
    page.locator(".kb-back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("เรื่องทดสอบ")
    page.go_back()
    expect(field(page, steps.RESULT)).to_have_value("ก่อนออก")
    field(page, steps.RESULT).press_sequentially("ต่อท้าย")
    kept(page)


def test_two_browsers_do_not_overwrite_each_other(open_page, cast):
    mine, theirs = open_page(cast.staff), open_page(cast.colleague)
    task = work(mine, cast)
    theirs.goto(f"/tasks/{task.pk}/")
    cell(theirs, "มติ", 1).fill("มติของเพื่อน")
    kept(theirs)
    cell(mine, "มติ", 1).fill("มติของฉัน")
    mine.keyboard.press("Tab")
    expect(mine.locator("#saved")).to_contain_text("มีผู้แก้ไขรายละเอียดของขั้นตอนนี้")
    press(mine, "บันทึกร่าง", answer=409)
    told(mine, "มติของเพื่อน")
    expect(cell(mine, "มติ", 1)).to_have_value("มติของฉัน")
    press(mine, "บันทึกร่าง")
    assert lines("meeting") == [{"resolution": "มติของฉัน"}]


def test_it_works_without_scripts_on_a_phone(open_page, cast):
    page = open_page(cast.staff, phone=True, scripts=False)
    work(page, cast)
    cell(page, "มติ", 1).fill("หนึ่ง")
    press(page, "เพิ่มบรรทัด")
    expect(cell(page, "มติ", 1)).to_have_value("หนึ่ง")
    cell(page, "มติ", 7).fill("เจ็ด")
    field(page, "วันที่ประชุม").fill("1/1/2026")
    press(page, "บันทึกร่าง", answer=400)
    told(page, re.compile("ค.ศ."))
    field(page, "วันที่ประชุม").fill(day())
    field(page, "ผู้เข้าประชุม (คน)").fill("๙")
    close_row(page)
    assert [line["resolution"] for line in lines("meeting")] == ["หนึ่ง", "เจ็ด"]
