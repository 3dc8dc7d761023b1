"""Running numbers without gaps or doubles."""

from django.db import connection

from portal.office.models import Counter


def next_number(register: str, year: int) -> int:
    """The next number of `register` in `year` (พ.ศ.), starting at 1.

    Part of the caller's transaction: if that is rolled back the number is free again, and
    whoever asks meanwhile waits.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is given inside a transaction, or it could be lost")
    counter, _ = Counter.objects.select_for_update().get_or_create(register=register, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
