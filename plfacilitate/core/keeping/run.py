"""An agenda as it went and as it is meant from now on, folded out of entries in any order.

Owns what a segment's start, a pause, other minutes and the end come to. Never reads a clock and never moves on: a
segment runs until somebody says that the next one begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from plfacilitate.core.entry import Entry
from plfacilitate.core.plan import Span
from plfacilitate.core.timing import Watch

MOST_MINUTES = 24 * 60
"""No segment is meant to take longer."""


class Piece(NamedTuple):
    """A time without a break that a segment ran, or during which the agenda was paused in it; `ended` None = it goes on.

    `entry` is what began it.
    """

    segment: int
    began: datetime
    ended: datetime | None
    paused: bool
    entry: str

    def length(self, until: datetime) -> timedelta:
        """How long it was; `until` where it goes on."""
        return max((self.ended or until) - self.began, timedelta())


@dataclass(frozen=True)  # without slots: the clocks are worked out once, for all the seconds that they are shown
class Run:
    """How an agenda goes. Segments go by their place in `spans`, which are the agenda of the plan on its day.

    `minutes` are meant now; `pieces` stand in the order in which they were; `ended_at` None = it has not ended.
    """

    spans: tuple[Span, ...] = ()
    minutes: tuple[int, ...] = ()
    pieces: tuple[Piece, ...] = ()
    ended_at: datetime | None = None

    @property
    def begun_at(self) -> datetime | None:
        """When its first segment began; None = nobody has begun it."""
        return self.pieces[0].began if self.pieces else None

    @property
    def current(self) -> Piece | None:
        """What goes on now; None before it is begun and after its end."""
        return self.pieces[-1] if self.pieces and self.pieces[-1].ended is None else None

    @property
    def running(self) -> int | None:
        """The segment that runs, paused or not."""
        return self.current.segment if self.current is not None else None

    @property
    def paused(self) -> bool:
        """Its clock stands still."""
        return self.current is not None and self.current.paused

    @cached_property
    def watches(self) -> tuple[Watch, ...]:
        """The clock of each segment: all the times that it ran, pauses left out."""
        found = [Watch()] * len(self.spans)
        for piece in self.pieces:
            if not piece.paused:
                clock = found[piece.segment]
                clock = clock.moved(piece.began, "resume" if clock.begun else "start")
                found[piece.segment] = clock.moved(piece.ended, "pause") if piece.ended is not None else clock
        return tuple(found)

    def spent(self, segment: int, moment: datetime) -> timedelta:
        """How long a segment had run at this moment."""
        return self.watches[segment].spent_at(moment)


def run_of(spans: Sequence[Span], entries: Iterable[Entry]) -> Run:
    """The run of an agenda out of the entries that stand; those of a segment that it does not have are passed over."""
    teller = _Teller(spans)
    for moment, entry in in_order(entries):
        teller.hear(moment, entry)
    return Run(tuple(spans), tuple(teller.minutes), tuple(teller.pieces), teller.ended_at)


def in_order(entries: Iterable[Entry]) -> list[tuple[datetime, Entry]]:
    """The entries in the order in which things were, each with its moment.

    A laptop whose clock was put back is believed to have gone on at the time that it had reached; what was set to a
    time by hand (`set`) was at that time.
    """
    reached: dict[str, datetime] = {}
    keyed = []
    for entry in sorted(entries, key=lambda one: (one.device, one.number, one.id)):
        moment = entry.at
        if not entry.body.get("set"):
            moment = reached[entry.device] = max(reached.get(entry.device, moment), moment)
        keyed.append((moment, entry))
    return sorted(keyed, key=lambda pair: (pair[0], pair[1].device, pair[1].number, pair[1].id))


class _Teller:
    """Tells a run from its beginning."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self.minutes = [span.segment.minutes for span in spans]
        self.pieces: list[Piece] = []
        self.ended_at: datetime | None = None

    def hear(self, moment: datetime, entry: Entry) -> None:
        if entry.kind == "segment-started":
            segment = self._segment(entry)
            if segment is not None:
                self._start(segment, moment, entry)
        elif entry.kind == "agenda-retimed":
            for place, minutes in entry.body.get("minutes", {}).items():
                if str(place).isdecimal() and int(place) < len(self.minutes):
                    self.minutes[int(place)] = max(0, min(MOST_MINUTES, int(minutes)))
        elif (current := self._current()) is not None:
            if entry.kind == "agenda-ended":
                self._close(moment)
                self.ended_at = moment
            elif (entry.kind == "agenda-paused") is not current.paused:
                self._close(moment)
                self.pieces.append(Piece(current.segment, moment, None, not current.paused, entry.id))

    def _segment(self, entry: Entry) -> int | None:
        """Its place; where the agenda became another one, the segment of that title."""
        place, title = int(entry.body.get("segment", -1)), str(entry.body.get("title", ""))
        titles = [span.segment.title for span in self.spans]
        if 0 <= place < len(titles) and titles[place] == title:
            return place
        return titles.index(title) if title in titles else None

    def _start(self, segment: int, moment: datetime, entry: Entry) -> None:
        current = self._current()
        if current is not None and current.segment == segment and not current.paused:
            return  # said on two laptops
        self._close(moment)
        self.ended_at = None
        self.pieces.append(Piece(segment, moment, None, False, entry.id))

    def _current(self) -> Piece | None:
        return self.pieces[-1] if self.pieces and self.pieces[-1].ended is None else None

    def _close(self, moment: datetime) -> None:
        if (current := self._current()) is not None:
            self.pieces[-1] = current._replace(ended=moment)
