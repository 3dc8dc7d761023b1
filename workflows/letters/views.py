"""The pages of a row's letters: written on the screen as they look on paper."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.exceptions import DomainError
from portal.thai.dates import thai_date
from portal.web.actions import refuse
from workflows.cases.models import Task
from workflows.cases.transitions import allowed
from workflows.cases.views.doors import fetch_task, person
from workflows.cases.views.once import new_token
from workflows.letters import services
from workflows.letters.earlier import copied_case, earlier_round
from workflows.letters.forms import (
    MORE_LINES,
    IncomingForm,
    IssueForm,
    Members,
    MemoForm,
    OrderForm,
    OutgoingForm,
    RecallForm,
    values_of,
)
from workflows.letters.memos import PARTS, memo_of, missing_parts, offer, written_parts
from workflows.letters.models import Letter, LetterKind
from workflows.letters.panels import letter_kinds

page_of_a_letter = require_http_methods(["GET", "HEAD", "POST"])


# -- memo


@page_of_a_letter
def memo(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the memo of a deciding row, or read it where nothing can be changed any more."""
    task = _task_with(request, pk, LetterKind.MEMO)
    if request.method == "POST":
        return _save_memo(request, task)
    letter = memo_of(task)
    if task.decided_at is not None or not _may_write(request, task):
        context = {"task": task, "memo": letter, "parts": written_parts(letter)}
        return render(request, "letters/memo_read.html", context)
    return _memo_page(request, task, _memo_form(task, letter))


def _save_memo(request: HttpRequest, task: Task) -> HttpResponse:
    form = MemoForm(request.POST)
    by, now = person(request), timezone.now()
    status = _do(form, lambda: services.save_memo(task, by=by, now=now, **form.facts()))
    if _is_autosave(request):
        return _saved(request, form, status)
    if status == 200:
        lacking = missing_parts(memo_of(task))
        said = f"บันทึกแล้ว ยังขาด {' · '.join(lacking)}" if lacking else "เก็บบันทึกข้อความแล้ว พร้อมเสนอ"
        messages.success(request, said)
        return redirect("cases:task", task.pk)
    return _memo_page(request, task, _caught_up(form, memo_of(task), status), status)


def _memo_page(request: HttpRequest, task: Task, form: MemoForm, status: int = 200) -> HttpResponse:
    letter = memo_of(task)
    context = {
        "task": task, "form": form, "memo": letter,
        "parts": [form[part.key] for part in PARTS],
        "offered": None if letter or form.is_bound else offer(task),
        "theirs": _theirs(form, letter) if status == 409 and letter else [],
    }  # fmt: skip
    return render(request, "letters/memo.html", context, status=status)


def _memo_form(task: Task, letter: Letter | None) -> MemoForm:
    if letter is not None:
        values = values_of(letter, "to", "subject", "urgency")
    else:
        begun = offer(task)
        values = {"to": begun.to, "subject": begun.subject, "urgency": begun.urgency, **begun.parts}
    return MemoForm(initial={**values, "page": new_token()})


def _theirs(form: MemoForm, letter: Letter) -> list[tuple[str, str]]:
    """The saved words that differ from what was typed."""
    saved = {"to": letter.to, "subject": letter.subject, **letter.fields}
    return [
        (str(form.fields[name].label), text)
        for name, text in saved.items()
        if text != (form.cleaned_data.get(name) or "")
    ]


# -- order


@page_of_a_letter
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the order that appoints and its members; below it, number and date."""
    task = _task_with(request, pk, LetterKind.ORDER)
    if request.method != "POST":
        return _order_page(request, task)
    form, members = OrderForm(request.POST), Members(request.POST, prefix="members")
    if "more" in request.POST:
        return _order_page(request, task, form=form, members=_longer(request))
    status = _save_order(request, task, form, members)
    if _is_autosave(request):
        return _saved(request, form, status)
    if status == 200:
        messages.success(request, "บันทึกร่างคำสั่งแล้ว")
        return redirect("letters:order", task.pk)
    form = _caught_up(form, _letter(task, LetterKind.ORDER), status)
    return _order_page(request, task, form=form, members=members, status=status)


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and date of the signed order."""
    task = _task_with(request, pk, LetterKind.ORDER)
    letter = get_object_or_404(Letter, task=task, kind=LetterKind.ORDER)
    form = IssueForm(request.POST)
    by, now = person(request), timezone.now()
    status = _do(form, lambda: services.issue_order(letter, by=by, now=now, **form.cleaned_data))
    if status != 200:
        return _order_page(request, task, issue_form=form, status=status)
    messages.success(request, f"บันทึกคำสั่งที่ {form.cleaned_data['number']} แล้ว")
    return redirect("cases:task", task.pk)


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the number of the order back, to mend it."""
    task = _task_with(request, pk, LetterKind.ORDER)
    letter = get_object_or_404(Letter, task=task, kind=LetterKind.ORDER)
    form = RecallForm(request.POST)
    by, now = person(request), timezone.now()
    status = _do(form, lambda: services.recall_number(letter, by=by, now=now, **form.cleaned_data))
    if status != 200:
        return _order_page(request, task, recall_form=form, status=status)
    messages.success(request, "ถอนเลขคำสั่งแล้ว แก้ไขข้อความและรายชื่อได้")
    return redirect("letters:order", task.pk)


def _save_order(request: HttpRequest, task: Task, form: OrderForm, members: Any) -> int:
    by, now = person(request), timezone.now()
    if not members.is_valid():
        form.is_valid()
        return 400
    return _do(
        form,
        lambda: services.save_order(task, by=by, now=now, members=members.lines(), **form.facts()),
    )


def _order_page(
    request: HttpRequest, task: Task, *, form: OrderForm | None = None, members: Any = None,
    issue_form: IssueForm | None = None, recall_form: RecallForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    letter = _letter(task, LetterKind.ORDER)
    before = None if letter and letter.number else earlier_round(task, LetterKind.ORDER)
    offered = None if letter else before or copied_case(task, LetterKind.ORDER)
    context = {
        "task": task,
        "offered": offered, "letter": letter,
        "may": _may_write(request, task),
        "may_edit": _may_write(request, task) and not (letter and letter.number),
        "form": form or _order_form(letter, offered),
        "members": members or _member_forms(letter or offered),
        "issue_form": issue_form or IssueForm(initial=_issued(before or letter)),
        "recall_form": recall_form or RecallForm(),
        "lacking": services.incomplete_members(letter) if letter else [],
    }  # fmt: skip
    return render(request, "letters/order.html", context, status=status)


def _order_form(letter: Letter | None, offered: Letter | None) -> OrderForm:
    begun = letter or offered
    values = values_of(begun, "subject") if begun else {}
    seen = letter.version if letter else 0
    return OrderForm(initial={**values, "seen": seen, "page": new_token()})


def _member_forms(letter: Letter | None) -> Any:
    rows = letter.members.values("user", "name", "post", "role") if letter else []
    return Members(initial=list(rows), prefix="members")


def _longer(request: HttpRequest) -> Any:
    """The same list with room for more; what was typed stays."""
    data = request.POST.copy()
    total = Members(request.POST, prefix="members").total_form_count()
    data["members-TOTAL_FORMS"] = str(total + MORE_LINES)
    return Members(data, prefix="members")


def _issued(letter: Letter | None) -> dict[str, Any]:
    if letter is None:
        return {}
    return {"number": letter.number, "dated_on": letter.dated_on, "told_on": letter.told_on}


# -- letters in and out


@page_of_a_letter
def incoming(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter from outside that the row waits for."""
    task = _task_with(request, pk, LetterKind.INCOMING)
    return _plain_letter(
        request, task, LetterKind.INCOMING, IncomingForm, save=services.save_incoming
    )


@page_of_a_letter
def outgoing(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter the row sends."""
    task = _task_with(request, pk, LetterKind.OUTGOING)
    return _plain_letter(
        request, task, LetterKind.OUTGOING, OutgoingForm, save=services.save_outgoing
    )


def _plain_letter(
    request: HttpRequest, task: Task, kind: LetterKind, form_class: type[BaseForm],
    *, save: Callable[..., Letter],
) -> HttpResponse:  # fmt: skip
    letter, status = _letter(task, kind), 200
    fields = form_class.base_fields  # type: ignore[attr-defined]
    columns = {name: field.label for name, field in fields.items() if name != "file"}
    if request.method == "POST":
        form = form_class(request.POST, request.FILES)
        status = _do(form, lambda: _file_letter(request, task, form, save))
        if status == 200:
            messages.success(request, f"บันทึก{kind.label}แล้ว")
            return redirect("cases:task", task.pk)
    else:
        begun = letter or earlier_round(task, kind)
        form = form_class(initial=values_of(begun, *columns) if begun else {})
    context = {
        "task": task, "letter": letter, "form": form, "kind": kind,
        "may": _may_write(request, task),
        "facts": [(label, _shown(getattr(letter, name, ""))) for name, label in columns.items()],
    }  # fmt: skip
    return render(request, "letters/plain.html", context, status=status)


def _shown(value: Any) -> str:
    return thai_date(value) if isinstance(value, date) else str(value or "")


def _file_letter(
    request: HttpRequest, task: Task, form: Any, save: Callable[..., Letter]
) -> Letter:
    typed = dict(form.cleaned_data)
    upload = typed.pop("file")
    return save(task, upload=upload, by=person(request), now=timezone.now(), **typed)


# -- every letter


def _task_with(request: HttpRequest, pk: int, kind: LetterKind) -> Task:
    """The task, if this person may see it and its row has such a letter."""
    task = fetch_task(person(request), pk)
    if kind not in letter_kinds(task):
        raise Http404
    return task


def _letter(task: Task, kind: LetterKind) -> Letter | None:
    letters = task.letters.filter(kind=kind).select_related("edited_by")
    return letters.prefetch_related("members").first()


def _may_write(request: HttpRequest, task: Task) -> bool:
    return "save" in allowed(task, person(request))


def _is_autosave(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _do(form: BaseForm, act: Callable[[], object]) -> int:
    """Do it if the form can be read; the status of the answer, refusals put on the form."""
    if not form.is_valid():
        return 400
    try:
        act()
    except DomainError as error:
        refuse(form, error)
        return error.status
    return 200


def _saved(request: HttpRequest, form: BaseForm, status: int) -> HttpResponse:
    """The line that says the draft is kept, or why not."""
    context = {"form": form, "now": timezone.now(), "status": status}
    return render(request, "letters/_saved.html", context, status=status)


def _caught_up(form: Any, letter: Letter | None, status: int) -> Any:
    """After a conflict the page knows the newer version: saving again is a choice."""
    if status == 409 and letter is not None:
        form.data = {**form.data.dict(), "seen": str(letter.version)}
    return form
