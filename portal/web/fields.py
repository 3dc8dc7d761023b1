"""Dates and whole numbers as people here type them. No date is converted silently."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.thai.dates import BadDate, WrongEra, be_year, parse_thai_date, thai_date
from portal.thai.digits import to_arabic_digits

Limit = date | Callable[[], date] | None
HINT = "พิมพ์ปีเป็น พ.ศ. เช่น 20/11/2569"


def typed_date(day: date) -> str:
    """`20/11/2569`, as it is typed."""
    return f"{day:%d/%m}/{be_year(day)}"


def _day(limit: Limit) -> date | None:
    return limit() if callable(limit) else limit


class ThaiDateInput(forms.TextInput):
    """Shows a stored day as 20/11/2569 and what was typed as it was typed."""

    template_name = "forms/widgets/thai_date.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "maxlength": "40", **(attrs or {})})
        self.min_date: Limit = None
        self.max_date: Limit = None

    def format_value(self, value: Any) -> str | None:
        return typed_date(value) if isinstance(value, date) else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        limits = {"earliest": _day(self.min_date), "latest": _day(self.max_date)}
        return {**context, **limits}


class ThaiDateField(forms.Field):
    """A day in the Buddhist era; a Christian year is refused and the right one offered."""

    widget = ThaiDateInput

    def __init__(self, *, min_date: Limit = None, max_date: Limit = None, **facts: Any) -> None:
        facts["help_text"] = f"{facts.get('help_text', '')} {HINT}".strip()
        super().__init__(**facts)
        self.min_date, self.max_date = min_date, max_date
        if isinstance(self.widget, ThaiDateInput):
            self.widget.min_date, self.widget.max_date = min_date, max_date

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, date):
            return value
        return _read(str(value))

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        earliest, latest = _day(self.min_date), _day(self.max_date)
        if earliest and value < earliest:
            raise ValidationError(f"ต้องไม่ก่อนวันที่ {thai_date(earliest)}", code="min_date")
        if latest and value > latest:
            raise ValidationError(f"ต้องไม่หลังวันที่ {thai_date(latest)}", code="max_date")


class WholeField(forms.IntegerField):
    """A whole number, in Thai or Arabic digits, with or without commas between thousands.

    Not a number input: browsers let nobody type a Thai digit there, and a wheel changes it unseen.
    """

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        plain = to_arabic_digits(value).replace(",", "") if isinstance(value, str) else value
        return super().to_python(plain)


def _read(text: str) -> date:
    try:
        return parse_thai_date(text, today=timezone.localdate())
    except WrongEra as error:
        raise ValidationError(_offer(error.offer), code="wrong_era") from error
    except BadDate as error:
        raise ValidationError(str(error), code="invalid") from error


def _offer(day: date) -> str:
    return f"ปี {day.year} เป็น ค.ศ. หากหมายถึง {thai_date(day)} ให้พิมพ์ {typed_date(day)}"
