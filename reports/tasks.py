"""Errands of this room. A job is the truth, these are only told to look at it."""

from celery import shared_task
from django.utils.timezone import now

from portal.jobs.models import Job
from portal.jobs.running import Progress, run
from reports import kinds, services
from reports.models import Paper, PaperKind

# what a paper says on its way: measuring, paging, writing, keeping
STAGES = 4


@shared_task(ignore_result=True)
def make_paper(*, job_id: int) -> None:
    """Draw the paper of this job and keep its file."""
    run(job_id, _make)


@shared_task(ignore_result=True)
def expire_papers(*, job_id: int) -> None:
    """Clear away the files of papers past their day."""
    run(job_id, _expire)


def _make(job: Job, progress: Progress) -> None:
    paper = Paper.objects.filter(job=job).first()
    if paper is None or paper.is_ready:
        return
    told: list[str] = []

    def tell(saying: str) -> None:
        if saying not in told:
            progress(len(told), STAGES, saying)
            told.append(saying)

    data = kinds.make(PaperKind(paper.kind), paper.content, tell)
    tell("กำลังเก็บไฟล์")
    services.keep_file(paper, data, job=job)
    progress(STAGES, STAGES, "พร้อมแล้ว")


def _expire(_job: Job, _progress: Progress) -> None:
    services.expire_papers(now=now())
