"""What the health page shows, measured when it is asked for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from portal.backup.services import last_backup
from portal.calendar.selectors import filled_until
from portal.celery import app
from portal.files.checking import newest_is_there, place_problem
from portal.files.place import BUCKET, FOLDER
from portal.health.models import Heartbeat
from portal.jobs.kinds import PAPERS, QUICK
from portal.jobs.models import Job, JobState
from portal.thai.dates import thai_date, thai_datetime

SILENT_FOR = timedelta(minutes=5)
LONG_QUEUE = 50
BACKUP_AGE = timedelta(hours=36)
CALENDAR_AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that is well or not, with the words that say so."""

    name: str
    well: bool
    text: str


def signs(*, now: datetime) -> list[Sign]:
    """Every sign the administrator should see, database first: without it there is no other."""
    database = _database()
    if not database.well:
        return [database]
    beats = [_worker(queue, label, now) for queue, label in _QUEUES.items()]
    return [database, _broker(), _files(), *beats, _queue(), _backup(now), _calendar(now)]


def beat(queue: str, *, now: datetime) -> None:
    """A worker of this queue is alive."""
    Heartbeat.objects.update_or_create(queue=queue, defaults={"at": now})


def database_answers() -> bool:
    """Whether the database answers the smallest question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


_BROKERS = {"filesystem": "แฟ้มในเครื่องนี้", "redis": "Redis", "rediss": "Redis"}
_PLACES = {FOLDER: "โฟลเดอร์", BUCKET: "ที่เก็บแบบ S3"}
_QUEUES = {QUICK: "ตัวทำงานเบื้องหลังทั่วไป", PAPERS: "ตัวทำงานจัดทำเอกสาร"}


def _database() -> Sign:
    well = database_answers()
    return Sign("ฐานข้อมูล", well, connection.display_name if well else "ไม่ตอบ")


def _broker() -> Sign:
    try:
        with app.connection_for_write() as link:
            link.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return Sign("คิวงาน", False, "ติดต่อไม่ได้ งานที่สั่งไว้ไม่หายและจะทำต่อเมื่อกลับมา")
    kind = settings.CELERY_BROKER_URL.split("://")[0]
    return Sign("คิวงาน", True, _BROKERS.get(kind, kind))


def _files() -> Sign:
    problem = place_problem()
    if problem:
        return Sign("ที่เก็บไฟล์", False, problem)
    if not newest_is_there():
        return Sign("ที่เก็บไฟล์", False, "ไม่พบไฟล์ล่าสุดที่เคยเก็บไว้ อาจยังไม่ได้ต่อโฟลเดอร์เครือข่ายหรือย้ายไฟล์มา")
    return Sign("ที่เก็บไฟล์", True, _PLACES[settings.STORAGES["default"]["BACKEND"]])


def _worker(queue: str, label: str, now: datetime) -> Sign:
    last = Heartbeat.objects.filter(queue=queue).values_list("at", flat=True).first()
    if last is None:
        return Sign(label, False, "ยังไม่เคยมีสัญญาณ")
    return Sign(label, now - last < SILENT_FOR, f"สัญญาณล่าสุด {thai_datetime(last)}")


def _queue() -> Sign:
    waiting = Job.objects.filter(state=JobState.QUEUED).count()
    failed = Job.objects.filter(state=JobState.FAILED).count()
    return Sign("งานที่รอ", waiting < LONG_QUEUE, f"รอ {waiting} งาน ไม่สำเร็จสะสม {failed} งาน")


def _backup(now: datetime) -> Sign:
    """The archive may lie on another machine: then the errand that made it says when."""
    errands = Job.objects.filter(kind="back-up", state=JobState.DONE)
    done = errands.order_by("-ended_at").values_list("ended_at", flat=True).first()
    last = max(filter(None, (last_backup(Path(settings.BACKUP_DIR)), done)), default=None)
    if last is None:
        return Sign("สำรองข้อมูล", False, "ยังไม่เคยสำรอง")
    return Sign("สำรองข้อมูล", now - last < BACKUP_AGE, f"ล่าสุด {thai_datetime(last)}")


def _calendar(now: datetime) -> Sign:
    today = timezone.localdate(now)
    until = filled_until(today)
    if until is None:
        return Sign("ปฏิทินวันหยุด", False, "ยังไม่มีวันหยุดของปีต่อไป")
    return Sign("ปฏิทินวันหยุด", _enough(until, today), f"มีถึง {thai_date(until)}")


def _enough(until: date, today: date) -> bool:
    return until - today >= CALENDAR_AHEAD
