"""Every kind of paper: what it collects from its source, and how it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from processes.models import Flow
from reports.models import PaperKind
from reports.papers import chart_press, flowchart, standards_table, table_press
from reports.papers.printing import Tell, plain_of, ready_to_set
from reports.rendering import to_pdf
from workflows.cases.models import Case

# raised when a paper looks different though its content is the same: it is then made anew
DESIGN = 2


@dataclass(frozen=True, slots=True)
class Source:
    """What a paper is about; a case only where the paper shows the case itself."""

    flow: Flow
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """`content` is the dataclass that `collect` fills and `draw` lays out."""

    content: type
    collect: Callable[[Source, date], object]
    draw: Callable[[Any, Tell], Any]
    of_case: bool = False


def _chart(source: Source, today: date) -> object:
    if source.case is None:
        return flowchart.collect(source.flow)
    return flowchart.collect_case(source.case, today=today)


def _table(source: Source, _today: date) -> object:
    return standards_table.collect(source.flow)


KINDS = {
    PaperKind.FLOWCHART: Kind(flowchart.Flowchart, _chart, chart_press.draw, of_case=True),
    PaperKind.STANDARDS_TABLE: Kind(standards_table.StandardsTable, _table, table_press.draw),
}


def collect(kind: PaperKind, source: Source, *, today: date) -> dict[str, Any]:
    """The content of a paper as its source stands, in its plain form."""
    return plain_of(KINDS[kind].collect(source, today))


def draw(kind: PaperKind, content: dict[str, Any], tell: Tell) -> Any:
    """The laid out document of a content."""
    return KINDS[kind].draw(ready_to_set(KINDS[kind].content, content), tell)


def make(kind: PaperKind, content: dict[str, Any], tell: Tell) -> bytes:
    """The PDF of a content."""
    document = draw(kind, content, tell)
    tell("กำลังเขียนไฟล์ PDF")
    return to_pdf(document)
