"""One file that holds the whole office: every table as JSON lines, and the files' bytes.

The same form backs up, restores, and moves an office from SQLite to PostgreSQL or back. It is
a tar: `manifest.json` (rows per table, when, which version), `tables/<label>.jsonl`,
`files/<path>`.
"""

import io
import json
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core import serializers
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from portal.exceptions import DomainError
from portal.files.models import StoredFile

FORM = 1
# made by `migrate` itself, or of no use elsewhere
LEFT_OUT = {"contenttypes", "auth", "sessions", "axes"}
BATCH = 500


class _ToTheMicrosecond(DjangoJSONEncoder):
    """Django's own writes milliseconds; the history's digests cover microseconds."""

    def default(self, o: object) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class BadArchive(DomainError):
    """The file is not an archive of an office, is damaged, or the place is not empty."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says about itself; `rows` counts by model label."""

    form: int
    made_at: str
    rows: dict[str, int]


def kept_models() -> list[type[models.Model]]:
    """Every model whose rows belong to the office."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label not in LEFT_OUT and model._meta.managed
    ]


def write(out: IO[bytes], work: Path, *, now: datetime) -> Manifest:
    """Write the archive from one consistent view of the database; `work` holds parts of it."""
    with tarfile.open(fileobj=out, mode="w|gz") as tar, one_moment():
        rows = {}
        for model in kept_models():
            label = model._meta.label_lower
            part = work / f"{label}.jsonl"
            rows[label] = _dump(model, part)
            tar.add(part, f"tables/{label}.jsonl")
            part.unlink()
        for path in _paths():
            _add_file(tar, path)
        manifest = Manifest(FORM, now.isoformat(), rows)
        _add_bytes(tar, "manifest.json", json.dumps(asdict(manifest)).encode())
    return manifest


def read(source: IO[bytes], work: Path) -> Manifest:
    """Unpack an archive into `work` and return its manifest. Raises BadArchive."""
    try:
        with tarfile.open(fileobj=source, mode="r|gz") as tar:
            tar.extractall(work, filter="data")
        content = json.loads((work / "manifest.json").read_text())
        manifest = Manifest(**content)
    except (tarfile.TarError, OSError, EOFError, ValueError, TypeError) as error:
        raise BadArchive("แฟ้มสำรองเสียหายหรือไม่ใช่แฟ้มสำรองของระบบนี้") from error
    if manifest.form != FORM:
        raise BadArchive(f"แฟ้มสำรองเป็นรูปแบบ {manifest.form} ระบบนี้อ่านรูปแบบ {FORM}")
    return manifest


@transaction.atomic
def load(work: Path, manifest: Manifest) -> None:
    """Put what `read` unpacked into an empty place; all of it or nothing."""
    _clear_what_migrate_made()
    for model in kept_models():
        label = model._meta.label_lower
        loaded = _load_table(work / "tables" / f"{label}.jsonl")
        if loaded != manifest.rows.get(label, 0):
            raise BadArchive(
                f"ตาราง {label} มี {loaded} แถว แต่แฟ้มสำรองแจ้ง {manifest.rows.get(label)}"
            )
    _reset_sequences()
    for path in _paths():
        with (work / "files" / path).open("rb") as content:
            if not default_storage.exists(path):
                default_storage.save(path, content)


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as it was at one moment; writers are not held up."""
    if connection.vendor == "sqlite":
        # deferred, unlike atomic() here: a reader in WAL keeps its view and blocks nobody
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _dump(model: type[models.Model], part: Path) -> int:
    count = 0
    rows = model._default_manager.order_by("pk").iterator(chunk_size=BATCH)
    with part.open("w", encoding="utf-8") as out:
        for row in rows:
            line = serializers.serialize("jsonl", [row], cls=_ToTheMicrosecond, ensure_ascii=False)
            out.write(line)
            count += 1
    return count


def _load_table(part: Path) -> int:
    if not part.exists():
        return 0
    count = 0
    with part.open(encoding="utf-8") as lines:
        for row in serializers.deserialize("jsonl", lines):
            row.save(force_insert=True)
            count += 1
    return count


def _paths() -> Iterable[str]:
    return StoredFile.objects.order_by("path").values_list("path", flat=True).distinct()


def _add_file(tar: tarfile.TarFile, path: str) -> None:
    with default_storage.open(path) as content:
        info = tarfile.TarInfo(f"files/{path}")
        info.size = content.size
        tar.addfile(info, content)


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def _clear_what_migrate_made() -> None:
    """Rows a fresh `migrate` puts there (the calendar) give way to the archive's."""
    for model in reversed(kept_models()):
        model._default_manager.all().delete()


def _reset_sequences() -> None:
    statements: list[Any] = connection.ops.sequence_reset_sql(no_style(), kept_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
