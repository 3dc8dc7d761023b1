"""`manage.py export_catalogue`: the effective standard as JSON, for other programs."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from processes.exporting import export_flow
from processes.models import Flow
from processes.selectors import effective_flows
from processes.storage import flow_shape, shape_of


class Command(BaseCommand):
    help = "พิมพ์มาตรฐานที่ใช้บังคับทุกผังเป็น JSON"

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(json.dumps(exported(), ensure_ascii=False, indent=1))


def exported() -> list[dict[str, Any]]:
    """Every effective flow, in the order of the manuals."""
    return [
        export_flow(shape_of(flow.edition), flow_shape(flow), _manual(flow))
        for flow in effective_flows()
    ]


def _manual(flow: Flow) -> dict[str, Any]:
    manual = flow.edition.process.manual
    return {
        "code": manual.code,
        "title": manual.title,
        "unit_name": manual.unit_name,
        "groups": manual.groups,
        "position": manual.position,
    }
