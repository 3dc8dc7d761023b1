"""The health room guards the start of Celery as `portal.wsgi` guards the web's."""

from typing import Any

from celery.signals import after_task_publish, beat_init, celeryd_init
from django.apps import AppConfig
from django.conf import settings

BEAT_SENT = "beat-sent"


class HealthConfig(AppConfig):
    name = "portal.health"

    def ready(self) -> None:
        """A worker and beat ask as they start."""
        # models are ready only now
        from portal.health import startup  # noqa: PLC0415

        def refuse(**_facts: Any) -> None:
            problems = startup.problems_found()
            if problems:
                # Celery logs what a receiver raises and goes on; it does not survive this
                raise SystemExit("เริ่มระบบไม่ได้: " + " · ".join(problems))

        for begins in (celeryd_init, beat_init):
            begins.connect(refuse, weak=False, dispatch_uid="refuse-insecure")
        beat_init.connect(note_ticks, dispatch_uid="note-ticks")


def note_ticks(**_facts: Any) -> None:
    """From now on this process is the clock: each message it gets out is a sign of life."""
    after_task_publish.connect(note_tick, dispatch_uid="note-tick")


def note_tick(**_facts: Any) -> None:
    """The broker took a tick; docker-compose.yml looks how long ago that was."""
    (settings.VAR_DIR / BEAT_SENT).touch()
