from django.db import migrations

from portal.audit.triggers import insert_only


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first")]

    operations = [insert_only("accounts_proof")]
