"""Dates and digits as Thai offices write them. Nothing to show shows nothing."""

from datetime import date, datetime

from django import template

from portal.thai import dates, digits

register = template.Library()


@register.filter
def thai_date(day: date | None) -> str:
    return dates.thai_date(day) if day else ""


@register.filter
def thai_date_long(day: date | None) -> str:
    return dates.thai_date_long(day) if day else ""


@register.filter
def thai_datetime(moment: datetime | None) -> str:
    return dates.thai_datetime(moment) if moment else ""


@register.filter
def thai_digits(text: object) -> str:
    return "" if text is None else digits.to_thai_digits(text)
