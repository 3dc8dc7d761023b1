"""`manage.py run_portal [--port 8000]`: the whole portal on this machine, until Ctrl-C.

One web server and one worker with its scheduler, both on the embedded database and broker
unless DATABASE_URL and BROKER_URL name others.
"""

import signal
import socket
import sys
from argparse import ArgumentParser
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo.supervising import Child, Supervisor

HOST = "127.0.0.1"
PORTS_TO_TRY = 50
# warnings speak to developers, and are errors in the tests; here they would bury the address
PYTHON = (sys.executable, "-W", "ignore")


class Command(BaseCommand):
    help = "เปิดพอร์ทัลทั้งระบบบนเครื่องนี้ กด Ctrl-C เพื่อหยุด"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="พอร์ตที่ต้องการ")

    def handle(self, *_args: Any, **options: Any) -> None:
        port = free_port(options["port"])
        if port != options["port"]:
            self._say(f"พอร์ต {options['port']} มีโปรแกรมอื่นใช้อยู่ จึงใช้พอร์ต {port} แทน")
        (settings.VAR_DIR / "queue").mkdir(parents=True, exist_ok=True)
        address = f"http://{HOST}:{port}"
        supervisor = Supervisor(
            [web(port), worker(port)],
            is_up=lambda: answers(address),
            on_up=lambda: self._say(f"พอร์ทัลพร้อมใช้งานที่ {address} (กด Ctrl-C เพื่อหยุด)"),
            say=self._say,
        )
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: supervisor.stop.set())
        if not supervisor.run():
            raise CommandError("พอร์ทัลหยุดเพราะโปรแกรมภายในเปิดไม่ขึ้น โปรดดูข้อความด้านบน")
        self._say("หยุดพอร์ทัลแล้ว")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def web(port: int) -> Child:
    """Two processes: a slow page never makes everybody else wait."""
    options = "--workers 2 --threads 2 --graceful-timeout 5 --log-level warning --no-control-socket"
    command = [*PYTHON, "-m", "gunicorn", "portal.wsgi", "--bind", f"{HOST}:{port}"]
    return Child("เว็บ", [*command, *options.split()], settings.BASE_DIR)


def worker(port: int) -> Child:
    """Both queues and the scheduler; short lives, because laying out papers keeps memory."""
    options = (
        "--beat --queues quick,papers --concurrency 2 --max-tasks-per-child 50 --loglevel WARNING"
        " --without-gossip --without-mingle --without-heartbeat"
    )
    # a second portal on the same data keeps its own schedule
    schedule = settings.VAR_DIR / f"schedule-{port}"
    command = [*PYTHON, "-m", "celery", "-q", "-A", "portal", "worker", *options.split()]
    return Child("ตัวทำงานเบื้องหลัง", [*command, f"--schedule={schedule}"], settings.BASE_DIR)


def free_port(wanted: int) -> int:
    """The wanted port, or the next one nobody listens on."""
    for port in range(wanted, wanted + PORTS_TO_TRY):
        if is_free(port):
            return port
    raise CommandError(f"พอร์ต {wanted} ถึง {wanted + PORTS_TO_TRY - 1} ไม่ว่างเลย")


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def answers(address: str) -> bool:
    """Whether a web server answers there, be it with an error page."""
    try:
        urlopen(address, timeout=30).close()  # noqa: S310 - our own address
    except HTTPError as error:
        error.close()
    except OSError:
        return False
    return True
