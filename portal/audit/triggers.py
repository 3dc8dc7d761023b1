"""Tables that are written once: the database itself refuses to change or remove their rows.

In a migration, after the table was made: `operations = [insert_only("audit_officeevent")]`.
A later migration that alters the table makes SQLite rebuild it without its triggers, so it
ends with `insert_only` again.
"""

from functools import partial

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

_SQLITE = """
CREATE TRIGGER "{table}_no_{lower}" BEFORE {verb} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is insert only'); END
"""

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION krabuan_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is insert only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

_POSTGRES = """
CREATE TRIGGER "{table}_no_{lower}" BEFORE {verb} ON "{table}"
FOR EACH {each} EXECUTE FUNCTION krabuan_insert_only()
"""

# SQLite has no TRUNCATE: it is a DELETE there
_VERBS = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}


def insert_only(table: str) -> RunPython:
    """A migration operation: from now on rows of `table` are only added."""
    return RunPython(partial(_guard, table), partial(_unguard, table))


def guard_statements(table: str, vendor: str) -> list[str]:
    """SQL that puts the triggers on `table`, anew where they are already there."""
    template = _SQLITE if vendor == "sqlite" else _POSTGRES
    triggers = [
        template.format(
            table=table,
            verb=verb,
            lower=verb.lower(),
            each="STATEMENT" if verb == "TRUNCATE" else "ROW",
        )
        for verb in _VERBS[vendor]
    ]
    function = [] if vendor == "sqlite" else [_POSTGRES_FUNCTION]
    return [*unguard_statements(table, vendor), *function, *triggers]


def unguard_statements(table: str, vendor: str) -> list[str]:
    """SQL that takes the triggers off `table`."""
    on_table = "" if vendor == "sqlite" else f' ON "{table}"'
    return [
        f'DROP TRIGGER IF EXISTS "{table}_no_{verb.lower()}"{on_table}' for verb in _VERBS[vendor]
    ]


def _guard(table: str, _apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in guard_statements(table, editor.connection.vendor):
        editor.execute(statement, params=None)


def _unguard(table: str, _apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in unguard_statements(table, editor.connection.vendor):
        editor.execute(statement, params=None)
