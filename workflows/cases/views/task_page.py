"""The page of one row: everything it shows is read here, whichever action was refused on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.accounts.models import User
from portal.canonical import digest
from processes.durations import in_words
from processes.in_use import flow_in_use
from processes.models import ChecklistItem
from processes.storage import flow_shape
from workflows.cases import rules, sheets
from workflows.cases.forms import actions, evidence, sheet, work
from workflows.cases.models import Attachment, CaseEvent, Task, TaskStatus, Wait
from workflows.cases.routing import spine, step_of
from workflows.cases.transitions import allowed
from workflows.cases.views import once
from workflows.cases.views.doors import fetch_task, person
from workflows.cases.views.due import Clock, clock

# what made a row open again, as history names it
SENT_HERE = ("returned", "moved", "reopened")
# what becomes of a row that is put up, and stays with its officer
SENT_BACK = "sent_back"
PUT_UP = ("submitted", "withdrawn", SENT_BACK)
# how the rules name a wait, which receiving a row from outside ends by itself
WAIT_RUNS = "การรอที่ยังไม่สิ้นสุด"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One item of the checklist with who ticked it, or what met its need."""

    item: ChecklistItem
    tick: Mapping[str, str] | None
    later: bool

    @property
    def at(self) -> datetime | None:
        return datetime.fromisoformat(self.tick["at"]) if self.tick else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the line the row stands: the third of nine."""

    at: int
    of: int


def show(
    request: HttpRequest,
    pk: int,
    *,
    refused: Mapping[str, BaseForm] | None = None,
    status: int = 200,
    **panels: Any,
) -> HttpResponse:
    """The page of a task as it is now. `refused` are forms to show again with what was typed;
    `panels` go to the panels of the rooms above (`letter_form`, `approval_form`)."""
    task = fetch_task(person(request), pk)
    context = page(task, person(request), clock(), refused or {}, request.GET)
    return render(request, "cases/task.html", {**context, **panels}, status=status)


def page(
    task: Task, user: User, time: Clock, refused: Mapping[str, BaseForm], query: Mapping[str, str]
) -> dict[str, Any]:
    """What the template draws; `query` says which part of a long table."""
    may = allowed(task, user)
    wait = running_wait(task)
    files = list(files_of(task))
    refused_file = _refused_file(refused, files)
    homes = _homes(task, may, refused_file)
    forms = {**_forms(task, may, wait, query), **refused}
    _catch_up(forms.get("work"), task)
    return {
        "task": task,
        "case": task.case,
        "step": task.step,
        "may": may,
        "begun": not _asks_whether(task),
        "forms": forms,
        "sheet": rules.shown_sheet(task),
        "homeless": {name: form for name, form in refused.items() if name not in homes},
        "refused_file": refused_file,
        "files": files,
        "wait": wait,
        "holds": holds(task, wait) if task.is_open else [],
        "sent_here": _sent_here(task),
        "sent_back": _sent_back(task),
        "dues": time.deadlines(task),
        "seen": text_seen(task),
        "counts_people": rules.counts_people(task),
        "once": once.new_token(),
        **_standard(task),
        **_work(task, time),
    }


def _catch_up(form: BaseForm | None, task: Task) -> None:
    """A page drawn anew knows what is kept now, as `seen` does: saving again is a choice."""
    if isinstance(form, work.ResultForm) and form.sheet is not None:
        form.sheet.seen = sheet.seen_of(task.sheet, form.sheet.first, form.sheet.size)


def _standard(task: Task) -> dict[str, Any]:
    """What the manual says of the row."""
    edition = task.case.flow.edition
    lines = check_lines(task)
    timed = flow_in_use(task.case.flow, task.opened_at)
    return {
        "place": place_of(task),
        "duration": in_words(step_of(timed, task.step.key).duration),
        "checks": lines,
        "needs": {line.item.needs for line in lines},
        "uses": edition.forms.order_by("position"),
        "laws": edition.citations.order_by("position"),
    }


def _work(task: Task, time: Clock) -> dict[str, Any]:
    """What was done on the row so far."""
    return {
        "taken_off": task.attachments.filter(removed_at__isnull=False).select_related("file"),
        "reports": task.outside_reports.select_related("proof"),
        "past_waits": task.waits.filter(ended_at__isnull=False).order_by("-ended_at"),
        "children": (children := _children(task, time)),
        "people": sheets.people(child["task"].figures for child in children),
        "earlier": _earlier_rounds(task),
    }


def text_seen(task: Task) -> str:
    """Names the text the page was drawn with, so that saving does not hide another's words."""
    return digest(task.result)[:16]


def place_of(task: Task) -> Place:
    """Where the row stands among the rows of the line; a sub-row stands where its parent does."""
    rows = [row.key for row in spine(flow_shape(task.case.flow))]
    key = task.step.key
    if key not in rows and task.parent is not None:
        key = task.parent.step.key
    return Place(rows.index(key) + 1, len(rows))


def check_lines(task: Task) -> list[CheckLine]:
    """The checklist of the row; an activity has none of its own."""
    if task.activity:
        return []
    undecided = bool(task.step.decides) and task.decided_at is None
    return [
        CheckLine(item, task.ticks.get(item.key), undecided and item.after_decision)
        for item in task.step.items.order_by("position")
    ]


def files_of(task: Task) -> QuerySet[Attachment]:
    """The files that stand."""
    standing = task.attachments.filter(removed_at__isnull=True)
    return standing.select_related("file", "added_by")


# where the page draws a refused form, by the action that lets it; others are told on top
_DRAWN = {
    "work": "save", "survey": "save", "paste": "save", "complete": "complete", "tick": "tick",
    "start": "start", "skip": "skip", "assign": "assign", "attach": "attach", "remove": "attach",
    "report": "attach", "add_activity": "add_activity", "wait": "wait", "end_wait": "end_wait",
}  # fmt: skip


# drawn although the row is still to be decided on
_DRAWN_FIRST = {"start", "skip", "assign", "wait", "end_wait"}


def _homes(task: Task, may: frozenset[str], refused_file: int | None) -> set[str]:
    """The forms the page has a place for."""
    drawn = {name for name, action in _DRAWN.items() if action in may}
    if refused_file is None:
        drawn.discard("remove")
    return drawn & _DRAWN_FIRST if _asks_whether(task) else drawn


def _refused_file(refused: Mapping[str, BaseForm], files: list[Attachment]) -> int | None:
    """Whose own small form was refused, if the file is still there."""
    number = refused["remove"].data.get("file", "") if "remove" in refused else ""
    return next((file.pk for file in files if str(file.pk) == number), None)


def _asks_whether(task: Task) -> bool:
    """An optional or conditional row is decided on before it is worked on."""
    chosen = task.status != TaskStatus.OPEN or task.activity
    return not chosen and (task.step.optional or bool(task.step.condition))


def _forms(
    task: Task, may: frozenset[str], wait: Wait | None, query: Mapping[str, str]
) -> dict[str, BaseForm]:
    made: dict[str, BaseForm] = {}
    if "save" in may:
        made["work"] = work_form(task, query=query)
        made["paste"] = sheet.PasteForm(auto_id="paste_%s")
        made["survey"] = actions.SurveyForm(
            initial={figure["key"]: figure["value"] for figure in task.figures},
            auto_id="survey_%s",
        )
    if "complete" in may:
        made["complete"] = work.CompleteForm()
    if "start" in may or "skip" in may:
        made["start"] = actions.ReasonForm(auto_id="start_%s")
        made["skip"] = actions.ReasonForm(auto_id="skip_%s")
    if "assign" in may:
        made["assign"] = actions.AssignForm(case=task.case, initial={"to": task.assignee_id})
    if "attach" in may:
        made["attach"] = evidence.AttachForm(auto_id="attach_%s")
        made["report"] = evidence.OutsideReportForm(task=task, auto_id="report_%s")
    if "add_activity" in may:
        made["add_activity"] = actions.NewActivityForm(auto_id="new_%s")
    if "wait" in may and wait is None:
        made["wait"] = actions.WaitForm(auto_id="wait_%s")
    if "end_wait" in may and wait is not None:
        made["end_wait"] = actions.EndWaitForm(auto_id="wait_%s")
    return made


def work_form(
    task: Task, *, data: Any = None, query: Mapping[str, str] | None = None
) -> work.ResultForm:
    """The text of a row with its sheet, or all that an activity has."""
    kind = _work_kind(task)
    form = kind(data, initial=kind.values_of(task))
    form.sheet = _sheet_form(task, data, query or {})
    return form


def _work_kind(task: Task) -> type[work.ResultForm]:
    if task.activity:
        return work.ActivityForm
    return work.OccasionForm if rules.counts_people(task) else work.ResultForm


def _sheet_form(task: Task, data: Any, query: Mapping[str, str]) -> sheet.SheetForm | None:
    """The row's sheet: as the page sends it, or as it is kept. A post may come without one."""
    shape, today = rules.sheet_of(task), timezone.localdate()
    if shape is None or (data is not None and not sheet.came_along(data)):
        return None
    if data is not None:
        return sheet.typed_form(shape, task.sheet, data, today=today)
    page, more = query.get("lines", ""), query.get("more", "")
    return sheet.stored_form(shape, task.sheet, today=today, page=page, more=more)


def _children(task: Task, time: Clock) -> list[dict[str, Any]]:
    rows = task.children.select_related("step", "assignee").order_by("step__position", "pk")
    return [{"task": child, "due": time.first(child)} for child in rows]


def _earlier_rounds(task: Task) -> list[Task]:
    if task.activity or task.round == 1:
        return []
    standing = Attachment.objects.filter(removed_at__isnull=True).select_related("file")
    rounds = task.case.tasks.filter(step__key=task.step.key, activity=0, round__lt=task.round)
    earlier = list(
        rounds.select_related("closed_by", "step")
        .prefetch_related(Prefetch("attachments", standing), "step__items")
        .order_by("-round")
    )
    for each in earlier:
        each.shown = rules.shown_sheet(each)  # type: ignore[attr-defined]
    return earlier


def _sent_here(task: Task) -> CaseEvent | None:
    """Why the row is open once more: the last return or move before it opened."""
    if task.round == 1:
        return None
    opened = task.events.filter(action="opened").values_list("seq", flat=True).first()
    before = task.case.events.filter(action__in=SENT_HERE, seq__lt=opened or 0)
    return before.select_related("actor").order_by("-seq").first()


def _sent_back(task: Task) -> CaseEvent | None:
    """What is to be mended before a row is put up again, in the same round."""
    if not task.step.decides or task.status != TaskStatus.WORKING:
        return None
    said = task.events.filter(action__in=PUT_UP).select_related("actor").order_by("-seq").first()
    return said if said is not None and said.action == SENT_BACK else None


def running_wait(task: Task) -> Wait | None:
    return task.waits.filter(ended_at__isnull=True).first()


def holds(task: Task, wait: Wait | None) -> list[str]:
    """What is still missing. A row from outside ends its wait by being received."""
    held = rules.holds_open(task)
    if task.step.external and wait is not None and task.status != TaskStatus.SUBMITTED:
        return [line for line in held if line != WAIT_RUNS]
    return held
