"""Everything an officer or a head does to a case and its tasks.

Each is the same ceremony: transaction, lock the case, read again, permission and state from the
transition table, rule, change, event.
"""

from workflows.cases.services.activities import add_activity
from workflows.cases.services.checklist import meet, tick_item, unmeet, waive_item
from workflows.cases.services.whole_case import (
    add_participant,
    cancel_case,
    go_to_row,
    reopen_case,
    set_letter_deadline,
)
from workflows.cases.services.work import (
    assign_task,
    complete_task,
    paste_lines,
    record_survey,
    save_task,
    skip_task,
    start_task,
)

__all__ = [
    "add_activity",
    "add_participant",
    "assign_task",
    "cancel_case",
    "complete_task",
    "go_to_row",
    "meet",
    "paste_lines",
    "record_survey",
    "reopen_case",
    "save_task",
    "set_letter_deadline",
    "skip_task",
    "start_task",
    "tick_item",
    "unmeet",
    "waive_item",
]
