"""`manage.py rehearse CODE`: a case walked in memory, nothing written."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.thai.dates import thai_date
from processes.in_use import flow_in_use
from processes.models import Flow
from processes.selectors import effective_flow, effective_flows
from workflows.approvals.rehearsal import Rehearsal, rehearse
from workflows.cases.deadlines import office_time

ACTIONS = {
    "complete": "ทำเสร็จ",
    "return": "คืนเรื่อง",
    "approve": "อนุมัติ",
    "acknowledge": "รับทราบ",
}


class Command(BaseCommand):
    help = "ซ้อมเดินเรื่องในหน่วยความจำ ตั้งแต่ขั้นตอนแรกจนสิ้นสุด โดยคืนเรื่องหนึ่งครั้ง"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", help="รหัสผังกระบวนงาน เช่น dlit")
        parser.add_argument("--all", action="store_true", help="ทุกผังที่ใช้บังคับ")
        parser.add_argument("--json", action="store_true", help="พิมพ์เฉพาะ JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        if bool(options["code"]) == options["all"]:
            raise CommandError("ระบุรหัสผังหนึ่งรหัส หรือ --all")
        start, office = timezone.localdate(), office_time()
        walked = [rehearse(flow_in_use(flow), start, office) for flow in _flows(options["code"])]
        if options["json"]:
            plain = [asdict(one) for one in walked]
            self.stdout.write(json.dumps(plain if options["all"] else plain[0], default=str))
        else:
            self._tell(walked)
        if not all(one.finished for one in walked):
            sys.exit(1)

    def _tell(self, walked: list[Rehearsal]) -> None:
        for one in walked:
            self.stdout.write(f"{one.code}: {'จบเรื่อง' if one.finished else 'เดินไม่จบ'}")
            for step in one.path:
                again = f" (รอบที่ {step.round})" if step.round > 1 else ""
                self.stdout.write(
                    f"{step.number:>6}  {thai_date(step.on)}  {ACTIONS[step.action]}{again}"
                )


def _flows(code: str | None) -> list[Flow]:
    if code is None:
        return list(effective_flows())
    try:
        return [effective_flow(code)]
    except Flow.DoesNotExist as error:
        raise CommandError(f"ไม่พบผังที่ใช้บังคับชื่อ {code}") from error
