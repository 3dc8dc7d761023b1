"""Who came, when, from where, for what: one JSON line per request, one file per day and
machine, so that machines that share the folder never write into one file.

Traffic data is kept at least 90 days (Computer Crime Act B.E. 2550, section 26). The lines hold
no form content and no query string.
"""

import logging
import socket
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

# of a container: its own
MACHINE = socket.gethostname()


class DailyFile(logging.Handler):
    """Appends each line to the file of the day; several processes may write to it at once."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = self.format(record) + "\n"
            file = folder() / f"access-{timezone.localdate():%Y-%m-%d}.{MACHINE}.jsonl"
            # one write in append mode: lines of several processes never mix
            with file.open("a", encoding="utf-8") as out:
                out.write(line)
        except OSError:
            self.handleError(record)


def folder() -> Path:
    """Where the days lie; made when first asked for."""
    place = Path(settings.ACCESS_LOG_DIR)
    place.mkdir(parents=True, exist_ok=True)
    return place


def forget(*, keep_days: int, today: date) -> list[Path]:
    """Remove days older than `keep_days`; what was removed."""
    oldest = (today - timedelta(days=keep_days)).isoformat()
    old = [file for file in sorted(folder().glob("access-*.jsonl")) if _day(file) < oldest]
    for file in old:
        file.unlink()
    return old


def _day(file: Path) -> str:
    return file.name.removeprefix("access-")[:10]
