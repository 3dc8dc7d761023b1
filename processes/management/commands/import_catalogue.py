"""`manage.py import_catalogue FILE`: what `export_catalogue` printed, read back without loss."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from processes.importing import import_catalogue
from processes.loading import CatalogueError


class Command(BaseCommand):
    help = "นำเข้าแฟ้ม JSON ที่ได้จาก export_catalogue ทั้งหมดหรือไม่เลย"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="แฟ้ม JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            loaded = import_catalogue(options["file"], now=now())
        except (CatalogueError, OSError) as error:
            raise CommandError(str(error)) from error
        for each in loaded:
            self.stdout.write(f"{each.code}: {each.said}")
