"""Where the drills take place: a folder, databases and a secret of their own, gone afterwards."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from portal.files.place import VARIABLES

# a drill mostly waits for these; a third of the lease is still long for a busy machine
SOON = {
    "JOB_LEASE_SECONDS": "12",
    "JOB_NUDGE_SECONDS": "12",
    "JOB_SWEEP_SECONDS": "3",
}
DEFAULT_URL = "postgres://postgres@127.0.0.1:5432/krabuan_drill"


@dataclass(frozen=True, slots=True)
class Ground:
    """What all drills of one run share: a folder, a database that is copied for each, a secret."""

    folder: Path
    url: str
    secret: str

    def url_of(self, drill: str) -> str:
        """The database of one drill."""
        address = urlsplit(self.url)
        return address._replace(path=f"{address.path}_{drill.replace('-', '_')}").geturl()

    def var_of(self, drill: str) -> Path:
        """The folder of one drill's portal; static files are the same for all."""
        folder = self.folder / drill
        folder.mkdir()
        (folder / "static").symlink_to(self.folder / "static")
        return folder

    def environment(self, *, url: str, var: Path, broker: str) -> dict[str, str]:
        """Production, as docker-compose.yml sets it."""
        return {
            **os.environ,
            "PORTAL_ENV": "production",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECRET_KEY": self.secret,
            "DATABASE_URL": url,
            "BROKER_URL": broker,
            "PORTAL_VAR": str(var),
            **SOON,
            # files lie in the folder of the drill, whatever this machine has set
            **dict.fromkeys(VARIABLES, ""),
        }


@contextmanager
def prepared(url: str, drills: list[str]) -> Iterator[Ground]:
    """A migrated database with the catalogue, one copy for each drill; all of it gone at the end.

    `url` names the server and how the databases are called; never one that was there before.
    """
    unique = f"{urlsplit(url).path.lstrip('/')}_{secrets.token_hex(3)}"
    url = urlsplit(url)._replace(path=f"/{unique}").geturl()
    with tempfile.TemporaryDirectory(prefix="krabuan-drill-") as folder:
        ground = Ground(Path(folder), url, secrets.token_urlsafe(60))
        urls = [url, *(ground.url_of(drill) for drill in drills)]
        try:
            create_database(url)
            _fill(ground)
            for copy in urls[1:]:
                create_database(copy, like=url)
            yield ground
        finally:
            for each in urls:
                drop_database(each)


def _fill(ground: Ground) -> None:
    """What the service `migrate` and the image do before anything starts."""
    environment = ground.environment(
        url=ground.url, var=ground.folder, broker="redis://127.0.0.1:1/0"
    )
    static = ("collectstatic", "--noinput", "--verbosity", "0", "--skip-checks")
    with ThreadPoolExecutor() as pool:
        beside = pool.submit(manage, *static, environment=environment)
        manage("migrate", "--noinput", "--verbosity", "0", environment=environment)
        manage("load_catalogue", environment=environment)
        beside.result()


def manage(*command: str, environment: dict[str, str], output: int = subprocess.DEVNULL) -> None:
    """One `manage.py` command, to its end."""
    subprocess.run(  # noqa: S603 - our own commands, no shell
        [sys.executable, "-W", "ignore", str(settings.BASE_DIR / "manage.py"), *command],
        env=environment,
        cwd=settings.BASE_DIR,
        stdout=output,
        check=True,
    )


def create_database(url: str, *, like: str = "template1") -> None:
    """A new database; `like` names the one it is a copy of."""
    template = urlsplit(like).path.lstrip("/") or like
    psql(url, f'CREATE DATABASE "{_name(url)}" TEMPLATE "{template}"')


def drop_database(url: str) -> None:
    """Away with it, whoever is still connected."""
    psql(url, f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')


def psql(url: str, words: str) -> None:
    """Say it to the server, not to the database that `url` names."""
    server = urlsplit(url)._replace(path="/postgres").geturl()
    options = ("--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1")
    subprocess.run(  # noqa: S603 - our own names, no shell
        [program("psql"), *options, "--command", words, server],
        check=True,
        env={**os.environ, "PGOPTIONS": "--client-min-messages=warning"},
    )


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def program(name: str) -> str:
    """A program of this machine; those of PostgreSQL are not on the path of Debian."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or next(map(str, beside), None)
    if found is None:
        raise FileNotFoundError(f"{name} is not installed")
    return found
