"""Editions from draft to retirement. Every writer demands a draft."""

import re
from datetime import date

from django.db import transaction
from django.db.models import Max

from portal.canonical import digest
from portal.exceptions import RuleBroken, StateConflict
from portal.thai.digits import to_arabic_digits
from portal.thai.searching import search_text
from portal.thai.sorting import sort_key
from processes import shape, storage
from processes.models import Edition, EditionOrigin, EditionStatus, Manual, Process
from processes.rules import problems


@transaction.atomic
def open_process(manual: Manual, content: shape.Edition) -> Process:
    """The process `content` speaks of, locked; made when it is not there yet."""
    process, _ = Process.objects.select_for_update().get_or_create(
        code=content.code, defaults={"manual": manual, **_listing(content, manual)}
    )
    return process


@transaction.atomic
def write_draft(
    process: Process, content: shape.Edition, *, origin: EditionOrigin, source_hash: str = ""
) -> Edition:
    """Write `content` as the process's draft, over the draft that is there or as a new one."""
    _locked(process)
    if content.code != process.code:
        raise RuleBroken(f"รหัสกระบวนงานต้องเป็น {process.code} ไม่ใช่ {content.code}")
    draft = process.editions.filter(status=EditionStatus.DRAFT).first()
    if draft is None:
        last = process.editions.aggregate(last=Max("number"))["last"] or 0
        draft = Edition.objects.create(
            process=process, number=last + 1, name=content.name, origin=origin
        )
    draft.origin, draft.source_hash, draft.content_hash = origin, source_hash, ""
    draft.save(update_fields=["origin", "source_hash", "content_hash"])
    storage.write_rows(draft, content)
    return draft


@transaction.atomic
def discard_draft(edition: Edition) -> None:
    """Throw a draft away; its number is free again."""
    _demand_draft(edition)
    edition.delete()


@transaction.atomic
def freeze(edition: Edition) -> str:
    """Store the digest of a draft's plain form; what is wrong with it stands in the way."""
    edition = _demand_draft(edition)
    content = storage.stored_shape(edition)
    if wrong := problems(content):
        raise RuleBroken(" · ".join(str(problem) for problem in wrong))
    edition.content_hash = digest(shape.to_plain(content))
    edition.save(update_fields=["content_hash"])
    return edition.content_hash


@transaction.atomic
def put_in_force(edition: Edition, day: date) -> Edition:
    """Make a frozen draft the effective edition from `day`; the one before retires."""
    process = _locked(edition.process)
    edition = _demand_draft(edition)
    content = storage.stored_shape(edition)
    if edition.content_hash != digest(shape.to_plain(content)):
        raise StateConflict("ร่างนี้ยังไม่ได้ตรวจและล็อกเนื้อหา หรือถูกแก้ไขหลังจากนั้น")
    process.editions.filter(status=EditionStatus.EFFECTIVE).update(
        status=EditionStatus.RETIRED, retired_on=day
    )
    edition.status, edition.effective_on = EditionStatus.EFFECTIVE, day
    edition.save(update_fields=["status", "effective_on"])
    Process.objects.filter(pk=process.pk).update(**_listing(content, process.manual))
    return edition


def verify(edition: Edition) -> bool:
    """Whether the rows of a frozen edition still say what its digest says."""
    return edition.content_hash == digest(shape.to_plain(storage.stored_shape(edition)))


def _locked(process: Process) -> Process:
    return Process.objects.select_for_update().get(pk=process.pk)


def _demand_draft(edition: Edition) -> Edition:
    fresh = Edition.objects.select_for_update().get(pk=edition.pk)
    if fresh.status != EditionStatus.DRAFT:
        raise StateConflict(f"ฉบับที่ {fresh.number} พ้นสถานะร่างแล้ว แก้ไขไม่ได้")
    return fresh


def _listing(content: shape.Edition, manual: Manual) -> dict[str, str]:
    """What lists and the search box know of a process."""
    steps = (step.title for flow in content.flows for step in flow.steps)
    forms = (form.printed for form in content.forms)
    citations = (citation.printed for citation in content.citations)
    return {
        "number": content.number,
        "group": content.group,
        "name": content.name,
        "sort_key": sort_key(
            f"{_group_place(content, manual):02} {_padded(content.number)} {content.name}"
        ),
        "search_text": search_text(
            content.number, content.name, content.code, content.group, *steps, *forms, *citations
        ),
    }


def _group_place(content: shape.Edition, manual: Manual) -> int:
    """Where the manual prints the group: numbers begin anew in each. 0 where it lists none."""
    return manual.groups.index(content.group) + 1 if content.group in manual.groups else 0


def _padded(number: str) -> str:
    """2 before 10; a process without a number comes after those that have one."""
    digits = re.sub(r"\d+", lambda found: found[0].zfill(4), to_arabic_digits(number))
    return digits or "~"
