"""`manage.py drill [NAME …]`: break things for real and see that no job is lost or done twice.

DATABASE_URL names the PostgreSQL server and how the databases of the drill are to be called; they
are new, and gone at the end. Redis, web and workers are processes of the drill's own.
"""

import os
import tempfile
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.drills.place import DEFAULT_URL
from portal.drills.running import run_all, run_inside, table
from portal.drills.stories import STORIES


class Command(BaseCommand):
    help = "ซ้อมเหตุขัดข้องกับ PostgreSQL และ Redis จริง แล้วพิมพ์ตารางผล"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("drills", nargs="*", metavar="NAME", help=", ".join(STORIES))
        # how the command calls itself, once for each drill
        parser.add_argument("--inside", type=Path, help=SUPPRESS)
        parser.add_argument("--like", default="", help=SUPPRESS)

    def handle(self, *_args: Any, **options: Any) -> None:
        drills = options["drills"] or list(STORIES)
        if unknown := sorted(set(drills) - set(STORIES)):
            raise CommandError(f"ไม่รู้จักการซ้อม {', '.join(unknown)} (มี {', '.join(STORIES)})")
        if options["inside"]:
            run_inside(drills[0], options["inside"], like=options["like"])
        else:
            self._run(drills)

    def _run(self, drills: list[str]) -> None:
        url = os.environ.get("DATABASE_URL", DEFAULT_URL)
        if not url.startswith(("postgres://", "postgresql://")):
            raise CommandError("การซ้อมต้องใช้ PostgreSQL (DATABASE_URL)")
        logs = Path(tempfile.mkdtemp(prefix="krabuan-drill-logs-"))
        results = run_all(drills, url=url, logs=logs, say=self.stderr.write)
        for line in table(results):
            self.stdout.write(line)
        for result in results:
            for words in result.wrong:
                self.stderr.write(f"{result.drill}: {words}")
        if not all(result.passed for result in results):
            raise CommandError("การซ้อมไม่ผ่าน")
