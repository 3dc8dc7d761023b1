"""Every errand of the portal: its Thai label, its queue and the Celery task that does it.

Whoever asks for an errand needs only the kind, so a lower room can ask what an upper room does.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of errand. A daily one is asked for by the scheduler, once a day."""

    label: str
    queue: str
    task: str
    daily: bool = False


# two queues, so that long work never holds up the small errands
QUICK = "quick"
PAPERS = "papers"

KINDS: dict[str, Kind] = {
    "make-paper": Kind("จัดทำเอกสาร PDF", PAPERS, "reports.tasks.make_paper"),
    "expire-papers": Kind(
        "ลบไฟล์เอกสารที่พ้นกำหนดเก็บ", QUICK, "reports.tasks.expire_papers", daily=True
    ),
    "forget-access": Kind(
        "ลบข้อมูลจราจรที่พ้นกำหนดเก็บ", QUICK, "portal.health.tasks.forget_access", daily=True
    ),
    "back-up": Kind("สำรองข้อมูลประจำวัน", PAPERS, "portal.backup.tasks.back_up", daily=True),
}
