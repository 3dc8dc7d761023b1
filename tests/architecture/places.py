"""Where things are, for tests that read the project itself."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(settings.BASE_DIR)
ROOMS = ("portal", "processes", "workflows", "reports")


def templates() -> list[Path]:
    """Every template of the project."""
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())


def code() -> list[Path]:
    """Every module of the project but migrations."""
    modules = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return sorted(path for path in modules if "migrations" not in path.parts)


def shown(path: Path) -> str:
    """A path as a failing test should print it."""
    return path.relative_to(ROOT).as_posix()


def addresses(
    resolver: URLResolver | None = None, namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every address with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, inner)
        else:
            yield f"{namespace}{entry.name}", entry
