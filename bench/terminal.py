"""A terminal of 120 × 40 that a program runs in, watched from outside: when which text came, after which key.

Owns the pty and the clock beside it. Never interprets an escape code: a text is there when its bytes have arrived.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

WIDTH, HEIGHT = 120, 40
PATIENCE_SECONDS = 20.0
DOWN, QUIT = b"\x1b[B", b"\x11"


class Terminal:
    """A running program; leaving the block ends it."""

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> None:
        """Start the program; the clock of `until` without a key begins here."""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        looks = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": str(WIDTH), "LINES": str(HEIGHT)}
        self._since = time.perf_counter()
        self._program = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env={**env, **looks}, cwd=cwd, start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509 (one call into the kernel, and the bench starts no threads before it)
        )  # fmt: skip
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._quit()
        os.close(self._ours)

    def press(self, key: bytes) -> None:
        """Send a key; the clock of `until` begins anew."""
        self.rest(0)
        self._since = time.perf_counter()
        os.write(self._ours, key)

    def begin(self) -> None:
        """The clock of `until` begins anew, without a key."""
        self._since = time.perf_counter()

    def until(self, *texts: str) -> float:
        """Seconds from the start or the last key until all the texts have come."""
        missing, seen = [text.encode() for text in texts], b""
        now = time.perf_counter()
        while missing:
            part = self._read(PATIENCE_SECONDS)
            now = time.perf_counter()
            if not part or now - self._since > PATIENCE_SECONDS:
                raise RuntimeError(f"{missing[0]!r} did not come; the last that came: {seen[-600:]!r}")
            seen += part
            missing = [text for text in missing if text not in seen]
        return now - self._since

    def rest(self, seconds: float) -> None:
        """Take in whatever comes for so long."""
        until = time.perf_counter() + seconds
        while self._read(max(0.0, until - time.perf_counter())) and time.perf_counter() < until:
            pass

    def _read(self, seconds: float) -> bytes:
        """What comes next; nothing when so much time has passed or the program has ended."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self._ours, 1 << 16)
        except OSError:  # the program has gone
            return b""

    def _quit(self) -> None:
        with contextlib.suppress(OSError):
            os.write(self._ours, QUIT)
        until = time.monotonic() + 10
        while self._program.poll() is None and time.monotonic() < until:
            self._read(0.05)
        if self._program.poll() is None:
            self._program.kill()
        self._program.wait()


def _own_terminal() -> None:
    """In the child: the pty is its controlling terminal, so that it ends with the bench, however that ends."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
