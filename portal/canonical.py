"""One spelling of a value, so that equal things have equal digests.

Used by the two history chains, by editions and by submissions. Pure.
"""

import hashlib
import json
from datetime import date, datetime
from typing import Any


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")


def canonical_bytes(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8. Raises TypeError for what has no plain form."""
    return json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
        default=_plain,
    ).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def chain_link(previous: str, payload: Any) -> str:
    """Digest of an event that follows the one whose digest is `previous` ("" for the first)."""
    return digest({"previous": previous, "payload": payload})
