"""The form of the office's settings."""

from django import forms

from portal.office.fields import ClockField
from portal.office.models import Office
from portal.office.services import FACTS

# how the page groups what is set; what stands in no group comes last
GROUPS = [
    ("สำนักงาน", ["name", "short_name", "kind", "address", "phone"]),
    ("เวลาทำการและการนับวัน", ["opens_at", "closes_at", "own_day_moves"]),
    ("เอกสาร", ["thai_digits", "paper_keep_days"]),
    ("ไฟล์และการสำรองข้อมูล", ["upload_limit_mb", "backup_keep_days", "access_log_days"]),
    ("การพิจารณา", ["proof_minutes"]),
]


class OfficeForm(forms.ModelForm[Office]):
    opens_at = ClockField(label="เวลาเปิดทำการ")
    closes_at = ClockField(label="เวลาปิดทำการ")

    class Meta:
        model = Office
        fields = FACTS
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields as the page shows them."""
        grouped = {name for _, names in GROUPS for name in names}
        rest = [name for name in self.fields if name not in grouped]
        groups = [*GROUPS, ("อื่น ๆ", rest)] if rest else GROUPS
        return [(legend, [self[name] for name in names]) for legend, names in groups]
