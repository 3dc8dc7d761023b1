"""What was exported is read back without loss."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from processes.models import Edition, Process
from tests.factories.standard import real_edition

pytestmark = pytest.mark.django_db


def exported() -> str:
    out = StringIO()
    call_command("export_catalogue", stdout=out)
    return out.getvalue()


def test_an_empty_office_exports_the_same_after_importing(tmp_path):
    for file in ("dlit.yaml", "dltv-equipment.yaml"):
        real_edition(file)
    before, hashes = exported(), set(Edition.objects.values_list("content_hash", flat=True))
    file = tmp_path / "catalogue.json"
    file.write_text(before, encoding="utf-8")
    Process.objects.all().delete()
    call_command("import_catalogue", str(file), stdout=StringIO())
    assert json.loads(exported()) == json.loads(before)
    assert set(Edition.objects.values_list("content_hash", flat=True)) == hashes


def test_importing_again_changes_nothing(tmp_path):
    real_edition("dlit.yaml")
    file = tmp_path / "catalogue.json"
    file.write_text(exported(), encoding="utf-8")
    out = StringIO()
    call_command("import_catalogue", str(file), stdout=out)
    assert out.getvalue() == "dlit: ตรงกับแฟ้มอยู่แล้ว ไม่มีอะไรเปลี่ยน\n"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1]", '[{"code": "x"}]', '[{"source": {"manual": {"code": "m"}, "edition": {}}}]'],
)
def test_a_bad_file_imports_nothing(tmp_path, text):
    file = tmp_path / "bad.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_catalogue", str(file))
    assert Process.objects.count() == 0
