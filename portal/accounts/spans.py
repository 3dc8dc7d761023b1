"""From when to when, as people say it: whole days without a clock, the last day included."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from portal.thai.dates import thai_date, thai_datetime

MIDNIGHT = time(0, 0)


def begins(moment: datetime) -> str:
    """`1 ต.ค. 2569`; with the time only where a day does not begin there."""
    return thai_date(moment) if _is_midnight(moment) else thai_datetime(moment)


def ends(moment: datetime) -> str:
    """`30 ก.ย. 2570` for what is over at the midnight after it."""
    return thai_date(moment - timedelta(days=1)) if _is_midnight(moment) else thai_datetime(moment)


def span(from_at: datetime, until_at: datetime | None) -> str:
    """`ตั้งแต่ 1 ต.ค. 2569 ถึง 30 ก.ย. 2570`."""
    begun = f"ตั้งแต่ {begins(from_at)}"
    return f"{begun} ถึง {ends(until_at)}" if until_at else begun


def _is_midnight(moment: datetime) -> bool:
    return timezone.localtime(moment).time() == MIDNIGHT
