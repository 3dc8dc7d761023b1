"""Reads a template as a browser would, with Django's own marks taken out."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_DJANGO = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{#.*?#}"
    # a block that fills an attribute of the page it extends
    r"|{%\s*block \w*(?:class|attributes)\w*\s*%}.*?{%\s*endblock.*?%}"
    r"|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
# what a person reads or hears although it stands in an attribute
_SPOKEN = ("title", "alt", "aria-label", "aria-description", "placeholder", "content", "label")
_SILENT = ("script", "style", "code")
_VOID = ("meta", "link", "input", "br", "hr", "img", "use", "path", "rect", "line", "col")


@dataclass
class Page(HTMLParser):
    """What is said in a page, and what is written into it that belongs into files of its own."""

    said: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._inside.append(tag)
        self._note_inline(tag, values)
        if tag == "meta" and values.get("name") != "description":
            return
        self.said += [values[name] for name in _SPOKEN if name in values]
        if tag == "input" and values.get("type") in ("submit", "button"):
            self.said.append(values.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not set(_SILENT) & set(self._inside):
            self.said.append(data)

    def _note_inline(self, tag: str, values: dict[str, str]) -> None:
        if tag == "style" or (tag == "script" and "src" not in values):
            self.inline.append(f"<{tag}>")
        self.inline += [
            f'{name}="{value}"'
            for name, value in values.items()
            if name == "style" or name.startswith("on") or value.startswith("javascript:")
        ]


def read(path: Path) -> Page:
    """The page a template makes, without what Django fills in."""
    page = Page()
    page.feed(_DJANGO.sub(" ", path.read_text(encoding="utf-8")))
    page.close()
    return page


def strings_in_tags(path: Path) -> list[str]:
    """Texts a template hands to another: `{% include … title="…" %}`."""
    handed = r"\b(?:title|text|lead|label|button|confirm|message)=\"([^\"]*)\""
    tags = re.findall(r"{%.*?%}", path.read_text(encoding="utf-8"), re.DOTALL)
    return [text for tag in tags for text in re.findall(handed, tag)]
