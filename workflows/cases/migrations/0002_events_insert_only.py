"""Refuse to change or remove a line of history, on both databases."""

from django.db import migrations

from portal.audit.triggers import insert_only


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_first"), ("audit", "0001_first")]
    operations = [insert_only("cases_caseevent")]
