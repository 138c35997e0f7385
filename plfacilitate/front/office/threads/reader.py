"""The reader: looks at the register again and again, and reckons what can be seen.

Owns the reading connection and the newest picture. Cheap things are read first, the offering that somebody opened before
those that stand on the screen, these before titles further down. A register that is away or locked is said once and tried
again until it is back; what was read before stays on the screen meanwhile. Never writes, never touches a widget.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import NamedTuple

from textual.message import Message

from plfacilitate.core.refusal import Refused
from plfacilitate.core.roll.offering import Offering
from plfacilitate.core.roll.people import Merges
from plfacilitate.front.office.threads.messages import Looked, unforeseen
from plfacilitate.office.overview import (
    Arrived,
    Card,
    Figured,
    OpenClaim,
    Standing,
    arrived,
    cards,
    figured_of,
    open_claims,
    standings,
)
from plfacilitate.office.roll import read_offering
from plfacilitate.store.register import Register, open_register
from plfacilitate.store.register.engine import Raced
from plfacilitate.store.register.retention import Hold
from plfacilitate.store.register.shown import Aside, Came, Fork, Listed
from plfacilitate.store.surroundings import Surroundings

LOOK_SECONDS = 2.0
AGAIN_SECONDS = 2.0  # after which a register that is away is tried again
TELL_SECONDS = 0.2  # between two pictures, while one thing after the other is read
END_SECONDS = 2.0  # that a reading gets when the screen is closed
PAGE = 200  # bundles that are read at a time
TITLES = 100  # offerings whose titles are read at a time
IN_DOUBT = 500  # entries in doubt that are listed

Post = Callable[[Message], object]


class Picture(NamedTuple):
    """The register as it was looked at last. `holds` by series. `more` = older bundles were not read. `ready` False = nothing was read yet."""

    came: tuple[Arrived, ...] = ()
    more: bool = False
    held: tuple[Arrived, ...] = ()
    laptops: tuple[Standing, ...] = ()
    listed: tuple[Listed, ...] = ()
    asides: tuple[Aside, ...] = ()
    forks: tuple[Fork, ...] = ()
    holds: Mapping[str, tuple[Hold, ...]] = {}
    claims: tuple[OpenClaim, ...] = ()
    ready: bool = False


class Reader:
    """Asked from the screen's thread, works in its own."""

    def __init__(self, around: Surroundings, url: str) -> None:
        """Nothing is read before `start`."""
        self._around, self._url = around, url
        self._register: Register | None = None
        self._merges: Merges | None = None
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._post: Post = lambda message: None
        self._depth = PAGE
        self._top: tuple[object, ...] = ()
        self._next_look = self._told_at = 0.0
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)
        self.picture = Picture()
        self.away = ""
        self.turns = 0  # how often something else was read
        self.cards: dict[str, Card] = {}
        self.of_event: dict[str, str] = {}  # event → series
        self.figures: dict[str, Figured | None] = {}
        self._fresh: set[str] = set()  # series whose figures are those of now
        self._carded: set[str] = set()  # series whose titles were read
        self._wanted: Sequence[str] = ()
        self._opened = ""
        self.offering: Offering | None = None
        self.offering_read = False

    # -- asked by the screen -----------------------------------------------------------------------------------------

    def start(self, post: Post) -> None:
        """Begin."""
        self._post = post
        self._thread.start()

    def stop(self) -> None:
        """End; what is being read gets a moment to come to its end."""
        self._ended.set()
        self._wake.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(END_SECONDS)

    def look(self) -> None:
        """Look now: something was just written."""
        self._next_look = 0.0
        self._wake.set()

    def older(self) -> None:
        """Read older bundles too."""
        if self.picture.more:
            self._depth = len(self.picture.came) + PAGE
            self._top = ()
            self.look()

    def want(self, series: Sequence[str]) -> None:
        """These stand on the screen: reckon them before others."""
        if series != self._wanted:
            self._wanted = series
            self._wake.set()

    def open(self, series: str) -> None:
        """Somebody looks at this offering; "" = nobody looks at one."""
        if series != self._opened:
            self._opened, self.offering, self.offering_read = series, None, False
            self._wake.set()

    def forget(self, series: str) -> None:
        """Reckon this offering anew: something about it was written. From any thread."""
        self._fresh.discard(series)
        self.offering_read = self.offering_read and series != self._opened
        self.look()

    def learn(self, figures: Mapping[str, Figured]) -> None:
        """These were reckoned elsewhere."""
        self.figures |= figures
        self.turns += 1

    def shows(self, series: str) -> bool:
        """Whether it is an offering, as far as is known: not one whose events are under another number by now."""
        return series in self.cards or series not in self._carded

    @property
    def untitled(self) -> int:
        """Offerings whose titles are still to be read."""
        return max(0, len(self.picture.listed) - len(self._carded))

    # -- in its own thread -------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._read_on()
        finally:
            self._close()

    def _read_on(self) -> None:
        while not self._ended.is_set():
            self._wake.clear()
            try:
                busy = self._step()
            except (Refused, Raced) as no:
                self._lose(str(no))
                self._wake.wait(AGAIN_SECONDS)
                continue
            except Exception as error:  # noqa: BLE001 (said on the screen, and read again)
                self._lose(unforeseen(error))
                self._wake.wait(AGAIN_SECONDS)
                continue
            if not busy:
                self._tell(now=False)
                self._wake.wait(max(0.0, self._next_look - monotonic()))

    def _step(self) -> bool:
        """One piece of reading; False where there is nothing to do."""
        if self._register is None:
            self._register = open_register(self._url, self._around.chance, make=False)
            self._next_look = 0.0
        register = self._register
        if monotonic() >= self._next_look:
            self._next_look = monotonic() + LOOK_SECONDS
            if self._look(register) or self.away:
                self.away = ""
                self._tell(now=True)
            return True
        if self._opened and not self.offering_read:
            self._read_opened(register, self._opened)
            self._tell(now=True)
            return True
        if seen := [one for one in self._wanted if one not in self._carded]:
            self._read_titles(register, seen)
            return True
        series = next((one for one in self._wanted if one not in self._fresh), None)
        if series is not None:
            self._reckon(register, series)
            self._tell(now=False)
            return True
        further = [one.series for one in self.picture.listed if one.series not in self._carded][:TITLES]
        if further:
            self._read_titles(register, further)
        return bool(further)

    def _look(self, register: Register) -> bool:
        """See whether anything is new, and read it; whether it was."""
        laptops, came, holds = register.laptops(), register.bundles(PAGE), register.holds()
        top = (tuple(laptops), tuple(came), tuple(holds))
        if top == self._top:
            return False
        if self._top[1:2] != top[1:2]:
            self._merges, self._fresh = None, set()
            self._forget_titles(came)
            self.offering_read = False
        anew = self._top[1:2] != top[1:2]
        if self._depth > PAGE:
            came = register.bundles(self._depth)
        held = arrived(register.held_bundles(), laptops, look=True)
        self.picture = Picture(
            tuple(arrived(came, laptops)),
            len(came) == self._depth,
            tuple(held),
            tuple(standings(register, laptops, held)),
            tuple(register.listed()) if anew else self.picture.listed,
            tuple(register.asides(IN_DOUBT)) if anew else self.picture.asides,
            tuple(register.forks(IN_DOUBT)) if anew else self.picture.forks,
            _by_series(holds),
            tuple(open_claims(register, IN_DOUBT)) if anew else self.picture.claims,
            ready=True,
        )
        self._top = top
        return True

    def _forget_titles(self, came: Sequence[Came]) -> None:
        """What came since the last look may have changed what an offering is."""
        known = {one.came for one in self.picture.came}
        events = {event for one in came if one not in known for event in one.events}
        for series, card in self.cards.items():
            if not events.isdisjoint(card.events):
                self._carded.discard(series)
        self._carded &= self.cards.keys()  # those without a schedule may have one now

    def _read_opened(self, register: Register, series: str) -> None:
        found = read_offering(register, series, at=self._around.clock(), merges=self._merges_of(register))
        if series == self._opened:
            self.offering, self.offering_read = found, True
            self.figures[series] = figured_of(found) if found is not None else None
            self._fresh.add(series)

    def _reckon(self, register: Register, series: str) -> None:
        found = read_offering(register, series, at=self._around.clock(), merges=self._merges_of(register))
        self.figures[series] = figured_of(found) if found is not None else None
        self._fresh.add(series)

    def _merges_of(self, register: Register) -> Merges:
        if self._merges is None:
            self._merges = Merges(register.merges())
        return self._merges

    def _read_titles(self, register: Register, series: Sequence[str]) -> None:
        found = cards(register, series)
        self.of_event |= {event: one.series for one in found.values() for event in one.events}
        for gone in set(series) - found.keys():
            self.cards.pop(gone, None)
        self.cards |= found
        self._carded |= set(series)
        self._tell(now=not self.untitled)

    def _tell(self, *, now: bool) -> None:
        if now or monotonic() - self._told_at >= TELL_SECONDS:
            self._told_at = monotonic()
            self.turns += 1
            self._post(Looked())

    def _lose(self, sentence: str) -> None:
        self._close()
        if sentence != self.away:
            self.away = sentence
            self._tell(now=True)

    def _close(self) -> None:
        register, self._register = self._register, None
        if register is not None:
            try:
                register.close()
            except Refused:
                return


def _by_series(holds: Sequence[Hold]) -> dict[str, tuple[Hold, ...]]:
    found: dict[str, tuple[Hold, ...]] = {}
    for one in holds:
        found[one.series] = (*found.get(one.series, ()), one)
    return found
