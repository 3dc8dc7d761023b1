"""Opening a case: choose the process, see its plan, start."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.exceptions import DomainError, NotAllowed
from portal.thai.searching import search_text
from portal.web.actions import refuse
from processes.durations import printed
from processes.models import Flow
from processes.selectors import effective_flow, startable_flows
from processes.storage import flow_shape
from workflows.cases import deadlines, opening, planning
from workflows.cases.forms.starting import StartForm
from workflows.cases.views import once
from workflows.cases.views.doors import person
from workflows.cases.views.due import Clock, clock


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row of the plan with the time the manual prints for it."""

    row: planning.PlannedRow
    time: str


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose (no `flow` yet), then see the plan and start."""
    if not person(request).access.units:
        raise NotAllowed("เปิดเรื่องได้เฉพาะเจ้าหน้าที่ของกลุ่มที่รับผิดชอบ")
    if "flow" not in request.GET:
        return _choose(request)
    flow = _flow(request)
    if request.method != "POST":
        form = StartForm(user=person(request), initial={"opened_on": timezone.localdate()})
        return _form_page(request, flow, form)
    form = StartForm(request.POST, user=person(request))
    status = 400
    if form.is_valid():
        try:
            return _started(request, flow, form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
            status = error.status
    return _form_page(request, flow, form, status=status)


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """The same page with the plan of the dates typed so far; nothing is started."""
    form = StartForm(request.POST, user=person(request))
    form.is_valid()
    return _form_page(request, _flow(request), form)


def _started(request: HttpRequest, flow: Flow, typed: dict[str, Any]) -> HttpResponse:
    by, now = person(request), timezone.now()
    code, is_new = once.make_once(
        request, lambda: opening.start_case(flow, by=by, now=now, **typed).code
    )
    said = f"เปิดเรื่อง {code} แล้ว" if is_new else f"เรื่องนี้เปิดไว้แล้วเป็นเลข {code} ไม่ได้เปิดซ้ำ"
    messages.success(request, said)
    return redirect("cases:detail", code)


def _flow(request: HttpRequest) -> Flow:
    try:
        return effective_flow(request.GET.get("flow", ""))
    except Flow.DoesNotExist:
        raise Http404 from None


def _choose(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "").strip()
    flows = _named(startable_flows(), q).annotate(
        rows=Count("steps", filter=Q(steps__parent__isnull=True))
    )
    return render(request, "cases/start_choose.html", {"flows": flows, "q": q})


def _named(flows: QuerySet[Flow], q: str) -> QuerySet[Flow]:
    if not q:
        return flows
    words = search_text(q)
    return flows.filter(
        Q(edition__process__search_text__icontains=words) | Q(phase__icontains=q)
        | Q(edition__name__icontains=q)
    )  # fmt: skip


def _form_page(
    request: HttpRequest, flow: Flow, form: StartForm, *, status: int = 200
) -> HttpResponse:
    time = clock()
    day = _typed(form, "opened_on") or time.today
    lines = _plan(flow, day)
    end = max((line.row.due for line in lines if line.row.due), default=None)
    context = {
        "flow": flow, "form": form, "lines": lines, "from": day, "until": end,
        "late": _late(end, _typed(form, "letter_due_on"), time), "once": once.new_token(),
        "title_example": f"{flow.edition.name} ปีงบประมาณ",
    }  # fmt: skip
    return render(request, "cases/start.html", context, status=status)


def _typed(form: StartForm, name: str) -> date | None:
    day: date | None = getattr(form, "cleaned_data", {}).get(name)
    return day


def _plan(flow: Flow, day: date) -> list[PlanLine]:
    shape = flow_shape(flow)
    times = {step.key: printed(step.duration) for step in shape.steps}
    rows = planning.plan(shape, day, deadlines.office_time())
    return [PlanLine(row, times[row.key]) for row in rows]


def _late(end: date | None, letter: date | None, time: Clock) -> int:
    """Working days by which the plan misses the letter's deadline."""
    if end is None or letter is None or end <= letter:
        return 0
    return max(1, time.calendar.count(letter, end))
