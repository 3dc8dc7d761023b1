"""What the demo office says of its manuals: who is in charge, a code of its own, target days.

Every process stays in use, so that each can be tried.
"""

from datetime import datetime, timedelta
from typing import Any

from portal.accounts.posts import deputy_post, head_post
from portal.demo.people import Cast
from processes.adoption import change_adoption, rows_to_target
from processes.models import Process

MAIN_MANUAL = "obec"
OWN_FACTS: dict[str, dict[str, Any]] = {
    "dlit": {"own_document_code": "กสทท-สาธิต-01"},
    "personnel-media-training": {"own_name": "อบรมครูและบุคลากรด้านการผลิตสื่อดิจิทัล"},
}
# a process whose manual prints no time at all, in the order of its rows
TIMED, DAYS = "personnel-media-training", (3, 5, 5, 10, 5, 3)


def adopt_processes(cast: Cast, now: datetime) -> None:
    """As the head of the group would have settled it, long before the first case."""
    by: dict[str, Any] = {"by": cast.head, "now": now - timedelta(days=700)}
    posts = {"in_charge": head_post(cast.unit), "stand_in": deputy_post(cast.unit)}
    for process in Process.objects.select_related("manual"):
        facts = dict(OWN_FACTS.get(process.code, {}))
        if process.manual.code == MAIN_MANUAL or process.code == TIMED:
            facts |= posts
        rows = rows_to_target(process) if process.code == TIMED else {}
        change_adoption(process, facts, dict(zip(rows, DAYS, strict=False)), **by)
