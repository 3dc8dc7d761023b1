"""`manage.py backup [--to FOLDER]`: one file with the database and the files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.backup.services import backup


class Command(BaseCommand):
    help = "สำรองฐานข้อมูลและไฟล์ทั้งหมดเป็นแฟ้มเดียว (เข้ารหัสเมื่อกำหนด BACKUP_RECIPIENT)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", type=Path, default=Path(settings.BACKUP_DIR), help="โฟลเดอร์ปลายทาง"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        made = backup(options["to"], now=timezone.now())
        self.stdout.write(f"สำรองข้อมูลแล้ว: {made}")
