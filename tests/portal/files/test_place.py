"""Which place FILES_URL names, and what it may not say."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.files import place

KEYS = {"key_id": "id", "secret_key": "secret"}
NO_KEYS = {"key_id": "", "secret_key": ""}
VAR = Path("/srv/var/files")


def test_nothing_said_is_the_folder_of_the_portal():
    assert place.folder("", default=VAR) == VAR
    assert place.storage("", **NO_KEYS) == {"BACKEND": place.FOLDER}


def test_a_network_folder_is_named_by_its_path():
    assert place.folder("file:///mnt/portal/files", default=VAR) == Path("/mnt/portal/files")
    assert place.storage("file:///mnt/portal/files", **NO_KEYS) == {"BACKEND": place.FOLDER}


def test_a_bucket_of_an_own_server_stands_in_the_path():
    url = "s3://office/portal/?endpoint=http://minio:9000&region=th-1"
    assert place.storage(url, **KEYS) == {
        "BACKEND": place.BUCKET,
        "OPTIONS": {
            "bucket_name": "office",
            "location": "portal",
            "endpoint_url": "http://minio:9000",
            "region_name": "th-1",
            "addressing_style": "path",
            "access_key": "id",
            "secret_key": "secret",
        },
    }


def test_a_bucket_without_an_endpoint_stands_in_the_name_of_the_host():
    options = place.storage("s3://office", **KEYS)["OPTIONS"]
    assert (options["endpoint_url"], options["addressing_style"]) == (None, "virtual")


@pytest.mark.parametrize(
    ("url", "keys", "said"),
    [
        ("ftp://office", NO_KEYS, "neither file:// nor s3://"),
        ("/mnt/files", NO_KEYS, "neither file:// nor s3://"),
        ("", KEYS, "does not name a bucket"),
        ("file:///mnt/files", KEYS, "does not name a bucket"),
        ("s3://office", NO_KEYS, "must both be set"),
        ("s3://office", {"key_id": "id", "secret_key": ""}, "must both be set"),
        ("s3://office", {"key_id": "", "secret_key": "secret"}, "must both be set"),
        ("s3:///prefix", KEYS, "names no bucket"),
        ("s3://id:secret@office", KEYS, "holds keys"),
        ("s3://office?endpont=http://minio", KEYS, "has endpont, expected only"),
        ("s3://office?endpoint=", KEYS, "has nothing for endpoint"),
        ("s3://office?endpoint", KEYS, "cannot be read"),
        ("s3://office?endpoint=minio:9000", KEYS, "expected https://host"),
        ("s3://office?endpoint=http://a:b@minio", KEYS, "expected https://host"),
        ("s3://office?style=round", KEYS, "expected one of path, virtual"),
        ("s3://office?region=a&region=b", KEYS, "twice"),
    ],
)
def test_what_is_unknown_or_half_said_stops_the_start(url, keys, said):
    with pytest.raises(ImproperlyConfigured, match=f"FILES_URL .*{said}"):
        place.storage(url, **keys)


@pytest.mark.parametrize("url", ["file://server/files", "file:files", "file:///files?x=1"])
def test_a_folder_must_be_absolute_and_here(url):
    with pytest.raises(ImproperlyConfigured, match="absolute"):
        place.folder(url, default=VAR)
