"""The standard as this office uses it: its own words and target days over the frozen edition.

Nothing here changes an edition or its digest. Papers take the words only: the printed time is
the manual's. Work and pages take the target days too, in the place of a time that is not printed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from portal.exceptions import StateConflict
from processes import durations, models, shape
from processes.models import Process, TargetDays
from processes.shape import Duration, Step
from processes.storage import flow_shape, shape_of

LEAST_DAYS, MOST_DAYS = 1, 366

# the code of a flow and the key of one of its rows
RowKey = tuple[str, str]
Targets = Mapping[RowKey, int]


def demand_in_use(process: Process) -> None:
    """Refuse to begin work on a process that the office has switched off."""
    if not process.adopted:
        raise StateConflict(
            f"สำนักงานไม่ใช้กระบวนงาน “{process.shown_name}” แล้ว จึงเปิดเรื่องใหม่ไม่ได้ เรื่องที่เปิดไว้ก่อนทำต่อได้"
        )


# -- words


def in_own_words(edition: models.Edition) -> shape.Edition:
    """The edition under the name and document code of the office: what is printed."""
    content = shape_of(edition)
    names = {flow.code: flow.shown_table_name for flow in edition.flows.all()}
    return replace(
        content,
        name=edition.shown_name,
        document_code=edition.shown_document_code,
        flows=tuple(replace(flow, table_name=names[flow.code]) for flow in content.flows),
    )


# -- time


def targetable(flow: shape.Flow) -> tuple[Step, ...]:
    """The rows that may get a target: no printed time, the office's own, no heading."""
    heads = {step.parent for step in flow.steps}
    return tuple(
        step
        for step in flow.steps
        if step.duration == Duration() and not step.external and step.key not in heads
    )


def with_targets(flow: shape.Flow, targets: Targets) -> shape.Flow:
    """The flow with the office's target days where the manual prints no time.

    Rows that share the time of such a row find it there, as they find a printed one.
    """
    days = {step.key: targets.get((flow.code, step.key)) for step in targetable(flow)}
    if not any(days.values()):
        return flow
    steps = (_timed(step, days.get(step.key)) for step in flow.steps)
    return replace(flow, steps=tuple(steps))


def _timed(step: Step, days: int | None) -> Step:
    if days is None:
        return step
    return replace(step, duration=durations.target(days))


def targets_of(process: int, at: datetime | None = None) -> dict[RowKey, int]:
    """The targets of a process (its primary key) at a moment; as they are now without one."""
    force = Q(ended_at__isnull=True)
    if at is not None:
        force = Q(set_at__lte=at) & (force | Q(ended_at__gt=at))
    rows = TargetDays.objects.filter(force, process=process)
    return {(row.flow_code, row.step_key): row.days for row in rows}


def flow_in_use(flow: models.Flow, at: datetime | None = None) -> shape.Flow:
    """The flow that work runs by: printed times, and the office's targets of that moment."""
    content = flow_shape(flow)
    if not targetable(content):
        return content
    return with_targets(content, targets_of(flow.edition.process_id, at))


def edition_in_use(edition: models.Edition) -> shape.Edition:
    """The edition as its page shows it: own words and the targets of now."""
    content, targets = in_own_words(edition), targets_of(edition.process_id)
    return replace(content, flows=tuple(with_targets(flow, targets) for flow in content.flows))
