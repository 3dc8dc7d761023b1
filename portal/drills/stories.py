"""The drills. Each breaks something for real and then only waits: nobody lends a hand.

Starting a killed service again is what `restart: unless-stopped` does in docker-compose.yml.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree

from django.conf import settings
from django.db import connection
from django.db.models import F

from portal.drills import services, witness
from portal.drills.office import Answer, Desk, Visitor, all_ended, open_office
from portal.drills.place import free_port
from portal.drills.services import Cluster, Service, wait_until
from portal.drills.witness import Count
from portal.jobs.kinds import KINDS, PAPERS
from portal.jobs.models import Job, JobState
from portal.jobs.running import NOT_NOW
from portal.jobs.services import LOST_TOO_OFTEN, MAX_ATTEMPTS, NUDGE_AGAIN

# a lease and a sweep for every attempt, and the papers themselves on a busy machine
PATIENCE = 420.0
# the disk that becomes full
DISK_MB = 16


@dataclass
class Stage:
    """What a drill plays with; everything that was started is stopped at the end."""

    desk: Desk
    broker: Service
    cluster: Cluster | None
    stack: ExitStack
    stopped: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def start(self, *started: Service) -> None:
        for service in started:
            self.stack.callback(service.stop)
            service.start()

    def start_workers(self) -> Service:
        """All that does jobs; the worker of papers, which is the one to be killed."""
        papers = services.worker("papers")
        self.start(papers, services.worker("worker"), services.beat())
        return papers

    def expect(self, true: object, words: str) -> None:
        """Note what is not as it should be."""
        if not true:
            self.wrong.append(words)

    def wait_for_all(self) -> None:
        def ended() -> bool:
            return all_ended(self.desk.jobs)

        # seldom: looking takes time from who does the jobs
        wait_until(ended, seconds=PATIENCE, what="jobs never ended", every=0.3)


@contextmanager
def staged(cluster: Cluster | None) -> Iterator[Stage]:
    """An office with its witness and its broker."""
    witness.install()
    with ExitStack() as stack:
        broker = services.broker()
        stack.callback(broker.stop)
        yield Stage(open_office(), broker.start(), cluster, stack)


def play(story: Callable[[Stage], None], cluster: Cluster | None = None) -> tuple[Count, list[str]]:
    """Play one drill to its end: how its jobs ended, and what was wrong beside them."""
    with staged(cluster) as stage:
        try:
            story(stage)
            stage.wait_for_all()
        except TimeoutError as error:
            stage.wrong.append(str(error))
        for job in Job.objects.exclude(error=""):
            stage.expect(Answer(500, job.error).is_kind, f"job {job.pk} does not speak Thai")
        for pk in witness.without_file(stage.desk.jobs):
            stage.wrong.append(f"job {pk} is done, but its file is missing or not whole")
        return witness.count(stage.desk.jobs, stopped=frozenset(stage.stopped)), stage.wrong


def worker_killed(stage: Stage) -> None:
    """SIGKILL to the worker in the middle of a paper."""
    papers = stage.start_workers()
    jobs = stage.desk.order(6)
    wait_until(lambda: _state(jobs, JobState.RUNNING), seconds=60, what="no paper was begun")
    papers.kill()
    stage.expect(_state(jobs, JobState.RUNNING), "no paper was cut off")
    stage.expect(not services.is_healthy("papers"), "its health check did not notice")
    papers.start()
    stage.wait_for_all()
    stage.expect(services.is_healthy("papers"), "its health check does not know it is back")


def broker_killed(stage: Stage) -> None:
    """Redis killed with jobs queued, more ordered while it is away, then started again."""
    stage.start_workers()
    stage.desk.order(8)
    stage.broker.kill()
    stage.expect(not all_ended(stage.desk.jobs), "nothing was queued any more")
    stage.desk.order(4)
    time.sleep(3)
    stage.broker.start()


def two_beats(stage: Stage) -> None:
    """Two schedulers from the first minute: the errands of a day are asked for once."""
    stage.start_workers()
    stage.start(services.beat(2))
    stage.desk.order(4)
    daily = [kind for kind, errand in KINDS.items() if errand.daily]
    asked = Job.objects.filter(kind__in=daily)
    wait_until(lambda: asked.count() >= len(daily), seconds=PATIENCE, what="no daily errand")
    # until the other scheduler has ticked as well, and both have once more
    time.sleep(2 * settings.JOB_DAILY_SECONDS)
    stage.desk.jobs += asked.values_list("pk", flat=True)
    stage.expect(asked.count() == len(daily), f"{asked.count()} daily errands, not {len(daily)}")


def deadly_job(stage: Stage) -> None:
    """Whoever takes the job is killed: it stops after its attempts, says so, and others go on."""
    papers = stage.start_workers()
    (deadly,) = stage.desk.order(1)
    until = time.monotonic() + PATIENCE
    killed = 0
    while not all_ended([deadly]) and time.monotonic() < until:
        if _state([deadly], JobState.RUNNING) and _attempts(deadly) > killed:
            killed = _attempts(deadly)
            for pid in papers.hands():
                _kill(pid)
        time.sleep(0.05)
    job = Job.objects.get(pk=deadly)
    stage.stopped.add(deadly)
    stage.expect(job.state == JobState.FAILED, f"the deadly job is {job.state}")
    stage.expect(job.attempts == MAX_ATTEMPTS, f"tried {job.attempts} times")
    stage.expect(job.error == LOST_TOO_OFTEN, f"it says {job.error!r}")
    stage.desk.order(3)


def web_killed(stage: Stage) -> None:
    """The web is killed after its commit and before its nudge, which a mute broker holds back."""
    stage.start_workers()
    port = free_port()
    web = services.web(port)
    stage.start(web)
    visitor = Visitor(port)
    visitor.sign_in(stage.desk.officer)
    (order,) = stage.desk.orders(1)
    stage.broker.signal(signal.SIGSTOP)
    asking = threading.Thread(target=visitor.post, args=("/papers/order/", order))
    asking.start()
    ordered = Job.objects.filter(kind="make-paper")
    wait_until(ordered.exists, seconds=60, what="the order was never committed")
    web.kill()
    stage.broker.signal(signal.SIGCONT)
    asking.join()
    stage.expect(services.waiting_in(PAPERS) == 0, "the nudge got out")
    stage.desk.jobs += ordered.values_list("pk", flat=True)
    web.start()
    stage.expect(visitor.get("/papers/").status == 200, "the list of papers did not come")
    stage.wait_for_all()
    early = Job.objects.filter(started_at__lt=F("asked_at") + NUDGE_AGAIN, pk__in=stage.desk.jobs)
    stage.expect(not early.exists(), "the job was begun without the sweeper")


def disk_full(stage: Stage) -> None:
    """The disk of files is full when papers are written, and has room again a little later."""
    files = Path(settings.MEDIA_ROOT)
    files.mkdir(parents=True, exist_ok=True)
    disk = f'mount -t tmpfs -o size={DISK_MB}m none "$1" && shift && exec "$@"'
    papers = services.worker(
        "papers", before=("unshare", "-rm", "sh", "-c", disk, "sh", str(files))
    )
    stage.start(papers)
    seen = Path(f"/proc/{papers.pid}/root{files}")
    # before that there is only the machine's own disk
    wait_until(lambda: _own_disk(seen, files), seconds=60, what="the disk was not mounted")
    wait_until(papers.hands, seconds=60, what="the worker did not start")
    filler = seen / "filler"
    _fill(filler)
    stage.start(services.worker("worker"), services.beat())
    jobs = stage.desk.order(4)
    put_back = Job.objects.filter(pk__in=jobs, error=NOT_NOW)
    wait_until(put_back.exists, seconds=60, what="no paper met the full disk")
    stage.expect(not _state(jobs, JobState.DONE), "a paper was kept on a full disk")
    filler.unlink()
    stage.wait_for_all()
    copytree(seen, files, dirs_exist_ok=True)


def database_restarted(stage: Stage) -> None:
    """PostgreSQL restarted while people order papers and papers are made."""
    if stage.cluster is None:
        raise RuntimeError("this drill needs a server of its own")
    stage.start_workers()
    port = free_port()
    stage.start(services.web(port))
    visitor = Visitor(port)
    visitor.sign_in(stage.desk.officer)
    answers: list[Answer] = []
    over = threading.Event()
    load = threading.Thread(target=_load, args=(visitor, stage.desk.orders(10), answers, over))
    load.start()
    wait_until(lambda: len(answers) > 8, seconds=60, what="no load")
    # our own, which is no part of the drill
    connection.close()
    stage.cluster.stop()
    time.sleep(1)
    stage.cluster.start()
    time.sleep(5)
    over.set()
    load.join()
    unkind = [answer for answer in answers if not answer.is_kind]
    stage.expect(not unkind, f"{len(unkind)} answers were no Thai page")
    stage.expect(any(a.status >= 500 for a in answers), "nobody noticed the restart")
    stage.expect(visitor.get("/papers/").status == 200, "the list of papers did not come back")
    stage.desk.jobs += Job.objects.filter(kind="make-paper").values_list("pk", flat=True)


def _load(
    visitor: Visitor, orders: list[dict[str, str]], answers: list[Answer], over: threading.Event
) -> None:
    """Order and look, order and look; afterwards only look."""
    while not over.is_set():
        if orders:
            answers.append(visitor.post("/papers/order/", orders.pop()))
        answers.append(visitor.get("/papers/"))


def _state(jobs: list[int], state: JobState) -> bool:
    """Whether any of them is in this state."""
    return Job.objects.filter(pk__in=jobs, state=state).exists()


def _attempts(job: int) -> int:
    return Job.objects.get(pk=job).attempts


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _own_disk(seen: Path, files: Path) -> bool:
    """Whether the worker sees another disk there than everybody else."""
    return seen.exists() and seen.stat().st_dev != files.stat().st_dev


def _fill(filler: Path) -> None:
    """Write until there is no room; never more than the small disk of the drill holds."""
    with filler.open("wb", buffering=0) as out:
        try:
            for _ in range(2 * DISK_MB * 16):
                out.write(bytes(65536))
        except OSError:
            return
    raise RuntimeError("the disk of the drill does not become full")


# the longest first
STORIES: dict[str, Callable[[Stage], None]] = {
    "two-beats": two_beats,
    "deadly-job": deadly_job,
    "worker-killed": worker_killed,
    "broker-killed": broker_killed,
    "web-killed": web_killed,
    "disk-full": disk_full,
    "database-restarted": database_restarted,
}
# the one that stops its database has a server of its own
OWN_SERVER = "database-restarted"
# what is shorter still in one drill
SETTINGS = {"two-beats": {"JOB_DAILY_SECONDS": "10"}}
