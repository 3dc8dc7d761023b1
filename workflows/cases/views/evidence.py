"""Files of a row, what was asked and answered, and the report to somebody outside."""

from typing import Any

from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.exceptions import RuleBroken
from portal.files.serving import file_response
from workflows.cases import evidence, services
from workflows.cases.forms import actions
from workflows.cases.forms import evidence as forms
from workflows.cases.models import Attachment, OutsideReport, Task
from workflows.cases.views import once
from workflows.cases.views.answering import answer
from workflows.cases.views.doors import person, task_action

# what a browser may show by itself; everything else is saved to disk
SHOWN = ("application/pdf", "image/")
FILES = "#files"


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes of an attachment, for whoever may see its task."""
    visible = Attachment.objects.visible_to(person(request)).select_related("file")
    stored = get_object_or_404(visible, pk=pk).file
    return file_response(stored, download=not stored.media_type.startswith(SHOWN))


@task_action
def attach(request: HttpRequest, task: Task) -> HttpResponse:
    """Put a file on the row."""
    form = forms.AttachForm(request.POST, request.FILES, auto_id="attach_%s")

    def act(typed: dict[str, Any]) -> Attachment:
        return evidence.attach(
            task, typed["file"], title=typed["title"], by=person(request), now=timezone.now()
        )

    return answer(request, task, "attach", form, act, back=FILES)


@task_action
def remove(request: HttpRequest, task: Task) -> HttpResponse:
    """Take a file off, with the reason."""
    form = forms.RemoveForm(request.POST, auto_id="remove_%s")

    def act(typed: dict[str, Any]) -> Attachment:
        attachment = task.attachments.filter(pk=_number(request.POST.get("file"))).first()
        if attachment is None:
            raise RuleBroken("ไม่พบไฟล์นี้ในขั้นตอน")
        return evidence.remove(
            attachment, reason=typed["reason"], by=person(request), now=timezone.now()
        )

    return answer(request, task, "remove", form, act, back=FILES)


@task_action
def report(request: HttpRequest, task: Task) -> HttpResponse:
    """Record that somebody outside was told, with the file that shows it."""
    form = forms.OutsideReportForm(request.POST, request.FILES, task=task, auto_id="report_%s")

    def act(typed: dict[str, Any]) -> None:
        typed["proof"] = _proof(request, task, form, typed)
        once.make_once(request, lambda: str(_report(request, task, typed).pk))

    said = "บันทึกการรายงานแล้ว"
    return answer(request, task, "report", form, act, said=said, back="#report")


def _proof(
    request: HttpRequest, task: Task, form: forms.OutsideReportForm, typed: dict[str, Any]
) -> Attachment | None:
    """A new file is kept on the row even if the report is refused: it need not be sent again."""
    upload = typed.pop("upload")
    chosen: Attachment | None = typed["proof"]
    if upload is None:
        return chosen
    added = _attach_once(request, task, upload, f"หลักฐานการรายงาน {typed['to']}")
    form.data = {**form.data, "proof": added.pk}
    return added


def _attach_once(request: HttpRequest, task: Task, upload: "File[Any]", title: str) -> Attachment:
    """Put a file that came with another form on the row."""
    by, now = person(request), timezone.now()
    pk, _ = once.make_once(
        request,
        lambda: str(evidence.attach(task, upload, title=title[:200], by=by, now=now).pk),
        part="file",
    )
    return task.attachments.get(pk=pk)


def _report(request: HttpRequest, task: Task, typed: dict[str, Any]) -> OutsideReport:
    return evidence.report_outside(task, by=person(request), now=timezone.now(), **typed)


@task_action
def survey(request: HttpRequest, task: Task) -> HttpResponse:
    """The numbers asked and answered, and a file of the answers."""
    form = actions.SurveyForm(request.POST, request.FILES, auto_id="survey_%s")

    def act(typed: dict[str, Any]) -> Task:
        if upload := typed.pop("upload"):
            _attach_once(request, task, upload, "ผลสำรวจ")
        return services.record_survey(task, by=person(request), now=timezone.now(), **typed)

    return answer(request, task, "survey", form, act, said="บันทึกตัวเลขแล้ว", back="#survey")


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 16 else 0
