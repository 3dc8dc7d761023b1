"""The standards table (section 9 of the manual): rows beside their flowchart symbols."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from processes import durations
from processes.models import Flow
from processes.shape import Flow as FlowShape
from processes.shape import Step
from processes.sheets import indicator_of
from processes.storage import flow_shape, shape_of
from reports.papers.standing import Standing, standing_of

COLUMNS = ("time", "standard", "responsible")
SECTION = "9. รายละเอียด โครงสร้างส่วนประกอบมาตรฐานงาน"


@dataclass(frozen=True, slots=True)
class StandardsTable:
    """Everything that is printed."""

    standing: Standing
    flow: FlowShape
    times: tuple[str, ...]
    indicator: str = ""
    references: tuple[str, ...] = ()


def collect(flow: Flow) -> StandardsTable:
    """The table of a flow as it stands now."""
    edition, rows = shape_of(flow.edition), flow_shape(flow)
    return StandardsTable(
        standing=standing_of(flow),
        flow=rows,
        times=tuple(durations.printed(step.duration) for step in rows.steps),
        indicator=indicator_of(edition, rows),
        references=tuple(f"{each.number} {each.printed}".strip() for each in edition.citations),
    )


# -- the rows, their merged cells, and rows cut in parts


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell; rows that follow each other with one `group` share one cell."""

    text: str
    group: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row, or a part of one: `part` counts up from 0, where its symbol stands."""

    key: str
    number: str
    title: str
    cells: Mapping[str, Cell]
    under: bool
    part: int = 0


def rows_of(table: StandardsTable) -> list[Row]:
    """The rows in printed order."""
    steps = table.flow.steps
    time = _merged(table.times, [step.duration_merged for step in steps])
    standard = _merged([s.standard for s in steps], [s.standard_merged for s in steps])
    responsible = _merged([s.responsible for s in steps], _same_as_above(steps))
    return [
        Row(step.key, step.number, step.title, dict(zip(COLUMNS, cells, strict=True)), under)
        for step, under, *cells in zip(
            steps, [bool(s.parent) for s in steps], time, standard, responsible, strict=True
        )
    ]


def _same_as_above(steps: Sequence[Step]) -> list[bool]:
    above = [None, *(step.responsible for step in steps)]
    return [step.responsible == before for step, before in zip(steps, above, strict=False)]


def _merged(texts: Sequence[str], joined: Sequence[bool]) -> list[Cell]:
    """Cells in order; one that is joined to the one above is the same cell."""
    cells: list[Cell] = []
    for group, (text, with_above) in enumerate(zip(texts, joined, strict=True)):
        cells.append(cells[-1] if with_above and cells else Cell(text, group))
    return cells
