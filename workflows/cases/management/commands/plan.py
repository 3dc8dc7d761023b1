"""`manage.py plan CODE --start YYYY-MM-DD`: the planned window of each row of a flow."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.thai.dates import fiscal_year, thai_date
from processes.in_use import flow_in_use
from processes.models import Flow
from processes.selectors import effective_flow
from workflows.cases.deadlines import office_time
from workflows.cases.planning import PlannedRow, first_of_next_year, plan, working_days


class Command(BaseCommand):
    help = "วางแผนวันเริ่มและวันครบกำหนดของทุกขั้นตอน จากวันเริ่มที่กำหนด"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="รหัสผังกระบวนงาน เช่น dlit")
        parser.add_argument("--start", required=True, type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="พิมพ์เฉพาะ JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            flow = effective_flow(options["code"])
        except Flow.DoesNotExist as error:
            raise CommandError(f"ไม่พบผังที่ใช้บังคับชื่อ {options['code']}") from error
        shape, start, time = flow_in_use(flow), options["start"], office_time()
        rows = plan(shape, start, time)
        if options["json"]:
            self.stdout.write(json.dumps([_plain(row) for row in rows], ensure_ascii=False))
            return
        for row in rows:
            due = thai_date(row.due) if row.due else "ไม่กำหนดเวลา"
            self.stdout.write(f"{row.number:>4}  {thai_date(row.opens)} – {due}  {row.title}")
        least, most = working_days(shape, rows, start, time)
        self.stdout.write(f"รวมอย่างน้อย {least} วันทำการ ไม่เกิน {most} วันทำการ นับจากวันเริ่ม")
        if crossing := first_of_next_year(rows, start):
            self.stdout.write(
                f"เลยปีงบประมาณ {fiscal_year(start)} ตั้งแต่ขั้นตอน {crossing.number} {crossing.title}"
            )


def _plain(row: PlannedRow) -> dict[str, Any]:
    plain = asdict(row)
    del plain["key"]
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in plain.items()
    }
