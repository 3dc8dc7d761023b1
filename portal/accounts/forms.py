"""Forms of people, posts and passwords. They check shape; the services check the rules."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils import timezone

from portal.accounts.models import (
    AccountKind,
    Capacity,
    Post,
    PostRank,
    Unit,
    User,
)
from portal.accounts.proof import password_refusal
from portal.accounts.services.people import NAME_TAKEN
from portal.office.fields import ClockField
from portal.web.fields import ThaiDateField

START_OF_DAY = time(0, 0)


class LoginForm(AuthenticationForm):
    """User name and password; the name is the same in capitals and small letters."""

    error_messages = {
        "invalid_login": "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง กรุณาตรวจสอบแล้วลองใหม่",
        "inactive": "บัญชีนี้ถูกปิด กรุณาติดต่อผู้ดูแลระบบ",
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "ชื่อผู้ใช้"
        self.fields["password"].label = "รหัสผ่าน"

    def clean_username(self) -> str:
        """One spelling, so that the throttle counts one person."""
        return str(self.cleaned_data["username"]).strip().lower()


class PasswordForm(forms.Form):
    """A person's own new password, with the old one."""

    old_password = forms.CharField(
        label="รหัสผ่านเดิม",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password = forms.CharField(
        label="รหัสผ่านใหม่",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=("อย่างน้อย 8 ตัวอักษร ไม่ใช่ตัวเลขล้วน ไม่คล้ายชื่อของท่าน และไม่เป็นรหัสที่ใช้กันทั่วไป"),
    )
    again = forms.CharField(
        label="รหัสผ่านใหม่อีกครั้ง",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, request: HttpRequest, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.request, self.user = request, user

    def clean_old_password(self) -> str:
        password = str(self.cleaned_data["old_password"])
        refusal = password_refusal(
            self.user,
            password,
            request_address=self.request.META.get("REMOTE_ADDR"),
            device=self.request.headers.get("User-Agent", ""),
        )
        if refusal:
            raise forms.ValidationError(refusal)
        return password

    def clean_new_password(self) -> str:
        password = str(self.cleaned_data["new_password"])
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> None:
        new, again = self.cleaned_data.get("new_password"), self.cleaned_data.get("again")
        if new and again and new != again:
            self.add_error("again", "รหัสผ่านใหม่สองช่องไม่ตรงกัน")
        if new and new == self.cleaned_data.get("old_password"):
            self.add_error("new_password", "รหัสผ่านใหม่ต้องไม่ซ้ำกับรหัสเดิม")


class PeopleFilter(forms.Form):
    """What the list of people is narrowed to."""

    q = forms.CharField(label="ค้นหาชื่อ ชื่อผู้ใช้ หรือตำแหน่ง", required=False)
    kind = forms.ChoiceField(
        label="แสดง",
        required=False,
        choices=[("", "ทุกบัญชี"), *AccountKind.choices, ("closed", "บัญชีที่ปิดแล้ว")],
    )


class PersonForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = [
            "title",
            "first_name",
            "last_name",
            "position",
            "email",
            "username",
            "account",
            "administers",
        ]
        help_texts = {
            "administers": "ดูแลบุคคล ตำแหน่ง สถานศึกษา ปฏิทิน และข้อมูลสำนักงาน แต่ไม่เห็นเนื้อหาของเรื่องจากสิทธินี้"
        }

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"]).lower()
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(NAME_TAKEN)
        return name


class ResetForm(forms.Form):
    reason = forms.CharField(
        label="เหตุผล", max_length=200, help_text="เช่น ผู้ใช้ลืมรหัสผ่านและมาติดต่อด้วยตนเอง"
    )


class UnitForm(forms.ModelForm[Unit]):
    deputy = forms.ModelChoiceField(
        label="รอง ผอ. ที่กำกับดูแล",
        queryset=Post.objects.filter(rank=PostRank.DEPUTY).order_by("pk"),
        required=False,
        empty_label="ยังไม่กำหนด",
    )

    class Meta:
        model = Unit
        fields = ["name", "code", "deputy"]


class PostForm(forms.Form):
    """Not a form of the model: which rank needs a unit is a rule, and the service says it."""

    title = forms.CharField(
        label="ชื่อตำแหน่งที่พิมพ์ในเอกสาร",
        max_length=200,
        help_text="เช่น ผู้อำนวยการกลุ่มนโยบายและแผน พิมพ์ใต้ชื่อในบันทึกและคำสั่ง",
    )
    rank = forms.ChoiceField(label="ระดับ", choices=PostRank.choices)
    unit = forms.ModelChoiceField(
        label="กลุ่ม",
        queryset=Unit.objects.all(),
        required=False,
        empty_label="ไม่สังกัดกลุ่ม",
        help_text="เว้นว่างสำหรับผู้อำนวยการและรองผู้อำนวยการเขตพื้นที่",
    )


class PersonChoice(forms.ModelChoiceField[User]):
    """A person by name and position: two may have the same name."""

    def label_from_instance(self, user: User) -> str:
        return f"{user.full_name} · {user.position or user.username}"


class EndForm(forms.Form):
    """The last day and, where it matters, the minute."""

    until_on = ThaiDateField(label="วันสุดท้าย")
    until_time = ClockField(label="เวลาสิ้นสุด", required=False, help_text="เว้นว่างถ้าถึงสิ้นวัน")

    @property
    def until_at(self) -> datetime:
        return _end_of(self.cleaned_data["until_on"], self.cleaned_data["until_time"])


class HoldingForm(forms.Form):
    user = PersonChoice(
        label="ผู้ดำรงตำแหน่ง",
        queryset=User.objects.filter(account=AccountKind.OFFICER, is_active=True),
        empty_label="เลือกบุคคล",
    )
    capacity = forms.ChoiceField(label="ฐานะ", choices=Capacity.choices)
    order_number = forms.CharField(
        label="คำสั่งที่", max_length=60, required=False, help_text="ต้องระบุเมื่อเป็นการปฏิบัติหน้าที่"
    )
    from_on = ThaiDateField(label="ตั้งแต่วันที่")
    from_time = ClockField(label="เวลาเริ่ม", required=False, help_text="เว้นว่างถ้าตั้งแต่ต้นวัน")
    until_on = ThaiDateField(label="ถึงวันที่", required=False, help_text="เว้นว่างถ้ายังไม่มีกำหนด")
    until_time = ClockField(label="เวลาสิ้นสุด", required=False, help_text="เว้นว่างถ้าถึงสิ้นวัน")

    @property
    def from_at(self) -> datetime:
        """The first moment."""
        day, clock = self.cleaned_data["from_on"], self.cleaned_data["from_time"]
        return timezone.make_aware(datetime.combine(day, clock or START_OF_DAY))

    @property
    def until_at(self) -> datetime | None:
        day = self.cleaned_data["until_on"]
        return _end_of(day, self.cleaned_data["until_time"]) if day else None


class MemberForm(forms.Form):
    user = PersonChoice(
        label="ผู้ใช้ของสถานศึกษา",
        queryset=User.objects.filter(account=AccountKind.SCHOOL, is_active=True),
        empty_label="เลือกบัญชี",
    )
    from_on = ThaiDateField(label="ตั้งแต่วันที่")
    until_on = ThaiDateField(label="ถึงวันที่", required=False, help_text="เว้นว่างถ้ายังไม่มีกำหนด")


class MemberEndForm(forms.Form):
    until_on = ThaiDateField(label="วันสุดท้าย")


def _end_of(day: date, clock: time | None) -> datetime:
    """The first moment that is over: the next midnight where no time was given."""
    if clock is None:
        day, clock = day + timedelta(days=1), START_OF_DAY
    return timezone.make_aware(datetime.combine(day, clock))
