"""`manage.py print_paper CODE --kind KIND -o FILE`: a paper of the effective edition, at once."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from processes.models import Flow
from processes.selectors import effective_flow
from reports import kinds
from reports.models import PaperKind


class Command(BaseCommand):
    help = "จัดทำเอกสาร PDF ของผังที่ใช้บังคับ โดยไม่ผ่านคิว"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="รหัสผังกระบวนงาน เช่น dlit")
        parser.add_argument("--kind", choices=PaperKind.values, default="standards_table")
        parser.add_argument("-o", "--output", type=Path, required=True, help="แฟ้ม PDF ที่จะเขียน")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            flow = effective_flow(options["code"])
        except Flow.DoesNotExist as error:
            raise CommandError(f"ไม่พบผังที่ใช้บังคับชื่อ {options['code']}") from error
        kind, tell = PaperKind(options["kind"]), self._tell if options["verbosity"] > 1 else _hush
        content = kinds.collect(kind, kinds.Source(flow), today=localdate())
        try:
            options["output"].write_bytes(kinds.make(kind, content, tell))
        except OSError as error:
            raise CommandError(f"เขียนแฟ้ม {options['output']} ไม่ได้: {error.strerror}") from error
        self.stderr.write(f"เขียน {options['output']} แล้ว")

    def _tell(self, saying: str) -> None:
        self.stderr.write(saying)


def _hush(_saying: str) -> None:
    """Nobody waits in front of a screen."""
