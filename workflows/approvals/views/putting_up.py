"""Putting a row up, taking it back, passing over a link that does not come."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.exceptions import DomainError
from portal.web.actions import refuse
from workflows.approvals.forms import ReasonForm, SubmitForm
from workflows.approvals.models import Decision, Submission
from workflows.approvals.rights import chain_of
from workflows.approvals.submitting import lacking, skip_link
from workflows.approvals.submitting import submit as submit_row
from workflows.approvals.submitting import withdraw as withdraw_submission
from workflows.approvals.views import decision_page
from workflows.approvals.words import verb_of
from workflows.cases.models import Task
from workflows.cases.transitions import allowed
from workflows.cases.views.doors import fetch_task, person
from workflows.letters.memos import memo_of, written_parts


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Read once more what will be seen and by whom, then put it up."""
    task = fetch_task(person(request), pk)
    if not task.step.decides or task.activity:
        raise Http404
    if request.method != "POST":
        return _submit_page(request, task)
    links = chain_of(task, by=person(request), at=timezone.now())
    form = SubmitForm(request.POST, links=links)
    status = _do_submit(request, task, form)
    if status != 200:
        return _submit_page(request, task, form, status)
    messages.success(request, "เสนอเรื่องแล้ว ติดตามได้ที่หน้านี้ว่าเรื่องอยู่กับใคร")
    return redirect("cases:task", task.pk)


def _do_submit(request: HttpRequest, task: Task, form: SubmitForm) -> int:
    if not form.is_valid():
        return 400
    try:
        submit_row(task, by=person(request), now=timezone.now(), left_out=form.left_out())
    except DomainError as error:
        refuse(form, error)
        return error.status
    return 200


def _submit_page(
    request: HttpRequest, task: Task, form: SubmitForm | None = None, status: int = 200
) -> HttpResponse:
    user = person(request)
    if form is None and "submit" not in allowed(task, user):
        return redirect("cases:task", task.pk)
    links = chain_of(task, by=user, at=timezone.now())
    form = form or SubmitForm(links=links)
    memo = memo_of(task)
    context = {
        "task": task, "memo": memo, "parts": written_parts(memo), "form": form,
        "verb": verb_of(task.step.verb, task.step.decides), "lacking": lacking(task),
        "links": [_with_fields(link, form) for link in links],
        "files": task.attachments.filter(removed_at__isnull=True).select_related("file"),
    }  # fmt: skip
    return render(request, "approvals/submit.html", context, status=status)


def _with_fields(link: Any, form: SubmitForm) -> dict[str, Any]:
    """A link beside its own two fields, where it may be left out."""
    name = f"leave_{link.position}"
    if name not in form.fields:
        return {"link": link}
    return {"link": link, "leave": form[name], "reason": form[f"reason_{link.position}"]}


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the paper back."""
    user = person(request)
    submission = get_object_or_404(Submission.objects.visible_to(user), pk=pk)
    withdraw_submission(submission, by=user, now=timezone.now())
    messages.success(request, "ถอนเรื่องแล้ว แก้ไขแล้วเสนอใหม่ได้")
    return redirect("cases:task", submission.task_id)


@require_http_methods(["GET", "HEAD", "POST"])
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass over a link on the way, with the reason."""
    link = decision_page.fetch(person(request), pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    status = _do_skip(request, link, form) if form.is_bound else 0
    if status == 200:
        messages.success(request, "ข้ามลำดับนี้แล้ว")
        return redirect("cases:task", link.submission.task_id)
    context = {"decision": link, "submission": link.submission, "form": form}
    return render(request, "approvals/skip.html", context, status=status or 200)


def _do_skip(request: HttpRequest, link: Decision, form: ReasonForm) -> int:
    if not form.is_valid():
        return 400
    try:
        skip_link(link, reason=form.cleaned_data["reason"], by=person(request), now=timezone.now())
    except DomainError as error:
        refuse(form, error)
        return error.status
    return 200
