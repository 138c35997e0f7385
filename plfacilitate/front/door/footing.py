"""What a process needs from its system before it can be a door: its loop, its log, its handles, its memory.

Owns these settings. Never knows what the door does.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import sys
from collections.abc import Callable, Iterator

from plfacilitate.store.surroundings import Surroundings

LOG_BYTES = 256 * 1024
MOST_FILES = 4096  # a hall of phones wants more connections than some systems allow a program by itself
NICER = 5  # of POSIX's forty steps
_BELOW_NORMAL = 0x4000  # of Windows
SWITCH_SECONDS = 0.001  # the writer gets the interpreter back after this, not after five times as long


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The faster loop where there is one; Windows has none."""
    if sys.platform != "win32":
        with contextlib.suppress(ImportError):
            import uvloop

            return uvloop.new_event_loop
    return None


def settle() -> None:
    """Share the interpreter fairly, and let this process hold as many connections as the system lets it."""
    sys.setswitchinterval(SWITCH_SECONDS)
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < most:
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def give_way() -> None:
    """Let the desk go first: whoever types there must not wait for a hall of phones."""
    if sys.platform == "win32":
        import ctypes

        windows = ctypes.windll.kernel32
        windows.SetPriorityClass(windows.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        import os

        with contextlib.suppress(OSError):
            os.nice(NICER)


def collect_rarely() -> None:
    """What is here now stays, and a sign-in leaves no circles: looking for them would make a burst wait."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@contextlib.contextmanager
def log_to_file(surroundings: Surroundings) -> Iterator[None]:
    """What goes wrong goes to door.log: a pipe to a desk that does not read would fill up and stop the door."""
    from logging.handlers import RotatingFileHandler

    root = logging.getLogger()
    try:
        path = surroundings.workspace.door / "door.log"
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    raising, logging.raiseExceptions = logging.raiseExceptions, False  # a full disk must not make the log cry out
    try:
        yield
    finally:
        logging.raiseExceptions = raising
        root.removeHandler(handler)
        handler.close()
