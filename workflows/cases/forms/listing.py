"""Finding cases."""

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.models import User
from portal.thai.digits import to_arabic_digits
from processes.models import Process
from workflows.cases.models import Case, CaseStatus, Task, TaskStatus
from workflows.cases.selectors import is_late


class CaseFilter(forms.Form):
    """What a list of cases is narrowed by. A value nobody knows narrows nothing."""

    q = forms.CharField(label="เลขเรื่องหรือชื่อเรื่อง", required=False, max_length=100)
    status = forms.ChoiceField(
        label="สถานะ", required=False, choices=[("", "ทุกสถานะ"), *CaseStatus.choices]
    )
    process = forms.ModelChoiceField(
        Process.objects.none(), label="กระบวนงาน", required=False, to_field_name="code",
        empty_label="ทุกกระบวนงาน",
    )  # fmt: skip
    overdue = forms.BooleanField(label="เกินกำหนด", required=False)
    submitted = forms.BooleanField(label="อยู่ระหว่างเสนอพิจารณา", required=False)
    mine = forms.BooleanField(label="ของฉัน", required=False)

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.user = user
        seen = Case.objects.visible_to(user).values("flow__edition__process")
        self.fields["process"].queryset = Process.objects.filter(  # type: ignore[attr-defined]
            pk__in=seen
        )

    def narrow(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """The cases that fit every value that was given."""
        self.is_valid()
        given = self.cleaned_data
        if text := given.get("q", "").strip():
            cases = cases.filter(_named(text))
        if status := given.get("status"):
            cases = cases.filter(status=status)
        if process := given.get("process"):
            cases = cases.filter(flow__edition__process=process)
        if given.get("overdue"):
            late = Task.objects.filter(is_late(), case=OuterRef("pk"))
            cases = cases.filter(Exists(late))
        if given.get("submitted"):
            put_up = Task.objects.filter(case=OuterRef("pk"), status=TaskStatus.SUBMITTED)
            cases = cases.filter(Exists(put_up))
        if given.get("mine"):
            held = Task.objects.filter(case=OuterRef("pk"), assignee=self.user)
            cases = cases.filter(Q(owner=self.user) | Exists(held))
        return cases


def _named(text: str) -> Q:
    """By words of the title or the printed number: `2570-14`, `14/2570` or `14`."""
    found = Q(title__icontains=text)
    parts = to_arabic_digits(text).replace("/", "-").split("-")
    if not all(part.isdecimal() and len(part) < 8 for part in parts):
        return found
    numbers = sorted(int(part) for part in parts)
    if len(numbers) == 1:
        return found | Q(number=numbers[0])
    return found | Q(number=numbers[0], fiscal_year=numbers[-1])
