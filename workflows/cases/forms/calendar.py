"""What an administrator types to change the calendar."""

from django import forms

from portal.calendar.models import DayKind
from portal.web.fields import ThaiDateField


class DayForm(forms.Form):
    """A day that departs from Monday to Friday."""

    date = ThaiDateField(label="วันที่")
    kind = forms.ChoiceField(label="ประเภท", choices=DayKind.choices)
    name = forms.CharField(label="ชื่อวัน", max_length=200)
    source = forms.CharField(
        label="ที่มา",
        max_length=200,
        help_text="เช่น มติคณะรัฐมนตรี 12 พ.ย. 2567 หรือประกาศจังหวัด พร้อมเลขที่และวันที่",
    )
    announced_on = ThaiDateField(label="ประกาศเมื่อ", required=False)


class CancelDayForm(forms.Form):
    """Why a day is taken out of the calendar."""

    reason = forms.CharField(
        label="เหตุผลที่ยกเลิก", max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
