"""Backs up, restores, and proves that nothing was lost on the way."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pyrage
from django.conf import settings
from django.utils import timezone

from portal.accounts.models import User
from portal.audit import services as audit
from portal.backup import archive
from portal.backup.archive import BadArchive, Manifest
from portal.files import checking
from portal.files.models import StoredFile
from portal.office.selectors import office
from workflows.cases import history
from workflows.cases.models import Case

PLAIN, SEALED = ".tar.gz", ".tar.gz.age"


def backup(folder: Path, *, now: datetime) -> Path:
    """Write an archive into `folder` and return it; encrypted if BACKUP_RECIPIENT is set.

    The name is given when the file is whole, so half a backup never looks like one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"krabuan-{timezone.localtime(now):%Y%m%d-%H%M%S}"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as part:
        made = Path(part) / "archive"
        with made.open("wb") as out:
            archive.write(out, Path(part), now=now)
        if settings.BACKUP_RECIPIENT:
            recipient = pyrage.x25519.Recipient.from_str(settings.BACKUP_RECIPIENT)
            pyrage.encrypt_file(str(made), f"{made}.age", [recipient])
            made, suffix = Path(f"{made}.age"), SEALED
        else:
            suffix = PLAIN
        return made.rename(folder / f"{name}{suffix}")


def restore(file: Path, *, identity: str = "") -> Manifest:
    """Load an archive into an empty, migrated place and verify it. Raises BadArchive.

    `identity` is the secret key (AGE-SECRET-KEY-…) of an encrypted archive.
    """
    if User.objects.exists() or Case.objects.exists():
        raise BadArchive("ฐานข้อมูลปลายทางมีข้อมูลอยู่แล้ว กู้คืนได้เฉพาะฐานข้อมูลว่าง")
    with tempfile.TemporaryDirectory() as work:
        opened = _opened(file, Path(work), identity)
        with opened.open("rb") as source:
            manifest = archive.read(source, Path(work))
        archive.load(Path(work), manifest)
    problems = verify_everything()
    if problems:
        raise BadArchive("กู้คืนแล้วแต่ตรวจพบ: " + " · ".join(problems[:5]))
    return manifest


def verify_everything() -> list[str]:
    """In Thai, every broken history chain and every file that is not what was stored."""
    problems = [f"ประวัติสำนักงาน: {problem}" for problem in audit.verify()]
    for case in Case.objects.order_by("pk").iterator(chunk_size=500):
        problems += [f"เรื่อง {case.code}: {problem}" for problem in history.verify(case)]
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        if not checking.verify(stored):
            problems.append(f"ไฟล์ {stored.name} ไม่ตรงกับที่เก็บไว้")
    return problems


def forget_old(folder: Path, *, now: datetime) -> list[Path]:
    """Remove archives older than the office keeps them, but never the newest."""
    kept = now - timedelta(days=office().backup_keep_days)
    archives = sorted(folder.glob("krabuan-*"))
    old = [file for file in archives[:-1] if file.stat().st_mtime < kept.timestamp()]
    for file in old:
        file.unlink()
    return old


def last_backup(folder: Path) -> datetime | None:
    """When the newest archive was made."""
    archives = sorted(folder.glob("krabuan-*"))
    if not archives:
        return None
    return datetime.fromtimestamp(archives[-1].stat().st_mtime, tz=timezone.get_default_timezone())


def _opened(file: Path, work: Path, identity: str) -> Path:
    if file.suffix != ".age":
        return file
    if not identity:
        raise BadArchive("แฟ้มสำรองนี้เข้ารหัสไว้ กรุณาระบุกุญแจด้วย --identity-file")
    opened = work / "archive"
    try:
        key = pyrage.x25519.Identity.from_str(identity.strip())
        pyrage.decrypt_file(str(file), str(opened), [key])
    except (pyrage.IdentityError, pyrage.DecryptError) as error:
        raise BadArchive("กุญแจไม่ตรงกับแฟ้มสำรองนี้") from error
    return opened
