"""What opens next. Pure: a flow's shape in, rows out; `moves.py` carries it out.

A flow is a line. Rows run in printed order and a running case stands on exactly one blocking
row; sub-rows, activities and rows that run throughout are beside it.
"""

from dataclasses import dataclass

from processes.shape import Flow, Step, Unit


@dataclass(frozen=True, slots=True)
class Opening:
    """A row to open: whether the case stands on it, and the sub-rows that open with it."""

    step: Step
    blocking: bool
    sub_rows: tuple[Step, ...] = ()


def step_of(flow: Flow, key: str) -> Step:
    """The row with this key; KeyError if the flow has none."""
    for step in flow.steps:
        if step.key == key:
            return step
    raise KeyError(key)


def spine(flow: Flow) -> tuple[Step, ...]:
    """Rows without a parent, in printed order."""
    return tuple(step for step in flow.steps if step.parent is None)


def sub_rows(flow: Flow, step: Step) -> tuple[Step, ...]:
    """The rows that run side by side under this one."""
    return tuple(row for row in flow.steps if row.parent == step.key)


def passes_by(flow: Flow, step: Step) -> bool:
    """A throughout row lets the next one open, unless only throughout rows follow it."""
    if step.duration.unit is not Unit.THROUGHOUT:
        return False
    later = _after(flow, step)
    return any(row.duration.unit is not Unit.THROUGHOUT for row in later)


def first_openings(flow: Flow) -> tuple[Opening, ...]:
    """What a new case opens."""
    return _up_to_blocking(flow, spine(flow))


def next_openings(flow: Flow, key: str) -> tuple[Opening, ...]:
    """What opens when this spine row is finished; empty when the case is at its end."""
    return _up_to_blocking(flow, _after(flow, step_of(flow, key)))


def opening_at(flow: Flow, key: str) -> Opening:
    """What opens when somebody goes straight to a row; a sub-row opens its parent with it alone."""
    step = step_of(flow, key)
    if step.parent is not None:
        return Opening(step_of(flow, step.parent), blocking=True, sub_rows=(step,))
    return Opening(step, blocking=not passes_by(flow, step), sub_rows=sub_rows(flow, step))


def return_targets(flow: Flow, key: str) -> tuple[Step, ...]:
    """Rows a deciding row may be returned to: any earlier one, and itself to mend the memo."""
    rows = spine(flow)
    at = [row.key for row in rows].index(key)
    return tuple(row for row in rows[: at + 1] if not passes_by(flow, row))


def default_return(flow: Flow, key: str) -> Step:
    """The printed row to return to, else the row before, else the row itself."""
    printed = step_of(flow, key).returns_to
    if printed is not None:
        return step_of(flow, printed)
    targets = return_targets(flow, key)
    return targets[-2] if len(targets) > 1 else targets[-1]


def preparable(flow: Flow, key: str) -> tuple[Step, ...]:
    """Rows that may be prepared while the case stands on this one: later, not past a decision."""
    rows: list[Step] = []
    if step_of(flow, key).decides is not None:
        return ()
    for row in _after(flow, step_of(flow, key)):
        if row.external:
            break
        rows.append(row)
        if row.decides is not None:
            break
    return tuple(rows)


def _after(flow: Flow, step: Step) -> tuple[Step, ...]:
    rows = spine(flow)
    return rows[rows.index(step) + 1 :]


def _up_to_blocking(flow: Flow, rows: tuple[Step, ...]) -> tuple[Opening, ...]:
    openings = []
    for row in rows:
        blocking = not passes_by(flow, row)
        openings.append(Opening(row, blocking, sub_rows(flow, row)))
        if blocking:
            break
    return tuple(openings)
