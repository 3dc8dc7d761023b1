"""Lists come in pages, whatever is asked for."""

import pytest
from django.test import RequestFactory

from portal.schools.models import School
from portal.web.pagination import paginate
from tests.factories.people import make_school

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "given"), [("", 1), ("2", 2), ("0", 3), ("99", 3), ("สอง", 1), ("-1", 3)]
)
def test_any_page_asked_for_is_answered(rf: RequestFactory, asked: str, given: int) -> None:
    for _ in range(5):
        make_school()

    page = paginate(rf.get("/", {"page": asked}), School.objects.order_by("pk"), per_page=2)

    assert page.number == given


def test_empty_list_is_one_empty_page(rf: RequestFactory) -> None:
    page = paginate(rf.get("/"), School.objects.none())

    assert (page.number, list(page), page.has_other_pages()) == (1, [], False)
