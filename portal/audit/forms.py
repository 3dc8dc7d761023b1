"""What the office's history is narrowed to."""

from django import forms

from portal.audit.selectors import AREAS


class HistoryFilter(forms.Form):
    q = forms.CharField(label="ค้นหาข้อความ", required=False)
    area = forms.ChoiceField(label="เรื่อง", required=False, choices=[("", "ทุกเรื่อง"), *AREAS.items()])
