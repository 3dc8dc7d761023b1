"""What was put to the superiors, and what each of them said.

Fetching is the permission: what `visible_to` leaves out is not there.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.accounts.models import (
    AccountKind,
    Delegation,
    Holding,
    Post,
    PostRank,
    Proof,
    User,
)
from processes.models import Step
from workflows.cases.models import Task
from workflows.letters.models import Urgency

USER = settings.AUTH_USER_MODEL


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions of rows a person may see, and those put to a post he acts in."""

    def visible_to(self, user: User) -> Self:
        """Of visible tasks, at one of his posts, or decided by him."""
        if user.account == AccountKind.SCHOOL:
            return self.none()
        if user.access.sees_all:
            return self
        asked = Q(decisions__post__in=user.access.post_ids) | Q(decisions__by=user)
        seen = Q(task__in=Task.objects.visible_to(user).values("pk"))
        return self.filter(pk__in=Submission.objects.filter(asked | seen).values("pk"))


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions of the submissions a person may see: each link reads what the others said."""

    def visible_to(self, user: User) -> Self:
        """All links of his submissions."""
        return self.filter(submission__in=Submission.objects.visible_to(user).values("pk"))


class SubmissionEnd(models.TextChoices):
    WITHDRAWN = "withdrawn", "ถอนเรื่อง"
    SENT_BACK = "sent_back", "ส่งกลับแก้ถ้อยคำ"
    RETURNED = "returned", "คืนเรื่อง"
    DECIDED = "decided", "พิจารณาแล้ว"


class Submission(models.Model):
    """A frozen copy of what a row put up; written by `approvals.submitting`, `deciding`.

    The decider's page is drawn from `content`, so `content_hash` is of what was shown.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField("ครั้งที่")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="ผู้เสนอ")
    at = models.DateTimeField("เสนอเมื่อ")
    subject = models.CharField("เรื่อง", max_length=300)
    urgency = models.CharField("ชั้นความเร็ว", max_length=8, choices=Urgency, blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField("ผล", max_length=10, choices=SubmissionEnd, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "การเสนอ"
        verbose_name_plural = "การเสนอ"
        ordering = ["task_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="submission_number_once"),
            models.UniqueConstraint(
                fields=["task"], condition=Q(ended_at__isnull=True), name="submission_one_live"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended="")
                | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="submission_end_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} ครั้งที่ {self.number}"


class DecisionStatus(models.TextChoices):
    WAITING = "waiting", "ยังไม่ถึง"
    OPEN = "open", "รอพิจารณา"
    GIVEN = "given", "พิจารณาแล้ว"
    SKIPPED = "skipped", "ข้าม"


class Outcome(models.TextChoices):
    ENDORSED = "endorsed", "เห็นควร"
    OPPOSED = "opposed", "ไม่เห็นควร"
    APPROVED = "approved", "อนุมัติ"
    APPROVED_IF = "approved_if", "อนุมัติโดยมีเงื่อนไข"
    ACKNOWLEDGED = "acknowledged", "รับทราบ"
    RETURNED = "returned", "คืนเรื่อง"
    SENT_BACK = "sent_back", "ส่งกลับแก้ถ้อยคำ"
    REFUSED = "refused", "ไม่อนุมัติ"


class Right(models.TextChoices):
    OWN = "own", "ดำรงตำแหน่ง"
    DUTY = "duty", "ปฏิบัติหน้าที่"
    VACANT = "vacant", "รักษาราชการแทน"
    DELEGATED = "delegated", "ปฏิบัติราชการแทน"


NEEDS_WORDS = (
    Outcome.RETURNED,
    Outcome.SENT_BACK,
    Outcome.OPPOSED,
    Outcome.APPROVED_IF,
    Outcome.REFUSED,
)


class Decision(models.Model):
    """One link of the chain of one submission; written by `approvals.submitting`, `deciding`.

    `lines` are the printed lines under the name. A skipped link may have no post, its comment
    says why. A decision is dead, without a write, once its submission has ended.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    rank = models.CharField("ลำดับชั้น", max_length=8, choices=PostRank)
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, related_name="+", verbose_name="ตำแหน่ง"
    )
    is_last = models.BooleanField(default=False)
    status = models.CharField("สถานะ", max_length=8, choices=DecisionStatus)
    opened_at = models.DateTimeField("ถึงเมื่อ", null=True, blank=True)
    outcome = models.CharField("ผล", max_length=12, choices=Outcome, blank=True)
    comment = models.TextField("ความเห็น", blank=True)
    return_to = models.ForeignKey(
        Step, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="คืนไปที่"
    )
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="โดย")
    right = models.CharField("ในฐานะ", max_length=10, choices=Right, blank=True)
    holding = models.ForeignKey(Holding, models.PROTECT, null=True, related_name="+")
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, related_name="+")
    lines = models.JSONField(default=list, blank=True)
    at = models.DateTimeField("เมื่อ", null=True, blank=True)
    proof = models.ForeignKey(Proof, models.PROTECT, null=True, related_name="+")
    shown_hash = models.CharField(max_length=64, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "การพิจารณา"
        verbose_name_plural = "การพิจารณา"
        ordering = ["submission_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"], name="decision_position_once"
            ),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(status=DecisionStatus.OPEN),
                name="decision_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(status=DecisionStatus.GIVEN)
                | (
                    ~Q(outcome="")
                    & ~Q(right="")
                    & ~Q(shown_hash="")
                    & Q(by__isnull=False, at__isnull=False, proof__isnull=False)
                ),
                name="decision_given_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status=DecisionStatus.GIVEN)
                | ~Q(outcome__in=NEEDS_WORDS)
                | ~Q(comment=""),
                name="decision_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=DecisionStatus.SKIPPED) | ~Q(comment=""),
                name="decision_skip_says_why",
            ),
            models.CheckConstraint(
                condition=Q(status=DecisionStatus.SKIPPED) | Q(post__isnull=False),
                name="decision_live_has_post",
            ),
            models.CheckConstraint(
                condition=~Q(status=DecisionStatus.SKIPPED) | Q(is_last=False),
                name="decision_last_not_skipped",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.RETURNED) | Q(return_to__isnull=False),
                name="decision_return_names_row",
            ),
            models.CheckConstraint(
                condition=~Q(right__in=[Right.VACANT, Right.DELEGATED])
                | Q(delegation__isnull=False),
                name="decision_right_has_order",
            ),
        ]
        indexes = [
            models.Index(
                fields=["post", "opened_at"],
                condition=Q(status=DecisionStatus.OPEN),
                name="decision_waiting",
            )
        ]

    def __str__(self) -> str:
        said = self.get_outcome_display() or self.get_status_display()
        return f"{self.post or self.get_rank_display()} · {said}"


class Draft(models.Model):
    """What a decider has typed and not yet given, by outcome; written by `approvals.drafts`.

    His own: while a delegation runs two people may hold the same paper. Never part of a digest.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="drafts")
    by = models.ForeignKey(USER, models.CASCADE, related_name="+", verbose_name="โดย")
    outcome = models.CharField("ผล", max_length=12, choices=Outcome)
    comment = models.TextField("ความเห็น")
    at = models.DateTimeField("พิมพ์เมื่อ")

    class Meta:
        verbose_name = "ร่างความเห็น"
        verbose_name_plural = "ร่างความเห็น"
        constraints = [
            models.UniqueConstraint(fields=["decision", "by", "outcome"], name="draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.by} · {self.get_outcome_display()}"
