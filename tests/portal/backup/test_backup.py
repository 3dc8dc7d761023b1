"""A backup restored into an empty place is the same office, proven by its chains and hashes."""

import tarfile
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.backup import archive, services
from portal.calendar.models import DayOff
from portal.files.models import StoredFile
from tests.factories.work import MONDAY, complete, make_bench, open_task
from tests.portal.audit.tampering import guards_lifted
from workflows.cases import evidence
from workflows.cases.models import Case, CaseEvent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def worked_office():
    bench = make_bench()
    case = bench.start()
    upload = ContentFile("หลักฐานหนึ่งหน้า".encode(), name="หลักฐาน.txt")
    evidence.attach(open_task(case), upload, title="หลักฐาน", by=bench.officer, now=MONDAY)
    complete(open_task(case), bench.officer)
    return case


def empty_place() -> None:
    """As `flush` leaves it, and no bytes either."""
    for path in StoredFile.objects.values_list("path", flat=True):
        default_storage.delete(path)
    with guards_lifted():
        call_command("flush", interactive=False, verbosity=0)


def test_restores_every_row_chain_and_file(worked_office, tmp_path):
    file = services.backup(tmp_path / "kept", now=MONDAY)
    events = list(CaseEvent.objects.order_by("seq").values("digest", "at", "text"))
    empty_place()
    manifest = services.restore(file)
    assert manifest.rows["cases.case"] == Case.objects.count() == 1
    assert list(CaseEvent.objects.order_by("seq").values("digest", "at", "text")) == events
    assert services.verify_everything() == []
    with default_storage.open(StoredFile.objects.get().path) as content:
        assert content.read().decode() == "หลักฐานหนึ่งหน้า"


def move_to(settings, storages) -> None:
    """The files are elsewhere from now on."""
    settings.STORAGES = {**settings.STORAGES, **storages}


def test_moves_the_files_from_a_folder_to_a_bucket_and_back(
    worked_office, tmp_path, settings, s3_server
):
    s3_server.empty()
    in_folder, path = settings.STORAGES, StoredFile.objects.get().path
    from_folder = services.backup(tmp_path / "kept", now=MONDAY)
    empty_place()
    move_to(settings, s3_server.storages())
    services.restore(from_folder)
    assert services.verify_everything() == []
    assert s3_server.objects() == [path]
    assert not (settings.MEDIA_ROOT / path).exists()
    from_bucket = services.backup(tmp_path / "kept", now=MONDAY + timedelta(days=1))
    empty_place()
    assert s3_server.objects() == []
    move_to(settings, in_folder)
    services.restore(from_bucket)
    assert services.verify_everything() == []
    assert (settings.MEDIA_ROOT / path).read_bytes().decode() == "หลักฐานหนึ่งหน้า"


def test_a_bucket_that_is_away_leaves_no_half_backup_and_no_half_office(
    worked_office, tmp_path, settings, s3_server
):
    file = services.backup(tmp_path / "kept", now=MONDAY)
    in_folder = settings.STORAGES
    move_to(settings, s3_server.storages(secret_key="wrong"))
    with pytest.raises(OSError, match="กุญแจ"):
        services.backup(tmp_path / "more", now=MONDAY)
    assert list((tmp_path / "more").iterdir()) == []
    move_to(settings, in_folder)
    empty_place()
    move_to(settings, s3_server.storages(secret_key="wrong"))
    with pytest.raises(CommandError):
        call_command("restore", str(file))
    assert Case.objects.count() == 0


def test_work_goes_on_after_a_restore(worked_office, tmp_path):
    file = services.backup(tmp_path / "kept", now=MONDAY)
    empty_place()
    services.restore(file)
    case = Case.objects.get()
    complete(open_task(case), case.owner)
    case.refresh_from_db()
    assert case.status == "done"


def test_is_encrypted_when_a_recipient_is_set(worked_office, tmp_path, settings):
    identity = pyrage.x25519.Identity.generate()
    settings.BACKUP_RECIPIENT = str(identity.to_public())
    file = services.backup(tmp_path / "kept", now=MONDAY)
    assert file.name.endswith(".tar.gz.age")
    assert file.read_bytes().startswith(b"age-encryption.org/")
    empty_place()
    for wrong in ("", str(pyrage.x25519.Identity.generate()), "ไม่ใช่กุญแจ"):
        with pytest.raises(archive.BadArchive):
            services.restore(file, identity=wrong)
    services.restore(file, identity=str(identity))
    assert Case.objects.count() == 1


def test_is_not_restored_over_an_office(worked_office, tmp_path):
    file = services.backup(tmp_path / "kept", now=MONDAY)
    with pytest.raises(archive.BadArchive, match="มีข้อมูลอยู่แล้ว"):
        services.restore(file)


@pytest.mark.parametrize("content", [b"", b"not a backup", b"\x1f\x8b broken"])
def test_a_damaged_file_restores_nothing(tmp_path, content):
    file = tmp_path / "bad.tar.gz"
    file.write_bytes(content)
    days = DayOff.objects.count()
    with pytest.raises(CommandError):
        call_command("restore", str(file))
    assert DayOff.objects.count() == days


def test_a_cut_archive_restores_nothing(worked_office, tmp_path):
    file = services.backup(tmp_path / "kept", now=MONDAY)
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(file.read_bytes()[:-400])
    empty_place()
    with pytest.raises(archive.BadArchive):
        services.restore(cut)
    assert Case.objects.count() == 0


def test_a_changed_file_is_found(worked_office):
    Path(default_storage.path(StoredFile.objects.get().path)).write_bytes(b"changed")
    assert services.verify_everything() == ["ไฟล์ หลักฐาน.txt ไม่ตรงกับที่เก็บไว้"]


def test_half_a_backup_has_no_name(worked_office, tmp_path, monkeypatch):
    def full_disk(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "addfile", full_disk)
    with pytest.raises(OSError, match="No space"):
        services.backup(tmp_path / "kept", now=MONDAY)
    assert list((tmp_path / "kept").iterdir()) == []


def test_old_archives_are_forgotten_but_never_the_newest(worked_office, tmp_path):
    folder = tmp_path / "kept"
    first = services.backup(folder, now=MONDAY)
    second = services.backup(folder, now=MONDAY + timedelta(days=1))
    long_after = MONDAY + timedelta(days=4000)
    assert services.forget_old(folder, now=long_after) == [first]
    assert list(folder.iterdir()) == [second]
