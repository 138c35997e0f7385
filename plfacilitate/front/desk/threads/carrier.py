"""The carrier: brings what is handed over to its place in a thread of its own, as often as it takes.

Owns when a place is tried again, and that it can be stopped. What arrived is written down by the writer thread, so a slow
or dead place holds up nothing else. Never deletes what waits.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Hands, Work
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.steps.sending import Load, Sent


class Errand(NamedTuple):
    """What is brought where. `tries` = how often that failed already."""

    event: str
    address: str
    loads: tuple[Load, ...]
    tries: int = 0


class _Stopped(Exception):
    """Somebody stops it."""


class Carrier:
    """Asked from any thread, works in its own, which is started by the first errand."""

    def __init__(self, around: Surroundings, hands: Hands, work: Callable[[str], None]) -> None:
        """`work` is told how far it has come, "" = nothing is on its way."""
        self._around, self._hands, self._work = around, hands, work
        self._changed = threading.Condition()
        self._due: dict[str, tuple[float, Errand]] = {}  # by event: when, by the monotonic clock
        self._words: dict[str, str] = {}
        self._stopped: set[str] = set()
        self._on_way = ""
        self._ends = False
        self._thread: threading.Thread | None = None

    def words(self, event: str) -> str:
        """Why what is handed over of an event is not there yet; "" = nothing is to be said."""
        return self._words.get(event, "")

    def busy(self, event: str) -> bool:
        """Whether something of an event is on its way or is tried again by itself."""
        return event == self._on_way or event in self._due

    def bring(self, errand: Errand, seconds: float = 0.0) -> None:
        """Do this errand, in so many seconds; another one of the same event is given up for it."""
        with self._changed:
            self._stopped.discard(errand.event)
            self._due[errand.event] = (time.monotonic() + seconds, errand)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="carrier", daemon=True)
                self._thread.start()
            self._changed.notify()

    def say(self, event: str, words: str) -> None:
        """What is known of an event's hand-over."""
        self._words[event] = words

    def stop(self, event: str) -> None:
        """Bring nothing of this event by itself any more; what is there already stays."""
        with self._changed:
            waits = self._due.pop(event, None)
            self._stopped.add(event)
        if waits is not None:
            self._hands.do(self._still(waits[1], Refused("sending-stopped"), None))

    def apart(self, fetching: Callable[[Callable[[str], None]], Deed]) -> None:
        """Fetch something in a thread of its own; what it gives is done by the writer thread then."""

        def run() -> None:
            deed = fetching(self._work)
            if not self._ends:
                self._work("")
                self._hands.do(deed)

        threading.Thread(target=run, name="fetching", daemon=True).start()

    def end(self) -> None:
        """The desk is closed: what is on its way is tried again when it is opened."""
        with self._changed:
            self._ends = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(timeout=2)

    # -- in the thread -----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while (errand := self._next()) is not None:
            self._attempt(errand)
            self._on_way = ""
            if not self._ends:
                self._work("")

    def _next(self) -> Errand | None:
        with self._changed:
            while not self._ends:
                now = time.monotonic()
                first = min(self._due.values(), key=lambda one: one[0], default=None)
                if first is not None and first[0] <= now:
                    self._on_way = first[1].event
                    return self._due.pop(first[1].event)[1]
                self._changed.wait(first[0] - now if first is not None else None)
        return None

    def _attempt(self, errand: Errand) -> None:
        from plfacilitate.courier.places import place_of
        from plfacilitate.steps.sending import access_of, carry

        there: list[tuple[Load, list[Sent]]] = []

        def progress(words: str) -> None:
            if self._ends or errand.event in self._stopped:
                raise _Stopped
            self._work(words)

        no: Refused | None = None
        try:
            with closing(place_of(errand.address, access_of(self._around))) as place:
                for load in errand.loads:
                    sent = carry(load, place, progress)
                    there += [(load, sent)]
        except _Stopped:
            no = Refused("sending-stopped")
        except Refused as refused:
            no = refused
        except Exception as error:  # noqa: BLE001 (whatever a library of a road raises, it waits and is told of)
            no = Refused("not-sent", place=plain(errand.address), detail=f"{type(error).__name__}.")
        if there:
            self._hands.do(self._arrived(errand, there, whole=no is None))
        if no is None or self._ends:
            return
        left = errand._replace(loads=errand.loads[len(there) :], tries=errand.tries + 1)
        self._again(left, no)

    def _again(self, left: Errand, no: Refused) -> None:
        from plfacilitate.courier.patience import pause_after
        from plfacilitate.steps.sending import PASSING

        passing = no.refusal.code in PASSING and left.event not in self._stopped
        seconds = pause_after(left.tries, self._around.chance) if passing else None
        self._hands.do(self._still(left, no, seconds))
        if seconds is not None:
            self.bring(left, seconds)

    def _arrived(self, errand: Errand, there: list[tuple[Load, list[Sent]]], *, whole: bool) -> Deed:
        def deed(work: Work) -> Done:
            from plfacilitate.steps.sending import arrived

            for load, sent in there:
                arrived(work.ledger, work.around.workspace, work.hand, load.parcel, sent)
            if not whole:
                return Done("")
            self.say(errand.event, "")
            count = sum(len(sent) for _, sent in there)
            return Done(f"Handed over: {count} files, read back at {plain(errand.address)}", (), errand.event)

        return deed

    def _still(self, left: Errand, no: Refused, seconds: float | None) -> Deed:
        """It waits: why, and when it is tried again, is kept; the first time it is said."""

        def deed(work: Work) -> Done:
            from plfacilitate.shelf.waits import Wait
            from plfacilitate.steps.sending import wait_on

            now = work.hand.clock()
            again = now + timedelta(seconds=seconds) if seconds is not None else None
            wait = Wait("", left.address, str(no), now, again, left.tries)
            wait_on(work.around.workspace, [load.parcel for load in left.loads], wait)
            when = f"Again at {again.astimezone(ZoneInfo(work.around.tz)):%H:%M:%S}. " if again else ""
            self.say(left.event, f"{when}{no}")
            if left.tries > 1 and seconds is not None:
                return Done("")
            raise no

        return deed
