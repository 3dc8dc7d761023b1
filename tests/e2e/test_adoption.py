"""The head of a group settles how the office uses a process; an officer works by it."""

import re

from playwright.sync_api import expect

from portal.accounts.posts import head_post
from processes.models import Process
from tests.factories.standard import make_flow


def test_a_head_names_times_and_later_switches_off_a_process(open_page, cast, fits_everywhere):
    make_flow(["a", "b"], code="alpha", name="ชื่อในคู่มือ")
    head, staff = open_page(cast.head), open_page(cast.staff)

    head.goto("/processes/alpha/")
    head.get_by_role("link", name="กำหนดการใช้").click()
    fits_everywhere(head)
    head.get_by_label("ชื่อที่สำนักงานใช้").fill("ชื่อของเรา")
    post = head_post(cast.unit)
    head.get_by_label("ตำแหน่งที่รับผิดชอบ").select_option(str(post.pk))
    head.get_by_label("1 ขั้นตอน a").fill("400")
    head.get_by_role("button", name="บันทึกการใช้ในสำนักงาน").click()
    expect(head.get_by_text("366")).to_be_visible()
    fits_everywhere(head)
    head.get_by_label("1 ขั้นตอน a").fill("4")
    head.get_by_role("button", name="บันทึกการใช้ในสำนักงาน").click()
    expect(head.get_by_role("heading", level=1)).to_have_text("ชื่อของเรา")
    fits_everywhere(head)

    staff.goto("/cases/start/")
    staff.get_by_role("link", name="ชื่อของเรา").click()
    expect(staff.locator("#plan")).to_contain_text("เป้าหมายของสำนักงาน 4 วันทำการ")
    fits_everywhere(staff)
    staff.get_by_label("ชื่อเรื่อง").fill("เรื่องแรก")
    staff.get_by_role("button", name="เปิดเรื่องตามแผนนี้").click()
    expect(staff).to_have_url(re.compile(r"/cases/\d{4}-1/$"))

    head.goto("/processes/")
    head.get_by_role("link", name="ใช้หรือไม่ใช้ทั้งคู่มือ").click()
    expect(head.get_by_text("มีเรื่องที่กำลังดำเนินการ 1 เรื่อง")).to_be_visible()
    fits_everywhere(head)
    head.get_by_role("button", name="เลิกใช้ 1 กระบวนงาน").click()
    head.get_by_role("link", name="ที่ไม่ใช้").click()
    expect(head.get_by_role("link", name="ชื่อของเรา")).to_be_visible()
    fits_everywhere(head)

    staff.goto("/cases/start/?flow=alpha")
    expect(staff.get_by_text("สำนักงานไม่ใช้กระบวนงาน “ชื่อของเรา” แล้ว")).to_be_visible()
    assert not Process.objects.get().adopted
