"""What the deciders are shown: frozen when the row is put up, drawn from and hashed ever after.

A plain dict of texts, numbers and lists. Dates are ISO texts, files are named by their SHA-256.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q

from portal.accounts.models import User
from portal.canonical import canonical_bytes, digest
from workflows.approvals.models import Decision, DecisionStatus, Submission
from workflows.approvals.words import outcome_words
from workflows.cases import rules, sheets
from workflows.cases.models import Attachment, Task, TaskStatus
from workflows.letters.memos import PARTS, PROPOSAL
from workflows.letters.models import Letter, LetterKind

FINISHED = (TaskStatus.DONE, TaskStatus.SKIPPED)
Plain = dict[str, Any]


def build(task: Task, *, by: User, number: int, now: datetime) -> Plain:
    """Everything the deciders will see of this row, as the database will give it back."""
    rows, before = _rows_before(task), _submissions_before(task)
    content: Plain = {
        "submission": {"number": number, "by": by.full_name, "position": by.position, "at": now},
        "edition": _edition(task),
        "case": _case(task),
        "row": {**_row(task), "verb": task.step.verb, "decides": task.step.decides,
                "standard": task.step.standard, "due_on": task.due_on,
                "letter_due_on": task.letter_due_on},
        "memo": _memo(task),
        "orders": [_order(letter) for letter in _letters(task, rows)],
        "rows": [_row(row) for row in rows],
        "totals": _totals([task, *rows]),
        "attachments": _attachments([*rows, task]),
        "earlier": [_told(submission) for submission in before],
    }  # fmt: skip
    content["changes"] = changes(before[-1].content, content) if before else []
    frozen: Plain = json.loads(canonical_bytes(content))
    return frozen


def content_hash(content: Plain) -> str:
    return digest(content)


def is_genuine(submission: Submission) -> bool:
    """Whether the stored content is still what was hashed when it was put up."""
    return content_hash(submission.content) == submission.content_hash


def shown_hash(decision: Decision) -> str:
    """What a link sees: the frozen content and what the links before it said."""
    before = [
        [link.position, link.status, link.outcome, link.comment, link.by_id, link.shown_hash]
        for link in decision.submission.decisions.all()
        if link.position < decision.position
    ]
    return digest({"content": decision.submission.content_hash, "before": before})


# -- what changed since the last time


def changes(before: Plain, after: Plain) -> list[Plain]:
    """What differs between two submissions of a row, in words of the page."""
    return [
        *_memo_changes(before["memo"], after["memo"]),
        *_row_changes(before, after),
        *_file_changes(before["attachments"], after["attachments"]),
    ]


def _memo_changes(before: Plain, after: Plain) -> Iterable[Plain]:
    pairs = [("เรื่อง", before["subject"], after["subject"])]
    pairs += [(part.label, _text_of(before, part.key), _text_of(after, part.key)) for part in PARTS]
    return [_change(label, old, new) for label, old, new in pairs if old != new]


def _row_changes(before: Plain, after: Plain) -> Iterable[Plain]:
    told = {_name(row): _said(row) for row in [*before["rows"], before["row"]]}
    return [
        _change(f"ผลของ{_name(row)}", told.get(_name(row), ""), _said(row))
        for row in [*after["rows"], after["row"]]
        if _said(row) != told.get(_name(row), "")
    ]


def _said(row: Plain) -> str:
    """What came of a row, in text: its result and its sheet, which older submissions lack."""
    return "\n".join(part for part in (row["result"], sheets.as_text(row.get("sheet", {}))) if part)


def _file_changes(before: list[Plain], after: list[Plain]) -> Iterable[Plain]:
    old, new = ({file["sha256"]: file["title"] for file in files} for files in (before, after))
    added = [_change("ไฟล์ที่เพิ่ม", "", new[sha]) for sha in new if sha not in old]
    return added + [_change("ไฟล์ที่ไม่ได้แนบอีก", old[sha], "") for sha in old if sha not in new]


def _change(label: str, before: str, after: str) -> Plain:
    return {"label": label, "before": before, "after": after}


def _text_of(memo: Plain, key: str) -> str:
    return next((part["text"] for part in memo["parts"] if part["key"] == key), "")


def _name(row: Plain) -> str:
    return f"ขั้นตอนที่ {row['number']} {row['text']}{row['activity']}".strip()


# -- the parts


def _edition(task: Task) -> Plain:
    edition = task.case.flow.edition
    return {"name": edition.shown_name, "number": edition.number, "digest": edition.content_hash,
            "flow": task.case.flow.code}  # fmt: skip


def _case(task: Task) -> Plain:
    case = task.case
    return {
        "code": case.code, "title": case.title, "unit": case.unit.name,
        "owner": case.owner.full_name, "opened_on": case.opened_on,
        "letter_due_on": case.letter_due_on,
    }  # fmt: skip


def _row(task: Task) -> Plain:
    """A row or an activity with what came of it."""
    shown = rules.shown_sheet(task)
    return {
        **({"sheet": shown} if shown else {}),
        "key": task.step.key, "number": task.step.number, "text": task.step.chart_text,
        "activity": f" กิจกรรมที่ {task.activity} {task.title}" if task.activity else "",
        "round": task.round, "status": task.get_status_display(),
        "result": task.result.strip(), "figures": task.figures, "place": task.place,
        "from_on": task.from_on, "until_on": task.until_on, "happened_on": task.happened_on,
        "by": task.closed_by.full_name if task.closed_by else "",
        "ticks": [
            {"text": item.text, "met": task.ticks[item.key].get("met", "")}
            for item in task.step.items.all()
            if item.key in task.ticks
        ],
    }  # fmt: skip


def _totals(tasks: list[Task]) -> list[Plain]:
    """The numbers on top of the page: figures and sums of sheets, row by row; then the people.

    The people of all rows are one number. What nobody was asked to and nobody came to, as an
    installation, is told in its row alone.
    """
    made: list[Plain] = []
    for task in tasks:
        made += [figure for figure in task.figures if figure["key"] not in sheets.PEOPLE]
        sums = rules.shown_sheet(task).get("totals", [])
        made += [{"label": total["label"], "value": total["text"]} for total in sums]
    people = sheets.people(task.figures for task in tasks)
    return made + (people if any(figure["value"] for figure in people) else [])


def _memo(task: Task) -> Plain:
    memo = task.letters.get(kind=LetterKind.MEMO)
    return {
        "to": memo.to, "sender": memo.sender, "subject": memo.subject, "urgency": memo.urgency,
        "proposal": memo.fields[PROPOSAL],
        "parts": [
            {"key": part.key, "label": part.label, "text": memo.fields[part.key]}
            for part in PARTS
            if memo.fields.get(part.key)
        ],
    }  # fmt: skip


def _order(letter: Letter) -> Plain:
    """An order or a letter of the rows, as far as it is written."""
    return {
        "kind": letter.get_kind_display(), "subject": letter.subject, "to": letter.to,
        "sender": letter.sender, "number": letter.number, "dated_on": letter.dated_on,
        **{name: letter.fields.get(name, "")
           for name in ("authority", "duties", "signer", "signer_post")},
        "members": [
            {"name": member.name, "post": member.post, "role": member.role}
            for member in letter.members.all()
        ],
    }  # fmt: skip


def _letters(task: Task, rows: list[Task]) -> Iterable[Letter]:
    letters = Letter.objects.filter(task__in=[*rows, task]).exclude(kind=LetterKind.MEMO)
    return letters.prefetch_related("members").order_by("task__step__position", "pk")


def _attachments(tasks: list[Task]) -> list[Plain]:
    files = Attachment.objects.filter(task__in=tasks, removed_at__isnull=True)
    return [
        {
            "pk": file.pk, "row": file.task.step.number, "title": file.title,
            "name": file.file.name, "sha256": file.file.sha256, "size": file.file.size,
            "media_type": file.file.media_type,
        }
        for file in files.select_related("file", "task__step").order_by(
            "task__step__position", "pk"
        )
    ]  # fmt: skip


def _rows_before(task: Task) -> list[Task]:
    """Rows and activities finished since the last decision on another row, newest rounds only."""
    done = Task.objects.filter(
        case=task.case_id, status__in=FINISHED, step__position__lt=task.step.position
    )
    since = _last_decision(task)
    if since is not None:
        done = done.filter(closed_at__gt=since)
    newest: dict[tuple[int, int], Task] = {}
    for row in (
        done.select_related("step", "closed_by")
        .prefetch_related("step__items")
        .order_by("step__position", "activity", "round")
    ):
        newest[(row.step_id, row.activity)] = row
    return list(newest.values())


def _last_decision(task: Task) -> datetime | None:
    decided = Task.objects.filter(
        case=task.case_id, decided_at__isnull=False, step__position__lt=task.step.position
    )
    return decided.order_by("-decided_at").values_list("closed_at", flat=True).first()


# -- the rounds before


def _submissions_before(task: Task) -> list[Submission]:
    """Every time this row was put up before, in this and earlier rounds."""
    same_row = Q(task__case=task.case_id, task__step__key=task.step.key)
    given = Decision.objects.filter(status=DecisionStatus.GIVEN).select_related("by")
    return list(
        Submission.objects.filter(same_row)
        .select_related("task")
        .prefetch_related(Prefetch("decisions", given, to_attr="given"))
        .order_by("task__round", "number")
    )


def _told(submission: Submission) -> Plain:
    row = submission.content["row"]
    return {
        "round": submission.task.round, "number": submission.number, "at": submission.at,
        "ended": submission.get_ended_display() or "ยุติพร้อมขั้นตอน", "digest": submission.content_hash,
        "said": [
            {
                "by": link.by.full_name if link.by else "", "lines": link.lines,
                "outcome": link.outcome,
                "words": outcome_words(link.outcome, row["verb"], row["decides"]),
                "comment": link.comment,
            }
            for link in submission.given  # type: ignore[attr-defined]
        ],
    }  # fmt: skip
