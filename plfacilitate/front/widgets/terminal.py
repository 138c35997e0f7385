"""The terminal under a screen: refused without one, noticed when it is gone.

Owns those two questions. A screen that is not told (its terminal was killed, the shell above it ignores the word) would read
the end of its input again and again, and write to nobody.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

from plfacilitate.core.refusal import Refused

LOOK_SECONDS = 1.0
HUNG_UP = 129  # what a shell calls a program that ended with its terminal


def must_have_terminal(what: str) -> None:
    """Refuse to start `what` where nobody could see or type anything: a screen in a pipe would wait for ever.

    All three, because Textual draws on the third.
    """
    if not all(one is not None and one.isatty() for one in (sys.__stdin__, sys.__stdout__, sys.__stderr__)):
        raise Refused("no-terminal", what=what)


def end_with_terminal(finish: Callable[[], None]) -> None:
    """From now on: when the terminal goes, `finish` in a thread of its own, and end. The screen may be stuck by then.

    On Windows there is nothing to do: it ends every program of a window that is closed.
    """
    if sys.platform != "win32" and sys.__stdin__ is not None and sys.__stdin__.isatty():
        import signal

        hung_up = threading.Event()
        signal.signal(signal.SIGHUP, lambda *_: hung_up.set())
        threading.Thread(target=_watch, args=(sys.__stdin__.fileno(), hung_up, finish), daemon=True).start()


def _watch(terminal: int, hung_up: threading.Event, finish: Callable[[], None]) -> None:
    while not hung_up.wait(LOOK_SECONDS) and os.isatty(terminal):
        pass
    try:
        finish()
    finally:
        os._exit(HUNG_UP)
