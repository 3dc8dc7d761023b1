"""Which place the settings name for files: a folder, or a bucket that speaks S3.

FILES_URL is empty (the folder `files` of PORTAL_VAR), `file:///mnt/portal/files`, or
`s3://bucket/prefix?endpoint=https://s3.example.go.th&region=th-1&style=path`. The keys of a bucket
are FILES_KEY_ID and FILES_SECRET_KEY. What is unknown or half said stops the start.
"""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured

SECRETS = ("FILES_KEY_ID", "FILES_SECRET_KEY")
VARIABLES = ("FILES_URL", "FILES_URL_FILE", *SECRETS, *(f"{name}_FILE" for name in SECRETS))
FOLDER = "portal.files.storage.WholeFileStorage"
BUCKET = "portal.files.bucket.Bucket"
STYLES = ("path", "virtual")
FACTS = ("endpoint", "region", "style")


def folder(url: str, *, default: Path) -> Path:
    """The folder of files; `default` unless the address names another one."""
    address = urlsplit(url)
    if address.scheme != "file":
        return default
    if address.netloc or address.query or not address.path.startswith("/"):
        raise _wrong(f"{url!r} must be file:///an/absolute/folder")
    return Path(address.path)


def storage(url: str, *, key_id: str, secret_key: str) -> dict[str, Any]:
    """What Django is to keep files with."""
    address = urlsplit(url)
    if address.scheme == "s3":
        return {"BACKEND": BUCKET, "OPTIONS": _bucket(address, key_id, secret_key)}
    if address.scheme not in ("", "file") or (url and not address.scheme):
        raise _wrong(f"{url!r} begins with neither file:// nor s3://")
    if key_id or secret_key:
        raise _wrong("does not name a bucket, but FILES_KEY_ID or FILES_SECRET_KEY is set")
    return {"BACKEND": FOLDER}


def _bucket(address: SplitResult, key_id: str, secret_key: str) -> dict[str, Any]:
    if "@" in address.netloc:
        raise _wrong("holds keys; they belong in FILES_KEY_ID and FILES_SECRET_KEY")
    if not address.netloc:
        raise _wrong("names no bucket: s3://bucket?endpoint=…")
    if not (key_id and secret_key):
        raise _wrong("names a bucket, so FILES_KEY_ID and FILES_SECRET_KEY must both be set")
    facts = _facts(address.query)
    endpoint = facts.get("endpoint")
    style = facts.get("style", "path" if endpoint else "virtual")
    if style not in STYLES:
        raise _wrong(f"has style={style}, expected one of {', '.join(STYLES)}")
    return {
        "bucket_name": address.netloc,
        "location": address.path.strip("/"),
        "endpoint_url": endpoint and _endpoint(endpoint),
        "region_name": facts.get("region", "us-east-1"),
        "addressing_style": style,
        "access_key": key_id,
        "secret_key": secret_key,
    }


def _facts(query: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError as error:
        raise _wrong(f"cannot be read after the question mark: {query!r}") from error
    facts = dict(pairs)
    if unknown := sorted(set(facts) - set(FACTS)):
        raise _wrong(f"has {', '.join(unknown)}, expected only {', '.join(FACTS)}")
    if empty := [name for name, value in pairs if not value]:
        raise _wrong(f"has nothing for {', '.join(empty)}")
    if len(facts) < len(pairs):
        raise _wrong("says the same thing twice")
    return facts


def _endpoint(text: str) -> str:
    address = urlsplit(text)
    if address.scheme not in ("http", "https") or not address.hostname or "@" in address.netloc:
        raise _wrong(f"has endpoint={text}, expected https://host or http://host:port")
    return text


def _wrong(words: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"FILES_URL {words}")
