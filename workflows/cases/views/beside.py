"""What stands beside a row: its activities, and its waits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from workflows.cases import services, waits
from workflows.cases.forms import actions
from workflows.cases.models import Task, Wait, WaitParty
from workflows.cases.views import once
from workflows.cases.views.answering import answer
from workflows.cases.views.doors import person, task_action


@task_action
def add_activity(request: HttpRequest, task: Task) -> HttpResponse:
    """Add an activity to a row that is counted per activity."""
    form = actions.NewActivityForm(request.POST, auto_id="new_%s")

    def act(typed: dict[str, Any]) -> None:
        by, now = person(request), timezone.now()
        once.make_once(
            request, lambda: str(services.add_activity(task, by=by, now=now, **typed).pk)
        )

    said = "เพิ่มกิจกรรมแล้ว"
    return answer(request, task, "add_activity", form, act, said=said, back="#activities")


@task_action
def begin_wait(request: HttpRequest, task: Task) -> HttpResponse:
    """Say that the row waits for somebody outside."""
    form = actions.WaitForm(request.POST, auto_id="wait_%s")

    def act(typed: dict[str, Any]) -> Wait:
        facts = {**typed, "party": WaitParty(typed["party"])}
        return waits.begin(task, by=person(request), now=timezone.now(), **facts)

    return answer(request, task, "wait", form, act, said="บันทึกการรอแล้ว")


@task_action
def end_wait(request: HttpRequest, task: Task) -> HttpResponse:
    """What was waited for has come."""
    form = actions.EndWaitForm(request.POST, auto_id="wait_%s")

    def act(typed: dict[str, Any]) -> Task:
        return waits.end(task, outcome=typed["outcome"], by=person(request), now=timezone.now())

    return answer(request, task, "end_wait", form, act, said="บันทึกสิ้นสุดการรอแล้ว")
