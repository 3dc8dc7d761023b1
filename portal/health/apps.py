"""The health room guards the start of Celery as `portal.wsgi` guards the web's."""

from typing import Any

from celery.signals import beat_init, celeryd_init
from django.apps import AppConfig


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
