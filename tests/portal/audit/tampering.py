"""Doing what the database refuses: for tests of tampering and for emptying tables after a test."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from portal.audit.triggers import guard_statements, unguard_statements


@contextmanager
def guards_lifted() -> Iterator[None]:
    """Every insert-only table can be changed inside the block."""
    tables = guarded_tables()
    _run(unguard_statements(table, connection.vendor) for table in tables)
    try:
        yield
    finally:
        _run(guard_statements(table, connection.vendor) for table in tables)


def guarded_tables() -> list[str]:
    """The tables that carry the triggers, as the database itself says."""
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(names)
        found = [name for (name,) in cursor.fetchall()]
    return sorted(name.removesuffix("_no_delete") for name in found if name.endswith("_no_delete"))


def _run(statements: Iterator[list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in [line for lines in statements for line in lines]:
            cursor.execute(statement)
