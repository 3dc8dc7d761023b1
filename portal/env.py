"""Typed readers of the environment. An unknown or malformed value stops the start."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Value of NAME, or the content of the file NAME_FILE names (for secrets); empty is unset."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} (or {name}_FILE) is not set")
    return value


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def one_of(name: str, choices: tuple[str, ...], default: str) -> str:
    """One of `choices`; raises ImproperlyConfigured for anything else."""
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}, expected one of {', '.join(choices)}")
    return value


def whole(name: str, default: int, *, least: int) -> int:
    """A whole number, `least` or more."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal() and int(value) >= least):
        raise ImproperlyConfigured(f"{name} is {value!r}, expected a whole number from {least}")
    return int(value)
