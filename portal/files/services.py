"""Writes files: the bytes once, named by their SHA-256, then the row."""

import hashlib
import logging
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from portal.exceptions import Unavailable
from portal.files.intake import accept
from portal.files.models import StoredFile, path_of
from portal.office.selectors import office

if TYPE_CHECKING:
    from portal.accounts.models import User


logger = logging.getLogger(__name__)

NOT_KEPT = "ขณะนี้เก็บไฟล์ “{}” ไม่ได้ เพราะที่เก็บไฟล์ของระบบขัดข้อง ยังไม่มีการบันทึกใด ๆ โปรดลองอีกครั้งในอีกสักครู่"


def store(upload: "File[Any]", *, by: "User") -> StoredFile:
    """Keep what a person sent; raises RuleBroken(field="file") for what is not taken, and
    Unavailable when the place of files is away or full."""
    accepted = accept(upload.name or "", upload, upload.size, limit_mb=office().upload_limit_mb)
    try:
        return _keep(upload, name=accepted.name, media_type=accepted.media_type, by=by)
    except OSError as error:
        logger.exception("a file was not kept")
        raise Unavailable(NOT_KEPT.format(accepted.name), field="file") from error


def store_bytes(data: bytes, *, name: str, media_type: str, by: "User | None") -> StoredFile:
    """Keep what the portal itself made."""
    return _keep(ContentFile(data), name=name, media_type=media_type, by=by)


@transaction.atomic
def discard(stored: StoredFile) -> None:
    """Remove a file nothing points at; the bytes go with the last row that names them."""
    others = [row.pk for row in _rows_of(stored.path) if row.pk != stored.pk]
    path = stored.path
    stored.delete()
    if not others:
        default_storage.delete(path)


@transaction.atomic
def _keep(content: "File[Any]", *, name: str, media_type: str, by: "User | None") -> StoredFile:
    sha256 = _digest(content)
    path = path_of(sha256)
    # locked until the row stands, so that nobody discards the bytes meanwhile
    list(_rows_of(path))
    if not default_storage.exists(path):
        content.seek(0)
        path = default_storage.save(path, content)
    return StoredFile.objects.create(
        sha256=sha256,
        size=content.size,
        media_type=media_type,
        name=name,
        path=path,
        added_by=by,
    )


def _rows_of(path: str) -> QuerySet[StoredFile]:
    return StoredFile.objects.select_for_update().filter(path=path)


def _digest(content: "File[Any]") -> str:
    content.seek(0)
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return digest.hexdigest()
