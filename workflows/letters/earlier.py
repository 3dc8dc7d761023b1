"""What was written before for the same row: offered as a beginning, never taken over unseen."""

from django.db.models import QuerySet

from workflows.cases.models import Task
from workflows.letters.models import Letter, LetterKind


def earlier_round(task: Task, kind: LetterKind) -> Letter | None:
    """The row's letter of this kind in the newest earlier round."""
    rounds = _written(task.case_id, task, kind).filter(task__round__lt=task.round)
    return rounds.order_by("-task__round").first()


def copied_case(task: Task, kind: LetterKind) -> Letter | None:
    """The same row's letter in the case this one was made after."""
    if task.case.copy_of_id is None:
        return None
    return _written(task.case.copy_of_id, task, kind).order_by("-task__round").first()


def _written(case_id: int, task: Task, kind: LetterKind) -> QuerySet[Letter]:
    letters = Letter.objects.filter(task__case=case_id, task__step__key=task.step.key, kind=kind)
    return letters.select_related("task__case").prefetch_related("members")
