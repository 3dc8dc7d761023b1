"""What a form changed of a row, in words for people and in values for the record."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class Changes:
    """Names of the changed fields in Thai, and their values before and after."""

    labels: tuple[str, ...]
    before: dict[str, Any]
    after: dict[str, Any]

    def data(self, without: Collection[str] = ()) -> dict[str, Any]:
        """For the record; of the fields `without` it says only that they changed."""
        return {
            "before": {name: value for name, value in self.before.items() if name not in without},
            "after": {name: value for name, value in self.after.items() if name not in without},
        }


def changes_of(row: models.Model, before: Mapping[str, Any]) -> Changes:
    """Compare a row with what some of its fields held before."""
    names = [name for name, value in before.items() if getattr(row, name) != value]
    return Changes(
        labels=tuple(str(row._meta.get_field(name).verbose_name) for name in names),  # type: ignore[union-attr]
        before={name: _plain(before[name]) for name in names},
        after={name: _plain(getattr(row, name)) for name in names},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    return value if isinstance(value, bool | int | None) else str(value)
