"""Lists in pages."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

PER_PAGE = 25
Row = TypeVar("Row", bound=Model)


def paginate(request: HttpRequest, rows: QuerySet[Row], *, per_page: int = PER_PAGE) -> Page[Row]:
    """The page asked for by `?page=`; the first or last where that makes no sense."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
