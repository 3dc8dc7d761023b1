from django.db import migrations

from portal.audit.triggers import insert_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first")]

    operations = [insert_only("audit_officeevent")]
