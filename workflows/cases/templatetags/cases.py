"""Spans of days as Thai offices write them, addresses on pages with more than one list, and how
many cases a page of the rooms below concerns."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.template.context import Context

from portal.thai.dates import MONTHS_SHORT, thai_date
from processes.models import Process
from workflows.cases.models import Case, CaseStatus

register = template.Library()


@register.filter
def until(first: date | None, last: date | None) -> str:
    """`2–9 พ.ย. 2569`: what both days share is written once."""
    if first is None or last is None:
        day = first or last
        return thai_date(day) if day else ""
    if first == last:
        return thai_date(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{thai_date(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS_SHORT[first.month - 1]} – {thai_date(last)}"
    return f"{thai_date(first)} – {thai_date(last)}"


@register.filter
def nth(things: Sequence[Any], at: int) -> Any:
    """The thing at this place: a cell finds its column."""
    return things[at]


@register.simple_tag(takes_context=True)
def part_query(context: Context, name: str, number: int) -> str:
    """The query of this page with another page of one of its lists."""
    query = context["request"].GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag
def running_cases(processes: Process | Iterable[Process]) -> int:
    """How many cases run on a process, or on several."""
    asked = [processes] if isinstance(processes, Process) else list(processes)
    running = Case.objects.filter(status=CaseStatus.RUNNING)
    return running.filter(flow__edition__process__in=asked).count()
