"""How tall things are. They are laid out once on a page without end and read off.

Heights in CSS pixels. What a page holds is decided in `reports.pages`, which is pure.
"""

from dataclasses import dataclass
from typing import Any

from reports.rendering import marked


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it was broken."""

    text: str
    height: float


def heights(document: Any, name: str = "data-row") -> dict[str, float]:
    """The height of every box marked with `name`, by its value."""
    return {value: box.margin_height() for value, box in marked(document, name)}


def lines(document: Any, name: str = "data-text") -> dict[str, list[Line]]:
    """The lines of every text marked with `name`, by its value."""
    return {
        value: [
            Line(_text(box), box.height)
            for box in block.descendants()
            if type(box).__name__ == "LineBox"
        ]
        for value, block in marked(document, name)
    }


def page_height(document: Any) -> float:
    """The room between the margins of the first page."""
    return float(document.pages[0]._page_box.height)


def _text(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if hasattr(box, "text"))
