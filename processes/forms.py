"""How the office uses a process, as it is typed. The service checks the rules."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from portal.accounts.models import Post, PostRank
from portal.accounts.posts import seats_in
from portal.web.fields import WholeField
from processes.adoption import FACTS, rows_to_target
from processes.in_use import LEAST_DAYS, MOST_DAYS, RowKey, targets_of
from processes.models import Process

DAYS = "days"
ROW_IS_GONE = (
    "ยังไม่ได้บันทึก เพราะมีเป้าหมายของขั้นตอนที่ไม่อยู่ในฉบับที่ใช้บังคับ ซึ่งอาจเปลี่ยนหลังจากท่านเปิดหน้านี้ "
    "กรุณาตรวจขั้นตอนที่แสดงอยู่ แล้วบันทึกอีกครั้ง"
)


class PostChoice(forms.ModelChoiceField[Post]):
    """A post with who sits there now: the officers' posts of a group share one title."""

    def __init__(self, label: str, help_text: str, empty_label: str) -> None:
        posts = Post.objects.select_related("unit").order_by("unit__code", "pk")
        super().__init__(
            posts, label=label, help_text=help_text, empty_label=empty_label, required=False
        )
        self.sitting: dict[int, str] = {}

    def label_from_instance(self, post: Post) -> str:
        told = post.rank != PostRank.OFFICER or str(post.unit) in post.title
        unit = "" if told else f" ({post.unit})"
        return f"{post.title}{unit} · {self.sitting.get(post.pk) or 'ตำแหน่งว่าง'}"


class AdoptionForm(forms.Form):
    """What the office says of one process, and target days for each row without a time."""

    adopted = forms.BooleanField(
        label="สำนักงานใช้กระบวนงานนี้",
        required=False,
        help_text="เมื่อไม่ใช้ จะเปิดเรื่องใหม่ไม่ได้ เรื่องที่เปิดไว้ก่อนทำต่อได้จนจบ",
    )
    own_name = forms.CharField(label="ชื่อที่สำนักงานใช้", required=False, max_length=400)
    own_document_code = forms.CharField(label="รหัสเอกสารของสำนักงาน", required=False, max_length=60)
    in_charge = PostChoice("ตำแหน่งที่รับผิดชอบ", "", "ยังไม่กำหนด")
    stand_in = PostChoice("ตำแหน่งที่ทำแทน", "ทำแทนเมื่อตำแหน่งที่รับผิดชอบว่าง", "ยังไม่กำหนด")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, process: Process) -> None:
        super().__init__(data, initial=_facts_of(process))
        code = process.editions.in_force().values_list("document_code", flat=True).first()
        self.fields["own_name"].help_text = f"เว้นว่างเพื่อใช้ชื่อตามคู่มือ: {process.name}"
        self.fields["own_document_code"].help_text = (
            f"เว้นว่างเพื่อใช้รหัสตามคู่มือ: {code}" if code else "คู่มือเว้นรหัสเอกสารไว้"
        )
        sitting = _who_sits()
        for name in ("in_charge", "stand_in"):
            self.fields[name].sitting = sitting  # type: ignore[attr-defined]
        self.rows = rows_to_target(process)
        for (flow, key), step in self.rows.items():
            self.fields[_name((flow, key))] = WholeField(
                label=f"{step.number} {step.chart_text}".strip(),
                required=False,
                min_value=LEAST_DAYS,
                max_value=MOST_DAYS,
            )

    def clean(self) -> dict[str, Any]:
        """Days typed for a row that is not there, as on a page older than the edition, are told."""
        rows = {_name(row) for row in self.rows}
        given = (name for name, text in self.data.items() if name.startswith(f"{DAYS}-") and text)
        if not rows.issuperset(given):
            raise forms.ValidationError(ROW_IS_GONE)
        return self.cleaned_data

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return {name: self.cleaned_data[name] for name in FACTS}

    @property
    def targets(self) -> dict[RowKey, int | None]:
        """The days typed for each row; None where the office sets none."""
        return {row: self.cleaned_data[_name(row)] for row in self.rows}

    @property
    def days(self) -> Iterator[BoundField]:
        """The fields of the rows, in printed order."""
        return (self[_name(row)] for row in self.rows)


def _facts_of(process: Process) -> dict[str, Any]:
    targets = {_name(row): days for row, days in targets_of(process.pk).items()}
    return {**{name: getattr(process, name) for name in FACTS}, **targets}


def _who_sits() -> dict[int, str]:
    seats = seats_in(Post.objects.all(), timezone.now())
    return {key: ", ".join(seat.user.full_name for seat in here) for key, here in seats.items()}


def _name(row: RowKey) -> str:
    return f"{DAYS}-{row[0]}--{row[1]}"
