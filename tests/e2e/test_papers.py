"""Papers as they are ordered, watched on their way and read: from the process and from the case."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from portal.jobs.models import Job
from reports import kinds
from tests.e2e import stage
from tests.e2e.steps import follow, press
from tests.factories.standard import dlit_flow
from tests.reports.reading import text_of, times_said

DONE, TOTAL = "value", "max"


@pytest.fixture
def page(open_page, cast) -> Page:
    return open_page(cast.staff)


class Printer:
    """A worker that goes one stage further each time it is told to."""

    def __init__(self, run_jobs: Callable[[], list[Job]], make: Callable[..., bytes]) -> None:
        self.make, self.gate = make, threading.Semaphore(0)
        self.thread = threading.Thread(target=self._work, args=(run_jobs,))

    def press_on(self) -> None:
        self.gate.release()

    def make_slowly(self, kind: Any, content: Any, tell: Callable[[str], None]) -> bytes:
        def say(words: str) -> None:
            tell(words)
            self.gate.acquire(timeout=60)

        return self.make(kind, content, say)

    def _work(self, run_jobs: Callable[[], list[Job]]) -> None:
        run_jobs()
        connections.close_all()


@pytest.fixture
def printer(run_jobs, monkeypatch) -> Iterator[Printer]:
    """The worker's own thread; it begins when it is started."""
    worker = Printer(run_jobs, kinds.make)
    monkeypatch.setattr(kinds, "make", worker.make_slowly)
    yield worker
    worker.gate.release(100)
    worker.thread.join()


def test_paper_shows_how_far_it_is_and_then_the_file(page, printer, fits_everywhere):
    flow = dlit_flow()
    page.goto("/processes/dlit/")
    press(page, "พิมพ์ตารางมาตรฐานงาน")
    expect(page.get_by_role("status").last).to_have_text("รอคิวจัดทำเอกสาร")
    fits_everywhere(page)

    printer.thread.start()
    for done in ("0", "1", "2"):
        bar = page.get_by_role("progressbar", name="ความคืบหน้า")
        expect(bar).to_have_attribute(DONE, done)
        expect(bar).to_have_attribute(TOTAL, "4")
        printer.press_on()
    text = read(page)
    fits_everywhere(page)
    unread = [step.title for step in flow.steps.all() if not times_said(text, step.title)]
    assert unread == []


def test_chart_and_table_are_printed_at_once_and_can_be_searched(page, run_jobs, fits_everywhere):
    flow = dlit_flow()
    page.goto("/processes/dlit/")
    press(page, "พิมพ์ทั้งหมด")
    waiting = page.get_by_role("progressbar", name="ความคืบหน้า")
    expect(waiting).to_have_count(2)
    fits_everywhere(page)
    assert len(run_jobs()) == 2
    expect(waiting).to_have_count(0)
    expect(page.get_by_text("พร้อมใช้")).to_have_count(2)

    follow(page, re.compile("^ผัง.* ฉบับที่ 1$"))
    text = read(page)
    assert [times_said(text, step.chart_text) for step in flow.steps.all()] == [1] * 9
    assert times_said(text, "ทบทวน ปรับปรุง") == 1


def test_case_prints_how_far_it_has_come(page, cast, run_jobs, fits_everywhere):
    case = stage.case_of(cast, dlit_flow(), title="DLIT ปีทดสอบ")
    stage.do_row(cast, case)
    page.goto(f"/cases/{case.code}/")
    press(page, "พิมพ์ผังความก้าวหน้า")
    run_jobs()
    text = read(page)
    assert times_said(text, "DLIT ปีทดสอบ") == 1
    assert times_said(text, "เสร็จแล้ว") == 1
    assert times_said(text, "กำลังดำเนินการ") == 1
    fits_everywhere(page)

    page.go_back()
    press(page, "พิมพ์ตารางมาตรฐานงาน")
    run_jobs()
    assert times_said(read(page), case.flow.edition.name) >= 1


def read(page: Page) -> str:
    """Wait for the file, keep it, and read what it says."""
    button = page.get_by_role("link", name="ดาวน์โหลด PDF")
    expect(button).to_be_visible()
    with page.expect_download() as kept:
        button.click()
    return text_of(Path(kept.value.path()).read_bytes())
