"""Typing in a real browser: saved by itself, kept by every button; pages everybody can use."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.web.fields import typed_date
from tests.e2e.conftest import browser, fits, open_page  # noqa: F401 - fixtures
from tests.factories.people import make_school, make_school_user
from tests.factories.standard import make_flow
from tests.factories.uploads import make_upload
from tests.factories.work import complete, fresh, make_bench, open_task
from tests.workflows.approvals.papers import approval_flow, submitted
from workflows.cases import evidence, services

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

CHECKS = [{"key": "read", "text": "อ่านระเบียบ", "step": "one"}]
REPORT = [{"key": "told", "text": "รายงาน สพฐ.", "step": "x", "needs": "outside_report"}]
FIVE_DAYS = {"unit": "working_day", "min": 1, "max": 5}
PER_ACTIVITY = {"unit": "day", "min": 3, "max": 5, "per": "activity"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def bench():
    return make_bench()


@pytest.fixture
def task(bench, now):
    steps = [{"key": "one", "duration": FIVE_DAYS}, "two"]
    return open_task(bench.start(make_flow(steps, items=CHECKS), now=now))


@pytest.fixture
def page(bench, task, open_page) -> Page:  # noqa: F811
    shown = open_page(bench.officer)
    shown.goto(f"/tasks/{task.pk}/")
    return shown


def test_typing_is_saved_by_itself_while_one_goes_on(page, task):
    page.get_by_label("ผลการดำเนินงาน").press_sequentially("ร่างแรก")
    expect(page.locator("#saved")).to_contain_text("บันทึกร่างแล้ว")
    page.get_by_label("ผลการดำเนินงาน").press_sequentially(" และต่อ")
    page.get_by_label("ผลการดำเนินงาน").blur()
    expect(page.locator("#typing.htmx-request")).to_have_count(0)
    page.reload()
    assert page.get_by_label("ผลการดำเนินงาน").input_value() == "ร่างแรก และต่อ"


def test_a_button_pressed_while_the_page_saves_is_no_conflict_with_oneself(page, task):
    page.route("**/save/", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.get_by_label("ผลการดำเนินงาน").press_sequentially("หนึ่ง")
    with page.expect_request("**/save/"):
        page.get_by_label("ผลการดำเนินงาน").press_sequentially(" สอง", delay=10)
    page.get_by_label("ผลการดำเนินงาน").press_sequentially(" สาม")
    page.get_by_role("button", name="อ่านระเบียบ").click()
    expect(page.get_by_role("button", name="อ่านระเบียบ")).to_have_attribute("aria-pressed", "true")
    task.refresh_from_db()
    assert task.result == "หนึ่ง สอง สาม"


def test_saving_never_goes_to_the_button_touched_last(page, task):
    page.get_by_role("textbox", name="ทำเสร็จจริงวันที่").fill(typed_date(timezone.localdate()))
    page.get_by_role("button", name="ทำเสร็จแล้ว ปิดขั้นตอนนี้").focus()
    page.get_by_label("ผลการดำเนินงาน").press_sequentially("ยังเขียนไม่จบ")
    expect(page.locator("#saved")).to_contain_text("บันทึกร่างแล้ว")
    task.refresh_from_db()
    assert (task.status, task.result) == ("working", "ยังเขียนไม่จบ")


@pytest.mark.parametrize("button", ["tick", "wait"])
def test_a_button_elsewhere_keeps_what_was_typed_just_now(page, task, button):
    page.get_by_label("ผลการดำเนินงาน").fill("พิมพ์แล้วกดปุ่มอื่นทันที")
    if button == "tick":
        page.get_by_role("button", name="อ่านระเบียบ").click()
        done = page.locator(".kb-check.is-done")
    else:
        page.locator("summary", has_text="บันทึกว่ากำลังรอ").click()
        page.get_by_label("รอเรื่องใด").fill("รอหนังสือ")
        page.get_by_role("button", name="เริ่มรอ").click()
        done = page.get_by_text("กำลังรอ สพฐ.")
    expect(done).to_be_visible()
    expect(page.get_by_label("ผลการดำเนินงาน")).to_have_value("พิมพ์แล้วกดปุ่มอื่นทันที")
    task.refresh_from_db()
    assert task.result == "พิมพ์แล้วกดปุ่มอื่นทันที"


def test_enter_in_the_date_saves_and_ticks_nothing(page, task):
    page.get_by_label("ผลการดำเนินงาน").fill("ร่าง")
    page.get_by_role("textbox", name="ทำเสร็จจริงวันที่").press("Enter")
    page.wait_for_load_state()
    expect(page.locator("#messages")).to_contain_text("บันทึกร่างแล้ว")
    task.refresh_from_db()
    assert (task.result, task.ticks, task.status) == ("ร่าง", {}, "working")


def test_the_plan_follows_the_date_without_a_button(bench, open_page):  # noqa: F811
    make_flow([{"key": "a", "duration": FIVE_DAYS}], code="alpha")
    page = open_page(bench.officer)
    page.goto("/cases/start/?flow=alpha")
    before = page.locator(".cases-until").inner_text()
    page.get_by_label("ชื่อเรื่อง").fill("พิมพ์ไว้ก่อน")
    page.get_by_role("textbox", name="เปิดเรื่องวันที่").fill("1/10/2569")
    page.get_by_role("textbox", name="เปิดเรื่องวันที่").blur()
    expect(page.locator(".cases-until")).not_to_have_text(before)
    assert page.get_by_label("ชื่อเรื่อง").input_value() == "พิมพ์ไว้ก่อน"


@pytest.fixture
def addresses(bench, task, now):
    """A page of every kind, by who looks at it."""
    evidence.attach(task, make_upload(), title="ไฟล์", by=bench.officer, now=now)
    services.set_letter_deadline(task.case, now.date(), by=bench.officer, now=now)
    train = bench.start(make_flow([{"key": "train", "duration": PER_ACTIVITY}]), now=now)
    activity = services.add_activity(open_task(train), title="อบรม", by=bench.officer, now=now)
    flow = make_flow([{"key": "x", "optional": True}], items=REPORT)
    optional = open_task(bench.start(flow, now=now))
    up = submitted(bench, approval_flow(), now=now).task
    school = make_school_user(make_school())
    services.add_participant(train, user=school, why="นำร่อง", by=bench.officer, now=now)
    again = bench.start(now=now)
    complete(open_task(again), bench.officer, now=now)
    first = again.flow.steps.get(key="one")
    services.go_to_row(again, first, reason="ไม่ครบ", by=fresh(bench.head), now=now)
    rows = (task, open_task(train), activity, optional, up, open_task(again))
    case = f"/cases/{task.case.code}/"
    start = f"/cases/start/?flow={task.case.flow.code}"
    own = ["/", "/cases/", case, f"{case}history/", "/cases/start/", start]
    others = ["/", f"/cases/{train.code}/"]
    return [
        (bench.officer, own + [f"/tasks/{row.pk}/" for row in rows]),
        *((user, others) for user in (bench.head, bench.director, school)),
    ]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_everybody_can_use_the_pages(addresses, open_page, fits, phone):  # noqa: F811
    for user, pages in addresses:
        page = open_page(user, phone=phone)
        for address in pages:
            page.goto(address)
            page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
            fits(page)
