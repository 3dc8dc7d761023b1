"""What people do on the pages, step by step. A test says who does it and what comes of it."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, Response, expect

from portal.accounts.selectors import DEMO_PASSWORD
from portal.thai.dates import be_year
from workflows.cases.models import Case

RESULT = "ผลการดำเนินงาน"
DONE_ON = "ทำเสร็จจริงวันที่"
CLOSE = "ทำเสร็จแล้ว ปิดขั้นตอนนี้"
MEMO = {
    "เรื่องเดิม": "คณะทำงานได้รับมอบหมายให้จัดทำแนวทางของเขตพื้นที่",
    "ข้อกฎหมาย/ระเบียบ": "คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา",
    "ข้อพิจารณา": "แนวทางสอดคล้องกับบริบทของสถานศึกษา ไม่ใช้งบประมาณเพิ่ม",
}
MEMBERS = (("นายสมมติ ประธาน", "ประธาน"), ("นางสมมติ คณะทำงาน", "คณะทำงาน"))


# -- places on a page


def page_of(place: Page | Locator) -> Page:
    return place if isinstance(place, Page) else place.page


def main(page: Page) -> Locator:
    """The page without its menu."""
    return page.get_by_role("main")


def field(place: Page | Locator, label: str) -> Locator:
    """The field of exactly this label; the star of a field that must be filled is no word."""
    return place.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))


def section(page: Page, title: str) -> Locator:
    """A part of the page, by its heading."""
    return page.get_by_role("region", name=title, exact=True)


def unfold(place: Page | Locator, words: str) -> Locator:
    """Open what is folded away under these words, and lead into it."""
    summary = page_of(place).locator("summary", has_text=re.compile(rf"^\s*{re.escape(words)}\s*$"))
    folded = place.locator("details", has=summary)
    if folded.get_attribute("open") is None:
        folded.locator("summary").first.click()
    return folded


# -- moving and pressing


def press(place: Page | Locator, words: str, *, answer: int = 200) -> None:
    """Press a button and wait for the page that answers, whose status must be this."""
    page = page_of(place)
    button = place.get_by_role("button", name=words, exact=True)
    with page.expect_navigation(wait_until="domcontentloaded") as answered:
        button.click()
    assert status_of(answered.value) == answer, f"{words} on {page.url}"


def status_of(response: Response | None) -> int:
    assert response is not None
    return response.status


def follow(place: Page | Locator, words: str | re.Pattern[str]) -> None:
    """Follow a link and wait for its page."""
    page = page_of(place)
    link = place.get_by_role("link", name=words, exact=isinstance(words, str))
    with page.expect_navigation(wait_until="domcontentloaded") as answered:
        link.click()
    assert status_of(answered.value) == 200


def told(page: Page, words: str | re.Pattern[str]) -> None:
    """The page says so beside the form or on top."""
    expect(main(page).get_by_text(words).first).to_be_visible()


def refused_at(place: Page | Locator, label: str, words: str | re.Pattern[str]) -> None:
    """The page has opened at the field to mend, and says beside it what is wrong."""
    box = field(place, label)
    expect(box).to_be_focused()
    ids = (box.get_attribute("aria-describedby") or "").split()
    said = page_of(place).locator(f"[id='{ids[-1]}']")
    expect(said).to_contain_text(words)
    expect(said).to_be_in_viewport()


def day(days: int = 0, *, era: int = 543) -> str:
    """Today, or so many days from it, as people type a date."""
    there = timezone.localdate() + timedelta(days=days)
    return f"{there.day}/{there.month}/{be_year(there) - 543 + era}"


# -- the way in


def sign_in(page: Page, username: str) -> None:
    page.goto("/")
    field(page, "ชื่อผู้ใช้").fill(username)
    field(page, "รหัสผ่าน").fill(DEMO_PASSWORD)
    press(page, "เข้าสู่ระบบ")


# -- the work on a row


def start_case(page: Page, process: str, title: str, **typed: str) -> None:
    """From the page of the process to the page of the new case."""
    page.goto(f"/processes/{process}/")
    page.get_by_role("link", name="เริ่มเรื่อง", exact=True).first.click()
    field(page, "ชื่อเรื่อง").fill(title)
    for label, text in typed.items():
        field(page, label).fill(text)
    press(page, "เปิดเรื่องตามแผนนี้")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def the_case() -> Case:
    return Case.objects.get()


def open_case(page: Page) -> None:
    page.goto(f"/cases/{the_case().code}/")


def go_on(page: Page) -> None:
    """From the case to the row it stands on."""
    if "/cases/" not in page.url:
        open_case(page)
    follow(page, "ทำขั้นตอนนี้")


def write(page: Page, text: str) -> None:
    """Type the result; the page keeps it by itself and says so."""
    field(page, RESULT).fill(text)
    field(page, RESULT).blur()
    expect(page.locator("#saved")).to_contain_text("บันทึกร่างแล้ว")


def tick(page: Page, words: str) -> None:
    """Tick an item of the checklist."""
    item = main(page).get_by_role("button", name=re.compile(re.escape(words)))
    with page.expect_navigation(wait_until="domcontentloaded"):
        item.click()
    expect(item).to_have_attribute("aria-pressed", "true")


def attach(page: Page, name: str, content: bytes, *, title: str = "", answer: int = 200) -> None:
    """Put a file on the row."""
    box = section(page, "ไฟล์หลักฐาน")
    unfold(box, "แนบไฟล์")
    field(box, "ไฟล์หลักฐาน").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    field(box, "ชื่อหลักฐาน").fill(title)
    press(box, "แนบไฟล์", answer=answer)


def close_row(page: Page, *, on: str = "", words: str = CLOSE, answer: int = 200) -> None:
    field(page, DONE_ON).fill(on or day())
    press(page, words, answer=answer)


def do_row(page: Page, text: str) -> None:
    """Type, and close."""
    write(page, text)
    close_row(page)


def appoint(page: Page) -> None:
    """Write the order with its members; then its number, its date and the day it was told."""
    follow(page, "เขียนคำสั่ง")
    field(page, "เรื่อง").fill("แต่งตั้งคณะทำงานตัวอย่าง")
    field(page, "อาศัยอำนาจตาม").fill("กฎหมายว่าด้วยระเบียบบริหารราชการกระทรวงศึกษาธิการ")
    lines = page.get_by_role("group", name="รายชื่อผู้ได้รับแต่งตั้ง").get_by_role("listitem")
    for row, (name, role) in enumerate(MEMBERS):
        member = lines.nth(row)
        field(member, "ชื่อ–สกุล").fill(name)
        field(member, "ตำแหน่ง").fill("ครู โรงเรียนตัวอย่าง")
        field(member, "หน้าที่ในคณะ").fill(role)
    field(page, "อำนาจหน้าที่ของคณะ").fill("ศึกษาและวิเคราะห์แนวทาง")
    field(page, "ผู้ลงนาม").fill("นายสมมติ ผู้อำนวยการ")
    field(page, "ตำแหน่งผู้ลงนาม").fill("ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา")
    press(page, "บันทึกร่างคำสั่ง")


def number_order(page: Page, number: str) -> None:
    """The signed order comes back from the records desk."""
    field(page, "คำสั่งที่").fill(number)
    field(page, "สั่ง ณ วันที่").fill(day())
    field(page, "แจ้งผู้ได้รับแต่งตั้งวันที่").fill(day())
    press(page, "บันทึกเลขคำสั่ง")


def write_memo(page: Page, subject: str, proposal: str) -> None:
    """The five parts; the facts are offered from the rows before."""
    follow(page, re.compile("บันทึกข้อความ$"))
    field(page, "เรื่อง").fill(subject)
    for label, text in MEMO.items():
        field(page, label).fill(text)
    if not field(page, "ข้อเท็จจริง").input_value():
        field(page, "ข้อเท็จจริง").fill("ดำเนินการครบทุกขั้นตอนก่อนหน้า")
    field(page, "ข้อเสนอ").fill(proposal)
    press(page, "บันทึก")


def put_up(page: Page) -> None:
    """Read once more what the superiors will see, and put it up."""
    follow(page, "ตรวจทานและเสนอ")
    press(page, "เสนอเรื่อง")
    told(page, "เสนอเรื่องแล้ว")


def propose(page: Page, subject: str, proposal: str) -> None:
    write_memo(page, subject, proposal)
    put_up(page)


def report_outside(page: Page, system: str, reference: str, proof: bytes = b"") -> None:
    """Who was told, through what, under which number, when; and the file that shows it."""
    box = section(page, "รายงานหน่วยงานภายนอก")
    field(box, "รายงานต่อ").fill("สพฐ.")
    field(box, "ผ่านระบบ/ช่องทาง").fill(system)
    field(box, "เลขอ้างอิง").fill(reference)
    field(box, "วันที่รายงาน").fill(day())
    if proof:
        file = {"name": "หลักฐาน.txt", "mimeType": "text/plain", "buffer": proof}
        field(box, "หรือแนบไฟล์หลักฐานใหม่").set_input_files(file)
    press(box, "บันทึกการรายงาน")
    told(page, reference)


# -- deciding


def open_waiting(page: Page, subject: str) -> None:
    """From the inbox to what waits for a decision."""
    page.goto("/")
    follow(section(page, "รอท่านพิจารณา"), subject)


def fill_decision(page: Page, words: str, comment: str, password: str = DEMO_PASSWORD) -> Locator:
    """Fill in what belongs to one outcome; its button. The password is asked once in a while."""
    button = page.get_by_role("button", name=words, exact=True)
    if not button.is_visible():
        unfold(page.get_by_role("complementary", name=re.compile("ของท่าน$")), words)
    form = page.locator("form", has=button)
    if comment:
        form.get_by_role("textbox").first.fill(comment)
    secret = field(form, "รหัสผ่านของท่าน")
    if secret.count():
        secret.fill(password)
    return button


def give(
    page: Page, words: str, comment: str = "", *, password: str = DEMO_PASSWORD, answer: int = 200
) -> None:
    """Press one outcome, with a comment."""
    fill_decision(page, words, comment, password)
    press(page, words, answer=answer)


def opinions(head: Page, deputy: Page, subject: str, words: str) -> None:
    """Head and deputy find it right."""
    for page in (head, deputy):
        open_waiting(page, subject)
        give(page, words, "เห็นควรดำเนินการตามเสนอ")
        told(page, "บันทึกแล้ว")
