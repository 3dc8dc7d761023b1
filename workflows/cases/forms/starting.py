"""Opening a case."""

from django import forms

from portal.accounts.models import Unit, User
from portal.web.fields import ThaiDateField


class StartForm(forms.Form):
    """Title and dates of a new case; the group is asked only where the person has several."""

    title = forms.CharField(
        label="ชื่อเรื่อง",
        max_length=300,
        help_text="ชื่อที่คนอื่นอ่านแล้วรู้ว่าเป็นเรื่องใด เช่น ปีงบประมาณหรือรอบที่ทำ",
    )
    opened_on = ThaiDateField(label="เปิดเรื่องวันที่")
    letter_due_on = ThaiDateField(label="กำหนดส่งตามหนังสือ (ถ้ามี)", required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="กลุ่มที่รับผิดชอบ", empty_label="เลือกกลุ่ม"
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        units = Unit.objects.filter(pk__in=user.access.units)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].pk
