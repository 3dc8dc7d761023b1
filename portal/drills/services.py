"""The services of docker-compose.yml as processes of this machine, so that they may be killed."""

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import redis
import yaml
from django.conf import settings

from portal.demo.supervising import Child
from portal.drills.place import create_database, program

STARTS_WITHIN = 60.0


def wait_until(
    condition: Callable[[], object], *, seconds: float, what: str, every: float = 0.02
) -> None:
    """Look again and again; TimeoutError when it never comes."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(what)
        time.sleep(every)


class Service:
    """One service: started, killed like a container is, started again."""

    def __init__(self, name: str, command: list[str], answers: Callable[[], bool]) -> None:
        self.name = name
        self.answers = answers
        self.child = Child(name, command, settings.BASE_DIR)

    def start(self) -> "Service":
        self.child.start()
        wait_until(self.answers, seconds=STARTS_WITHIN, what=f"{self.name} did not start")
        return self

    def kill(self) -> None:
        """SIGKILL to the whole of it: nothing is put in order."""
        if self.child.process is not None:
            os.killpg(self.child.process.pid, signal.SIGKILL)
            self.child.process.wait()

    def signal(self, number: int) -> None:
        """To every process of the service."""
        os.killpg(self.pid, number)

    def stop(self) -> None:
        """The ordinary end."""
        self.child.ask_to_stop()
        self.child.wait_or_kill(until=time.monotonic() + 10)

    @property
    def pid(self) -> int:
        assert self.child.process is not None  # noqa: S101 - asked of a started service only
        return self.child.process.pid

    def hands(self) -> list[int]:
        """The processes of a worker that do its jobs."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(pid) for pid in children.read_text(encoding="ascii").split()]


def composed(name: str) -> list[str]:
    """The Celery command of a service in docker-compose.yml, with the Python that runs now."""
    command = shlex.split(_services()[name]["command"])
    return [sys.executable, "-W", "ignore", "-m", *command]


def _services() -> dict[str, Any]:
    text = (settings.BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8")
    services: dict[str, Any] = yaml.safe_load(text)["services"]
    return services


def broker() -> Service:
    """Redis with the options of docker-compose.yml, in the folder of this drill."""
    port = urlsplit(settings.CELERY_BROKER_URL).port
    folder = settings.VAR_DIR / "broker"
    folder.mkdir()
    options = f"--appendonly yes --maxmemory-policy noeviction --port {port} --bind 127.0.0.1"
    command = [program("redis-server"), *options.split(), "--dir", str(folder)]
    return Service("broker", command, _redis_answers)


def _redis_answers() -> bool:
    try:
        return bool(redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=1).ping())
    except redis.RedisError:
        return False


def waiting_in(queue: str) -> int:
    """How many nudges wait in the broker."""
    client = redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=5)
    return client.llen(queue)


def worker(name: str, *, before: tuple[str, ...] = ()) -> Service:
    """`worker` or `papers` of docker-compose.yml; `before` wraps the command."""
    return Service(name, [*before, *composed(name)], lambda: True)


def is_healthy(name: str) -> bool:
    """What the health check of a worker in docker-compose.yml says, in the shell it is asked in."""
    _, asking = _services()[name]["healthcheck"]["test"]
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": programs, "HOSTNAME": socket.gethostname()}
    command = ["sh", "-c", asking.replace("$$", "$")]
    asked = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, check=False)  # noqa: S603
    return asked.returncode == 0


def beat(number: int = 1) -> Service:
    """The clock; each with a schedule of its own, as in its own container."""
    command = [*composed("beat"), "--schedule", str(settings.VAR_DIR / f"beat-{number}")]
    return Service(f"beat {number}", command, lambda: True)


def web(port: int) -> Service:
    """gunicorn as in the image."""
    options = f"portal.wsgi --bind 127.0.0.1:{port} --workers 3 --no-control-socket"
    command = [sys.executable, "-W", "ignore", "-m", "gunicorn", *options.split()]
    return Service("web", command, lambda: _web_answers(port))


def _web_answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/alive/", headers={"X-Forwarded-Proto": "https"})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


class Cluster:
    """A PostgreSQL server of the drill's own, because this one is restarted."""

    def __init__(self) -> None:
        """Where the settings say the database is."""
        facts = settings.DATABASES["default"]
        port, self.name = facts["PORT"], str(facts["NAME"])
        self.server = f"postgres://postgres@127.0.0.1:{port}/postgres"
        self.url = f"postgres://postgres@127.0.0.1:{port}/{self.name}"
        self.place = tempfile.TemporaryDirectory(prefix="krabuan-drill-")
        self.folder = Path(self.place.name) / "cluster"
        # PostgreSQL refuses to run as root
        self.user = "postgres" if os.geteuid() == 0 else None
        self.options = ["-D", str(self.folder), "-p", str(port), "-k", str(self.folder)]
        self.process: subprocess.Popen[bytes] | None = None

    def make(self, like: str) -> None:
        """Lay it out and fill it with a copy of the database `like`."""
        if self.user:
            shutil.chown(self.place.name, self.user)
        options = "--auth trust --username postgres --encoding UTF8 --locale C.UTF-8"
        self._run([program("initdb"), "-D", str(self.folder), *options.split()])
        self.start()
        create_database(self.url)
        dump = self.folder / "dump.sql"
        self._run([program("pg_dump"), "--no-owner", "-f", str(dump), like])
        self._run([program("psql"), "-q", "-v", "ON_ERROR_STOP=1", self.url, "-f", str(dump)])

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            [program("postgres"), *self.options, "-c", "listen_addresses=127.0.0.1"],
            user=self.user,
            start_new_session=True,
        )
        wait_until(self.answers, seconds=STARTS_WITHIN, what="PostgreSQL did not start", every=0.2)

    def stop(self) -> None:
        """Fast: every connection is cut."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def clear(self) -> None:
        """Stopped for good, and nothing left of it."""
        self.stop()
        self.place.cleanup()

    def answers(self) -> bool:
        ready = [program("pg_isready"), "--quiet", "--dbname", self.server]
        return subprocess.run(ready, check=False).returncode == 0  # noqa: S603

    def _run(self, command: list[str]) -> None:
        subprocess.run(command, check=True, user=self.user, stdout=subprocess.DEVNULL)  # noqa: S603
