"""The errands: a paper is drawn by its job, told of on the way, and cleared away on its day."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from portal.jobs import services as jobs
from portal.jobs.kinds import KINDS
from portal.jobs.models import Job
from reports import tasks
from reports.models import Paper, PaperKind
from reports.services import JOB, order_paper
from tests.reports.reading import page_texts, times_said

pytestmark = pytest.mark.django_db


def ordered(bench, flow, kind=PaperKind.STANDARDS_TABLE, **params):
    return order_paper(kind, {"flow": flow.code, **params}, by=bench.officer, now=timezone.now())


def run(paper):
    """What the worker does when it is nudged."""
    tasks.make_paper(job_id=paper.job_id)
    return Paper.objects.select_related("job", "file").get(pk=paper.pk)


def bytes_of(paper):
    with default_storage.open(paper.file.path) as content:
        return content.read()


@pytest.mark.parametrize("kind", PaperKind)
def test_job_makes_the_paper_that_was_ordered(bench, flow, kind):
    paper = run(ordered(bench, flow, kind))
    assert (paper.job.state, paper.is_ready) == ("done", True)
    pages = page_texts(bytes_of(paper))
    assert times_said("\n".join(pages), "ศึกษากฎหมาย ระเบียบที่เกี่ยวข้อง") >= 1


def test_chart_of_a_running_case_is_made(bench, flow):
    case = bench.start(flow)
    paper = order_paper(
        PaperKind.FLOWCHART, {"case": case.code}, by=bench.officer, now=timezone.now()
    )
    text = "\n".join(page_texts(bytes_of(run(paper))))
    assert (paper.job.asked_by, times_said(text, "เรื่องทดสอบ")) == (bench.officer, 1)


def test_progress_moves_and_is_said_in_thai(bench, flow, monkeypatch):
    told = []

    def listen(job, done, total, saying, *, now):
        told.append((done, total, saying))

    monkeypatch.setattr(jobs, "say", listen)
    run(ordered(bench, flow))
    assert told == [
        (0, 4, "กำลังวัดความสูงของแต่ละแถว"),
        (1, 4, "กำลังจัดแถวลงหน้ากระดาษ"),
        (2, 4, "กำลังเขียนไฟล์ PDF"),
        (3, 4, "กำลังเก็บไฟล์"),
        (4, 4, "พร้อมแล้ว"),
    ]


def test_nudged_twice_the_paper_is_made_once(bench, flow):
    paper = run(ordered(bench, flow))
    again = run(paper)
    assert (again.file, again.job.attempts) == (paper.file, 1)


def test_paper_shows_what_was_there_when_it_was_ordered(bench, flow):
    paper = ordered(bench, flow)
    flow.steps.filter(key="evaluate").update(title="เปลี่ยนไปแล้ว")
    text = "\n".join(page_texts(bytes_of(run(paper))))
    assert times_said(text, "เปลี่ยนไปแล้ว") == 0


def test_paper_that_cannot_be_drawn_fails_and_can_be_asked_for_again(bench, flow):
    paper = ordered(bench, flow)
    good = paper.content
    Paper.objects.filter(pk=paper.pk).update(content={"standing": {"unknown": 1}})
    failed = run(paper)
    assert (failed.has_failed, failed.job.state) == (True, "failed")
    assert failed.job.error == (
        f"เกิดข้อผิดพลาดที่ไม่คาดคิด โปรดแจ้งผู้ดูแลระบบพร้อมหมายเลขงาน {failed.job_id}"
    )
    Paper.objects.filter(pk=paper.pk).update(content=good)
    assert run(ordered(bench, flow)).is_ready


def test_job_without_a_paper_ends_quietly(now):
    job = jobs.enqueue(JOB, {"paper": 0}, now=now)
    tasks.make_paper(job_id=job.pk)
    assert Job.objects.get(pk=job.pk).state == "done"


def test_expired_papers_are_cleared_away_by_their_job(bench, flow, now):
    paper = run(ordered(bench, flow, PaperKind.FLOWCHART))
    Paper.objects.filter(pk=paper.pk).update(expires_at=timezone.now() - timedelta(days=1))
    job = jobs.enqueue("expire-papers", {}, now=now)
    tasks.expire_papers(job_id=job.pk)
    assert Job.objects.get(pk=job.pk).state == "done"
    assert Paper.objects.get(pk=paper.pk).file is None


@pytest.mark.parametrize(
    ("kind", "task"), [("make-paper", tasks.make_paper), ("expire-papers", tasks.expire_papers)]
)
def test_every_errand_of_papers_has_its_task(kind, task):
    assert KINDS[kind].task == task.name
