"""The flowchart (section 6 of the manual), plain or as a running case stands."""

from dataclasses import dataclass
from datetime import date

from portal.thai.dates import thai_date_long
from processes.models import Flow
from processes.shape import Flow as FlowShape
from processes.storage import flow_shape
from reports.papers.standing import Standing, standing_of
from workflows.cases.models import Case
from workflows.cases.selectors import case_rows, chart_states

SECTION = "6. Flow Chart การปฏิบัติงาน"
CASE_SECTION = "ผังขั้นตอนและความก้าวหน้าของเรื่อง"


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row of the case stands."""

    key: str
    state: str


@dataclass(frozen=True, slots=True)
class Flowchart:
    """Everything that is printed; of a case also its number, title, day and states."""

    standing: Standing
    flow: FlowShape
    case_code: str = ""
    case_title: str = ""
    as_of: str = ""
    states: tuple[RowState, ...] = ()


def collect(flow: Flow) -> Flowchart:
    """The chart of a flow as it stands now."""
    return Flowchart(standing=standing_of(flow), flow=flow_shape(flow))


def collect_case(case: Case, *, today: date) -> Flowchart:
    """The chart of a case with the state of each row today; rows not reached stay plain."""
    states = chart_states(case_rows(case), today)
    return Flowchart(
        standing=standing_of(case.flow),
        flow=flow_shape(case.flow),
        case_code=case.code,
        case_title=case.title,
        as_of=thai_date_long(today),
        states=tuple(RowState(key, state) for key, state in states.items()),
    )
