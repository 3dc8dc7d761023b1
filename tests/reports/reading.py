"""Reading a PDF back as a person's program does, and looking at where things stand."""

import re
from typing import Any

import pypdfium2
from PIL import Image

from reports import kinds
from reports.models import PaperKind
from reports.papers.printing import plain_of
from reports.rendering import to_pdf


def hush(_saying: str) -> None:
    """Nobody waits."""


def draw(content: Any) -> Any:
    """The laid out document of a content."""
    names = {kinds.KINDS[kind].content: kind for kind in PaperKind}
    return kinds.draw(names[type(content)], plain_of(content), hush)


def printed(content: Any) -> bytes:
    return to_pdf(draw(content))


def page_texts(data: bytes) -> list[str]:
    """What each page says, as PDFium reads it."""
    with pypdfium2.PdfDocument(data) as document:
        pages = [document[number] for number in range(len(document))]
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pages]


def text_of(data: bytes) -> str:
    return "\n".join(page_texts(data))


def times_said(text: str, paragraph: str) -> int:
    """How often a paragraph stands in a text, letter by letter.

    A line may end anywhere in it, taking one space along; a space more or less is a fault.
    """
    letters = [r"[ \n]" if char == " " else re.escape(char) for char in paragraph]
    return len(re.findall(r"\n?".join(letters), text))


def pictures(data: bytes, *, scale: float = 2.0) -> list[Image.Image]:
    """Each page as grey dots, `scale` of them to a point."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.render(scale=scale).to_pil().convert("L") for page in document]


def boxes(document: Any, page: int, kind: str) -> list[Any]:
    """The boxes of a page whose class name ends so."""
    tree = document.pages[page]._page_box.descendants()
    return [box for box in tree if type(box).__name__.endswith(kind)]


def with_class(document: Any, page: int, name: str) -> list[Any]:
    """The block boxes of a page whose element has this style class."""
    found, seen = [], set()
    for box in document.pages[page]._page_box.descendants():
        element = getattr(box, "element", None)
        if element is None or not hasattr(element, "get") or id(element) in seen:
            continue
        if name in (element.get("class") or "").split():
            seen.add(id(element))
            found.append(box)
    return found


def middle(box: Any) -> float:
    """The height of a box's middle on its page, in CSS pixels."""
    return float(box.border_box_y() + box.border_height() / 2)


def is_text(box: object) -> bool:
    return type(box).__name__ == "TextBox"


def is_of(box: object, name: str) -> bool:
    """The box of an element with this style class."""
    element: Any = getattr(box, "element", None)
    return hasattr(element, "get") and name in (element.get("class") or "").split()


def words_outside(document: Any) -> list[str]:
    """Words of decisions that reach over the outline they stand in."""
    found = []
    for page in range(len(document.pages)):
        for symbol in with_class(document, page, "flow-decision"):
            half_width, half_height = symbol.border_width() / 2, symbol.border_height() / 2
            centre = symbol.border_box_x() + half_width, symbol.border_box_y() + half_height
            words = next(box for box in symbol.descendants() if is_of(box, "flow-words"))
            for box in (each for each in words.descendants() if is_text(each)):
                down = abs(box.position_y + box.height / 2 - centre[1]) / half_height
                ends = (box.position_x, box.position_x + box.width)
                if max(abs(end - centre[0]) / half_width for end in ends) + down > 1:
                    found.append(box.text)
    return found
