"""The boundary between Celery and the rules: every errand is run through `run`."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from django.utils import timezone

from portal.exceptions import DomainError
from portal.jobs import services
from portal.jobs.models import Job

logger = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
Work = Callable[[Job, Progress], None]

# what is worth another try: a database that was away or busy, a disk or network that failed
PASSING = (OperationalError, OSError)
NOT_NOW = "ระบบขัดข้องชั่วคราว ยังทำงานนี้ไม่สำเร็จ"
UNEXPECTED = "เกิดข้อผิดพลาดที่ไม่คาดคิด โปรดแจ้งผู้ดูแลระบบพร้อมหมายเลขงาน {}"


def run(job_id: int, work: Work) -> None:
    """Claim the job and do its work; a job that is not there to be taken is left alone.

    The work may run again after a worker died in it, so it must be harmless twice.
    """
    job = services.claim(job_id, now=timezone.now())
    if job is None:
        return
    try:
        with _signs_of_life(job):
            _attempt(job, work)
    except services.LeaseLost:
        logger.info("%s was taken away while it ran", job)


def _attempt(job: Job, work: Work) -> None:
    def progress(done: int, total: int, saying: str) -> None:
        services.say(job, done, total, saying, now=timezone.now())

    try:
        work(job, progress)
    except services.LeaseLost:
        raise
    except DomainError as error:
        services.fail(job, error.user_message, now=timezone.now())
    except PASSING:
        logger.warning("%s met a passing fault", job, exc_info=True)
        services.put_back(job, NOT_NOW, now=timezone.now())
    except Exception:
        logger.exception("%s failed", job)
        services.fail(job, UNEXPECTED.format(job.pk), now=timezone.now())
    else:
        services.finish(job, now=timezone.now())


@contextmanager
def _signs_of_life(job: Job) -> Iterator[None]:
    """Renew the lease while one long stage (laying out a manual) says nothing.

    A worker that hangs is ended by Celery's time limit, and with it this thread.
    """
    over = threading.Event()
    thread = threading.Thread(target=_keep_until, args=(over, job), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _keep_until(over: threading.Event, job: Job) -> None:
    try:
        while not over.wait(services.LEASE.total_seconds() / 3):
            _keep(job)
    except services.LeaseLost:
        # the work hears of it at its next word
        logger.info("%s has no lease to renew", job)
    finally:
        connection.close()


def _keep(job: Job) -> None:
    try:
        services.keep(job, now=timezone.now())
    except OperationalError:
        logger.warning("the lease of %s was not renewed this time", job, exc_info=True)
