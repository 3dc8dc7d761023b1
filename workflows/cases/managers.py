"""How cases and tasks are fetched. Fetching is the permission: what is not visible is not there."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from portal.accounts.models import AccountKind, User

if TYPE_CHECKING:
    from workflows.cases.models import Attachment, Case, Task

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def _reach(user: User, prefix: str = "") -> Q:
    """Cases of the user's units, those he works on, and those he takes part in."""
    from workflows.cases.models import Participant, Task

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
