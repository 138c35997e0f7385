"""A real door for tests: the process that the desk would start, on this machine's own clock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from plfacilitate.core.plan import Plan
from plfacilitate.front.door.tickets import LIFETIME
from plfacilitate.seal import codes, tickets
from plfacilitate.seal.keys import load_or_make_secret
from plfacilitate.store.surroundings import Surroundings
from tests.front.door.day import PEOPLE, plan, prepare, surroundings

WAIT_SECONDS = 30.0
_SERVE = """
import os, sys
from pathlib import Path
from plfacilitate.machine import surroundings
from plfacilitate.front.door.process import serve
sys.exit(serve(surroundings(Path(sys.argv[1])), sys.argv[2], port=int(sys.argv[3]), names=("door.test",),
               closed_seconds=float(sys.argv[4])))
"""


def now() -> datetime:
    """The real clock: a process can't be handed another."""
    return datetime.now(UTC)


def today(
    root: Path, *, people: Sequence[dict[str, str]] = PEOPLE, of: Plan | None = None
) -> tuple[Surroundings, str]:  # fmt: skip
    """A workspace with an event that runs now and for the rest of the day; gives its id too. `of` = another plan."""
    around = surroundings(root, now, os.urandom)
    day = (now() - timedelta(hours=1)).date()
    of = of or plan(minutes=2 * 1440, starts="00:00")
    return around, prepare(around, day=day, tz="UTC", of=of, people=people)


def ending_in(minutes: int) -> Plan:
    """A plan of the day whose agenda ends so many minutes from now, negative = it is over."""
    start = datetime.combine((now() - timedelta(hours=1)).date(), datetime.min.time(), UTC)
    return plan(minutes=int((now() - start).total_seconds() // 60) + minutes, starts="00:00")


@dataclass
class Door:
    """One running process and what its first line said."""

    process: subprocess.Popen[str]
    port: int
    address: str

    @property
    def url(self) -> str:
        """Where this machine reaches it."""
        return f"http://127.0.0.1:{self.port}"

    def say(self, text: str) -> None:
        """Write to its stdin."""
        assert self.process.stdin is not None
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def end(self) -> int:
        """Stop it and give its exit code."""
        if self.process.poll() is None and self.process.stdin is not None and not self.process.stdin.closed:
            self.say("stop\n")
        return self.process.wait(WAIT_SECONDS)


@contextmanager
def running(
    around: Surroundings, event: str, *, port: int = 0, command: bool = False, closed_seconds: float = 0.2,
    options: Sequence[str] = (),
) -> Iterator[Door]:  # fmt: skip
    """A door as a process; killed at the end where it still lives. `command` = started as people do, with `options`."""
    root = str(around.workspace.root)
    given = ["-c", _SERVE, root, event, str(port), str(closed_seconds)]
    if command:
        given = ["-m", "plfacilitate", "--workspace", root, "door", event, "--port", str(port), *options]
    process = subprocess.Popen(
        [sys.executable, *given],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        first = _line(process.stdout)
        assert first, process.stderr.read() if process.stderr else ""
        said: dict[str, Any] = json.loads(first)
        yield Door(process, said["port"], said["address"])
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            with suppress(OSError):  # what was not written before the door ended can't be written any more
                stream.close()  # type: ignore[union-attr]  # all three are pipes


def _line(stream: IO[str]) -> str:
    """The next line; "" where none comes in time."""
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.append(stream.readline()), daemon=True)
    reader.start()
    reader.join(WAIT_SECONDS)
    return lines[0] if lines else ""


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for a condition, not for a time."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not true():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.02)


def secret_of(around: Surroundings) -> bytes:
    """The door's secret, as the desk reads it for the QR."""
    return load_or_make_secret(around.workspace.keys, "door", os.urandom)


def code_of(around: Surroundings, event: str) -> str:
    """The code on the screen now."""
    return codes.code_at(secret_of(around), event, now())


def ticket_of(around: Surroundings, event: str) -> str:
    """A form ticket, as a scan would get it."""
    return tickets.issue(secret_of(around), event, "form", now(), LIFETIME, os.urandom)
