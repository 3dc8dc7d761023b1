"""A time of day as people here type it."""

from typing import Any

from django import forms


class ClockField(forms.TimeField):
    """`16:30` or `16.30`, twenty-four hours, whatever language the browser speaks."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H.%M"],
            error_messages={"invalid": "พิมพ์เวลาอย่าง 16:30"},
            widget=forms.TimeInput(
                format="%H:%M", attrs={"placeholder": "16:30", "inputmode": "decimal"}
            ),
            **facts,
        )
