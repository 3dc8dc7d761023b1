"""Thai text in a PDF that can be searched and copied.

Thai glyphs are composed: what a reader finds behind them by default is wrong (น้ำ becomes นา).
So every drawn line carries its own text beside the glyphs, as PDF's ActualText. WeasyPrint has
no door for that (upstream issue 2841): we wrap the function that draws a line. It is private,
so the version is pinned and `tests/reports/test_readable.py` reads papers back.
"""

from typing import Any

# what says where a line may break is nothing a reader looks for
AS_READ = {ord("\u00a0"): " ", ord("\u200b"): ""}


def make_readable() -> None:
    """Wrap WeasyPrint's line drawing, once per process."""
    from weasyprint.draw import text  # type: ignore[import-untyped]  # noqa: PLC0415

    if getattr(text.draw_first_line, "is_readable", False):
        return
    draw = text.draw_first_line

    def draw_readable(stream: Any, textbox: Any, *args: Any) -> Any:
        words = textbox.text.translate(AS_READ)
        if not words.strip():
            return draw(stream, textbox, *args)
        stream.stream.append(_begin(words))
        emojis = draw(stream, textbox, *args)
        stream.stream.append(b"EMC")
        return emojis

    vars(draw_readable)["is_readable"] = True
    vars(text)["draw_first_line"] = draw_readable


def _begin(words: str) -> bytes:
    encoded = words.encode("utf-16-be").hex()
    return f"/Span <</ActualText <feff{encoded}>>> BDC".encode()
