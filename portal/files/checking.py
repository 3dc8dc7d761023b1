"""Whether the bytes are still the ones that were stored, and whether new ones can be."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from portal.files.models import StoredFile, path_of


def verify(stored: StoredFile) -> bool:
    """The file is there, with the size and the SHA-256 of its row."""
    digest, size = hashlib.sha256(), 0
    try:
        with default_storage.open(stored.path) as content:
            for chunk in content.chunks():
                digest.update(chunk)
                size += len(chunk)
    except FileNotFoundError:
        return False
    return (digest.hexdigest(), size) == (stored.sha256, stored.size)


def place_problem() -> str:
    """In Thai, why no file can be kept now; empty when one can: one is kept and removed."""
    data = secrets.token_bytes(32)
    path = path_of(hashlib.sha256(data).hexdigest())
    try:
        default_storage.save(path, ContentFile(data))
        with default_storage.open(path) as content:
            well = content.read() == data
        default_storage.delete(path)
    except OSError as error:
        return f"ที่เก็บไฟล์ใช้ไม่ได้ ({error})"
    return "" if well else "ที่เก็บไฟล์คืนข้อมูลไม่ตรงกับที่เก็บไว้"


def newest_is_there() -> bool:
    """Whether the place holds what the rows say: a folder that was not mounted is empty."""
    newest = StoredFile.objects.order_by("-pk").first()
    return newest is None or default_storage.exists(newest.path)
