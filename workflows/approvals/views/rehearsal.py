"""A case walked in memory beside the page that starts a real one."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.exceptions import NotAllowed
from processes.in_use import flow_in_use
from processes.models import Flow
from processes.selectors import effective_flow
from processes.shape import Flow as FlowShape
from workflows.approvals.rehearsal import Walked, rehearse
from workflows.cases.deadlines import office_time
from workflows.cases.views.doors import person


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing on the way, in the words of its row."""

    walked: Walked
    text: str


@require_safe
def rehearsal(request: HttpRequest, code: str) -> HttpResponse:
    """The path of a flow from today, with one return; nothing is written."""
    if not person(request).access.units:
        raise NotAllowed("ซ้อมเดินเรื่องได้เฉพาะเจ้าหน้าที่ของกลุ่ม")
    flow = _flow(code)
    shape, today = flow_in_use(flow), timezone.localdate()
    walked = rehearse(shape, today, office_time())
    stops = _stops(shape, walked.path)
    context = {
        "flow": flow, "stops": stops, "finished": walked.finished,
        "today": today, "until": _last(stops, today), "back": _beside(flow),
    }  # fmt: skip
    return render(request, "approvals/rehearsal.html", context)


def _beside(flow: Flow) -> str:
    """Where one came from: a case of a process the office does not use cannot be started."""
    process = flow.edition.process
    if process.adopted:
        return reverse("cases:start", query={"flow": flow.code})
    return reverse("processes:detail", args=[process.code])


def _flow(code: str) -> Flow:
    try:
        return effective_flow(code)
    except Flow.DoesNotExist:
        raise Http404 from None


def _stops(shape: FlowShape, path: list[Walked]) -> list[Stop]:
    return [Stop(walked, shape.steps[walked.position].chart_text) for walked in path]


def _last(stops: list[Stop], today: date) -> date:
    return max((stop.walked.on for stop in stops), default=today)
