"""Charts and papers in a real browser, wide and narrow."""

import pytest

from processes.shape import Edition
from reports import tasks
from reports.models import Paper
from tests.e2e.conftest import browser, fits, open_page  # noqa: F401 - fixtures
from tests.factories.papers import cyber_security
from tests.factories.standard import dlit_flow, put_in_force
from tests.factories.work import make_bench

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
both_widths = pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])


@both_widths
def test_paper_is_ordered_watched_and_read(open_page, fits, phone):  # noqa: F811
    officer = make_bench().officer
    dlit_flow()
    page = open_page(officer, phone=phone)
    page.goto("/processes/dlit/")
    page.click("button[value=standards_table]")
    page.wait_for_selector("text=รอคิวจัดทำเอกสาร")
    fits(page)

    tasks.make_paper(job_id=Paper.objects.get().job_id)
    page.wait_for_selector("text=ดาวน์โหลด PDF")
    fits(page)
    with page.expect_download() as kept:
        page.click("text=ดาวน์โหลด PDF")
    assert kept.value.suggested_filename == Paper.objects.get().file.name

    page.goto("/papers/")
    assert page.inner_text(".kb-row .kb-pill") == "พร้อมใช้"
    fits(page)


@both_widths
def test_paper_comes_without_script(browser, live_server, open_page, phone):  # noqa: F811
    officer = make_bench().officer
    dlit_flow()
    cookies = open_page(officer, phone=phone).context.cookies()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto("/processes/dlit/")
    page.click("button[value=flowchart]")
    tasks.make_paper(job_id=Paper.objects.get().job_id)
    page.wait_for_selector("text=ดาวน์โหลด PDF")
    context.close()


@both_widths
def test_chart_fits_the_screen_with_its_lanes_and_sub_rows(open_page, fits, phone):  # noqa: F811
    officer = make_bench().officer
    flow = cyber_security()
    put_in_force(Edition(manual="demo", code=flow.code, number="13", name="ไซเบอร์", flows=(flow,)))
    page = open_page(officer, phone=phone)
    page.goto(f"/processes/{flow.code}/")
    fits(page)
    chart = page.locator(".flow-screen").bounding_box()
    for box in page.locator(".flow-symbol, .flow-box, .flow-no").all():
        drawn = box.bounding_box()
        assert drawn["x"] >= chart["x"] - 1
        assert drawn["x"] + drawn["width"] <= chart["x"] + chart["width"] + 1
