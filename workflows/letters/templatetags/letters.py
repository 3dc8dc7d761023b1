"""The letters of a row on its page."""

from typing import Any

from django import template

from portal.accounts.models import User
from workflows.cases.models import Task
from workflows.letters.panels import sheets_of

register = template.Library()


@register.inclusion_tag("letters/_panel.html")
def letter_panel(task: Task, user: User) -> dict[str, Any]:
    """A card for each letter the row has; nothing where it has none."""
    sheets = sheets_of(task, user)
    unfinished = (sheet for sheet in sheets if sheet.may_write and not sheet.is_whole)
    return {"task": task, "sheets": sheets, "next": next(unfinished, None)}
