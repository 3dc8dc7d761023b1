"""The catalogue folder into the database: all of it, or nothing.

A folder is a manual: `manual.yaml` and one file per process. docs/catalogue-format.md.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from portal.audit.services import record
from portal.canonical import digest
from processes import editing, reading, shape, storage
from processes.models import Edition, EditionOrigin, EditionStatus, Flow, Manual, Process
from processes.rules import problems

CATALOGUE = Path(__file__).parent / "catalogue"
MANUAL_FILE = "manual.yaml"


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong, in which file and on which line."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class CatalogueError(Exception):
    """The catalogue cannot be read; `faults` says everything that is wrong with it."""

    def __init__(self, faults: list[FileFault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Outcome(StrEnum):
    """What loading a file came to."""

    FIRST = "first"
    SAME = "same"
    DRAFT = "draft"
    KEPT = "kept"


_SAYING = {
    Outcome.FIRST: "นำเข้าเป็นฉบับที่ {number} และใช้บังคับ",
    Outcome.SAME: "ตรงกับแฟ้มอยู่แล้ว ไม่มีอะไรเปลี่ยน",
    Outcome.DRAFT: "แฟ้มเปลี่ยน ทำเป็นร่างฉบับที่ {number} ไว้ข้างฉบับที่ใช้บังคับ โปรดตรวจร่าง",
    Outcome.KEPT: "สำนักงานแก้ไขฉบับที่ {number} เองแล้ว จึงไม่แตะต้อง",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file and what became of it; `edition` is the one the file speaks of now."""

    file: Path
    code: str
    name: str
    outcome: Outcome
    edition: Edition

    @property
    def said(self) -> str:
        """The outcome as the commands tell it."""
        return _SAYING[self.outcome].format(number=self.edition.number)


@dataclass(frozen=True, slots=True)
class Source:
    """A process file that was read and found right."""

    file: Path
    content: shape.Edition
    source_hash: str


# -- reading


def read_file(path: Path) -> shape.Edition:
    """The process a catalogue file describes. Raises CatalogueError."""
    manual = read_manual(path.parent)
    return _read_process(path, manual["code"]).content


def read_manual(folder: Path) -> dict[str, str]:
    """What `manual.yaml` of the folder says. Raises CatalogueError."""
    path = folder / MANUAL_FILE
    if not path.is_file():
        raise CatalogueError([FileFault(path, 1, "ไม่พบแฟ้มนี้ ทุกโฟลเดอร์ต้องมีแฟ้มของคู่มือ")])
    plain: dict[str, str] = _read(path, reading.MANUAL)[0]
    return plain


def _read(path: Path, schema: reading.Read) -> tuple[dict[str, Any], reading.Reader]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CatalogueError([FileFault(path, line, "แฟ้มไม่ได้บันทึกเป็น UTF-8")]) from error
    plain, reader = reading.read_text(text, schema)
    if reader.faults:
        raise CatalogueError([FileFault(path, each.line, each.text) for each in reader.faults])
    return plain, reader


def _read_process(path: Path, manual: str) -> Source:
    plain, reader = _read(path, reading.PROCESS)
    content = shape.from_plain(shape.Edition, {**plain, "manual": manual})
    if wrong := problems(content):
        raise CatalogueError(
            [FileFault(path, reader.line_of(each.path), str(each)) for each in wrong]
        )
    return Source(path, content, hashlib.sha256(path.read_bytes()).hexdigest())


def _manual_folders(root: Path) -> list[Path]:
    if (root / MANUAL_FILE).is_file():
        return [root]
    folders = sorted(each for each in root.iterdir() if each.is_dir()) if root.is_dir() else []
    if not folders:
        raise CatalogueError([FileFault(root, 1, "ไม่พบคู่มือในที่นี้")])
    return folders


def _process_files(folder: Path) -> list[Path]:
    files = [*folder.glob("*.yaml"), *folder.glob("*.yml")]
    return sorted(path for path in files if path.name != MANUAL_FILE)


def _read_catalogue(root: Path) -> list[tuple[dict[str, str], list[Source]]]:
    """Every manual with its processes; everything wrong anywhere is told at once."""
    manuals: list[tuple[dict[str, str], list[Source]]] = []
    faults: list[FileFault] = []
    for folder in _manual_folders(root):
        try:
            manual = read_manual(folder)
        except CatalogueError as error:
            faults += error.faults
            continue
        sources = []
        for path in _process_files(folder):
            try:
                sources.append(_read_process(path, manual["code"]))
            except CatalogueError as error:
                faults += error.faults
        manuals.append((manual, sources))
    faults += _clashes([source for _, sources in manuals for source in sources])
    if faults:
        raise CatalogueError(faults)
    return manuals


def _clashes(sources: list[Source]) -> list[FileFault]:
    """A code is the address of one process or one flow, wherever its file lies."""
    faults = []
    processes: dict[str, Path] = {}
    flows: dict[str, tuple[str, Path]] = {}
    for source in sources:
        code = source.content.code
        if first := processes.get(code):
            faults.append(FileFault(source.file, 1, f"รหัสกระบวนงาน “{code}” ใช้แล้วใน {first.name}"))
        processes.setdefault(code, source.file)
        for flow in source.content.flows:
            owner, first = flows.setdefault(flow.code, (code, source.file))
            if owner != code:
                text = f"รหัสผัง “{flow.code}” ใช้แล้วใน {first.name}"
                faults.append(FileFault(source.file, 1, text))
    return faults


# -- loading


@transaction.atomic
def load_catalogue(root: Path = CATALOGUE, *, now: datetime) -> list[Loaded]:
    """Load every file under `root`. Raises CatalogueError with nothing changed."""
    loaded = []
    for facts, sources in _read_catalogue(root):
        loaded += take_in(facts, sources, now=now)
    return loaded


def take_in(facts: dict[str, Any], sources: list[Source], *, now: datetime) -> list[Loaded]:
    """Put a manual and its processes, read and found right, into the database."""
    manual, _ = Manual.objects.update_or_create(
        code=facts["code"],
        defaults={
            "title": facts["title"],
            "unit_name": facts.get("unit_name", ""),
            "groups": facts.get("groups", []),
            "position": facts.get("position", 0),
        },
    )
    return [_load(manual, source, now=now) for source in sources]


def _load(manual: Manual, source: Source, *, now: datetime) -> Loaded:
    _refuse_foreign(manual, source)
    process = editing.open_process(manual, source.content)
    editions = {
        edition.status: edition
        for edition in process.editions.exclude(status=EditionStatus.RETIRED)
    }
    effective, draft = editions.get(EditionStatus.EFFECTIVE), editions.get(EditionStatus.DRAFT)
    return _decide(process, source, effective, draft, now=now)


def _decide(
    process: Process,
    source: Source,
    effective: Edition | None,
    draft: Edition | None,
    *,
    now: datetime,
) -> Loaded:
    def loaded(outcome: Outcome, edition: Edition) -> Loaded:
        return Loaded(source.file, process.code, source.content.name, outcome, edition)

    content_hash = digest(shape.to_plain(source.content))
    for edition in (draft, effective):
        if edition is not None and edition.origin == EditionOrigin.OFFICE:
            return loaded(Outcome.KEPT, edition)
    if effective is None and draft is None:
        return loaded(Outcome.FIRST, _first_edition(process, source, now=now))
    if effective is not None and effective.content_hash == content_hash:
        if draft is not None:
            _take_back(draft, now=now)
        return loaded(Outcome.SAME, effective)
    if draft is not None and storage.shape_of(draft) == source.content:
        return loaded(Outcome.SAME, draft)
    return loaded(Outcome.DRAFT, _draft(process, source, now=now))


def _refuse_foreign(manual: Manual, source: Source) -> None:
    """A code that another manual or another process of the database already has."""
    content = source.content
    faults = []
    others = Process.objects.filter(code=content.code).exclude(manual=manual)
    if process := others.select_related("manual").first():
        faults.append(f"รหัสกระบวนงาน “{content.code}” เป็นของคู่มือ {process.manual.code} แล้ว")
    taken = Flow.objects.filter(code__in=[flow.code for flow in content.flows])
    for flow in taken.exclude(edition__process__code=content.code).select_related(
        "edition__process"
    ):
        faults.append(f"รหัสผัง “{flow.code}” เป็นของกระบวนงาน {flow.edition.process.code} แล้ว")
    if faults:
        raise CatalogueError([FileFault(source.file, 1, text) for text in faults])


def _first_edition(process: Process, source: Source, *, now: datetime) -> Edition:
    draft = _written(process, source)
    editing.freeze(draft)
    edition = editing.put_in_force(draft, localdate(now))
    _record("edition-loaded", edition, "นำเข้าจากแฟ้มต้นฉบับและใช้บังคับ", now=now)
    return edition


def _draft(process: Process, source: Source, *, now: datetime) -> Edition:
    draft = _written(process, source)
    _record("edition-drafted", draft, "แฟ้มต้นฉบับเปลี่ยน จึงทำเป็นร่างไว้ข้างฉบับที่ใช้บังคับ", now=now)
    return draft


def _written(process: Process, source: Source) -> Edition:
    return editing.write_draft(
        process, source.content, origin=EditionOrigin.CATALOGUE, source_hash=source.source_hash
    )


def _take_back(draft: Edition, *, now: datetime) -> None:
    _record("edition-discarded", draft, "แฟ้มต้นฉบับกลับไปเหมือนฉบับที่ใช้บังคับ จึงทิ้งร่าง", now=now)
    editing.discard_draft(draft)


def _record(action: str, edition: Edition, text: str, *, now: datetime) -> None:
    record(
        action,
        by=None,
        subject=edition,
        text=f"{edition.process.name} ฉบับที่ {edition.number}: {text}",
        now=now,
        data={"content_hash": edition.content_hash, "source_hash": edition.source_hash},
    )
