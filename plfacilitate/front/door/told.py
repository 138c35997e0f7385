"""How a door hears that it shall stop: the word on its stdin, and the system's signals.

Owns both. Never takes the end of stdin for a word: the desk died, and the door goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import IO


@contextlib.contextmanager
def told_to_stop(stop: Callable[[], None]) -> Iterator[None]:
    """Hear the word `stop` on stdin and the system's signals, as long as the block runs."""
    loop = asyncio.get_running_loop()

    def told(*_: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(stop)

    before = {}
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and threading.current_thread() is threading.main_thread():
            before[number] = signal.signal(number, told)
    threading.Thread(target=_listen_to_stdin, args=(sys.stdin, told), name="door-stdin", daemon=True).start()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _listen_to_stdin(stdin: IO[str] | None, told: Callable[[], None]) -> None:
    """Read until the word `stop`. The plain end means that the desk died: then nobody will say it, and that is fine."""
    try:
        descriptor = stdin.fileno() if stdin is not None else -1
    except (OSError, ValueError):
        return
    heard = b""
    while descriptor >= 0:
        try:
            part = os.read(descriptor, 1024)  # not stdin.read: its lock would be held when the process ends
        except OSError:
            return
        if not part:
            return
        *lines, heard = (heard + part).split(b"\n")
        if any(line.strip() == b"stop" for line in lines):
            told()
            return
        heard = heard[-16:]
