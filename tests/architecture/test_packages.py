"""What the code imports is asked for by name, and what is asked for is locked."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

from tests.architecture.places import ROOMS, ROOT, code, shown

# asked for by name in settings, by Django, or by the servers that start the portal
NOT_IMPORTED = {
    "crispy-bootstrap5",
    "django-crispy-forms",
    "gunicorn",
    "psycopg2-binary",
    "python-json-logger",
    "tzdata",
    "whitenoise",
}


def asked_for(file):
    """The names in a requirements file, in the one spelling packages have."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    names = (re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", line) for line in lines)
    return {normal(name.group()) for name in names if name}


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def imported():
    """(package, module that imports it) for everything that is not ours or Python's."""
    for path in code():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for top in {name.split(".")[0] for name in names}:
                if top not in ROOMS and top not in sys.stdlib_module_names:
                    yield top, shown(path)


def test_every_import_is_asked_for():
    packages = packages_distributions()
    # Celery's own messaging, of the same release; what django-storages[s3] stands on
    asked = asked_for("requirements.in") | {"kombu", "boto3", "botocore", "s3transfer"}
    missing = {
        (top, where)
        for top, where in imported()
        if not {normal(name) for name in packages.get(top, [])} & asked
    }
    assert sorted(missing) == []


def test_nothing_is_asked_for_that_nobody_uses():
    packages = packages_distributions()
    used = {normal(name) for top, _ in imported() for name in packages.get(top, [])}
    assert asked_for("requirements.in") - used == NOT_IMPORTED


def test_what_is_asked_for_is_locked():
    assert asked_for("requirements.in") <= asked_for("requirements.lock")
    assert asked_for("requirements-dev.in") <= asked_for("requirements-dev.lock")
    assert asked_for("requirements.lock") <= asked_for("requirements-dev.lock")


def test_the_locks_name_no_index():
    for file in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in (ROOT / file).read_text(encoding="utf-8")
