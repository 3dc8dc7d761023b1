"""The health room guards the start: it registers its checks and refuses for Celery too."""

from typing import Any

from celery.signals import beat_init, celeryd_init
from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "portal.health"

    def ready(self) -> None:
        """Registers the checks by importing them; a worker and beat ask as the web does."""
        # models are ready only now
        from portal.health import startup  # noqa: PLC0415

        def refuse(**_facts: Any) -> None:
            startup.refuse_insecure()

        for begins in (celeryd_init, beat_init):
            begins.connect(refuse, weak=False, dispatch_uid="refuse-insecure")
