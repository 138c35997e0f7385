"""Longer work beside the screen: one piece after the other, with how far it is, and a word that stops it.

Owns the queue and the word. What was done before a piece is stopped stays, and is whole. Never decides what the work is.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stderr
from queue import SimpleQueue

from textual.message import Message

from plfacilitate.core.refusal import Refused
from plfacilitate.front.office.threads.messages import NotDone, Progressed, Worked, unforeseen
from plfacilitate.store.register.engine import Raced

Tell = Callable[[str], None]
"""Says how far the work is; raises Stopped where it is not wanted any more."""
Piece = Callable[[Tell], Callable[[], None]]
"""Works, and gives what is to be done with the outcome in the screen's own thread."""


def may_start_processes() -> None:
    """Let processes be started while the screen has the terminal.

    The first one starts a helper that inherits the standard streams, and Textual's stand-ins for these are none.
    """
    if sys.platform != "win32":
        from multiprocessing.resource_tracker import ensure_running

        with redirect_stderr(sys.__stderr__):
            ensure_running()


class Stopped(Exception):
    """The work is not wanted any more."""


class Work:
    """Asked from the screen's thread, works in its own. `words` = how far it is, "" = nothing goes on."""

    def __init__(self) -> None:
        """Nothing is done before `start`."""
        self._pieces: SimpleQueue[tuple[str, Piece] | None] = SimpleQueue()
        self._stop = threading.Event()
        self._ended = threading.Event()
        self._post: Callable[[Message], object] = lambda message: None
        self._thread = threading.Thread(target=self._run, name="work", daemon=True)
        self.words = ""

    def start(self, post: Callable[[Message], object]) -> None:
        """Begin."""
        self._post = post
        self._thread.start()

    def do(self, words: str, piece: Piece) -> None:
        """Do this after what goes on now; `words` say what it is."""
        self.words = self.words or words
        self._pieces.put((words, piece))

    def stop_piece(self) -> None:
        """Stop what goes on."""
        if self.words:
            self._stop.set()

    def stop(self) -> None:
        """End."""
        self._ended.set()
        self._pieces.put(None)

    def _run(self) -> None:
        while (asked := self._pieces.get()) is not None and not self._ended.is_set():
            words, piece = asked
            self._stop.clear()
            self._tell(words)
            try:
                self._post(Worked(piece(self._tell)))
            except Stopped:
                self._post(NotDone(f"Stopped: {words}. What was done before stays."))
            except (Refused, Raced) as no:
                self._post(NotDone(str(no)))
            except Exception as error:  # noqa: BLE001 (said, and the next piece is done)
                self._post(NotDone(unforeseen(error)))
            self.words = ""
            self._post(Progressed())

    def _tell(self, words: str) -> None:
        if self._stop.is_set() or self._ended.is_set():
            raise Stopped
        if words != self.words:
            self.words = words
            self._post(Progressed())
