"""Whether beat is alive is told by what it got out, and asked as docker-compose.yml asks."""

import os
import subprocess
import sys
import time

import pytest
import yaml

from portal.health.apps import BEAT_SENT
from tests.architecture.places import ROOT


@pytest.fixture
def home(tmp_path):
    """A folder as the container's: `var/` in it."""
    (tmp_path / "var/queue").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def beat(home):
    """The scheduler itself, on the embedded broker, ticking every second."""
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env |= {"PORTAL_VAR": str(home / "var"), "JOB_SWEEP_SECONDS": "1"}
    command = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "portal", "beat"]
    process = subprocess.Popen(  # noqa: S603 - our own command, no shell
        [*command, "--schedule", str(home / "schedule")],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield process
    process.kill()
    process.wait()


def is_healthy(home) -> bool:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    _, _, *words = compose["services"]["beat"]["healthcheck"]["test"]
    asked = [sys.executable, *words]
    done = subprocess.run(asked, cwd=home, stderr=subprocess.DEVNULL, check=False)  # noqa: S603
    return done.returncode == 0


def test_beat_is_well_once_a_tick_got_out_and_not_long_after_the_last(home, beat):
    assert not is_healthy(home)
    sign = home / "var" / BEAT_SENT
    until = time.monotonic() + 60
    while not sign.exists():
        assert beat.poll() is None, "beat broke off"
        assert time.monotonic() < until, "no tick got out"
        time.sleep(0.1)
    assert is_healthy(home)
    beat.kill()
    beat.wait()
    os.utime(sign, (time.time() - 151,) * 2)
    assert not is_healthy(home)
