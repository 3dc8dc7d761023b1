"""Reads back what `export_catalogue` printed, by the same way as catalogue files."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.canonical import digest
from processes.loading import CatalogueError, FileFault, Loaded, Source, take_in
from processes.rules import problems
from processes.shape import Edition, from_plain


@transaction.atomic
def import_catalogue(file: Path, *, now: datetime) -> list[Loaded]:
    """Take in every process of an export; all or nothing. Raises CatalogueError."""
    loaded = []
    for manual, sources in _by_manual(_read(file), file):
        loaded += take_in(manual, sources, now=now)
    return loaded


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        flows = json.loads(file.read_text(encoding="utf-8"))
        return [flow["source"] for flow in flows]
    except json.JSONDecodeError as error:
        raise _fault(file, "ไม่ใช่ JSON ที่ถูกต้อง", error.lineno) from error
    except (UnicodeDecodeError, TypeError, KeyError) as error:
        raise _fault(file, "ไม่ใช่แฟ้มที่ได้จาก export_catalogue") from error


def _by_manual(
    flows: list[dict[str, Any]], file: Path
) -> list[tuple[dict[str, str], list[Source]]]:
    """Each manual with its processes; the flows of one process carry it more than once."""
    manuals: dict[str, tuple[dict[str, str], dict[str, Source]]] = {}
    for flow in flows:
        try:
            manual, content = flow["manual"], from_plain(Edition, flow["edition"])
            known = manuals.setdefault(manual["code"], (manual, {}))
        except (TypeError, KeyError, ValueError) as error:
            raise _fault(file, f"ข้อมูลกระบวนงานไม่ครบหรือไม่รู้จัก ({error})") from error
        if wrong := problems(content):
            raise CatalogueError([FileFault(file, 1, f"{content.code}: {each}") for each in wrong])
        known[1][content.code] = Source(file, content, digest(flow["edition"]))
    return [(manual, list(sources.values())) for manual, sources in manuals.values()]


def _fault(file: Path, text: str, line: int = 1) -> CatalogueError:
    return CatalogueError([FileFault(file, line, text)])
