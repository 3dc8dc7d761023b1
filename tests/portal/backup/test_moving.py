"""An office moves from SQLite to PostgreSQL and back with the two commands of the guide."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

ROOT = Path(__file__).parents[3]
MOVED = re.compile(r"กู้คืน (\d+) แถวจาก \d+ ตาราง ประวัติและไฟล์ครบถ้วน")

pytestmark = pytest.mark.services


class Place:
    """One database and one folder, worked by commands as an operator works it."""

    def __init__(self, folder: Path, database: str) -> None:
        self.env = {**os.environ, "PORTAL_VAR": str(folder), "DATABASE_URL": database}
        self.run("migrate", "--verbosity", "0")

    def run(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(  # noqa: S603 - our own commands
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def backup(self) -> str:
        return self.run("backup").rsplit(": ", 1)[1].strip()


@pytest.fixture
def postgres():
    """An empty PostgreSQL database beside the tests' own."""
    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"krabuan_moving_{os.getpid()}"
    connection = psycopg2.connect(server._replace(path="/postgres").geturl())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        yield server._replace(path=f"/{name}").geturl()
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connection.close()


def test_to_postgresql_and_back_without_losing_a_row(tmp_path, postgres):
    first = Place(tmp_path / "first", f"sqlite:///{tmp_path}/first.sqlite3")
    first.run("load_catalogue")
    first.run("make_demo_office")
    second = Place(tmp_path / "second", postgres)
    there = MOVED.search(second.run("restore", first.backup()))
    third = Place(tmp_path / "third", f"sqlite:///{tmp_path}/third.sqlite3")
    back = MOVED.search(third.run("restore", second.backup()))
    assert there is not None
    assert back is not None
    assert there[1] == back[1]
    assert int(there[1]) > 1000
