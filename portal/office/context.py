"""What every template may ask of the office."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.office.models import Office
from portal.office.selectors import office as the_office


def office(_request: HttpRequest) -> dict[str, Office]:
    """`office`: the one row, read when a template first asks."""
    return {"office": SimpleLazyObject(the_office)}  # type: ignore[dict-item]
