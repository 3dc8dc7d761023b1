"""The history of a case, told to somebody who was not there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from portal.accounts.models import Holding
from workflows.cases import history
from workflows.cases.models import Case, CaseEvent

# where an event says on which day the thing itself happened
DAY_KEYS = ("happened_on", "reported_on", "signed_on", "issued_on", "dated_on", "received_on")
TONES = {
    "case_opened": "gold", "completed": "ok", "returned": "bad", "refused": "bad",
    "case_cancelled": "bad", "case_closed": "gold", "approved": "ok", "submitted": "now",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One event: who in which post, when it happened, when it was recorded."""

    event: CaseEvent
    post: str
    happened: date | None

    @property
    def day(self) -> date:
        """The day it was recorded."""
        return timezone.localdate(self.event.at)

    @property
    def says_who(self) -> bool:
        """Whether the text itself begins with the person."""
        actor = self.event.actor
        return actor is not None and self.event.text.startswith(actor.full_name)

    @property
    def tone(self) -> str:
        return TONES.get(self.event.action, "")

    @property
    def result(self) -> str:
        """The text the row was closed with, as it was then."""
        return str(self.event.data.get("result", ""))

    @property
    def sheet(self) -> dict[str, Any]:
        """What the row held beside its text, as it was then."""
        shown: dict[str, Any] = self.event.data.get("sheet", {})
        return shown


def tell(case: Case, *, newest: int | None = None) -> list[Line]:
    """All events from the first on, or the newest few, newest first (two queries)."""
    events = case.events.select_related("actor").order_by("seq")
    chosen = list(events) if newest is None else list(events.reverse()[:newest])
    holdings = _holdings(chosen)
    return [Line(event, _post_then(event, holdings), _happened(event)) for event in chosen]


def problems(case: Case) -> list[str]:
    """What the check of the chain finds."""
    return history.verify(case)


def _holdings(events: Iterable[CaseEvent]) -> list[Holding]:
    actors = {event.actor_id for event in events if event.actor_id}
    return list(Holding.objects.filter(user__in=actors).select_related("post"))


def _post_then(event: CaseEvent, holdings: Iterable[Holding]) -> str:
    """The posts the person held when it was recorded, else the position he has."""
    if event.actor is None:
        return ""
    held = [
        holding.post.title
        for holding in holdings
        if holding.user_id == event.actor_id and _ran(holding, event.at)
    ]
    return " · ".join(dict.fromkeys(held)) or event.actor.position


def _ran(holding: Holding, at: datetime) -> bool:
    return holding.from_at <= at and (holding.until_at is None or at < holding.until_at)


def _happened(event: CaseEvent) -> date | None:
    """The day the thing happened, where it is another than the day it was recorded."""
    text = next((event.data[key] for key in DAY_KEYS if event.data.get(key)), None)
    day = date.fromisoformat(text[:10]) if isinstance(text, str) else None
    return day if day != timezone.localdate(event.at) else None
