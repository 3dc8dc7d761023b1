"""Saving what the database may refuse because somebody else was faster."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from portal.exceptions import RuleBroken


@contextmanager
def refusing_doubles(message: str, *, field: str | None = None) -> Iterator[None]:
    """A unique constraint broken inside the block is said in Thai, beside its field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise RuleBroken(message, field=field) from error
