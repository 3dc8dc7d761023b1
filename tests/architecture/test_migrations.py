"""Migrations are complete, one line per room, named by what they do."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.architecture.places import ROOMS


@pytest.fixture(scope="module")
def loader():
    return MigrationLoader(None, ignore_no_migrations=True)


def own_labels():
    return sorted(app.label for app in apps.get_app_configs() if app.name.split(".")[0] in ROOMS)


def names_of(loader, label):
    return sorted(name for app, name in loader.disk_migrations if app == label)


@pytest.mark.django_db
def test_no_model_waits_for_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert connection.introspection.table_names() != []


@pytest.mark.parametrize("label", own_labels())
def test_a_room_has_one_line_of_migrations(loader, label):
    names = names_of(loader, label)
    assert len(loader.graph.leaf_nodes(label)) == min(1, len(names))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


@pytest.mark.parametrize("label", own_labels())
def test_a_migration_is_named_by_what_it_does(loader, label):
    made_up = [name for name in names_of(loader, label) if re.search(r"_(auto|and_more)", name)]
    assert made_up == []
