"""Places for files that tests of several rooms need."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories.bucket import S3Server


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """One server for all tests of this process."""
    server = S3Server()
    yield server
    server.stop()


@pytest.fixture
def bucket(s3_server: S3Server, settings: Any) -> S3Server:
    """Files are kept in an empty bucket of a real S3 server."""
    s3_server.empty()
    settings.STORAGES = {**settings.STORAGES, **s3_server.storages()}
    return s3_server
