"""Runs drills side by side, each in a process and a place of its own, and draws the table."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from portal.drills.place import Ground, free_port, prepared
from portal.drills.services import Cluster
from portal.drills.stories import OWN_SERVER, SETTINGS, STORIES, play
from portal.drills.witness import Count

HEAD = ("drill", "jobs", "done", "twice", "lost", "seconds")
# each mostly waits for services to start and leases to run out
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table, and what was wrong beside the jobs."""

    drill: str
    jobs: int
    done: int
    twice: int
    lost: int
    seconds: float
    wrong: list[str]

    @property
    def passed(self) -> bool:
        return self.jobs > 0 and not (self.twice or self.lost or self.wrong)


def table(results: list[Result]) -> list[str]:
    """The lines of the table, in columns."""
    rows = [HEAD, *(_cells(result) for result in results)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    return [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    ]


def _cells(result: Result) -> tuple[str, ...]:
    numbers = (result.jobs, result.done, result.twice, result.lost)
    return (result.drill, *map(str, numbers), f"{result.seconds:.0f}")


def run_all(drills: list[str], *, url: str, logs: Path, say: Callable[[str], None]) -> list[Result]:
    """Prepare a place, run the drills in it, take it away."""
    with (
        prepared(url, [drill for drill in drills if drill != OWN_SERVER]) as ground,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        say(f"{len(drills)} drills; what the services say is kept in {logs}")
        return list(pool.map(lambda drill: _run(drill, ground, logs), drills))


def _run(drill: str, ground: Ground, logs: Path) -> Result:
    """In a process of its own, because settings are read once."""
    var, port = ground.var_of(drill), free_port()
    url = ground.url_of(drill)
    command = [sys.executable, "-W", "ignore", str(settings.BASE_DIR / "manage.py")]
    command += ["drill", drill, "--inside", str(var)]
    if drill == OWN_SERVER:
        command += ["--like", ground.url]
        url = urlsplit(url)._replace(netloc=f"postgres@127.0.0.1:{free_port()}").geturl()
    environment = ground.environment(url=url, var=var, broker=f"redis://127.0.0.1:{port}/0")
    environment |= SETTINGS.get(drill, {})
    with (logs / f"{drill}.log").open("wb") as log:
        subprocess.run(  # noqa: S603 - our own command, no shell
            command, env=environment, cwd=settings.BASE_DIR, stdout=log, stderr=log, check=False
        )
    made = var / "result.json"
    if not made.exists():
        return Result(drill, 0, 0, 0, 0, 0.0, ["it broke off, see its log"])
    return Result(**json.loads(made.read_text(encoding="utf-8")))


def run_inside(drill: str, place: Path, *, like: str) -> None:
    """One drill in the place that was prepared for it."""
    began = time.monotonic()
    if not like:
        count, wrong = play(STORIES[drill])
    else:
        count, wrong = _with_cluster(drill, like)
    result = _result(drill, count, time.monotonic() - began, wrong)
    (place / "result.json").write_text(json.dumps(asdict(result)), encoding="utf-8")


def _with_cluster(drill: str, like: str) -> tuple[Count, list[str]]:
    cluster = Cluster()
    try:
        cluster.make(like)
        return play(STORIES[drill], cluster)
    finally:
        cluster.clear()


def _result(drill: str, count: Count, seconds: float, wrong: list[str]) -> Result:
    return Result(drill, **asdict(count), seconds=round(seconds, 1), wrong=wrong)
