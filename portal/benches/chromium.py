"""Headless Chromium, warm, spoken to through its pipe: it prints a page, we take the time."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from types import TracebackType
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-extensions --disable-sync"
    " --disable-background-networking --disable-component-update --allow-file-access-from-files"
    " --remote-debugging-pipe"
)
# where Chromium reads and writes
_READS, _WRITES = 3, 4


def found() -> str | None:
    """The browser of this machine."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Chromium:
    """One browser with one tab, as long as the context lasts."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.last = 0
        self.session = ""

    def __enter__(self) -> Self:
        self.profile = tempfile.TemporaryDirectory(prefix="krabuan-bench-")
        (ours_out, its_in), (its_out, ours_in) = _pipe(), _pipe()

        def hand_over() -> None:
            os.dup2(ours_out, _READS)
            os.dup2(ours_in, _WRITES)

        self.process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            [self.program, *OPTIONS.split(), f"--user-data-dir={self.profile.name}"],
            preexec_fn=hand_over,  # noqa: PLW1509 - two system calls
            pass_fds=(_READS, _WRITES),
            stderr=subprocess.DEVNULL,
        )
        os.close(ours_out)
        os.close(ours_in)
        self.to, self.of = os.fdopen(its_in, "wb", 0), os.fdopen(its_out, "rb")
        target = self.say("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.say("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.say("Page.enable")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.to.close()
        self.of.close()
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()

    def print(self, address: str) -> bytes:
        """The PDF of a page, laid out anew."""
        self.say("Page.navigate", url=address)
        self._until("Page.loadEventFired")
        printed = self.say("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(printed["data"])

    def say(self, method: str, **params: Any) -> dict[str, Any]:
        """One command and its answer."""
        self.last += 1
        message: dict[str, Any] = {"id": self.last, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self.to.write(json.dumps(message).encode() + b"\0")
        while (answer := self._hear()).get("id") != self.last:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _until(self, event: str) -> None:
        while self._hear().get("method") != event:
            pass

    def _hear(self) -> dict[str, Any]:
        heard = bytearray()
        while (byte := self.of.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("Chromium has gone")
            heard += byte
        message: dict[str, Any] = json.loads(heard)
        return message


def _pipe() -> tuple[int, int]:
    """A pipe whose ends lie above the numbers that Chromium wants."""
    ends = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return high[0], high[1]
