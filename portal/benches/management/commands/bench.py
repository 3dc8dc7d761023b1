"""`manage.py bench`: how fast the pages and papers are, as ratios to a baseline of the same run.

It works on a SQLite database and files of its own, in a folder that is gone at the end.
"""

import io
import os
import subprocess
import sys
import tempfile
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from portal.benches import papers
from portal.benches.crowd import FLOW, Crowd
from portal.benches.tables import INBOX, ROWS, Sized, missed, page_table, paper_table
from portal.benches.timing import Page, measure
from portal.files import place

FEW, MANY = 1_000, 100_000


class Command(BaseCommand):
    help = "วัดความเร็วของหน้าและเอกสารเทียบกับฐานที่วัดพร้อมกัน"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rounds", type=int, default=40, help="จำนวนรอบที่วัดแต่ละหน้า")
        parser.add_argument("--paper-rounds", type=int, default=9, help="จำนวนรอบของเอกสาร")
        parser.add_argument("--tasks", type=int, default=MANY, help="จำนวนงานที่มากที่สุด")
        # how the command calls itself, in a place of its own
        parser.add_argument("--inside", type=Path, help=SUPPRESS)

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["inside"]:
            self._measure(options)
        else:
            self._elsewhere(options)

    def _elsewhere(self, options: dict[str, Any]) -> None:
        """Settings are read once: the same command with settings of its own."""
        with tempfile.TemporaryDirectory(prefix="krabuan-bench-") as folder:
            environment = {name: os.environ[name] for name in os.environ if name not in _OURS}
            command = [
                sys.executable,
                "-W",
                "ignore",
                str(settings.BASE_DIR / "manage.py"),
                "bench",
            ]
            for name in ("rounds", "paper_rounds", "tasks"):
                command += [f"--{name.replace('_', '-')}", str(options[name])]
            done = subprocess.run(  # noqa: S603 - our own command, no shell
                [*command, "--inside", folder],
                env={**environment, "PORTAL_VAR": folder},
                cwd=settings.BASE_DIR,
                check=False,
            )
        if done.returncode:
            raise CommandError("มีเป้าหมายที่ไม่ถึง หรือวัดไม่สำเร็จ")

    def _measure(self, options: dict[str, Any]) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_catalogue", stdout=io.StringIO())
        crowd = Crowd()
        few, many = (
            self._sized(crowd, size, options["rounds"]) for size in (FEW, options["tasks"])
        )
        self._print([*page_table([few, many]), ""])
        drawn = papers.measure(FLOW, rounds=options["paper_rounds"], folder=options["inside"])
        self._print(paper_table(drawn))
        if wrong := missed(few, many):
            raise CommandError("\n".join(wrong))

    def _sized(self, crowd: Crowd, tasks: int, rounds: int) -> Sized:
        crowd.grow(tasks)
        return Sized(tasks, measure(_pages(crowd), rounds=rounds))

    def _print(self, lines: list[str]) -> None:
        for line in lines:
            self.stdout.write(line)


_OURS = {"DATABASE_URL", "DATABASE_URL_FILE", "BROKER_URL", "PORTAL_ENV", *place.VARIABLES}


def _pages(crowd: Crowd) -> list[Page]:
    case = reverse("cases:detail", args=[crowd.real.code])
    return [
        Page("bare hello", "/hello/"),
        Page(ROWS, "/rows/"),
        Page(INBOX, "/", crowd.cast.staff),
        Page("case page", case, crowd.cast.staff),
        Page("director's page", "/", crowd.cast.director),
    ]
