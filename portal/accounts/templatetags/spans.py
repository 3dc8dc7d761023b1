"""From when to when, in templates: `{{ holding|span }}`."""

from django import template

from portal.accounts import spans
from portal.accounts.models import Delegation, Holding

register = template.Library()


@register.filter
def span(row: Holding | Delegation) -> str:
    """When a holding or an order begins and ends."""
    return spans.span(row.from_at, row.until_at)
