"""Cases, their tasks, and everything that hangs on a task while it is open.

Fetching is the permission: what `visible_to` leaves out is not there.
"""

from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from portal.accounts.models import AccountKind, Unit, User
from portal.audit.chain import ChainedEvent
from portal.files.models import StoredFile
from processes.models import Flow, Step

USER = settings.AUTH_USER_MODEL
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def _reach(user: User, prefix: str = "") -> Q:
    """Cases of the user's units, those he works on, and those he takes part in."""
    case = f"{prefix}pk" if prefix else "pk"
    invited = Exists(Participant.objects.filter(case=OuterRef(case), user=user))
    assigned = Exists(Task.objects.filter(case=OuterRef(case), assignee=user))
    return Q(**{f"{prefix}unit__in": user.access.units}) | Q(invited) | Q(assigned)


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, narrowed to what a person may see."""

    def visible_to(self, user: User) -> Self:
        """Deputies and the director see all; others their units' and those that let them in."""
        return self if user.access.sees_all else self.filter(_reach(user))


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks of visible cases. A school sees the case's course, never the work inside."""

    def visible_to(self, user: User) -> Self:
        """Tasks of the cases this person may see."""
        return _inside(self, user, "case__")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments of visible tasks."""

    def visible_to(self, user: User) -> Self:
        """Attachments of the tasks this person may see."""
        return _inside(self, user, "task__case__")


def _inside(rows: Rows, user: User, prefix: str) -> Rows:
    if user.account == AccountKind.SCHOOL:
        return rows.none()
    return rows if user.access.sees_all else rows.filter(_reach(user, prefix))


class CaseStatus(models.TextChoices):
    RUNNING = "running", "กำลังดำเนินการ"
    DONE = "done", "เสร็จสิ้น"
    REFUSED = "refused", "ไม่อนุมัติ"
    CANCELLED = "cancelled", "ยกเลิก"


class Case(models.Model):
    """One run of a Flow; written by `cases.services`, `moves`.

    `seq` counts events and is the compare-and-set of every change (see `history.record`).
    `plan` is the planned window of each row, frozen when the case starts.
    """

    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ (พ.ศ.)")
    number = models.PositiveIntegerField("เลขเรื่อง")
    flow = models.ForeignKey(Flow, models.PROTECT, related_name="cases", verbose_name="ผัง")
    title = models.CharField("ชื่อเรื่อง", max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases", verbose_name="กลุ่ม")
    owner = models.ForeignKey(USER, models.PROTECT, related_name="cases", verbose_name="เจ้าของเรื่อง")
    status = models.CharField(
        "สถานะ", max_length=10, choices=CaseStatus, default=CaseStatus.RUNNING
    )
    opened_on = models.DateField("เปิดเรื่องวันที่")
    letter_due_on = models.DateField("กำหนดส่งตามหนังสือ", null=True, blank=True)
    closed_at = models.DateTimeField("สิ้นสุดเมื่อ", null=True, blank=True)
    plan = models.JSONField(default=list)
    copy_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name="ทำซ้ำจากเรื่อง",
    )
    seq = models.PositiveIntegerField(default=0)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "เรื่อง"
        verbose_name_plural = "เรื่อง"
        ordering = ["-fiscal_year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "number"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=CaseStatus.values), name="case_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=CaseStatus.RUNNING, closed_at__isnull=True)
                | (~Q(status=CaseStatus.RUNNING) & Q(closed_at__isnull=False)),
                name="case_closed_has_time",
            ),
        ]
        indexes = [models.Index(fields=["unit", "status"], name="case_of_unit")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """The printed number, also the address: `2570-14`."""
        return f"{self.fiscal_year}-{self.number}"


class Participant(models.Model):
    """Lets somebody see a case from outside its unit; written by `cases.services`."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="participants")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="ผู้ร่วมงาน")
    why = models.CharField("เหตุผล", max_length=200)

    class Meta:
        verbose_name = "ผู้ร่วมงาน"
        verbose_name_plural = "ผู้ร่วมงาน"
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.case}"


class TaskStatus(models.TextChoices):
    AHEAD = "ahead", "เตรียมล่วงหน้า"
    OPEN = "open", "รอเริ่ม"
    WORKING = "working", "กำลังทำ"
    SUBMITTED = "submitted", "เสนอแล้ว รอพิจารณา"
    DONE = "done", "เสร็จแล้ว"
    SKIPPED = "skipped", "ข้าม"
    RETURNED = "returned", "คืนเรื่อง"
    REFUSED = "refused", "ไม่อนุมัติ"
    DROPPED = "dropped", "ยกเลิก"


OPEN_STATUSES = (TaskStatus.OPEN, TaskStatus.WORKING, TaskStatus.SUBMITTED)
LIVE_STATUSES = (TaskStatus.AHEAD, *OPEN_STATUSES)
_OPEN = Q(status__in=OPEN_STATUSES)
# a row made before its turn is neither open nor closed
_LIVE = Q(status__in=LIVE_STATUSES)


class Task(models.Model):
    """One row of a case in one round (or one activity of it); written by `cases.services`, `moves`.

    `blocking` marks the row the case stands on: at most one is open per case.
    Ahead is a row made before its turn; its dates are set when it opens.
    `happened_on` is when the work was done, `closed_at` when that was recorded.
    `ticks` maps a checklist item's key to who ticked it, when, and what met its need.
    `counts_on` is the date lists and colours follow, computed by the database.
    `sheet` is what a meeting, plan, list or register holds beside its result (`cases.sheets`).
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks", verbose_name="เรื่อง")
    step = models.ForeignKey(Step, models.PROTECT, related_name="tasks", verbose_name="ขั้นตอน")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    round = models.PositiveSmallIntegerField("รอบ", default=1)
    activity = models.PositiveSmallIntegerField("กิจกรรมที่", default=0)
    title = models.CharField("เรื่อง", max_length=300, blank=True)
    status = models.CharField("สถานะ", max_length=10, choices=TaskStatus, default=TaskStatus.OPEN)
    blocking = models.BooleanField(default=False)
    # its index is `task_inbox`; one of its own would be taken instead, and it knows no order
    assignee = models.ForeignKey(
        USER,
        models.PROTECT,
        null=True,
        related_name="tasks",
        verbose_name="ผู้รับผิดชอบ",
        db_index=False,
    )
    opens_on = models.DateField("เริ่มนับวันที่")
    opened_at = models.DateTimeField("เปิดเมื่อ")
    started_at = models.DateTimeField("เริ่มทำเมื่อ", null=True, blank=True)
    closed_at = models.DateTimeField("ปิดเมื่อ", null=True, blank=True)
    closed_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name="ผู้ปิด"
    )
    decided_at = models.DateTimeField("พิจารณาเมื่อ", null=True, blank=True)
    happened_on = models.DateField("ทำเสร็จจริงวันที่", null=True, blank=True)
    expected_on = models.DateField("คาดว่าเสร็จ", null=True, blank=True)
    due_on = models.DateField("กำหนดเสร็จ", null=True, blank=True)
    due_at = models.DateTimeField("กำหนดเวลา", null=True, blank=True)
    letter_due_on = models.DateField("กำหนดตามหนังสือ", null=True, blank=True)
    # a column, because SQLite and PostgreSQL both sort by an index only if it holds the very date
    counts_on = models.GeneratedField(
        expression=Coalesce("letter_due_on", "due_on"),
        output_field=models.DateField("กำหนดที่ใช้"),
        db_persist=True,
    )
    place = models.CharField("สถานที่", max_length=200, blank=True)
    from_on = models.DateField("ตั้งแต่วันที่", null=True, blank=True)
    until_on = models.DateField("ถึงวันที่", null=True, blank=True)
    result = models.TextField("ผลการดำเนินงาน", blank=True)
    figures = models.JSONField("ตัวเลข", default=list, blank=True)
    ticks = models.JSONField(default=dict, blank=True)
    sheet = models.JSONField("รายละเอียดของขั้นตอน", default=dict, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "งาน"
        verbose_name_plural = "งาน"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "round", "activity"], name="task_once_per_round"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=_OPEN & Q(blocking=True), name="task_case_stands_once"
            ),
            models.UniqueConstraint(
                fields=["case", "step"],
                condition=_LIVE & Q(activity=0),
                name="task_one_live_round",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(blocking=False),
                name="task_child_never_blocks",
            ),
            models.CheckConstraint(
                condition=(_LIVE & Q(closed_at__isnull=True))
                | (~_LIVE & Q(closed_at__isnull=False)),
                name="task_closed_has_time",
            ),
        ]
        # "not closed" is how both databases see that a query asks for no more than the index has
        indexes = [
            # the inbox: live tasks of a person, soonest first; counted without reading the tasks
            models.Index(
                fields=["assignee", "counts_on", "id", "status", "step"],
                condition=Q(closed_at__isnull=True),
                name="task_inbox",
            ),
            # what is late in the office, and what is with the superiors
            models.Index(
                fields=["counts_on", "status", "case"],
                condition=Q(closed_at__isnull=True),
                name="task_late",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.code} · {self.step}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES


class WaitParty(models.TextChoices):
    OBEC = "obec", "สพฐ."
    SCHOOL = "school", "สถานศึกษา"
    SUPPLIER = "supplier", "ผู้รับจ้าง/ผู้ขาย"
    OTHER = "other", "หน่วยงานอื่น"


class Wait(models.Model):
    """A task waiting for somebody outside; written by `cases.waits`. Holds the row open."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="waits")
    party = models.CharField("รอ", max_length=10, choices=WaitParty)
    whom = models.CharField("หน่วยงาน/บุคคล", max_length=200, blank=True)
    reason = models.CharField("เรื่องที่รอ", max_length=300)
    stops_clock = models.BooleanField("หยุดนับเวลา", default=False)
    expected_on = models.DateField("คาดว่าได้รับ", null=True, blank=True)
    began_at = models.DateTimeField("เริ่มรอ")
    ended_at = models.DateTimeField("ได้รับเมื่อ", null=True, blank=True)
    outcome = models.CharField("ผล", max_length=300, blank=True)

    class Meta:
        verbose_name = "การรอ"
        verbose_name_plural = "การรอ"
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(ended_at__isnull=True), name="wait_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()} {self.reason}"


class AttachmentKind(models.TextChoices):
    EVIDENCE = "evidence", "หลักฐาน"
    PAPER = "paper", "เอกสารที่พิมพ์"


class Attachment(models.Model):
    """A file on a task; written by `cases.evidence`. Removed rows stay, with the reason."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    kind = models.CharField(
        "ประเภท", max_length=10, choices=AttachmentKind, default=AttachmentKind.EVIDENCE
    )
    title = models.CharField("ชื่อหลักฐาน", max_length=200)
    added_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="ผู้แนบ")
    added_at = models.DateTimeField("แนบเมื่อ")
    removed_at = models.DateTimeField("ถอนเมื่อ", null=True, blank=True)
    remove_reason = models.CharField("เหตุผลที่ถอน", max_length=200, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "ไฟล์แนบ"
        verbose_name_plural = "ไฟล์แนบ"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class OutsideReport(models.Model):
    """That somebody outside was told: to whom, how, reference, day; by `cases.evidence`."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="outside_reports")
    to = models.CharField("รายงานต่อ", max_length=200)
    system = models.CharField("ผ่านระบบ/ช่องทาง", max_length=200)
    reference = models.CharField("เลขอ้างอิง", max_length=100)
    reported_on = models.DateField("วันที่รายงาน")
    proof = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="หลักฐาน"
    )

    class Meta:
        verbose_name = "รายงานหน่วยงานภายนอก"
        verbose_name_plural = "รายงานหน่วยงานภายนอก"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.to} {self.reference}"


class CaseEvent(ChainedEvent):
    """One line of a case's history; inserted by `cases.history.record` only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="events")

    class Meta:
        verbose_name = "ประวัติเรื่อง"
        verbose_name_plural = "ประวัติเรื่อง"
        ordering = ["case", "seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="caseevent_seq_once")]

    def __str__(self) -> str:
        return f"{self.seq} {self.text}"
