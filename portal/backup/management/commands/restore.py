"""`manage.py restore FILE`: an archive into an empty, migrated place, verified.

Also the way from SQLite to PostgreSQL and back: back up on one, restore on the other.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.backup.archive import BadArchive
from portal.backup.services import restore


class Command(BaseCommand):
    help = "กู้คืนแฟ้มสำรองลงฐานข้อมูลว่าง แล้วตรวจประวัติทุกเรื่องและลายนิ้วมือไฟล์ทุกไฟล์"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="แฟ้มสำรอง")
        parser.add_argument("--identity-file", type=Path, help="แฟ้มกุญแจลับ (age) ของแฟ้มที่เข้ารหัส")

    def handle(self, *_args: Any, **options: Any) -> None:
        key = options["identity_file"]
        try:
            manifest = restore(options["file"], identity=key.read_text() if key else "")
        except (BadArchive, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(manifest.rows.values())
        self.stdout.write(f"กู้คืน {rows} แถวจาก {len(manifest.rows)} ตาราง ประวัติและไฟล์ครบถ้วน")
