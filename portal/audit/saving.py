"""Saving what a form says, and showing in the form what refused it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from portal.exceptions import RuleBroken
from portal.web.actions import refuse


@contextmanager
def refusing_doubles(message: str, *, field: str | None = None) -> Iterator[None]:
    """A unique constraint broken inside the block is said in Thai, beside its field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise RuleBroken(message, field=field) from error


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form; None where it is only looked at. An empty form was sent too."""
    return request.POST if request.method == "POST" else None


def saved(form: BaseForm, change: Callable[[], object]) -> bool:
    """Carry out `change` if the form is in order; a broken rule comes back in the form."""
    if not form.is_valid():
        return False
    try:
        change()
    except RuleBroken as error:
        refuse(form, error)
        return False
    return True


def status_of(form: BaseForm) -> int:
    """How a page with a form answers: 400 where something has to be mended."""
    return RuleBroken.status if form.errors else 200
