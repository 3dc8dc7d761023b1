"""The same work in a browser that runs no script."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import stage, steps
from tests.e2e.steps import field, give, main, press, told
from tests.factories.standard import dlit_flow
from workflows.approvals.models import Outcome

TYPED = "อ่านระเบียบครบทุกฉบับแล้ว"


@pytest.fixture(params=[False, True], ids=["desk", "phone"])
def phone(request: pytest.FixtureRequest) -> bool:
    return request.param


def test_case_is_opened_and_its_first_row_done(open_page, cast, phone):
    dlit_flow()
    page = open_page(phone=phone, scripts=False)
    steps.sign_in(page, "staff")
    page.goto("/processes/dlit/")
    steps.follow(page, "เริ่มเรื่อง")
    field(page, "เปิดเรื่องวันที่").fill(steps.day())
    press(page, "คำนวณแผนใหม่")
    field(page, "ชื่อเรื่อง").fill("DLIT ปีทดสอบ")
    press(page, "เปิดเรื่องตามแผนนี้")
    steps.go_on(page)
    do_the_row(page)
    told(page, "ขั้นตอนที่ 2 แต่งตั้งคณะกรรมการ/คณะทำงาน")
    done = steps.the_case().tasks.get(step__key="study-law")
    assert (done.result, list(done.ticks)) == (TYPED, ["study-law"])
    assert done.attachments.get().title == "สรุประเบียบ"


def do_the_row(page: Page) -> None:
    """Every button carries along what was typed; a refusal leads to where it stands."""
    field(page, steps.RESULT).fill(TYPED)
    steps.tick(page, "ศึกษากฎหมาย ระเบียบที่เกี่ยวข้อง")
    expect(field(page, steps.RESULT)).to_have_value(TYPED)
    steps.attach(page, "สรุประเบียบ.txt", b"", title="สรุประเบียบ", answer=400)
    expect(main(page).get_by_text("ว่างเปล่า (0 ไบต์)")).to_be_in_viewport()
    steps.attach(page, "สรุประเบียบ.txt", "สรุป".encode(), title="สรุประเบียบ")
    press(page, "บันทึกร่าง")
    told(page, "บันทึกร่างแล้ว")
    steps.close_row(page)


def test_paper_is_returned_with_a_reason(open_page, cast, phone):
    decision = stage.paper_for_the_director(cast)
    page = open_page(cast.director, phone=phone, scripts=False)
    steps.open_waiting(page, stage.SUBJECT)
    give(page, "คืนเรื่อง", answer=400)
    expect(page.locator(".invalid-feedback:visible").first).to_be_in_viewport()
    give(page, "คืนเรื่อง", "ขอข้อมูลเพิ่ม")
    told(page, "ขอข้อมูลเพิ่ม")
    decision.refresh_from_db()
    assert decision.outcome == Outcome.RETURNED


def test_row_is_put_up_for_a_decision(open_page, cast):
    case = stage.case_of(cast)
    stage.do_row(cast, case)
    page = open_page(cast.staff, scripts=False)
    page.goto(f"/cases/{case.code}/")
    steps.go_on(page)
    steps.propose(page, stage.SUBJECT, "เห็นควรอนุมัติ")
    told(page, "เรื่องอยู่ระหว่างการพิจารณา")
