"""Reading the register of schools."""

from django.db.models import QuerySet

from portal.schools.models import School
from portal.thai.searching import search_text


def schools_found(text: str) -> QuerySet[School]:
    """Schools in Thai order whose name or code holds `text`."""
    schools = School.objects.all()
    return schools.filter(search_text__contains=search_text(text)) if text else schools
