"""The small forms of single actions on a task."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.models import AccountKind, Holding, User
from portal.accounts.posts import running
from portal.web.fields import ThaiDateField, WholeField
from workflows.cases.forms.people import PersonChoiceField
from workflows.cases.models import Case, WaitParty


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="เหตุผล", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class AssignForm(forms.Form):
    """To whom the task goes."""

    to = PersonChoiceField(User.objects.none(), label="มอบหมายให้", empty_label="เลือกผู้รับผิดชอบ")

    def __init__(self, *args: object, case: Case, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["to"].queryset = colleagues(case)  # type: ignore[attr-defined]


def colleagues(case: Case) -> QuerySet[User]:
    """Officers and head of the case's unit, and the officers who take part in it."""
    seats = Holding.objects.filter(running(timezone.now()), post__unit=case.unit_id)
    return User.objects.filter(
        Q(pk__in=seats.values("user")) | Q(pk__in=case.participants.values("user")),
        account=AccountKind.OFFICER,
        is_active=True,
    )


class WaitForm(forms.Form):
    """For whom the row waits, and whether the clock stands still meanwhile."""

    party = forms.ChoiceField(label="รอใคร", choices=WaitParty.choices)
    whom = forms.CharField(label="ชื่อหน่วยงานหรือบุคคล", max_length=200, required=False)
    reason = forms.CharField(label="รอเรื่องใด", max_length=300)
    expected_on = ThaiDateField(label="คาดว่าได้รับวันที่", required=False)
    stops_clock = forms.BooleanField(
        label="หยุดนับเวลาระหว่างรอ",
        required=False,
        help_text="ใช้เมื่อเหตุอยู่ภายนอก เช่น รอ สพฐ. หรือผู้รับจ้าง กำหนดเสร็จจะเลื่อนตามวันทำการที่รอ",
    )


class EndWaitForm(forms.Form):
    """What came of the wait."""

    outcome = forms.CharField(
        label="ผลการรอ", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SurveyForm(forms.Form):
    """How many were asked and how many answered, and the file that shows it."""

    asked = WholeField(label="จำนวนที่ขอข้อมูล", min_value=0, max_value=1_000_000)
    answered = WholeField(label="จำนวนที่ตอบ", min_value=0, max_value=1_000_000)
    upload = forms.FileField(label="แฟ้มข้อมูลหรือสรุปคำตอบ", required=False, allow_empty_file=True)


class NewActivityForm(forms.Form):
    """An activity to add; what came of it is typed on its own page."""

    title = forms.CharField(label="ชื่อกิจกรรม", max_length=300)
    from_on = ThaiDateField(label="ตั้งแต่วันที่", required=False)
    until_on = ThaiDateField(label="ถึงวันที่", required=False)
    place = forms.CharField(label="สถานที่", max_length=200, required=False)
