"""The embedded portal: one command, another port when the first is taken, a clean end."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from portal.demo.management.commands import run_portal
from portal.demo.management.commands.run_portal import free_port


@pytest.fixture
def taken_port():
    """A port somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_free_port_is_taken_as_asked(taken_port):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    assert free_port(free) == free


def test_a_taken_port_gives_way_to_the_next(taken_port):
    assert free_port(taken_port) > taken_port


def test_no_port_at_all_is_said(taken_port, monkeypatch):
    monkeypatch.setattr(run_portal, "PORTS_TO_TRY", 1)
    with pytest.raises(CommandError, match=f"พอร์ต {taken_port}"):
        free_port(taken_port)


def test_the_portal_starts_answers_and_stops_with_all_its_children(tmp_path, taken_port):
    # the embedded mode, whatever these tests run on
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env |= {"PORTAL_VAR": str(tmp_path)}
    manage = [sys.executable, "manage.py"]
    subprocess.run(  # noqa: S603
        [*manage, "migrate", "--verbosity=0"], cwd=settings.BASE_DIR, env=env, check=True
    )
    portal = subprocess.Popen(  # noqa: S603
        [*manage, "run_portal", f"--port={taken_port}"],
        cwd=settings.BASE_DIR,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        first, second = portal.stdout.readline(), portal.stdout.readline()
        address = second.split()[1]
        assert first.startswith(f"พอร์ต {taken_port} มีโปรแกรมอื่นใช้อยู่")
        assert address.startswith("http://127.0.0.1:")
        with urlopen(address, timeout=20) as page:  # noqa: S310
            assert page.url == f"{address}/login/?next=/"
        children = sessions_under(portal.pid)
        assert len(children) == 2
    finally:
        portal.send_signal(signal.SIGTERM)
        said, _ = portal.communicate(timeout=30)
    assert (portal.returncode, said.splitlines()[-1]) == (0, "หยุดพอร์ทัลแล้ว")
    until = time.monotonic() + 10
    while any(map(lives, children)):
        assert time.monotonic() < until, "a child was left behind"
        time.sleep(0.1)


def sessions_under(pid):
    """The children of a process, each the leader of a session of its own."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in children.split()]


def lives(session):
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    return True
