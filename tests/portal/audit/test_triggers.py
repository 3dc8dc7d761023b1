"""Rows of history are added and never changed, whoever asks the database."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.accounts.models import Proof
from portal.audit.models import OfficeEvent
from portal.audit.services import record
from tests.factories.people import make_user
from tests.portal.audit.tampering import guarded_tables

pytestmark = pytest.mark.django_db


@contextmanager
def refused(table):
    with pytest.raises(IntegrityError, match=f"{table} is insert only"), transaction.atomic():
        yield


@pytest.fixture
def event():
    return record("office.save", by=None, subject="สำนักงาน", text="ทดสอบ", now=timezone.now())


@pytest.fixture
def proof():
    return Proof.objects.create(user=make_user(), method="password", at=timezone.now())


def test_office_event_refuses_update(event):
    with refused("audit_officeevent"):
        OfficeEvent.objects.filter(pk=event.pk).update(text="แก้")
    event.refresh_from_db()
    assert event.text == "ทดสอบ"


def test_office_event_refuses_delete(event):
    with refused("audit_officeevent"):
        event.delete()
    assert OfficeEvent.objects.count() == 1


def test_proof_refuses_update(proof):
    with refused("accounts_proof"):
        Proof.objects.update(device="อื่น")


def test_proof_refuses_delete(proof):
    with refused("accounts_proof"):
        proof.delete()


def test_truncate_is_refused_where_the_database_knows_it():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with refused("audit_officeevent"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_officeevent")


def test_both_tables_of_these_rooms_are_guarded():
    assert {"accounts_proof", "audit_officeevent"} <= set(guarded_tables())
