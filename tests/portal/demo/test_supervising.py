"""Children are kept running, given up in the end, and none is left behind."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from portal.demo import supervising
from portal.demo.supervising import Child, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Watched:
    """A supervisor in a thread, as it runs in the command's own."""

    def __init__(self, *children):
        self.said, self.ups = [], []
        self.supervisor = Supervisor(
            children, is_up=lambda: True, on_up=lambda: self.ups.append("up"), say=self.said.append
        )
        self.outcome = None
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self):
        self.outcome = self.supervisor.run()

    def wait_until(self, condition):
        until = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < until, "waited too long"
            time.sleep(0.02)

    def stop(self):
        self.supervisor.stop.set()
        self.thread.join(20)


@pytest.fixture(autouse=True)
def _children_outlive_the_thread_that_started_them(monkeypatch):
    monkeypatch.setattr(supervising, "_libc", None)


def test_a_child_that_died_is_started_again(tmp_path):
    child = Child("งานทดสอบ", SLEEP, tmp_path)
    watched = Watched(child)
    watched.wait_until(lambda: watched.ups)
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    watched.wait_until(lambda: child.process.pid != first)
    second = child.process.pid
    watched.stop()
    assert (watched.outcome, watched.ups, watched.said) == (
        True, ["up"], ["งานทดสอบหยุดทำงาน กำลังเปิดใหม่"],
    )  # fmt: skip
    assert not is_alive(second)


def test_a_child_that_will_not_stay_up_ends_all(tmp_path):
    steady = Child("งานดี", SLEEP, tmp_path)
    broken = Child("งานเสีย", [sys.executable, "-c", "raise SystemExit(1)"], tmp_path)
    watched = Watched(steady, broken)
    watched.thread.join(20)
    assert watched.outcome is False
    assert watched.said[-1] == "งานเสียหยุดเองซ้ำหลายครั้ง จึงเลิกเปิดใหม่"
    assert not is_alive(steady.process.pid)


def test_a_child_that_will_not_stop_is_ended_with_all_it_started(tmp_path, monkeypatch):
    monkeypatch.setattr(supervising, "PATIENCE", 0.5)
    note = tmp_path / "grandchild"
    stubborn = (
        "import signal, subprocess, sys, time, pathlib;"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"inner = subprocess.Popen({SLEEP!r});"
        f"pathlib.Path({str(note)!r}).write_text(str(inner.pid));"
        "time.sleep(60)"
    )
    watched = Watched(Child("งานดื้อ", [sys.executable, "-c", stubborn], tmp_path))
    watched.wait_until(lambda: note.exists() and note.read_text())
    watched.stop()
    assert watched.outcome is True
    watched.wait_until(lambda: is_gone(int(note.read_text())))


def is_gone(pid):
    """Ended; a zombie that nobody collects here counts as ended."""
    status = Path(f"/proc/{pid}/stat")
    return not is_alive(pid) or status.read_text().split()[2] == "Z"
