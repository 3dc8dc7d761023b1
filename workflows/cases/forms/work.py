"""What is typed while a row is worked on.

The fields of `ResultForm`, `ActivityForm` and `CompleteForm` belong to one HTML form, so that
every button of the work area carries along what was typed.
"""

from typing import Any

from django import forms

from portal.web.fields import ThaiDateField, WholeField
from workflows.cases import sheets
from workflows.cases.forms.sheet import SheetForm
from workflows.cases.models import Task

WORK_FORM = "work"
MAX_FIGURE = 10_000_000


class _WorkForm(forms.Form):
    """A part of the page's one work form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["form"] = WORK_FORM


class ResultForm(_WorkForm):
    """The result of a row, as text. `typed` is what may be kept even if a part is wrong.

    `sheet` stands in the same HTML form, where the row has one.
    """

    sheet: SheetForm | None = None
    result = forms.CharField(
        label="ผลการดำเนินงาน",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_result(self) -> str:
        """Browsers send lines with a carriage return; papers and digests want none."""
        text: str = self.cleaned_data["result"]
        return text.replace("\r\n", "\n")

    def typed(self) -> dict[str, Any]:
        """What can be kept: every part that could be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name in self.data}

    @staticmethod
    def values_of(task: Task) -> dict[str, Any]:
        return {"result": task.result}


class OccasionForm(ResultForm):
    """A row that is one activity: when, where, for how many, and what came of it."""

    from_on = ThaiDateField(label="ตั้งแต่วันที่", required=False)
    until_on = ThaiDateField(label="ถึงวันที่", required=False)
    place = forms.CharField(label="สถานที่", max_length=200, required=False)
    target = WholeField(
        label=sheets.PEOPLE[sheets.TARGET], required=False, min_value=0, max_value=MAX_FIGURE
    )
    actual = WholeField(
        label=sheets.PEOPLE[sheets.ACTUAL], required=False, min_value=0, max_value=MAX_FIGURE,
        help_text="ไม่มีผู้เข้าร่วมให้ใส่ 0",
    )  # fmt: skip
    field_order = ["title", "from_on", "until_on", "place", "target", "actual", "result"]

    def typed(self) -> dict[str, Any]:
        """The two figures are kept together, as the task keeps them."""
        kept = super().typed()
        figures = [
            {"key": key, "label": str(self.fields[key].label), "value": kept.pop(key)}
            for key in sheets.PEOPLE
            if key in kept
        ]
        given = [figure for figure in figures if figure["value"] is not None]
        return {**kept, "figures": given} if len(figures) == 2 else kept

    @staticmethod
    def values_of(task: Task) -> dict[str, Any]:
        figures = {figure["key"]: figure["value"] for figure in task.figures}
        return {
            "from_on": task.from_on, "until_on": task.until_on,
            "place": task.place, "result": task.result, **figures,
        }  # fmt: skip


class ActivityForm(OccasionForm):
    """One activity of a row: the same under a name of its own."""

    title = forms.CharField(label="ชื่อกิจกรรม", max_length=300)

    @staticmethod
    def values_of(task: Task) -> dict[str, Any]:
        return {"title": task.title, **OccasionForm.values_of(task)}


class CompleteForm(_WorkForm):
    """The day the work was really done."""

    happened_on = ThaiDateField(label="ทำเสร็จจริงวันที่")
