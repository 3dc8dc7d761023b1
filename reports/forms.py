"""What an order of papers looks like. It comes from our own buttons, so nothing is explained."""

from typing import Any

from django import forms

from reports.models import PaperKind

ALL = "all"


class OrderForm(forms.Form):
    """Which papers, of which flow's edition or of which case."""

    kind = forms.ChoiceField(choices=[*PaperKind.choices, (ALL, "ทั้งหมด")])
    flow = forms.SlugField(required=False)
    edition = forms.IntegerField(required=False, min_value=1)
    case = forms.RegexField(r"\A\d{4}-\d{1,9}\Z", required=False)

    def clean(self) -> dict[str, Any]:
        """One source, no more and no less."""
        cleaned: dict[str, Any] = super().clean() or {}
        if bool(cleaned.get("flow")) == bool(cleaned.get("case")):
            raise forms.ValidationError("ต้องระบุกระบวนงานหรือเรื่องที่จะพิมพ์")
        return cleaned

    @property
    def kinds(self) -> list[PaperKind]:
        """The papers that were asked for."""
        asked = self.cleaned_data["kind"]
        return list(PaperKind) if asked == ALL else [PaperKind(asked)]
