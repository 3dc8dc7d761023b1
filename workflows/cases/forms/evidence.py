"""Files, and the report to somebody outside."""

from django import forms

from portal.web.fields import ThaiDateField
from workflows.cases.models import Attachment, Task


class AttachForm(forms.Form):
    """A file and what it is called; without a title the file's own name is used."""

    file = forms.FileField(label="ไฟล์หลักฐาน", allow_empty_file=True)
    title = forms.CharField(label="ชื่อหลักฐาน", max_length=200, required=False)


class RemoveForm(forms.Form):
    """Why a file is taken off."""

    reason = forms.CharField(label="เหตุผลที่ถอน", max_length=200)


class OutsideReportForm(forms.Form):
    """Who outside was told, how, when, and the file that shows it."""

    to = forms.CharField(label="รายงานต่อ", max_length=200)
    system = forms.CharField(
        label="ผ่านระบบ/ช่องทาง", max_length=200, help_text="ชื่อระบบ หนังสือราชการ หรือช่องทางที่ใช้"
    )
    reference = forms.CharField(label="เลขอ้างอิง", max_length=100)
    reported_on = ThaiDateField(label="วันที่รายงาน")
    proof = forms.ModelChoiceField(
        Attachment.objects.none(), label="หลักฐานจากไฟล์ที่แนบแล้ว", required=False,
        empty_label="ไม่ได้เลือก",
    )  # fmt: skip
    upload = forms.FileField(label="หรือแนบไฟล์หลักฐานใหม่", required=False, allow_empty_file=True)

    def __init__(self, *args: object, task: Task, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        files = task.attachments.filter(removed_at__isnull=True)
        self.fields["proof"].queryset = files  # type: ignore[attr-defined]
