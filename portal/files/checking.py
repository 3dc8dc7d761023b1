"""Whether the bytes are still the ones that were stored."""

import hashlib

from django.core.files.storage import default_storage

from portal.files.models import StoredFile


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
