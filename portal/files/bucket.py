"""A bucket that speaks S3, for a portal on more than one machine. Imported only where one is named.

Each file is one PUT: it has its name when all of it has arrived, or it has none. Its SHA-256 goes
along, so that a server that checks it refuses other bytes under that name. Nothing is public and
nothing has an address: our views serve the bytes after they have asked who may read them.
"""

import base64
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

# more than any upload; S3 itself takes 5 GB in one piece
ONE_PIECE = 5 * 1024**3
IN_MEMORY = 2 * 1024 * 1024
# a person waits: long enough for a slow line, shorter than gunicorn's patience
PATIENCE = Config(
    signature_version="s3v4",
    connect_timeout=3,
    read_timeout=10,
    retries={"total_max_attempts": 2, "mode": "standard"},
    # ours goes along by itself; the checksums boto3 adds are not understood by every server
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)

NO_ANSWER = "ติดต่อไม่ได้"
_IN_THAI = {
    "NoSuchBucket": "ไม่มีที่เก็บ (bucket) ชื่อนี้",
    "InvalidAccessKeyId": "ไม่รู้จัก FILES_KEY_ID",
    "SignatureDoesNotMatch": "FILES_SECRET_KEY ไม่ถูกต้อง",
    "AccessDenied": "กุญแจนี้ไม่มีสิทธิ์อ่าน เขียน หรือลบ",
    # an answer to HEAD has no words, only its number
    "403": "กุญแจไม่ถูกต้องหรือไม่มีสิทธิ์",
}


class BucketRefused(OSError):
    """The bucket did not do what it was asked; the text says why, in Thai."""


class Bucket(S3Storage):  # type: ignore[misc]  # the package has no types
    """Files in a bucket, under their digests."""

    def get_default_settings(self) -> dict[str, Any]:
        """What does not come from the address: private, in one piece, not for ever."""
        return {
            **super().get_default_settings(),
            "client_config": PATIENCE,
            "transfer_config": TransferConfig(
                multipart_threshold=ONE_PIECE, num_download_attempts=1, use_threads=False
            ),
            "max_memory_size": IN_MEMORY,
            "default_acl": None,
        }

    def __init__(self, *, addressing_style: str, **facts: Any) -> None:
        """`addressing_style`: whether the bucket stands in the path or in the host's name."""
        super().__init__(addressing_style=addressing_style, **facts)
        self.client_config = PATIENCE.merge(Config(s3={"addressing_style": addressing_style}))
        self._process = os.getpid()

    @property
    def connection(self) -> Any:
        """A process that was forked makes lines of its own: two never speak on one."""
        if self._process != os.getpid():
            self._process, self._connections = os.getpid(), threading.local()
        return super().connection

    @property
    def bucket(self) -> Any:
        """Of this thread's line; the package would keep the first one's for all."""
        return self.connection.Bucket(self.bucket_name)

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        """All the bytes are here before anybody is promised them."""
        with self._asked():
            found: File[bytes] = super()._open(name, mode)
            found.open()
        return found

    def _save(self, name: str, content: "File[bytes]") -> str:
        with self._asked():
            return str(super()._save(name, content))

    def _get_write_parameters(
        self, name: str, content: "File[bytes] | None" = None
    ) -> dict[str, Any]:
        digest = base64.b64encode(bytes.fromhex(PurePosixPath(name).name)).decode()
        return {**super()._get_write_parameters(name, content), "ChecksumSHA256": digest}

    def delete(self, name: str) -> None:
        with self._asked():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with self._asked():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with self._asked():
            return int(super().size(name))

    def url(self, *_args: Any, **_facts: Any) -> str:
        """Refused: whoever has a signed address reads without being asked who he is."""
        raise NotImplementedError("files are served by our views only")

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """The network's and the server's own errors as what a disk would raise."""
        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            raise BucketRefused(f"{self._shown()}: {_IN_THAI.get(code, code)}") from error
        except (BotoCoreError, RetriesExceededError) as error:
            raise BucketRefused(f"{self._shown()}: {NO_ANSWER}") from error

    def _shown(self) -> str:
        return f"{self.endpoint_url or 's3'} {self.bucket_name}"
