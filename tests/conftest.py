"""What every test rests on."""

from django.test import TransactionTestCase

from tests.portal.audit.tampering import guards_lifted

_empty_tables = TransactionTestCase._fixture_teardown


def _empty_guarded_tables_too(self: TransactionTestCase) -> None:
    """A test with real transactions ends by emptying every table, history as well."""
    with guards_lifted():
        _empty_tables(self)


TransactionTestCase._fixture_teardown = _empty_guarded_tables_too
