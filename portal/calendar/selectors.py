"""Reading the calendar."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from portal.calendar.models import DayKind, DayOff
from portal.calendar.workdays import WorkCalendar
from portal.thai.dates import fiscal_year, fiscal_year_range

# no fiscal year has had fewer official days; half of that is a year only begun
FILLED = 10
_OFFICIAL = (DayKind.OFFICIAL, DayKind.SUBSTITUTE)


def work_calendar() -> WorkCalendar:
    """The calendar as it stands now, in one query."""
    return _calendar(_standing())


def as_of(moment: datetime) -> WorkCalendar:
    """The calendar as it stood at a moment, so that a date can be explained by reckoning again."""
    cancelled_later = Q(cancelled_at__isnull=True) | Q(cancelled_at__gt=moment)
    return _calendar(DayOff.objects.filter(cancelled_later, added_at__lte=moment))


def days_of(year: int) -> QuerySet[DayOff]:
    """The days of a fiscal year that stand, in order, with who added them."""
    return _standing().filter(date__range=fiscal_year_range(year)).select_related("added_by")


def cancelled_days_of(year: int) -> QuerySet[DayOff]:
    """The days of a fiscal year that were cancelled: the calendar forgets nothing."""
    days = DayOff.objects.filter(cancelled_at__isnull=False, date__range=fiscal_year_range(year))
    return days.select_related("cancelled_by").order_by("date", "cancelled_at")


def is_filled(days: Iterable[DayOff]) -> bool:
    """Whether the days of a fiscal year hold its official ones."""
    return sum(day.kind in _OFFICIAL for day in days) >= FILLED


def filled_until(today: date) -> date | None:
    """The last day up to which every fiscal year from this one on has its official days."""
    dates = _standing().filter(
        kind__in=_OFFICIAL, date__gte=fiscal_year_range(fiscal_year(today))[0]
    )
    counts = Counter(fiscal_year(day) for day in dates.values_list("date", flat=True))
    year = fiscal_year(today)
    while counts[year] >= FILLED:
        year += 1
    return fiscal_year_range(year - 1)[1] if year > fiscal_year(today) else None


def is_thin(filled: date | None, today: date) -> bool:
    """Whether work that starts today could be due on a day the calendar knows nothing about."""
    return filled is None or filled < today + timedelta(days=365)


def _standing() -> QuerySet[DayOff]:
    return DayOff.objects.filter(cancelled_at__isnull=True)


def _calendar(days: QuerySet[DayOff]) -> WorkCalendar:
    working: set[date] = set()
    off: set[date] = set()
    for day, kind in days.values_list("date", "kind"):
        (working if kind == DayKind.WORKING else off).add(day)
    return WorkCalendar(frozenset(off), frozenset(working))
