"""The plan of a whole flow, made before or as a case starts. Pure; it knows no clock times."""

from dataclasses import dataclass, replace
from datetime import date

from portal.thai.dates import fiscal_year
from processes.shape import Flow, Step, Unit
from workflows.cases.reckoning import OfficeTime, day_window, duration_of
from workflows.cases.routing import spine, sub_rows


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row's planned window; `expected` and `due` are None where the manual gives no time."""

    position: int
    key: str
    number: str
    title: str
    opens: date
    expected: date | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Span:
    """When a row opens and its window."""

    opens: date
    expected: date | None
    due: date | None


def plan(flow: Flow, start: date, office: OfficeTime) -> tuple[PlannedRow, ...]:
    """One entry per row in order of position.

    The first row opens at the start, each next on the due date of the row before. Rows without
    time take none. Rows that share a window have the dates of their block, counted once.
    Sub-rows open together and their parent ends with the latest of them.
    """
    spans: dict[str, Span] = {}
    cursor = start
    for step in spine(flow):
        children = sub_rows(flow, step)
        for child in children:
            spans[child.key] = _span(flow, child, cursor, office, spans)
        spans[step.key] = _span(flow, step, cursor, office, spans)
        if children:
            spans[step.key] = _bracket(cursor, [spans[child.key] for child in children])
        cursor = max(cursor, spans[step.key].due or cursor)
    return tuple(
        PlannedRow(
            position,
            step.key,
            step.number,
            step.title,
            spans[step.key].opens,
            spans[step.key].expected,
            spans[step.key].due,
        )
        for position, step in enumerate(flow.steps)
    )


def ends_on(rows: tuple[PlannedRow, ...]) -> date | None:
    """The last day of the plan; None where the manual gives no time at all."""
    return max((row.due for row in rows if row.due), default=None)


def working_days(
    flow: Flow, rows: tuple[PlannedRow, ...], start: date, office: OfficeTime
) -> tuple[int, int]:
    """How many working days of the calendar the plan `rows` of a flow takes, at least and at most.

    Not a sum of the rows: plain days, months and hours fall on what days they fall on.
    """
    least, most = (
        office.calendar.count(start, ends_on(each) or start)
        for each in (plan(_shortest(flow), start, office), rows)
    )
    return least, most


def _shortest(flow: Flow) -> Flow:
    """Every row in its least time."""
    steps = (
        replace(step, duration=replace(step.duration, max=step.duration.min)) for step in flow.steps
    )
    return replace(flow, steps=tuple(steps))


def first_of_next_year(rows: tuple[PlannedRow, ...], start: date) -> PlannedRow | None:
    """The first row that is to end in a later fiscal year than the plan begins in."""
    year = fiscal_year(start)
    return next((row for row in rows if row.due and fiscal_year(row.due) > year), None)


def planned_span(flow: Flow, step: Step, opens: date, office: OfficeTime) -> Span:
    """The planned window of a row that opens on this day, its time counted anew."""
    duration = duration_of(flow, step)
    if duration.unit in (Unit.HOUR, Unit.MINUTE):
        next_day = office.calendar.add(opens, 1)
        return Span(opens, next_day, next_day)
    dates = day_window(duration, opens, office, external=step.external)
    return Span(opens, dates.expected_on, dates.due_on)


def _span(flow: Flow, step: Step, opens: date, office: OfficeTime, known: dict[str, Span]) -> Span:
    if step.duration_from is not None and step.duration_from in known:
        return known[step.duration_from]
    return planned_span(flow, step, opens, office)


def _bracket(opens: date, spans: list[Span]) -> Span:
    expected = [span.expected for span in spans if span.expected]
    due = [span.due for span in spans if span.due]
    return Span(opens, max(expected, default=None), max(due, default=None))
