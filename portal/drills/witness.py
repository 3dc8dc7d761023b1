"""What really happened to the jobs, noted by the database and not by the code under trial."""

from dataclasses import dataclass

from django.db import connection

from portal.files.checking import verify
from portal.files.models import StoredFile
from portal.jobs.models import Job, JobState
from reports.models import Paper

WITNESS = """
CREATE TABLE drill_witness (at timestamptz DEFAULT clock_timestamp(), job bigint, became text);
CREATE FUNCTION drill_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO drill_witness (job, became) VALUES (NEW.id, NEW.state);
    RETURN NEW;
END $$;
CREATE TRIGGER drill_note AFTER UPDATE OF state ON jobs_job
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state) EXECUTE FUNCTION drill_note();
"""


@dataclass(frozen=True, slots=True)
class Count:
    """How the jobs of a drill ended."""

    jobs: int
    done: int
    twice: int
    lost: int


def install() -> None:
    """Every change of a job's state is noted from now on."""
    with connection.cursor() as cursor:
        cursor.execute(WITNESS)


def count(jobs: list[int], *, stopped: frozenset[int] = frozenset()) -> Count:
    """`stopped` are the jobs that were right to fail, with words: neither done nor lost."""
    rows = Job.objects.filter(pk__in=jobs)
    done = {job.pk for job in rows if job.state == JobState.DONE} - without_file(jobs)
    told = {job.pk for job in rows if job.state == JobState.FAILED and job.error} & stopped
    return Count(len(jobs), len(done), len(_twice(jobs)), len(set(jobs) - done - told))


def _twice(jobs: list[int]) -> set[int]:
    """Ended as done more than once, or kept two files: the same paper is the same bytes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT job FROM drill_witness WHERE became = %s AND job = ANY(%s)"
            " GROUP BY job HAVING count(*) > 1",
            [JobState.DONE, jobs],
        )
        ended = {row[0] for row in cursor.fetchall()}
    papers = Paper.objects.filter(job__in=jobs, file__isnull=False).select_related("file")
    again = {
        paper.job_id
        for paper in papers
        if paper.file is not None
        and paper.job_id
        and StoredFile.objects.filter(sha256=paper.file.sha256).count() > 1
    }
    return ended | again


def without_file(jobs: list[int]) -> set[int]:
    """Ended as done without the file they were for."""
    done = Job.objects.filter(pk__in=jobs, state=JobState.DONE)
    return {job.pk for job in done if not _has_its_file(job)}


def _has_its_file(job: Job) -> bool:
    """A job that makes no paper has nothing to show but its state."""
    paper = Paper.objects.filter(job=job).select_related("file").first()
    return paper is None or (paper.file is not None and verify(paper.file))
