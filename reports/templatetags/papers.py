"""`{% paper_buttons flow=flow case=case %}`: the papers of a flow or a case, to be ordered."""

from typing import Any

from django import template
from django.template.context import Context

from portal.accounts.models import AccountKind, User
from processes.models import Flow
from reports.forms import ALL
from reports.models import PaperKind
from workflows.cases.models import Case

register = template.Library()


@register.inclusion_tag("reports/_buttons.html", takes_context=True)
def paper_buttons(
    context: Context, flow: Flow | None = None, case: Case | None = None
) -> dict[str, Any]:
    """Buttons for what this person may print; nothing where there is nothing."""
    user = context.get("user")
    if not isinstance(user, User) or (flow is None and case is None):
        return {}
    officer = user.account == AccountKind.OFFICER
    kinds = [PaperKind.FLOWCHART, PaperKind.STANDARDS_TABLE] if officer else []
    if case is not None and not officer:
        kinds = [PaperKind.FLOWCHART]
    return {"kinds": kinds, "flow": flow, "case": case, "all": ALL if len(kinds) > 1 else ""}
