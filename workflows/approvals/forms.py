"""What is typed when a row is put up and when it is decided."""

from collections.abc import Sequence
from typing import Any

from django import forms

from portal.accounts.models import AccountKind, DelegationKind, Post, PostRank, User
from portal.web.fields import ThaiDateField
from processes.models import Step
from workflows.approvals.models import NEEDS_WORDS, Outcome
from workflows.approvals.rights import Link
from workflows.cases.forms.people import PersonChoiceField

LONGEST = 5_000
COMMENTS = {
    Outcome.APPROVED_IF: "เงื่อนไขหรือถ้อยคำที่ให้แก้",
    Outcome.OPPOSED: "เหตุผลที่ไม่เห็นควร",
    Outcome.RETURNED: "เหตุผลที่คืน และสิ่งที่ให้ทบทวน",
    Outcome.SENT_BACK: "ถ้อยคำที่ให้แก้",
    Outcome.REFUSED: "เหตุผล",
}


class SubmitForm(forms.Form):
    """Which links on the way are left out, each with its reason."""

    def __init__(self, *args: Any, links: Sequence[Link], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.links = [link for link in links if not (link.passed or link.is_last)]
        for link in self.links:
            self.fields[f"leave_{link.position}"] = forms.BooleanField(
                label=f"ไม่ผ่าน {link.title}", required=False
            )
            self.fields[f"reason_{link.position}"] = forms.CharField(
                label="เหตุผล", required=False, max_length=300
            )

    def left_out(self) -> dict[int, str]:
        """Positions with reasons, as the service takes them."""
        typed = self.cleaned_data
        return {
            link.position: typed[f"reason_{link.position}"]
            for link in self.links
            if typed[f"leave_{link.position}"]
        }


class GiveForm(forms.Form):
    """One outcome with its words; every outcome of the page is a form of its own."""

    outcome = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = forms.CharField(max_length=LONGEST, required=False)

    def __init__(
        self, *args: Any, outcome: Outcome, targets: Sequence[Step] = (),
        ask_password: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["auto_id"] = f"{outcome}_%s"
        super().__init__(*args, **kwargs)
        needs_words = outcome in NEEDS_WORDS
        self.fields["comment"].label = COMMENTS.get(outcome, "ความเห็นเพิ่มเติม (ถ้ามี)")
        self.fields["comment"].widget = forms.Textarea(
            attrs={"rows": 3 if needs_words else 2, **({"required": True} if needs_words else {})}
        )
        self.fields["comment"].required = needs_words
        if outcome == Outcome.RETURNED:
            rows = {step.key: step for step in targets}
            self.fields["return_to"] = forms.TypedChoiceField(
                label="คืนไปที่", widget=forms.RadioSelect, coerce=rows.__getitem__,
                choices=[
                    (key, f"ขั้นตอนที่ {step.number} {step.chart_text}")
                    for key, step in rows.items()
                ],
            )  # fmt: skip
        if ask_password:
            self.fields["password"] = forms.CharField(
                label="รหัสผ่านของท่าน", widget=forms.PasswordInput(
                    attrs={"autocomplete": "current-password"}
                ),
                help_text="ยืนยันว่าเป็นท่านเอง ครั้งเดียวใช้พิจารณาต่อได้หลายเรื่องในช่วงสั้น ๆ",
            )  # fmt: skip


class ReasonForm(forms.Form):
    """Why a link is passed over."""

    reason = forms.CharField(
        label="เหตุผลที่ข้าม", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class DelegationForm(forms.Form):
    """An order that lets somebody act for a post, as it is written."""

    kind = forms.ChoiceField(
        label="ประเภท", choices=DelegationKind.choices, widget=forms.RadioSelect
    )
    post = forms.ModelChoiceField(Post.objects.none(), label="แทนตำแหน่ง", empty_label="เลือกตำแหน่ง")
    acting = PersonChoiceField(User.objects.none(), label="ผู้ทำการแทน", empty_label="เลือกบุคลากร")
    order_number = forms.CharField(label="คำสั่งที่", max_length=60, help_text="เช่น 15/2569")
    order_date = ThaiDateField(label="คำสั่งลงวันที่")
    from_on = ThaiDateField(label="ตั้งแต่วันที่")
    until_on = ThaiDateField(
        label="ถึงวันที่", required=False, help_text="รวมวันนี้ด้วย เว้นว่างถ้าไม่กำหนดวันสิ้นสุด"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leading = (PostRank.DIRECTOR, PostRank.DEPUTY, PostRank.HEAD)
        posts = Post.objects.filter(rank__in=leading).select_related("unit")
        officers = User.objects.filter(account=AccountKind.OFFICER, is_active=True)
        self.fields["post"].queryset = posts.order_by("rank", "title")  # type: ignore[attr-defined]
        self.fields["acting"].queryset = officers  # type: ignore[attr-defined]
