"""Finding what a paper is about, as far as a person may see it."""

from collections.abc import Mapping
from typing import Any

from portal.accounts.models import AccountKind, User
from processes.models import EditionStatus, Flow
from reports.kinds import KINDS, Source
from reports.models import PaperKind
from workflows.cases.models import Case

_FLOWS = Flow.objects.select_related("edition__process__manual")


def source_of(kind: PaperKind, params: Mapping[str, Any], user: User) -> Source:
    """The source named by `case` (2570-14), or by `flow` (its code) and `edition` (its number,
    the effective one where none is named). Raises DoesNotExist for what the user may not see.
    """
    if not params.get("case"):
        return Source(_flow(params, user))
    case = _case(str(params["case"]), user)
    if KINDS[kind].of_case:
        return Source(case.flow, case)
    return Source(_flow({"flow": case.flow.code, "edition": case.flow.edition.number}, user))


def _flow(params: Mapping[str, Any], user: User) -> Flow:
    if user.account != AccountKind.OFFICER:
        raise Flow.DoesNotExist
    flows = _FLOWS.filter(code=params["flow"])
    if params.get("edition"):
        return flows.get(edition__number=params["edition"])
    return flows.get(edition__status=EditionStatus.EFFECTIVE)


def _case(code: str, user: User) -> Case:
    year, number = code.split("-")
    cases = Case.objects.visible_to(user).select_related("flow__edition__process__manual")
    return cases.get(fiscal_year=year, number=number)
