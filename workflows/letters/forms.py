"""What is typed of a letter. Half-written memos and orders are kept; the services ask for more."""

from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.models import AccountKind, User
from portal.web.fields import ThaiDateField
from workflows.cases.forms.people import PersonChoiceField
from workflows.letters.memos import PARTS, PROPOSAL
from workflows.letters.models import Letter, Urgency
from workflows.letters.services import MOST_MEMBERS, MemberLine, Seen

LONGEST = 20_000
SPARE_LINES, MORE_LINES = 3, 5


class DraftForm(forms.Form):
    """A letter that saves while it is typed: `seen` is the version the page was drawn with."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=24)

    def seen_then(self) -> Seen:
        """What the page was drawn from."""
        return Seen(self.cleaned_data["seen"] or 0, self.cleaned_data["page"])


class MemoForm(DraftForm):
    """A memo: to whom, about what, and the five parts."""

    to = forms.CharField(label="เรียน", max_length=200, required=False)
    subject = forms.CharField(label="เรื่อง", max_length=300, required=False)
    urgency = forms.ChoiceField(label="ชั้นความเร็ว", choices=Urgency.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            rows = 4 if part.key == PROPOSAL else 5
            self.fields[part.key] = forms.CharField(
                label=part.label, help_text=part.hint, required=False, max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": rows}),
            )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        parts = {part.key: typed[part.key] for part in PARTS}
        plain = {name: typed[name] for name in ("to", "subject", "urgency")}
        return {**plain, "parts": parts, "seen": self.seen_then()}


class OrderForm(DraftForm):
    """The text of an order that appoints."""

    subject = forms.CharField(
        label="เรื่อง", max_length=300, required=False, help_text="เช่น แต่งตั้งคณะทำงาน…"
    )
    authority = forms.CharField(
        label="อาศัยอำนาจตาม", required=False, max_length=LONGEST,
        help_text="กฎหมาย ระเบียบ หรือคำสั่งที่ให้อำนาจแต่งตั้ง",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    duties = forms.CharField(
        label="อำนาจหน้าที่ของคณะ", required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    signer = forms.CharField(label="ผู้ลงนาม", max_length=200, required=False)
    signer_post = forms.CharField(
        label="ตำแหน่งผู้ลงนาม", max_length=300, required=False,
        help_text="รวมบรรทัดรักษาราชการแทน ถ้ามี",
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        names = ("subject", "authority", "duties", "signer", "signer_post")
        return {**{name: self.cleaned_data[name] for name in names}, "seen": self.seen_then()}


class MemberForm(forms.Form):
    """One line of the list. Choosing a person of the portal fills in name and post."""

    user = PersonChoiceField(
        User.objects.none(), label="บุคลากรในระบบ", required=False, empty_label="(บุคคลภายนอก)"
    )
    name = forms.CharField(label="ชื่อ–สกุล", max_length=200, required=False)
    post = forms.CharField(label="ตำแหน่ง", max_length=200, required=False)
    role = forms.CharField(label="หน้าที่ในคณะ", max_length=120, required=False)

    def line(self) -> MemberLine | None:
        """The line as it is printed; nothing where nothing was typed."""
        if not self.cleaned_data:  # a spare line nobody touched
            return None
        typed = self.cleaned_data
        user = typed["user"]
        name, post = typed["name"].strip(), typed["post"].strip()
        if user is not None:
            name, post = name or user.full_name, post or user.position
        if not (name or post or typed["role"].strip()):
            return None
        return MemberLine(name, post, typed["role"], user)


class BaseMembers(forms.BaseFormSet[MemberForm]):
    """The list, in the order it is printed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # one list of people for every line, read once
        officers = User.objects.filter(account=AccountKind.OFFICER, is_active=True)
        label = PersonChoiceField(officers).label_from_instance
        self.choices = [("", "(บุคคลภายนอก)"), *((user.pk, label(user)) for user in officers)]
        self.officers = officers

    def add_fields(self, form: MemberForm, index: int | None) -> None:
        super().add_fields(form, index)
        person = form.fields["user"]
        person.queryset = self.officers  # type: ignore[attr-defined]
        person.choices = self.choices  # type: ignore[attr-defined]

    def lines(self) -> list[MemberLine]:
        made = (form.line() for form in self.forms)
        return [line for line in made if line is not None]


Members = forms.formset_factory(
    MemberForm, formset=BaseMembers, extra=SPARE_LINES, max_num=MOST_MEMBERS, validate_max=True
)


class IssueForm(forms.Form):
    """Number and dates of a signed order, from the records desk."""

    number = forms.CharField(label="คำสั่งที่", max_length=60, help_text="เช่น 12/2569")
    dated_on = ThaiDateField(label="สั่ง ณ วันที่", max_date=timezone.localdate)
    told_on = ThaiDateField(
        label="แจ้งผู้ได้รับแต่งตั้งวันที่", required=False, max_date=timezone.localdate,
        help_text="ขั้นตอนปิดได้เมื่อแจ้งแล้ว",
    )  # fmt: skip


class RecallForm(forms.Form):
    """Why a number is taken back."""

    reason = forms.CharField(
        label="เหตุผลที่ถอนเลข", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class IncomingForm(forms.Form):
    """A letter that came from outside, as the records desk received it."""

    received_number = forms.CharField(label="เลขรับ", max_length=40)
    received_on = ThaiDateField(label="วันที่รับ", max_date=timezone.localdate)
    number = forms.CharField(label="ที่", max_length=60, help_text="เลขที่หนังสือของผู้ส่ง")
    dated_on = ThaiDateField(label="ลงวันที่", max_date=timezone.localdate)
    sender = forms.CharField(label="จาก", max_length=200)
    subject = forms.CharField(label="เรื่อง", max_length=300)
    deadline = ThaiDateField(
        label="กำหนดส่ง", required=False, help_text="วันที่หนังสือกำหนดให้ส่งผลหรือรายงาน"
    )
    file = forms.FileField(label="ไฟล์หนังสือ", required=False, help_text="PDF หรือภาพถ่าย")


class OutgoingForm(forms.Form):
    """A letter the row sent."""

    to = forms.CharField(label="ถึง", max_length=200)
    subject = forms.CharField(label="เรื่อง", max_length=300)
    number = forms.CharField(label="ที่", max_length=60)
    dated_on = ThaiDateField(label="ลงวันที่", max_date=timezone.localdate)
    file = forms.FileField(label="สำเนาหนังสือ", required=False, help_text="PDF หรือภาพถ่าย")


def values_of(letter: Letter, *names: str) -> dict[str, Any]:
    """What a form shows of a saved letter: its columns and the parts of its kind."""
    columns = {name: getattr(letter, name) for name in names}
    return {**columns, **letter.fields, "seen": letter.version}
