"""The standard for tests: short flows made on the spot, and the real catalogue."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from processes import editing, shape
from processes.loading import read_file
from processes.models import Edition, EditionOrigin, Flow, Manual

IN_FORCE = date(2020, 10, 1)
CATALOGUE = Path(__file__).parents[2] / "processes" / "catalogue" / "obec"
_numbers = count(1)


def make_manual(code: str = "demo", title: str = "คู่มือตัวอย่าง") -> Manual:
    return Manual.objects.get_or_create(code=code, defaults={"title": title})[0]


def make_step(number: int, step: dict[str, Any] | shape.Step | str) -> shape.Step:
    """A step of its key alone, of the plain form with only what matters, or as it is."""
    if isinstance(step, shape.Step):
        return step
    plain = {"key": step} if isinstance(step, str) else step
    title = f"ขั้นตอน {plain['key']}"
    return shape.from_plain(
        shape.Step, {"number": str(number), "title": title, "chart_text": title, **plain}
    )


def make_shape(
    steps: Sequence[dict[str, Any] | shape.Step | str],
    *,
    code: str = "",
    items: Sequence[dict[str, Any] | shape.Item] = (),
    name: str = "กระบวนงานตัวอย่าง",
    **flow: Any,
) -> shape.Edition:
    """The plain form of a process with one flow; the flow's code is the process's."""
    code = code or f"demo-{next(_numbers)}"
    made = shape.Flow(
        code=code,
        steps=tuple(make_step(number, step) for number, step in enumerate(steps, start=1)),
        items=tuple(
            item if isinstance(item, shape.Item) else shape.from_plain(shape.Item, item)
            for item in items
        ),
        **flow,
    )
    return shape.Edition(manual="demo", code=code, number="1", name=name, flows=(made,))


def put_in_force(content: shape.Edition, *, day: date = IN_FORCE) -> Edition:
    """The shape as the effective edition of its process; what was effective retires."""
    process = editing.open_process(make_manual(content.manual), content)
    draft = editing.write_draft(process, content, origin=EditionOrigin.CATALOGUE)
    editing.freeze(draft)
    return editing.put_in_force(draft, day)


def make_flow(
    steps: Sequence[dict[str, Any] | shape.Step | str], *, code: str = "", **values: Any
) -> Flow:
    """An effective flow with these steps."""
    return put_in_force(make_shape(steps, code=code, **values)).flows.get()


def real_edition(file: str) -> Edition:
    """A process of the catalogue, effective."""
    return put_in_force(read_file(CATALOGUE / file))


def dlit_flow() -> Flow:
    return real_edition("dlit.yaml").flows.get()


def dltv_flow() -> Flow:
    """The first table of the DLTV equipment process: the data phase."""
    return real_edition("dltv-equipment.yaml").flows.get(code="dltv-equipment-survey")
