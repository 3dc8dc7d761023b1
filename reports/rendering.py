"""From HTML to PDF. WeasyPrint is loaded when something is drawn, never when the web starts."""

import logging
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from reports.readable import make_readable

STATIC = settings.BASE_DIR / "static"
BASE_STYLES = ("flowchart-shapes.css", "papers.css")
PDF_VARIANT = "pdf/ua-1"


@cache
def _engine() -> Any:
    # here, not above: it takes a second, and on a machine without Pango it fails
    import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415

    make_readable()
    # they tell every step of every paper; what goes wrong is still heard
    for chatter in ("weasyprint.progress", "fontTools"):
        logging.getLogger(chatter).setLevel(logging.WARNING)
    return weasyprint


@cache
def _fonts() -> Any:
    """One for the life of the process: a second one would read every font again."""
    return _engine().text.fonts.FontConfiguration()


@cache
def _fetcher() -> Any:
    """Papers are made of our own files: nothing is asked of the network."""
    return _engine().urls.URLFetcher(allowed_protocols=("file", "data"))


@cache
def _style(name: str) -> Any:
    """A style sheet, read and parsed once."""
    path = str(STATIC / "css" / name)
    return _engine().CSS(filename=path, font_config=_fonts(), url_fetcher=_fetcher())


def lay_out(template: str, context: dict[str, Any], styles: Sequence[str]) -> Any:
    """A WeasyPrint document of a template of templates/pdf/, with these styles on the base."""
    text = render_to_string(f"pdf/{template}", context)
    html = _engine().HTML(string=text, base_url=str(STATIC), url_fetcher=_fetcher())
    sheets = [_style(name) for name in (*BASE_STYLES, *styles)]
    return html.render(font_config=_fonts(), stylesheets=sheets, pdf_variant=PDF_VARIANT)


def to_pdf(document: Any) -> bytes:
    """The file: tagged for screen readers, and the same bytes for the same document."""
    data: bytes = document.write_pdf(pdf_variant=PDF_VARIANT)
    return data


# -- reading a laid out document


def marked(document: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Boxes whose element carries the attribute `name`, with its value, in drawing order.

    Only the first box of an element: a cell has boxes within it for the same element.
    """
    for page in document.pages:
        seen: set[int] = set()
        for box in page._page_box.descendants():
            element: Any = getattr(box, "element", None)
            value = element.get(name) if hasattr(element, "get") else None
            if value is not None and id(element) not in seen:
                seen.add(id(element))
                yield value, box
