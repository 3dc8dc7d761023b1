"""Who may do what to a case. Each predicate answers for one person and one case or task."""

from portal.accounts.models import User
from workflows.cases.models import Case, Task


def is_owner(case: Case, user: User) -> bool:
    return case.owner_id == user.pk


def is_of_unit(case: Case, user: User) -> bool:
    """Officer or head of the case's unit, in his own post or acting."""
    return case.unit_id in user.access.units


def leads(case: Case, user: User) -> bool:
    """Head of the case's unit, or the deputy in charge of it."""
    deputy = case.unit.deputy_id
    return case.unit_id in user.access.head_of or (
        deputy is not None and deputy in user.access.post_ids
    )


def works_on(task: Task, user: User) -> bool:
    """The person the task is assigned to, or a colleague of the unit."""
    return task.assignee_id == user.pk or is_of_unit(task.case, user)


def may_skip(task: Task, user: User) -> bool:
    return task.assignee_id == user.pk or leads(task.case, user)


def may_assign(task: Task, user: User) -> bool:
    return is_owner(task.case, user) or leads(task.case, user)


def may_cancel(case: Case, user: User) -> bool:
    """The owner while nothing is decided; afterwards only who leads the unit."""
    return leads(case, user) or (is_owner(case, user) and not _anything_decided(case))


def may_invite(case: Case, user: User) -> bool:
    return is_owner(case, user) or leads(case, user)


def _anything_decided(case: Case) -> bool:
    return case.tasks.filter(decided_at__isnull=False).exists()
