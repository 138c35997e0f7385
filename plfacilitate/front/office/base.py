"""What screens and orders may ask of the office's app: the newest picture, its threads, what is under the cursor.

Owns what they share. Never draws, never reads a register, and knows no screen by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.app import App

from plfacilitate.core.text import plain
from plfacilitate.front.office.threads.hands import Deed, Hands
from plfacilitate.front.office.threads.reader import Picture, Reader
from plfacilitate.front.office.threads.watcher import Watcher
from plfacilitate.front.office.threads.work import Work
from plfacilitate.office.overview import Arrived, Card, Figured, Standing
from plfacilitate.store.register import readable
from plfacilitate.store.register.retention import Hold
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.office.disputes import Dispute, Twice


class OfficeBase(App[int]):
    """The office's app as its screens know it."""

    def __init__(self, around: Surroundings, url: str, *, watch: str = "") -> None:
        super().__init__()
        self.around, self.url, self.where = around, url, readable(url)
        self.reader = Reader(around, url)
        self.hands = Hands(around, url)
        self.work = Work()
        self.watcher = Watcher(around, url, watch) if watch else None
        self.undoable: Deed | None = None  # takes back what was done last
        self.twice: tuple[Twice, ...] | None = None  # who has the same credit twice; None = not all was reckoned yet
        self._disputes: tuple[object, Sequence[Dispute]] = (None, ())

    # -- what is known -----------------------------------------------------------------------------------------------

    @property
    def picture(self) -> Picture:
        """The register as it was looked at last."""
        return self.reader.picture

    @property
    def now(self) -> datetime:
        """This moment, UTC."""
        return self.around.clock()

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.around.tz)

    @property
    def names(self) -> Mapping[str, str]:
        """Device → what its laptop calls itself."""
        return {one.laptop.device: one.laptop.name for one in self.picture.laptops if one.laptop.name}

    def card(self, series: str) -> Card | None:
        """What an offering is; None = not read yet, or it is scheduled no more."""
        return self.reader.cards.get(series)

    def figured(self, series: str) -> Figured | None:
        """An offering reckoned; None = not yet."""
        return self.reader.figures.get(series)

    def holds(self, series: str) -> tuple[Hold, ...]:
        """Why an offering is held for a dispute; () = it is not."""
        return self.picture.holds.get(series, ())

    def offering_of(self, event: str) -> Card | None:
        """The offering that an event belongs to, once its title was read."""
        return self.reader.cards.get(self.reader.of_event.get(event, ""))

    @property
    def disputes(self) -> Sequence[Dispute]:
        """All that waits for a decision, as far as it was read and reckoned."""
        from plfacilitate.office.disputes import disputes

        reader, picture = self.reader, self.picture
        known = (reader.turns, id(self.twice))
        if self._disputes[0] != known:
            figures = {series: one for series, one in dict(reader.figures).items() if one is not None}
            holds = [hold for held in picture.holds.values() for hold in held]
            found = disputes(
                figures, self.twice or (), picture.asides, picture.forks, holds, picture.claims, names=self.names, card=self.card,
                offering_of=self.offering_of,
            )  # fmt: skip
            self._disputes = (known, found)
        return self._disputes[1]

    # -- what is under the cursor ------------------------------------------------------------------------------------

    @property
    def _shown(self) -> object:
        """The screen that a key is about, also below a dialog; None = it is being built."""
        found = next((one for one in reversed(self.screen_stack) if not one.is_modal), None)
        return found if getattr(found, "stands", False) else None

    @property
    def laptop(self) -> Standing | None:
        """The laptop that a key is about."""
        found = getattr(self._shown, "laptop", None)
        return found if isinstance(found, Standing) else None

    @property
    def bundle(self) -> Arrived | None:
        """The bundle that a key is about."""
        found = getattr(self._shown, "bundle", None)
        return found if isinstance(found, Arrived) else None

    @property
    def series(self) -> str:
        """The offering that a key is about; "" = none."""
        return str(getattr(self._shown, "series", ""))

    # -- what is asked for -------------------------------------------------------------------------------------------

    async def give(self, order: str) -> None:
        """Do an order: `module:function` of `orders/`, loaded when it is first given."""
        module, function = order.split(":")
        await getattr(import_module(f"plfacilitate.front.office.orders.{module}"), function)(self)

    def do_deed(self, deed: Deed) -> None:
        """Let the hand write it; the answer comes as a toast."""
        self.hands.do(deed)
        self.repaint()

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """One toast; the one before goes."""
        self.clear_notifications()
        self.notify(plain(sentence), severity="error" if severity == "error" else "information", markup=False)

    def repaint(self) -> None:
        """Let every screen that can be seen show the newest picture."""
        for screen in self.screen_stack:
            paint = getattr(screen, "repaint", None)
            if paint is not None:
                paint()

    def finish(self) -> None:
        """End the threads; from any thread."""
        if self.watcher is not None:
            self.watcher.stop()
        self.work.stop()
        self.hands.stop()
        self.reader.stop()
