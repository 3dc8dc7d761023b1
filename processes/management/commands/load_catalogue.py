"""`manage.py load_catalogue [PATH]`: the catalogue files into the database, all or nothing."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from processes.loading import CATALOGUE, CatalogueError, FileFault, Loaded, load_catalogue


class Command(BaseCommand):
    help = "นำแฟ้มกระบวนงานเข้าฐานข้อมูล ทั้งหมดหรือไม่เลย"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=CATALOGUE, help="โฟลเดอร์ของแฟ้ม")
        parser.add_argument("--json", action="store_true", help="พิมพ์เฉพาะ JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            loaded = load_catalogue(options["path"], now=now())
        except CatalogueError as error:
            self._say_faults(error.faults, as_json=options["json"])
            raise SystemExit(1) from error
        if options["json"]:
            self._print_json([_loaded(each) for each in loaded])
            return
        for each in loaded:
            self.stdout.write(f"{each.code}: {each.said}")

    def _say_faults(self, faults: list[FileFault], *, as_json: bool) -> None:
        if as_json:
            self._print_json({"faults": [_fault(fault) for fault in faults]})
            return
        for fault in faults:
            self.stderr.write(str(fault))
        self.stderr.write("แฟ้มไม่ถูกต้อง จึงไม่ได้นำเข้าสิ่งใดเลย")

    def _print_json(self, value: object) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1))


def _loaded(each: Loaded) -> dict[str, Any]:
    return {
        "code": each.code,
        "name": each.name,
        "file": str(each.file),
        "outcome": each.outcome.value,
        "edition": each.edition.number,
        "status": each.edition.status,
    }


def _fault(fault: FileFault) -> dict[str, Any]:
    return {"file": str(fault.file), "line": fault.line, "text": fault.text}
