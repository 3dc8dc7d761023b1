"""Opening a case."""

from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from portal.accounts.models import Unit, User
from portal.web.fields import ThaiDateField
from processes.shape import Flow, Step
from workflows.cases.routing import passes_by, spine

DONE = "done-"


class StartForm(forms.Form):
    """Title and dates of a new case, and the days of rows that are done already.

    The group is asked only where the person has several.
    """

    title = forms.CharField(
        label="ชื่อเรื่อง",
        max_length=300,
        help_text="ชื่อที่คนอื่นอ่านแล้วรู้ว่าเป็นเรื่องใด เช่น ปีงบประมาณหรือรอบที่ทำ",
    )
    opened_on = ThaiDateField(label="เปิดเรื่องวันที่")
    letter_due_on = ThaiDateField(label="กำหนดส่งตามหนังสือ (ถ้ามี)", required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="กลุ่มที่รับผิดชอบ", empty_label="เลือกกลุ่ม")

    def __init__(self, *args: Any, user: User, flow: Flow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=user.access.units)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].pk
        self.flow, self.rows = flow, spine(flow)
        self.asked = [row for row in self.rows[:-1] if not passes_by(flow, row)]
        for row in self.asked:
            label = f"{row.number} {row.chart_text}".strip()
            self.fields[DONE + row.key] = ThaiDateField(label=label, required=False)

    @property
    def facts(self) -> list[BoundField]:
        """The fields every case has."""
        return [field for field in self if not field.name.startswith(DONE)]

    @property
    def done_fields(self) -> list[BoundField]:
        """One date for each row that may be done already."""
        return [self[DONE + row.key] for row in self.asked]

    @property
    def asks_errors(self) -> bool:
        """Whether something is wrong among the rows done already."""
        return any(name.startswith(DONE) for name in self.errors)

    def done_on(self) -> dict[str, date]:
        """The days that were given, by the key of the row."""
        days = {row.key: self.cleaned_data.get(DONE + row.key) for row in self.asked}
        return {key: day for key, day in days.items() if day}

    def enters_at(self) -> Step | None:
        """The row the case begins on, the next after all that is done; None for the first."""
        done = self.done_on()
        last = max((at for at, row in enumerate(self.rows) if row.key in done), default=None)
        if last is None:
            return None
        return next(row for row in self.rows[last + 1 :] if not passes_by(self.flow, row))
