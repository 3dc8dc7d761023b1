"""Addresses on pages that hold more than one list."""

from django import template
from django.template.context import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def part_query(context: Context, name: str, number: int) -> str:
    """The query of this page with another page of one of its lists."""
    query = context["request"].GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"
