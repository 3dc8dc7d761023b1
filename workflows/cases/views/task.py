"""One row of a case: its page, and what an officer does with the row itself."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.exceptions import RuleBroken
from workflows.cases import services, waits
from workflows.cases.forms import actions, work
from workflows.cases.forms.sheet import LAST, MORE, PasteForm, seen_of
from workflows.cases.models import Task
from workflows.cases.transitions import allowed, demand
from workflows.cases.views import once, task_page
from workflows.cases.views.answering import answer, keep_typed
from workflows.cases.views.doors import fetch_task, person, task_action


@require_safe
@never_cache  # going back must not show an older draft than the one that is kept
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the row."""
    return task_page.show(request, pk)


@task_action
def start(request: HttpRequest, task: Task) -> HttpResponse:
    """Say that work has begun."""
    form = actions.ReasonForm(request.POST, auto_id="start_%s")
    form.fields["reason"].required = False

    def act(typed: dict[str, Any]) -> Task:
        return services.start_task(
            task, reason=typed["reason"], by=person(request), now=timezone.now()
        )

    return answer(request, task, "start", form, act, said="เริ่มทำขั้นตอนนี้แล้ว")


@task_action
def save(request: HttpRequest, task: Task) -> HttpResponse:
    """Keep the draft. The page asks every few seconds and gets a line back; a button works too."""
    form = task_page.work_form(task, data=request.POST)
    if "HX-Request" not in request.headers:
        back, said = _where_typed(request, form)
        return answer(
            request, task, "work", form, lambda _: _check_saved(request, task, form),
            said=said, back=back,
        )  # fmt: skip
    demand(task, "save", person(request))
    status = keep_typed(request, task, form) or 200
    task = fetch_task(person(request), task.pk)
    # after a conflict the page goes on knowing the older text, so nothing is overwritten unseen
    seen = request.POST.get("seen", "") if status == 409 else task_page.text_seen(task)
    context = {"form": form, "task": task, "seen": seen, "now": timezone.now()}
    if "complete" in allowed(task, person(request)):
        context["holds"] = task_page.holds(task, task_page.running_wait(task))
    if form.sheet is not None and status != 409:
        form.sheet.seen = seen_of(task.sheet, form.sheet.first, form.sheet.size)
    return render(request, "cases/_saved.html", context, status=status)


def _check_saved(request: HttpRequest, task: Task, form: work.ResultForm) -> None:
    """A button says aloud what saving by itself only notes: cells that were kept but not read."""
    demand(task, "save", person(request))
    goes_on = "more" in request.POST or "to" in request.POST
    if form.sheet is not None and form.sheet.errors and not goes_on:
        raise RuleBroken("เก็บสิ่งที่พิมพ์ไว้แล้ว แต่มีช่องที่อ่านไม่ได้ กรุณาแก้ช่องที่มีข้อความเตือน")


def _where_typed(request: HttpRequest, form: work.ResultForm) -> tuple[str, str]:
    """Back to the lines that were typed, to more of them, or to another part of the table."""
    if form.sheet is None:
        return "#work", "บันทึกร่างแล้ว"
    if "more" in request.POST:
        return f"?lines={LAST}&more={MORE}#lines", ""
    page = request.POST.get("to", "") or str(form.sheet.page)
    return f"?{urlencode({'lines': page})}#lines" if page != "1" else "#work", "บันทึกร่างแล้ว"


@task_action
def paste(request: HttpRequest, task: Task) -> HttpResponse:
    """Lines copied from a spreadsheet go below those that are there."""
    form = PasteForm(request.POST, auto_id="paste_%s")

    def act(typed: dict[str, Any]) -> None:
        added, _ = once.make_once(request, lambda: str(_paste(request, task, typed["pasted"])))
        messages.success(request, f"นำเข้าตารางแล้ว {int(added):,} บรรทัด ต่อท้ายตาราง")

    # without a place: the page opens at its top, where it says how many lines have come
    return answer(request, task, "paste", form, act, back=f"?lines={LAST}")


def _paste(request: HttpRequest, task: Task, text: str) -> int:
    return services.paste_lines(task, text, by=person(request), now=timezone.now())


@task_action
def tick(request: HttpRequest, task: Task) -> HttpResponse:
    """Tick, untick or waive an item; the button says `key` and what it should become."""
    key, _, becomes = request.POST.get("item", "").partition(":")

    def act(_: dict[str, Any]) -> Task:
        by, now = person(request), timezone.now()
        if becomes == "waived":
            return services.waive_item(task, key, by=by, now=now)
        return services.tick_item(task, key, done=becomes == "done", by=by, now=now)

    return answer(request, task, "tick", Form(request.POST), act, back="#checks")


@task_action
def take_over(request: HttpRequest, task: Task) -> HttpResponse:
    """Put the result of an earlier round below what is written now; nothing is replaced."""

    def act(_: dict[str, Any]) -> Task:
        text = _earlier_text(task, request.POST.get("round", ""))
        current = Task.objects.values_list("result", flat=True).get(pk=task.pk)
        both = "\n\n".join(part for part in (current.strip(), text.strip()) if part)
        return services.save_task(task, result=both, by=person(request), now=timezone.now())

    said = "นำข้อความรอบก่อนมาต่อท้ายร่างแล้ว"
    return answer(request, task, "take_over", Form(request.POST), act, said=said, back="#work")


def _earlier_text(task: Task, round_: str) -> str:
    earlier = task.case.tasks.filter(step__key=task.step.key, activity=0, round__lt=task.round)
    texts = {str(number): text for number, text in earlier.values_list("round", "result")}
    if round_ not in texts:
        raise RuleBroken("ไม่พบผลของรอบที่เลือก")
    return texts[round_]


@task_action
def complete(request: HttpRequest, task: Task) -> HttpResponse:
    """Close the row with the day it was really done."""

    def act(typed: dict[str, Any]) -> Task:
        return _receive_and_complete(request, task, typed["happened_on"])

    said = f"ปิดขั้นตอน “{task.title or task.step.chart_text}” แล้ว"
    form = work.CompleteForm(request.POST)
    return answer(request, task, "complete", form, act, said=said, back=_after(task))


@transaction.atomic
def _receive_and_complete(request: HttpRequest, task: Task, happened_on: date) -> Task:
    """What comes from outside is received and closed in one: a refusal leaves it waiting."""
    by, now = person(request), timezone.now()
    if task.step.external and task.is_open and task.waits.filter(ended_at__isnull=True).exists():
        waits.end(task, outcome="ได้รับแล้ว", by=by, now=now)
    return services.complete_task(task, happened_on=happened_on, by=by, now=now)


@task_action
def skip(request: HttpRequest, task: Task) -> HttpResponse:
    """Pass over an optional or conditional row."""
    form = actions.ReasonForm(request.POST, auto_id="skip_%s")

    def act(typed: dict[str, Any]) -> Task:
        return services.skip_task(
            task, reason=typed["reason"], by=person(request), now=timezone.now()
        )

    return answer(request, task, "skip", form, act, said="ข้ามขั้นตอนนี้แล้ว", back=_after(task))


@task_action
def assign(request: HttpRequest, task: Task) -> HttpResponse:
    """Give the task to another officer."""
    form = actions.AssignForm(request.POST, case=task.case)

    def act(typed: dict[str, Any]) -> Task:
        return services.assign_task(task, to=typed["to"], by=person(request), now=timezone.now())

    return answer(request, task, "assign", form, act, said="มอบหมายแล้ว")


def _after(task: Task) -> str:
    """Where to go when a row is closed: the case shows what is next, a row its activities."""
    if task.activity:
        return reverse("cases:task", args=[task.parent_id]) + "#activities"
    return reverse("cases:detail", args=[task.case.code])
