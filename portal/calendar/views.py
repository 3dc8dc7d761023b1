"""The calendar to read. Changing it moves deadlines, so that page stands with the cases."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.calendar.grid import HEADINGS, months_of
from portal.calendar.selectors import cancelled_days_of, days_of, filled_until, is_filled, is_thin
from portal.thai.dates import fiscal_year

YEARS_BACK, YEARS_AHEAD = 30, 10


@require_safe
def year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """One fiscal year: twelve months, every day that departs from Monday to Friday, its source."""
    today = timezone.localdate()
    this_year = fiscal_year(today)
    shown = this_year if year is None else year
    if not this_year - YEARS_BACK <= shown <= this_year + YEARS_AHEAD:
        raise Http404
    days = list(days_of(shown))
    months = months_of(shown, days, today)
    filled = filled_until(today)
    return render(
        request,
        "calendar/year.html",
        {
            "year": shown,
            "year_text": str(shown),
            "this_year": this_year,
            "before": shown - 1 if shown > this_year - YEARS_BACK else None,
            "after": shown + 1 if shown < this_year + YEARS_AHEAD else None,
            "months": months,
            "headings": HEADINGS,
            "days": days,
            "cancelled": list(cancelled_days_of(shown)),
            "working_days": sum(month.working_days for month in months),
            "weekdays_off": sum(day.closes_office for day in days),
            "is_filled": is_filled(days),
            "filled": filled,
            "is_thin": is_thin(filled, today),
        },
    )
