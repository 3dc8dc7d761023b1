"""Papers, warm, beside headless Chromium printing the HTML of the same paper."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from django.utils import timezone

from portal.benches.chromium import Chromium, found
from processes.selectors import effective_flow
from reports import kinds, rendering
from reports.kinds import Source
from reports.models import PaperKind

# what `rendering.lay_out` makes its HTML with
_DRAWS = "render_to_string"


@dataclass(frozen=True, slots=True)
class PaperTiming:
    """Medians in milliseconds; `chromium` is None where there is none."""

    paper: str
    ours: float
    chromium: float | None
    pages: int


def measure(flow: str, *, rounds: int, folder: Path) -> list[PaperTiming]:
    """Every kind of paper of a flow."""
    source = Source(effective_flow(flow))
    today = timezone.localdate()
    contents = {kind: kinds.collect(kind, source, today=today) for kind in PaperKind}
    return [_measure(kind, contents[kind], rounds, folder) for kind in PaperKind]


def _measure(kind: PaperKind, content: dict[str, Any], rounds: int, folder: Path) -> PaperTiming:
    file = folder / f"{kind}.html"
    with _heard() as html:
        pages = len(kinds.draw(kind, content, _silent).pages)
    file.write_text(_whole(html[-1], kind), encoding="utf-8")

    def ours() -> object:
        return kinds.make(kind, content, _silent)

    program = found()
    if program is None:
        return PaperTiming(kind.value, _medians([ours], rounds)[0], None, pages)
    with Chromium(program) as chromium:
        theirs = partial(chromium.print, file.as_uri())
        theirs()
        mine, its = _medians([ours, theirs], rounds)
    return PaperTiming(kind.value, mine, its, pages)


def _medians(works: list[Callable[[], object]], rounds: int) -> list[float]:
    """In turn, so that what disturbs the machine disturbs all of them alike."""
    times = [[_milliseconds(work) for work in works] for _ in range(rounds)]
    return [median(took) for took in zip(*times, strict=True)]


def _milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return 1000 * (perf_counter() - began)


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What is handed to the layout; the last is the paper, those before are for measuring."""
    html: list[str] = []
    original = getattr(rendering, _DRAWS)

    def listening(*args: Any, **options: Any) -> str:
        html.append(original(*args, **options))
        return html[-1]

    setattr(rendering, _DRAWS, listening)
    try:
        yield html
    finally:
        setattr(rendering, _DRAWS, original)


def _whole(html: str, kind: PaperKind) -> str:
    """The paper with its style sheets named in it, as a browser wants them."""
    names = (*rendering.BASE_STYLES, f"papers-{kind.value.replace('_', '-')}.css")
    links = "".join(f'<link rel="stylesheet" href="css/{name}">' for name in names)
    head = f'<base href="{rendering.STATIC.as_uri()}/">{links}'
    return re.sub(r"<head[^>]*>", lambda tag: tag.group() + head, html, count=1)


def _silent(_saying: str) -> None:
    """Nobody waits for this paper."""
