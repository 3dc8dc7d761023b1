"""How every service begins: lock the case, read again, ask the transition table."""

from portal.accounts.models import User
from workflows.cases import moves
from workflows.cases.models import Case, Task
from workflows.cases.transitions import demand, demand_case


def locked(task: Task, action: str, by: User) -> Task:
    """The task as it stands now, its case locked; NotAllowed or StateConflict by the table."""
    task = moves.lock_task(task.pk)
    demand(task, action, by)
    return task


def locked_case(case: Case, action: str, by: User) -> Case:
    """The case as it stands now, locked; NotAllowed or StateConflict by the table."""
    case = moves.lock_case(case.pk)
    demand_case(case, action, by)
    return case
