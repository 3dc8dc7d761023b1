"""Bytes are kept once and stay what they were."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError

from portal.exceptions import RuleBroken
from portal.files import services
from portal.files.checking import verify
from portal.files.models import StoredFile
from portal.files.storage import WholeFileStorage
from tests.factories.people import make_user
from tests.factories.uploads import EXE, PDF, PNG, make_stored, make_upload

pytestmark = pytest.mark.django_db
SHA = hashlib.sha256(PDF).hexdigest()


def test_store_keeps_the_bytes_under_their_digest():
    user = make_user()
    stored = services.store(make_upload("หลักฐาน การประชุม.pdf"), by=user)
    assert (stored.name, stored.media_type, stored.size, stored.added_by) == (
        "หลักฐาน การประชุม.pdf", "application/pdf", len(PDF), user,
    )  # fmt: skip
    assert (stored.sha256, stored.path) == (SHA, f"{SHA[:2]}/{SHA[2:4]}/{SHA}")
    with default_storage.open(stored.path) as content:
        assert content.read() == PDF


def test_store_of_the_same_bytes_writes_them_once():
    user = make_user()
    first, second = make_stored(user, "ก.pdf"), make_stored(user, "ข.pdf")
    assert first.pk != second.pk
    assert (first.path, first.name, second.name) == (second.path, "ก.pdf", "ข.pdf")
    folder = Path(default_storage.path(first.path)).parent
    assert [file.name for file in folder.iterdir()] == [SHA]


def test_store_of_a_disguised_file_keeps_nothing():
    with pytest.raises(RuleBroken):
        services.store(make_upload("คำสั่ง.pdf", EXE), by=make_user())
    assert StoredFile.objects.count() == 0
    assert not default_storage.exists(hashlib.sha256(EXE).hexdigest())


def test_store_bytes_keeps_what_the_portal_made():
    stored = services.store_bytes(PDF, name="ผัง.pdf", media_type="application/pdf", by=None)
    assert (stored.sha256, stored.added_by) == (SHA, None)


def test_store_bytes_refuses_nothing_at_all():
    with pytest.raises(IntegrityError, match="storedfile_not_empty"):
        services.store_bytes(b"", name="ว่าง.pdf", media_type="application/pdf", by=None)


def test_discard_keeps_bytes_another_row_names():
    user = make_user()
    first, second = make_stored(user), make_stored(user)
    services.discard(first)
    assert verify(second)
    services.discard(second)
    assert not default_storage.exists(second.path)
    assert StoredFile.objects.count() == 0


def test_verify_is_true_for_what_was_stored():
    assert verify(make_stored(make_user()))


def test_verify_finds_changed_bytes():
    stored = make_stored(make_user(), content=PDF + b"for tampering")
    Path(default_storage.path(stored.path)).write_bytes(PDF + b"was tampered.")
    assert not verify(stored)


def test_verify_finds_missing_bytes():
    stored = make_stored(make_user(), "ภาพ.png", PNG)
    default_storage.delete(stored.path)
    assert not verify(stored)


def test_storage_leaves_no_half_file_behind(tmp_path):
    class Torn(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        WholeFileStorage(tmp_path).save("ab/cd/abcd", Torn(b"half and half"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_storage_keeps_one_name(tmp_path):
    storage = WholeFileStorage(tmp_path)
    assert [storage.save("ab/cd/abcd", ContentFile(b"same")) for _ in range(2)] == [
        "ab/cd/abcd"
    ] * 2
    assert (tmp_path / "ab/cd/abcd").read_bytes() == b"same"
