"""What a decider types before he gives it; kept on the server, seen by nobody else."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.exceptions import RuleBroken, StateConflict
from workflows.approvals.deciding import what_happened
from workflows.approvals.models import Decision, Draft, Outcome
from workflows.approvals.rights import demand_seat


@transaction.atomic
def save_draft(
    decision: Decision, *, outcome: str, comment: str, by: User, now: datetime
) -> Draft | None:
    """Keep the words for one outcome; an emptied text is no draft. Not an event."""
    demand_seat(decision, by, now)
    told = what_happened(decision)
    if told:
        raise StateConflict(f"เก็บร่างไม่ได้ เพราะ{told}")
    if outcome not in Outcome.values:
        raise RuleBroken("กรุณาเลือกผลการพิจารณา", field="outcome")
    # PostgreSQL keeps no NUL, and a draft is kept as it comes
    comment = comment.replace("\x00", "")
    if not comment.strip():
        Draft.objects.filter(decision=decision, by=by, outcome=outcome).delete()
        return None
    draft, _ = Draft.objects.update_or_create(
        decision=decision, by=by, outcome=outcome, defaults={"comment": comment, "at": now}
    )
    return draft


def drafts_of(decision: Decision, user: User) -> dict[str, str]:
    """Words by outcome, the latest typed first."""
    rows = Draft.objects.filter(decision=decision, by=user).order_by("-at", "-pk")
    return {row.outcome: row.comment for row in rows}
