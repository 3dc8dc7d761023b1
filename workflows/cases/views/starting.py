"""Opening a case: choose the process, see its plan, start."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.exceptions import DomainError, NotAllowed
from portal.thai.dates import fiscal_year
from portal.web.actions import refuse
from processes.durations import has_targets, printed, total, total_in_words
from processes.in_use import demand_in_use, flow_in_use, targetable
from processes.models import Flow
from processes.permissions import may_adopt
from processes.selectors import effective_flow, said_in, startable_flows
from processes.shape import Flow as FlowShape
from processes.storage import flow_shape
from workflows.cases import deadlines, opening, planning
from workflows.cases.forms.starting import DONE, StartForm
from workflows.cases.models import Case
from workflows.cases.views import once
from workflows.cases.views.doors import fetch_case, person
from workflows.cases.views.due import Clock, clock


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row of the plan with the time the manual prints or the office sets for it."""

    row: planning.PlannedRow
    time: str


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose (no `flow` yet), then see the plan and start."""
    if not person(request).access.units:
        raise NotAllowed("เปิดเรื่องได้เฉพาะเจ้าหน้าที่ของกลุ่มที่รับผิดชอบ")
    if "flow" not in request.GET:
        return _choose(request)
    flow, copied = _flow(request), _copied(request)
    if request.method != "POST":
        return _form_page(request, flow, _empty_form(request, flow, copied), copied)
    form = StartForm(request.POST, user=person(request), flow=flow_shape(flow))
    status = 400
    if form.is_valid():
        try:
            return _started(request, flow, form, copied)
        except DomainError as error:
            refuse(form, _beside_row(form, error))
            status = error.status
    return _form_page(request, flow, form, copied, status=status)


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """The same page with the plan of the dates typed so far; nothing is started."""
    flow = _flow(request)
    form = StartForm(request.POST, user=person(request), flow=flow_shape(flow))
    form.is_valid()
    return _form_page(request, flow, form, _copied(request))


def _empty_form(request: HttpRequest, flow: Flow, copied: Case | None) -> StartForm:
    initial = {"opened_on": timezone.localdate(), "title": copied.title if copied else ""}
    return StartForm(initial=initial, user=person(request), flow=flow_shape(flow))


def _started(
    request: HttpRequest, flow: Flow, form: StartForm, copied: Case | None
) -> HttpResponse:
    by, now = person(request), timezone.now()
    names = ("title", "unit", "opened_on", "letter_due_on")
    facts = {name: form.cleaned_data[name] for name in names}
    row = form.enters_at()
    at = flow.steps.get(key=row.key) if row else None

    def open_it() -> str:
        done = form.done_on()
        return opening.start_case(
            flow, by=by, now=now, copy_of=copied, at=at, done_on=done, **facts
        ).code

    code, is_new = once.make_once(request, open_it)
    said = f"เปิดเรื่อง {code} แล้ว" if is_new else f"เรื่องนี้เปิดไว้แล้วเป็นเลข {code} ไม่ได้เปิดซ้ำ"
    messages.success(request, said)
    return redirect("cases:detail", code)


def _beside_row(form: StartForm, error: DomainError) -> DomainError:
    """A refusal about a row's day names the row; the form knows it by another name."""
    if f"{DONE}{error.field}" in form.fields:
        error.field = f"{DONE}{error.field}"
    return error


def _copied(request: HttpRequest) -> Case | None:
    """The case whose texts are to be drafts of the new one."""
    code = request.GET.get("copy")
    return fetch_case(person(request), code) if code else None


def _flow(request: HttpRequest) -> Flow:
    try:
        flow = effective_flow(request.GET.get("flow", ""))
    except Flow.DoesNotExist:
        raise Http404 from None
    demand_in_use(flow.edition.process)
    return flow


def _choose(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "").strip()
    flows = _named(startable_flows(), q).annotate(
        rows=Count("steps", filter=Q(steps__parent__isnull=True))
    )
    return render(request, "cases/start_choose.html", {"flows": flows, "q": q})


def _named(flows: QuerySet[Flow], q: str) -> QuerySet[Flow]:
    if not q:
        return flows
    return flows.filter(
        said_in(q, "edition__process__") | Q(phase__icontains=q) | Q(edition__name__icontains=q)
    )


def _form_page(
    request: HttpRequest, flow: Flow, form: StartForm, copied: Case | None, *, status: int = 200
) -> HttpResponse:
    time, shape = clock(), flow_in_use(flow)
    day = _typed(form, "opened_on") or time.today
    office = deadlines.office_time(time.calendar)
    rows = planning.plan(shape, day, office)
    end = planning.ends_on(rows)
    sums = total(shape)
    context = {
        "flow": flow, "form": form, "lines": _lines(shape, rows), "from": day, "until": end,
        "open_ended": sum(row.due is None for row in rows),
        "sums": {"total": total_in_words(sums), "per": sums.per, "ours": has_targets(shape)},
        "working_days": planning.working_days(shape, rows, day, office),
        "next_year": planning.first_of_next_year(rows, day), "year": fiscal_year(day),
        "untimed": len(targetable(shape)) if may_adopt(person(request)) else 0,
        "late": _late(end, _typed(form, "letter_due_on"), time), "once": once.new_token(),
        "copied": copied, "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "cases/start.html", context, status=status)


def _typed(form: StartForm, name: str) -> date | None:
    day: date | None = getattr(form, "cleaned_data", {}).get(name)
    return day


def _lines(shape: FlowShape, rows: tuple[planning.PlannedRow, ...]) -> list[PlanLine]:
    times = {step.key: printed(step.duration) for step in shape.steps}
    return [PlanLine(row, times[row.key]) for row in rows]


def _late(end: date | None, letter: date | None, time: Clock) -> int:
    """Working days by which the plan misses the letter's deadline."""
    if end is None or letter is None or end <= letter:
        return 0
    return max(1, time.calendar.count(letter, end))
