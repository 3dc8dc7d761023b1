"""The small forms of single actions on a case."""

from typing import Any

from django import forms

from portal.accounts.models import User
from portal.web.fields import ThaiDateField
from processes.models import Step
from workflows.cases.ahead import rows_to_prepare
from workflows.cases.forms.actions import ReasonForm
from workflows.cases.forms.people import PersonChoiceField
from workflows.cases.models import Case


class StepChoiceField(forms.ModelChoiceField[Step]):
    """Rows as they are printed: number and words."""

    def label_from_instance(self, obj: Step) -> str:
        return f"{obj.number} {obj.chart_text}".strip()


class MoveForm(ReasonForm):
    """To which row the case goes, and why."""

    step = StepChoiceField(Step.objects.none(), label="ขั้นตอน", empty_label="เลือกขั้นตอน")
    field_order = ["step", "reason"]

    def __init__(self, *args: object, case: Case, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        rows = case.flow.steps.order_by("position")
        self.fields["step"].queryset = rows  # type: ignore[attr-defined]


class PrepareForm(MoveForm):
    """A later row to work on before its turn, and why."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        keys = [row.key for row in rows_to_prepare(case)]
        rows = case.flow.steps.filter(key__in=keys).order_by("position")
        self.fields["step"].queryset = rows  # type: ignore[attr-defined]


class ParticipantForm(forms.Form):
    """Whom to let in, and why."""

    user = PersonChoiceField(User.objects.none(), label="เชิญใคร", empty_label="เลือกบุคคล")
    why = forms.CharField(label="เหตุผลที่เชิญ", max_length=200)

    def __init__(self, *args: object, case: Case, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        inside = case.participants.values("user")
        people = User.objects.filter(is_active=True).exclude(pk__in=inside)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class DeadlineForm(forms.Form):
    """The day a letter sets; empty takes it away."""

    deadline = ThaiDateField(label="กำหนดส่งตามหนังสือ", required=False)
