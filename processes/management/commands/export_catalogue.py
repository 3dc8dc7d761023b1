"""`manage.py export_catalogue`: the effective standard as JSON, for other programs."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from processes.exporting import export_flow
from processes.selectors import startable_flows
from processes.storage import flow_shape, shape_of


class Command(BaseCommand):
    help = "พิมพ์มาตรฐานที่ใช้บังคับทุกผังเป็น JSON"

    def handle(self, *_args: Any, **_options: Any) -> None:
        flows = [
            export_flow(shape_of(flow.edition), flow_shape(flow)) for flow in startable_flows()
        ]
        self.stdout.write(json.dumps(flows, ensure_ascii=False, indent=1))
