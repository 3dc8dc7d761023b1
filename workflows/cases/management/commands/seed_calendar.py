"""Fill the calendar with official days off, and reckon open deadlines again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.thai.dates import ERA, fiscal_year
from workflows.cases.calendar_changes import seed_calendar

YEARS_AHEAD = 3
FURTHEST = 30


class Command(BaseCommand):
    """Idempotent; never touches a date the office has entered, changed or cancelled."""

    help = "เติมวันหยุดราชการลงปฏิทินของสำนักงาน ไม่ทับรายการที่สำนักงานบันทึกหรือยกเลิกไว้"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--years",
            nargs="+",
            type=int,
            metavar="พ.ศ.",
            help="ปีงบประมาณ เช่น 2572 2573 (ถ้าไม่ระบุ: ปีนี้และอีกสามปี)",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Say how many days were added and how many deadlines moved."""
        now = timezone.now()
        this_year = fiscal_year(timezone.localdate(now))
        years = options["years"] or list(range(this_year, this_year + YEARS_AHEAD + 1))
        for year in years:
            _check_year(year, this_year)
        added, effect = seed_calendar(years, now=now)
        self.stdout.write(
            f"เพิ่ม {len(added)} วัน เลื่อนกำหนด {effect.tasks} งาน ใน {effect.cases} เรื่อง"
        )


def _check_year(year: int, this_year: int) -> None:
    if abs(year + ERA - this_year) <= FURTHEST:
        raise CommandError(f"{year} เป็นปี ค.ศ. กรุณาระบุปี พ.ศ. {year + ERA}")
    if abs(year - this_year) > FURTHEST:
        raise CommandError(f"ปีงบประมาณ {year} อยู่ไกลเกินไป")
