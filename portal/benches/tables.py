"""The tables of the bench, and whether the targets are met. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.benches.papers import PaperTiming
from portal.benches.timing import Timing

INBOX, ROWS = "inbox", "bare 50-row page"
# inbox with many tasks against few, and against the bare page beside it
GROWTH, OVER_BARE = 1.5, 4.0


@dataclass(frozen=True, slots=True)
class Sized:
    """What was measured with so many tasks."""

    tasks: int
    timings: list[Timing]

    def of(self, page: str) -> Timing:
        return next(timing for timing in self.timings if timing.page == page)


def page_table(sizes: Sequence[Sized]) -> list[str]:
    """Every page at every size, with its ratio to the bare page of the same run."""
    head = ("page", "tasks", "ms", "× bare 50 rows", "queries", "KB")
    rows = [
        (
            timing.page,
            f"{sized.tasks:,}",
            f"{timing.ms:.1f}",
            f"{timing.ms / sized.of(ROWS).ms:.2f}",
            str(timing.queries),
            f"{timing.kilobytes:.0f}",
        )
        for sized in sizes
        for timing in sized.timings
    ]
    return _markdown(head, rows)


def paper_table(papers: Sequence[PaperTiming]) -> list[str]:
    """Every paper, with its ratio to Chromium."""
    head = ("paper", "pages", "ms", "Chromium ms", "× Chromium")
    rows = [
        (
            paper.paper,
            str(paper.pages),
            f"{paper.ours:.0f}",
            "-" if paper.chromium is None else f"{paper.chromium:.0f}",
            "-" if paper.chromium is None else f"{paper.ours / paper.chromium:.2f}",
        )
        for paper in papers
    ]
    return _markdown(head, rows)


def missed(few: Sized, many: Sized) -> list[str]:
    """Every target that was not met, with its figures."""
    grown = many.of(INBOX).ms / few.of(INBOX).ms
    over = many.of(INBOX).ms / many.of(ROWS).ms
    said = {
        f"inbox at {many.tasks:,} is {grown:.2f} × at {few.tasks:,} (≤ {GROWTH})": grown > GROWTH,
        f"inbox at {many.tasks:,} is {over:.2f} × {ROWS} (≤ {OVER_BARE})": over > OVER_BARE,
    }
    for timing in many.timings:
        before = few.of(timing.page).queries
        said[f"{timing.page}: {timing.queries} queries, {before} before"] = timing.queries != before
    return [words for words, wrong in said.items() if wrong]


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return [
        "| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |"
        for row in (head, rule, *rows)
    ]
