"""Keeps a few child processes running until told to stop; nothing about what they do."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

# a child that dies this often within so many seconds will not come round by itself
DEATHS = 5
WITHIN = 60.0
# what a paper being laid out may take to end well; a job cut off here is done again later
PATIENCE = 15.0

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One command that should be running."""

    name: str
    command: Sequence[str]
    cwd: Path
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=DEATHS))

    @property
    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    @property
    def is_hopeless(self) -> bool:
        """Died again and again in a short while."""
        return len(self.deaths) == DEATHS and self.deaths[-1] - self.deaths[0] < WITHIN

    def start(self) -> None:
        """Start in a session of its own, so that Ctrl-C reaches only who decides the order.

        What a dead one left behind (its scheduler, its hold on the port) is ended first.
        """
        self._end_session()
        self.process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            self.command,
            cwd=self.cwd,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - one system call, no lock taken
        )

    def ask_to_stop(self) -> None:
        if self.process is not None and not self.has_died:
            self.process.terminate()

    def wait_or_kill(self, *, until: float) -> None:
        """Wait for the end; when patience is over, end the whole session."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._end_session()
            self.process.wait()

    def _end_session(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Runs the children until `stop` is set; starts again what died, gives up on the hopeless.

    `is_up` is asked until it says yes, once; then `on_up` is called.
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        is_up: Callable[[], bool],
        on_up: Callable[[], object],
        say: Callable[[str], object],
    ) -> None:
        self.children = children
        self.is_up = is_up
        self.on_up = on_up
        self.say = say
        self.stop = threading.Event()

    def run(self) -> bool:
        """True when it was stopped on purpose, False when a child would not stay up."""
        try:
            for child in self.children:
                child.start()
            return self._watch()
        finally:
            self._end_all()

    def _watch(self) -> bool:
        was_up = False
        while not self.stop.wait(0.2):
            if not all(map(self._is_kept, self.children)):
                return False
            if not was_up and self.is_up():
                was_up = True
                self.on_up()
        return True

    def _is_kept(self, child: Child) -> bool:
        if not child.has_died:
            return True
        child.deaths.append(time.monotonic())
        if child.is_hopeless:
            self.say(f"{child.name}หยุดเองซ้ำหลายครั้ง จึงเลิกเปิดใหม่")
            return False
        self.say(f"{child.name}หยุดทำงาน กำลังเปิดใหม่")
        child.start()
        return True

    def _end_all(self) -> None:
        until = time.monotonic() + PATIENCE
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.wait_or_kill(until=until)


def _die_with_parent() -> None:
    """Linux: a child is asked to stop when its parent is gone, however that came about."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
