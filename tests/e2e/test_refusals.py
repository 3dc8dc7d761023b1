"""What is refused is refused where one looks, in Thai, with everything typed still there."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from portal.office.models import Office
from tests.e2e import stage, steps
from tests.e2e.steps import day, field, give, refused_at, section, told
from tests.factories.people import make_officer, make_unit
from workflows.approvals.models import Decision, Outcome
from workflows.cases.models import Case

TYPED = "ข้อความที่พิมพ์ไว้และยังไม่ได้บันทึก"
PROGRAM = b"MZ\x90\x00" + bytes(200)


@pytest.fixture
def case(cast) -> Case:
    return stage.case_of(cast)


@pytest.fixture
def row(open_page, cast, case) -> Page:
    """The page of the row the case stands on, with words typed but not yet saved."""
    page = open_page(cast.staff)
    page.goto(f"/tasks/{case.tasks.get().pk}/")
    field(page, steps.RESULT).fill(TYPED)
    return page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("รายงาน.pdf", PROGRAM, "“รายงาน.pdf”"),
        ("โปรแกรม.exe", PROGRAM, "ไม่รับไฟล์ชนิดของ “โปรแกรม.exe”"),
        ("เปล่า.txt", b"", "“เปล่า.txt” ว่างเปล่า (0 ไบต์)"),
        ("ใหญ่.txt", b"a" * 1_100_000, "ไม่เกิน 1 เมกะไบต์ต่อไฟล์"),
    ],
    ids=["disguised", "program", "empty", "too-large"],
)
def test_bad_file_is_refused_beside_its_field(row, name, content, said, case):
    Office.objects.update_or_create(pk=1, defaults={"upload_limit_mb": 1})
    steps.attach(row, name, content, title="รายงานประจำปี", answer=400)
    files = section(row, "ไฟล์หลักฐาน")
    refused_at(files, "ไฟล์หลักฐาน", said)
    expect(field(files, "ชื่อหลักฐาน")).to_have_value("รายงานประจำปี")
    expect(field(row, steps.RESULT)).to_have_value(TYPED)
    assert case.tasks.get().attachments.count() == 0


def test_day_that_cannot_be_is_refused_and_the_right_era_offered(row, case, fits_everywhere):
    steps.close_row(row, on=day(1), answer=400)
    refused_at(row, steps.DONE_ON, "วันที่ทำเสร็จจริงต้องไม่เป็นวันในอนาคต")
    steps.close_row(row, on=day(-1), answer=400)
    refused_at(row, steps.DONE_ON, "วันที่ทำเสร็จจริงต้องไม่ก่อน")
    steps.close_row(row, on="ไม่ใช่วันที่", answer=400)
    expect(field(row, steps.DONE_ON)).to_have_value("ไม่ใช่วันที่")
    steps.close_row(row, on=day(era=0), answer=400)
    refused_at(row, steps.DONE_ON, "เป็น ค.ศ. หากหมายถึง")
    expect(field(row, steps.DONE_ON)).to_have_value(day(era=0))
    expect(field(row, steps.RESULT)).to_have_value(TYPED)
    fits_everywhere(row)
    assert case.tasks.get().is_open
    offered = re.search(r"ให้พิมพ์ (\S+)", steps.main(row).inner_text())
    steps.close_row(row, on=offered[1])
    assert case.tasks.get(step__key="work").result == TYPED


def test_row_closed_meanwhile_says_who_closed_it_and_keeps_the_words(row, cast, case):
    stage.do_row(cast, case)
    steps.close_row(row, answer=409)
    told(row, cast.staff.full_name)
    told(row, TYPED)
    assert case.tasks.filter(step__key="decide").count() == 1


def test_case_of_another_group_is_not_there(open_page, case, fits_everywhere):
    page = open_page(make_officer(make_unit("กลุ่มอื่น")))
    for address in (f"/cases/{case.code}/", f"/tasks/{case.tasks.get().pk}/"):
        assert page.goto(address).status == 404
        told(page, re.compile("ไม่พบ"))
        fits_everywhere(page)


def test_return_without_a_reason_or_with_a_wrong_password_keeps_the_words(open_page, cast):
    page = open_page(cast.director, phone=True)
    decision = stage.paper_for_the_director(cast)
    page.goto(f"/decisions/{decision.pk}/")
    give(page, "คืนเรื่อง", answer=400)
    refused_at(folded(page), "เหตุผลที่คืน และสิ่งที่ให้ทบทวน", "กรุณา")
    give(page, "คืนเรื่อง", TYPED, password="ผิดแน่นอน", answer=400)
    refused_at(folded(page), "รหัสผ่านของท่าน", "รหัสผ่านไม่ถูกต้อง")
    expect(page.get_by_role("textbox", name=re.compile("เหตุผลที่คืน"))).to_have_value(TYPED)
    decision.refresh_from_db()
    assert decision.outcome == ""


def test_two_who_press_at_the_same_moment_decide_once(open_page, cast):
    decision = stage.paper_for_the_director(cast)
    pages = [open_page(cast.director) for _ in range(2)]
    answers = decide_at_once(pages, decision, ("อนุมัติ", "คืนเรื่อง"))
    assert sorted(answers) == [200, 409]
    late = pages[answers.index(409)]
    told(late, "บันทึกของท่านไม่ได้เก็บ")
    told(late, re.compile("ไปแล้วเมื่อ"))
    told(late, TYPED)
    decision.refresh_from_db()
    case = decision.submission.task.case
    returned = decision.outcome == Outcome.RETURNED
    assert case.tasks.filter(step__key="work").count() == (2 if returned else 1)
    assert case.tasks.filter(step__key="after").count() == (0 if returned else 1)
    assert case.events.filter(action__in=("approved", "returned")).count() == 1


def folded(page: Page) -> Locator:
    """The form that is open beside the usual one."""
    return page.locator("details[open] form").last


def decide_at_once(pages: list[Page], decision: Decision, said: tuple[str, str]) -> list[int]:
    """Fill in both pages, then press both buttons without waiting for either answer."""
    buttons = []
    for page, words in zip(pages, said, strict=True):
        page.goto(f"/decisions/{decision.pk}/")
        buttons.append(steps.fill_decision(page, words, TYPED))
    with (
        pages[0].expect_navigation(wait_until="domcontentloaded") as first,
        pages[1].expect_navigation(wait_until="domcontentloaded") as second,
    ):
        for button in buttons:
            button.evaluate("button => { setTimeout(() => button.click()); }")
    return [steps.status_of(each.value) for each in (first, second)]
