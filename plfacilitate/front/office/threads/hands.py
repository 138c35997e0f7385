"""The hand that writes into the register: one deed after the other, none lost.

Owns the order of deeds and what happens while the register is away: the deed waits and is tried again until it is done.
Each deed says the same when it is done twice, for a connection may end after a deed and before its answer. Never decides
what is written.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from queue import SimpleQueue

from textual.message import Message

from plfacilitate.core.refusal import Refused
from plfacilitate.front.office.threads.messages import Done, NotDone, Told, unforeseen
from plfacilitate.store.register import Register, open_register
from plfacilitate.store.register.engine import Raced
from plfacilitate.store.surroundings import Surroundings

AGAIN_SECONDS = 1.0
PASSING = frozenset({"register-away", "wait", "not-written"})
"""What keeps a register from being written to and may be over in a minute."""

Deed = Callable[[Register], Told]


class Hands:
    """Asked from the screen's thread, works in its own. `waiting` = deeds that are not done yet."""

    def __init__(self, around: Surroundings, url: str) -> None:
        """Nothing is done before `start`."""
        self._around, self._url = around, url
        self._deeds: SimpleQueue[Deed | None] = SimpleQueue()
        self._ended = threading.Event()
        self._post: Callable[[Message], object] = lambda message: None
        self._thread = threading.Thread(target=self._run, name="hands", daemon=True)
        self.waiting = 0

    def start(self, post: Callable[[Message], object]) -> None:
        """Begin."""
        self._post = post
        self._thread.start()

    def do(self, deed: Deed) -> None:
        """Do this after all that was asked for before."""
        self.waiting += 1
        self._deeds.put(deed)

    def stop(self) -> None:
        """End; a deed that waits for the register is not done any more."""
        self._ended.set()
        self._deeds.put(None)

    def _run(self) -> None:
        while (deed := self._deeds.get()) is not None and not self._ended.is_set():
            told = self._done(deed)
            self.waiting -= 1
            if told is not None:
                self._post(told)

    def _done(self, deed: Deed) -> Message | None:
        said = ""
        while not self._ended.is_set():
            try:
                with closing(open_register(self._url, self._around.chance, make=False)) as register:
                    return Done(deed(register))
            except Raced:
                continue
            except Refused as no:
                if no.refusal.code not in PASSING:
                    return NotDone(str(no))
                if str(no) != said:
                    said = str(no)
                    self._post(NotDone(f"{said} It waits here, and is written as soon as that works."))
                self._ended.wait(AGAIN_SECONDS)
            except Exception as error:  # noqa: BLE001 (said, and the next deed is done)
                return NotDone(unforeseen(error))
        return None
