"""Writes papers: ordered, made, kept, cleared away."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.canonical import digest
from portal.exceptions import NotAllowed
from portal.files.services import discard, store_bytes
from portal.jobs.models import Job
from portal.jobs.services import enqueue
from portal.office.selectors import office
from reports.kinds import DESIGN, Source, collect
from reports.models import Paper, PaperKind, PaperOrder
from reports.selectors import source_of

JOB = "make-paper"
PDF = "application/pdf"
LONGEST_NAME, KEPT_END = 120, 45
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\s]+')


def order_paper(kind: PaperKind, params: Mapping[str, Any], *, by: User, now: datetime) -> Paper:
    """A paper of what stands there now. The same content is the same paper, made once.

    `params`: `case`, or `flow` with `edition` (see `selectors.source_of`).
    """
    source = source_of(kind, params, by)
    content = collect(kind, source, today=localdate(now))
    paper, _ = Paper.objects.get_or_create(
        kind=kind,
        content_hash=digest({"design": DESIGN, "kind": kind, "content": content}),
        defaults={
            "flow": source.flow,
            "case": source.case,
            "title": _title(kind, source),
            "content": content,
            "expires_at": _kept_until(now),
        },
    )
    return order_again(paper, by=by, now=now)


@transaction.atomic
def order_again(paper: Paper, *, by: User, now: datetime) -> Paper:
    """Have a paper made unless its file is there or on its way; it is kept from now on anew."""
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    if not Paper.objects.visible_to(by).filter(pk=paper.pk).exists():
        raise NotAllowed("ท่านไม่มีสิทธิ์สั่งพิมพ์เอกสารนี้")
    if not (locked.is_ready or locked.is_coming):
        locked.job = enqueue(JOB, {"paper": locked.pk}, asked_by=by, now=now)
    locked.expires_at = _kept_until(now)
    locked.save(update_fields=["job", "expires_at"])
    PaperOrder.objects.update_or_create(paper=locked, by=by, defaults={"at": now})
    return locked


@transaction.atomic
def keep_file(paper: Paper, data: bytes, *, job: Job) -> Paper:
    """The file that was made. One that came before, by a worker believed lost, stays."""
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    if not locked.is_ready:
        locked.file = store_bytes(
            data, name=file_name(locked.title), media_type=PDF, by=job.asked_by
        )
        locked.save(update_fields=["file"])
    return locked


def expire_papers(*, now: datetime) -> int:
    """Clear away the files of papers past their day; how many. They can be ordered again."""
    expired = Paper.objects.filter(file__isnull=False, expires_at__lt=now)
    return sum(_clear(pk, now) for pk in expired.values_list("pk", flat=True))


@transaction.atomic
def _clear(pk: int, now: datetime) -> bool:
    paper = Paper.objects.select_for_update().get(pk=pk)
    if paper.file is None or paper.expires_at >= now:
        return False
    stored, paper.file = paper.file, None
    paper.save(update_fields=["file"])
    try:
        with transaction.atomic():
            discard(stored)
    except ProtectedError:
        # handed on as an attachment of a case: the bytes stay with it
        pass
    return True


def file_name(title: str) -> str:
    """A name a Thai reader knows again in his folder; a long one keeps its end, which tells the
    table and the edition."""
    name = _NOT_IN_A_NAME.sub(" ", title).strip()
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - KEPT_END].strip()} … {name[-KEPT_END:].strip()}"
    return f"{name}.pdf"


def _kept_until(now: datetime) -> datetime:
    return now + timedelta(days=office().paper_keep_days)


def _title(kind: PaperKind, source: Source) -> str:
    if source.case is not None:
        return f"ผังความก้าวหน้า เรื่อง {source.case.code} {source.case.title}"[:300]
    edition = source.flow.edition
    phase = f" {source.flow.phase}" if source.flow.phase else ""
    return f"{kind.label} {edition.shown_name}{phase} ฉบับที่ {edition.number}"[:300]
