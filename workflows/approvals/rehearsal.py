"""A case walked in memory: the pure routing and the transition table, nothing written.

It takes one return at the first deciding row, leaves optional rows out and takes conditions as
fulfilled. What it shows is what a real case would do on the planned dates.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from processes.shape import Decides, Flow, Step
from workflows.cases.models import TaskStatus
from workflows.cases.planning import planned_span
from workflows.cases.reckoning import OfficeTime, block_of
from workflows.cases.routing import (
    Opening,
    default_return,
    first_openings,
    next_openings,
    opening_at,
)
from workflows.cases.transitions import TASK_MOVES

LONGEST_WALK = 1000


@dataclass(frozen=True, slots=True)
class Walked:
    """One thing done on the way: to which row, in which round, and when."""

    position: int
    number: str
    round: int
    action: str
    on: date


@dataclass
class Rehearsal:
    """The path of one flow from its first row to its end; `finished` if it got there."""

    code: str
    path: list[Walked] = field(default_factory=list)
    finished: bool = False


class CannotWalk(Exception):
    """The transition table or the line refuses the next move."""


@dataclass
class _Live:
    step: Step
    round: int
    opens: date
    due: date
    status: TaskStatus = TaskStatus.OPEN


def rehearse(flow: Flow, start: date, office: OfficeTime) -> Rehearsal:
    """Walk the flow from `start`; not finished if a row cannot be passed."""
    walk = _Walk(flow, office)
    rehearsal = Rehearsal(flow.code, walk.path)
    try:
        walk.to_the_end(start)
        rehearsal.finished = True
    except (CannotWalk, KeyError):
        pass
    return rehearsal


class _Walk:
    """The state of one rehearsal."""

    def __init__(self, flow: Flow, office: OfficeTime) -> None:
        self.flow, self.office = flow, office
        self.path: list[Walked] = []
        self.rounds: Counter[str] = Counter()
        self.beside: dict[str, _Live] = {}
        self.windows: dict[str, tuple[date, date]] = {}
        self.returned = False

    def to_the_end(self, start: date) -> None:
        today, openings = start, first_openings(self.flow)
        along = True
        for _ in range(LONGEST_WALK):
            if not openings:
                self._close_beside(today)
                return
            today, openings = self._pass(openings, today, along)
            along = not (self.path and self.path[-1].action == "return")
        raise CannotWalk("the line has no end")

    def _pass(
        self, openings: tuple[Opening, ...], today: date, along: bool
    ) -> tuple[date, tuple[Opening, ...]]:
        """Open these rows, do the blocking one, and say what opens next."""
        standing: tuple[_Live, Opening] | None = None
        for opening in openings:
            if opening.step.key in self.beside:
                continue
            live = self._open(opening.step, today, along)
            if opening.blocking:
                standing = live, opening
            else:
                self.beside[opening.step.key] = live
        if standing is None:
            raise CannotWalk("no row to stand on")
        return self._do(*standing)

    def _do(self, live: _Live, opening: Opening) -> tuple[date, tuple[Opening, ...]]:
        step, after = live.step, next_openings(self.flow, live.step.key)
        if step.optional:
            self._move(live, "skip", TaskStatus.SKIPPED)
            return live.opens, after
        for sub_row in opening.sub_rows:
            if not sub_row.optional:
                child = self._open(sub_row, live.opens, along=True)
                live.due = max(live.due, self._complete(child))
        if step.decides is None:
            return self._complete(live), after
        return self._decide(live, after)

    def _decide(self, live: _Live, after: tuple[Opening, ...]) -> tuple[date, tuple[Opening, ...]]:
        step = live.step
        if not step.chain:
            raise CannotWalk("nobody decides this row")
        self._move(live, "submit", TaskStatus.SUBMITTED)
        if step.decides is Decides.DECIDE and not self.returned:
            self.returned = True
            self._say(live, "return")
            target = default_return(self.flow, step.key)
            return live.due, (opening_at(self.flow, target.key),)
        self._say(live, "approve" if step.decides is Decides.DECIDE else "acknowledge")
        return live.due, after

    def _open(self, step: Step, today: date, along: bool) -> _Live:
        self.rounds[step.key] += 1
        opens, due = self._window(step, today, along)
        return _Live(step, self.rounds[step.key], opens, max(due, today))

    def _window(self, step: Step, today: date, along: bool) -> tuple[date, date]:
        """A row that shares time goes on in its block's window when reached along the line."""
        if along and step.duration_from is not None:
            for key in block_of(self.flow, step) - {step.key}:
                if key in self.windows:
                    return today, self.windows[key][1]
        span = planned_span(self.flow, step, today, self.office)
        self.windows[step.key] = (today, span.due or today)
        return self.windows[step.key]

    def _complete(self, live: _Live) -> date:
        self._move(live, "complete", TaskStatus.DONE)
        self._say(live, "complete")
        return live.due

    def _close_beside(self, today: date) -> None:
        """Rows that run throughout are done with the case."""
        for live in self.beside.values():
            live.due = today
            self._complete(live)

    def _move(self, live: _Live, action: str, to: TaskStatus) -> None:
        if live.status not in TASK_MOVES[action].states:
            raise CannotWalk(f"{action} from {live.status}")
        live.status = to

    def _say(self, live: _Live, action: str) -> None:
        position = self.flow.steps.index(live.step)
        self.path.append(Walked(position, live.step.number, live.round, action, live.due))
