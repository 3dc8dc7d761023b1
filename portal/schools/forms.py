"""Forms of the register of schools."""

from django import forms

from portal.schools.models import School


class SchoolFilter(forms.Form):
    q = forms.CharField(label="ค้นหาชื่อหรือรหัสสถานศึกษา", required=False)


class SchoolForm(forms.ModelForm[School]):
    class Meta:
        model = School
        fields = ["name", "code", "ministry_code"]
