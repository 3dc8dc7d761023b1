"""`manage.py print_paper`: a paper without a queue."""

import pytest
from django.core.management import CommandError, call_command

from reports.models import Paper
from tests.reports.reading import page_texts, times_said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("standards_table", "๙. รายละเอียด โครงสร้างส่วนประกอบมาตรฐานงาน"),
        ("flowchart", "๖. Flow Chart การปฏิบัติงาน"),
    ],
)
def test_paper_is_written_to_the_file(flow, tmp_path, capsys, kind, heading):
    file = tmp_path / "paper.pdf"
    call_command("print_paper", flow.code, kind=kind, output=file)
    assert times_said(page_texts(file.read_bytes())[0], heading) == 1
    assert capsys.readouterr().err == f"เขียน {file} แล้ว\n"
    assert Paper.objects.count() == 0


def test_table_is_what_is_printed_when_nothing_else_is_asked_for(flow, tmp_path):
    file = tmp_path / "paper.pdf"
    call_command("print_paper", flow.code, "-o", str(file))
    assert len(page_texts(file.read_bytes())) == 2


def test_progress_is_told_on_request(flow, tmp_path, capsys):
    call_command("print_paper", flow.code, "-o", str(tmp_path / "paper.pdf"), verbosity=2)
    assert capsys.readouterr().err.startswith("กำลังวัดความสูงของแต่ละแถว\n")


def test_unknown_flow_is_named_in_the_refusal(tmp_path):
    with pytest.raises(CommandError, match="ไม่พบผังที่ใช้บังคับชื่อ nothing"):
        call_command("print_paper", "nothing", "-o", str(tmp_path / "paper.pdf"))


def test_folder_that_is_not_there_is_refused_in_words(flow, tmp_path):
    with pytest.raises(CommandError, match="เขียนแฟ้ม"):
        call_command("print_paper", flow.code, "-o", str(tmp_path / "none" / "paper.pdf"))
