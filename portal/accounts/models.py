"""People, the posts they hold for a time, and what they may do in them."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from portal.schools.models import School

if TYPE_CHECKING:
    from portal.accounts.posts import Access


class Unit(models.Model):
    """A group of the office; written by `accounts.services`."""

    code = models.SlugField("รหัสกลุ่ม", max_length=40, help_text="ตัวอักษรอังกฤษ ตัวเลข ขีด เช่น ict")
    name = models.CharField("ชื่อกลุ่ม", max_length=200)
    deputy = models.ForeignKey(
        "accounts.Post",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units_in_charge",
        verbose_name="รอง ผอ. ที่กำกับดูแล",
    )

    class Meta:
        verbose_name = "กลุ่ม"
        verbose_name_plural = "กลุ่ม"
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code"], name="unit_code_once")]

    def __str__(self) -> str:
        return self.name


class AccountKind(models.TextChoices):
    OFFICER = "officer", "บุคลากรสำนักงาน"
    SCHOOL = "school", "สถานศึกษา"


class UserManager(BaseUserManager["User"]):
    """Finds people by user name, without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in; written by `accounts.services`. Rights come from posts."""

    username = models.CharField(
        "ชื่อผู้ใช้",
        max_length=60,
        help_text="ตัวอักษรอังกฤษพิมพ์เล็ก ตัวเลข จุด ขีด อย่างน้อย 3 ตัว",
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]{2,}\Z",
                "ใช้ตัวอักษรอังกฤษพิมพ์เล็ก ตัวเลข จุด หรือขีด และขึ้นต้นด้วยตัวอักษรหรือตัวเลข",
            )
        ],
    )
    title = models.CharField("คำนำหน้า", max_length=40, blank=True)
    first_name = models.CharField("ชื่อ", max_length=80)
    last_name = models.CharField("นามสกุล", max_length=80, blank=True)
    position = models.CharField("ตำแหน่ง", max_length=120, blank=True)
    email = models.EmailField("อีเมล", blank=True)
    account = models.CharField(
        "ประเภทบัญชี", max_length=8, choices=AccountKind, default=AccountKind.OFFICER
    )
    administers = models.BooleanField("เป็นผู้ดูแลระบบ", default=False)
    is_active = models.BooleanField("ใช้งานได้", default=True)
    password_is_temporary = models.BooleanField("ต้องตั้งรหัสผ่านใหม่", default=False)
    sort_key = models.CharField(max_length=400, editable=False)
    search_text = models.CharField(max_length=600, blank=True, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["first_name"]

    class Meta:
        verbose_name = "ผู้ใช้"
        verbose_name_plural = "ผู้ใช้"
        ordering = ["sort_key", "pk"]
        constraints = [models.UniqueConstraint(Lower("username"), name="user_name_once")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Title, name and surname as they are written on a paper."""
        return f"{self.title}{self.first_name} {self.last_name}".strip()

    @cached_property
    def access(self) -> "Access":
        """What this person may do now; kept for the life of the object, one request."""
        from portal.accounts.posts import access_of  # noqa: PLC0415 - posts are made of models

        return access_of(self)


class SchoolMember(models.Model):
    """Who signs in for which school; written by `accounts.services`."""

    user = models.ForeignKey(User, models.CASCADE, related_name="schools", verbose_name="ผู้ใช้")
    school = models.ForeignKey(
        School, models.PROTECT, related_name="members", verbose_name="สถานศึกษา"
    )
    from_on = models.DateField("ตั้งแต่วันที่")
    until_on = models.DateField("ถึงวันที่", null=True, blank=True)

    class Meta:
        verbose_name = "ผู้แทนสถานศึกษา"
        verbose_name_plural = "ผู้แทนสถานศึกษา"
        constraints = [
            models.UniqueConstraint(fields=["user", "school", "from_on"], name="schoolmember_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.school}"


class PostRank(models.TextChoices):
    OFFICER = "officer", "เจ้าหน้าที่กลุ่ม"
    HEAD = "head", "ผู้อำนวยการกลุ่ม"
    DEPUTY = "deputy", "รองผู้อำนวยการเขตพื้นที่การศึกษา"
    DIRECTOR = "director", "ผู้อำนวยการเขตพื้นที่การศึกษา"
    RECORDS = "records", "งานสารบรรณกลาง"


class Post(models.Model):
    """A seat of the office; may be empty; written by `accounts.services`."""

    rank = models.CharField("ระดับ", max_length=8, choices=PostRank)
    title = models.CharField("ชื่อตำแหน่งที่พิมพ์ในเอกสาร", max_length=200)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="กลุ่ม"
    )

    class Meta:
        verbose_name = "ตำแหน่ง"
        verbose_name_plural = "ตำแหน่ง"
        constraints = [
            models.UniqueConstraint(
                fields=["rank"], condition=Q(rank=PostRank.DIRECTOR), name="post_one_director"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(rank=PostRank.HEAD), name="post_one_head_per_unit"
            ),
            models.CheckConstraint(
                condition=~Q(rank__in=[PostRank.HEAD, PostRank.OFFICER]) | Q(unit__isnull=False),
                name="post_head_has_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Capacity(models.TextChoices):
    OWN = "own", "ดำรงตำแหน่ง"
    DUTY = "duty", "ปฏิบัติหน้าที่"


class Holding(models.Model):
    """Who sat in a post, from when to when; written by `accounts.services`.

    Overlap on head, deputy and director posts is refused under a lock on the Post.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name="ตำแหน่ง")
    user = models.ForeignKey(
        User, models.PROTECT, related_name="holdings", verbose_name="ผู้ดำรงตำแหน่ง"
    )
    capacity = models.CharField("ฐานะ", max_length=6, choices=Capacity, default=Capacity.OWN)
    order_number = models.CharField("คำสั่งที่", max_length=60, blank=True)
    from_at = models.DateTimeField("ตั้งแต่")
    until_at = models.DateTimeField("ถึง", null=True, blank=True)

    class Meta:
        verbose_name = "การดำรงตำแหน่ง"
        verbose_name_plural = "การดำรงตำแหน่ง"
        ordering = ["from_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("from_at")),
                name="holding_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.post}"


class DelegationKind(models.TextChoices):
    VACANT = "vacant", "รักษาราชการแทน"
    DELEGATED = "delegated", "ปฏิบัติราชการแทน"


class Delegation(models.Model):
    """An order that lets somebody act for a post; written by `approvals.delegations`.

    รักษาราชการแทน: the post is empty or its holder absent, only the acting person decides
    (Ministry of Education Administration Act B.E. 2546, sections 48 to 54).
    ปฏิบัติราชการแทน: delegated power, the holder keeps his.
    """

    kind = models.CharField("ประเภท", max_length=10, choices=DelegationKind)
    post = models.ForeignKey(
        Post, models.PROTECT, related_name="delegations", verbose_name="แทนตำแหน่ง"
    )
    acting = models.ForeignKey(
        User, models.PROTECT, related_name="delegations", verbose_name="ผู้ทำการแทน"
    )
    order_number = models.CharField("คำสั่งที่", max_length=60)
    order_date = models.DateField("ลงวันที่")
    from_at = models.DateTimeField("ตั้งแต่")
    until_at = models.DateTimeField("ถึง", null=True, blank=True)
    revoked_at = models.DateTimeField("ยกเลิกเมื่อ", null=True, blank=True)

    class Meta:
        verbose_name = "คำสั่งให้ทำการแทน"
        verbose_name_plural = "คำสั่งให้ทำการแทน"
        ordering = ["-from_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("from_at")),
                name="delegation_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.acting} {self.get_kind_display()} {self.post}"


class ProofMethod(models.TextChoices):
    PASSWORD = "password", "รหัสผ่าน"


class Proof(models.Model):
    """That a person has just shown who he is; insert only, by `accounts.proof`."""

    user = models.ForeignKey(User, models.PROTECT, related_name="proofs")
    method = models.CharField(max_length=10, choices=ProofMethod)
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True, blank=True)
    device = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "การยืนยันตัวตน"
        verbose_name_plural = "การยืนยันตัวตน"

    def __str__(self) -> str:
        return f"{self.user} {self.at}"


class LoginReset(models.Model):
    """A new password for somebody who decides, asked by one and confirmed by another person.

    Written by `accounts.resets`. It lapses when nobody confirms it in time.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="login_resets", verbose_name="ผู้ใช้")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="ผู้ขอ")
    reason = models.CharField("เหตุผล", max_length=200)
    at = models.DateTimeField("ขอเมื่อ")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="ผู้ยืนยัน"
    )
    used_at = models.DateTimeField("ตั้งรหัสผ่านเมื่อ", null=True, blank=True)

    class Meta:
        verbose_name = "คำขอตั้งรหัสผ่านใหม่"
        verbose_name_plural = "คำขอตั้งรหัสผ่านใหม่"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="loginreset_not_by_asker",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, used_at__isnull=True)
                | Q(confirmed_by__isnull=False, used_at__isnull=False),
                name="loginreset_used_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.at}"
