"""Offerings taken out of a register when the years of keeping are over.

Owns what goes with one, in one transaction: whoever is stopped half-way has whole offerings before and behind them. Of
what went stay its envelopes, and a line that says what it was, without anybody's name. Never decides what may go
(`office.purging`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.entry import Entry, body_of
from plfacilitate.core.fold import LIST_KINDS
from plfacilitate.core.retention import Against
from plfacilitate.core.scheduled import event_of
from plfacilitate.core.wire import read_envelope
from plfacilitate.store.register.engine import NOWHERE, Engine
from plfacilitate.store.register.erasing import drop_aside, owe_wiping

_SERIES_OF = "SELECT series FROM series WHERE event = ?"


@dataclass(frozen=True, slots=True)
class Purge:
    """One run: who took everything that ended before a day (`2019-01-01`) away, when (a UTC text), and why."""

    id: str
    at: str
    by: str
    before: str
    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An offering as the list of what went has it. Days are `2015-06-01`; `people` and `entries` are counts.

    `bundles` are the names of the files that brought it, as far as the register knows; `at` = when it went, a UTC text, ""
    = it is still here.
    """

    series: str
    title: str
    in_service: str
    first_day: str
    last_day: str
    people: int
    entries: int
    bundles: tuple[str, ...]
    at: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """What a register holds of one event: entries with a content, records of people who were there or on a list.

    `first` and `last` are the moments of its first and last entry, UTC texts.
    """

    entries: int
    people: frozenset[str]
    first: str
    last: str


class PurgesStored:
    """The part of a register that takes offerings away, and knows which went."""

    _engine: Engine

    def about(self, event: str) -> list[Entry]:
        """As `RollsStored` does."""
        raise NotImplementedError

    # -- what is here ------------------------------------------------------------------------------------------------

    def all_events(self) -> Iterator[str]:
        """Every event that something is kept of, found one after the other."""
        after = NOWHERE
        while True:
            ((after,),) = self._engine.rows("SELECT min(event) FROM content WHERE event > ?", after)
            if after is None:
                return
            yield after

    def extent(self, event: str) -> Extent:
        """How much is kept of an event, and about whom."""
        asked = "SELECT count(*), min(happened_at), max(happened_at) FROM content WHERE event = ? AND kind <> 'erased'"
        ((entries, first, last),) = self._engine.rows(asked, event)
        return Extent(entries, self.people_at(event), first or "", last or "")

    def people_at(self, event: str) -> frozenset[str]:
        """The records that something at an event is about, or that are on its lists."""
        engine = self._engine
        found = {one for (one,) in engine.rows("SELECT DISTINCT person FROM content WHERE event = ?", event) if one}
        asked = f"SELECT content FROM content WHERE event = ? AND kind{engine.among}"
        for (content,) in engine.rows(asked, event, engine.listed(sorted(LIST_KINDS))):
            found.update(str(one) for one in body_of(bytes(content)).get("people", ()))
        return frozenset(found)

    def bundle_files(self, event: str) -> list[Path]:
        """Where the bundles lay with which an event was handed in."""
        asked = "SELECT b.file FROM handed_in h JOIN bundle b ON b.bundle = h.bundle WHERE h.event = ? ORDER BY h.at"
        return [Path(file) for (file,) in self._engine.rows(asked, event)]

    def purges(self) -> list[tuple[Purge, list[Gone]]]:
        """Every purge with what it took, the earliest first."""
        runs = self._engine.rows("SELECT purge, at, by, before_day, reason FROM purge ORDER BY at, purge")
        found: dict[str, list[Gone]] = {row[0]: [] for row in runs}
        gone = self._engine.rows(
            "SELECT purge, series, title, in_service, first_day, last_day, people, entries, bundles, at FROM purged"
            " ORDER BY last_day, series"
        )
        for purge, series, title, number, first, last, people, entries, bundles, at in gone:
            brought = tuple(json.loads(bundles))
            found[purge].append(Gone(series, title, number, first, last, people, entries, brought, at))
        return [(Purge(*row), found[row[0]]) for row in runs]

    def purged_series(self, event: str) -> str | None:
        """The offering that a purged event belonged to; None where it was not purged."""
        rows = self._engine.rows("SELECT series FROM purged_event WHERE event = ?", event)
        return rows[0][0] if rows else None

    def purged_events(self, events: Iterable[str]) -> frozenset[str]:
        """Those of these events that were purged."""
        engine = self._engine
        asked = f"SELECT event FROM purged_event WHERE event{engine.among}"
        return frozenset(event for (event,) in engine.rows(asked, engine.listed(events)))

    def bundle_places(self) -> list[tuple[Path, str]]:
        """Where every bundle lay that ever came, and what became of it, the earliest first."""
        rows = self._engine.rows("SELECT file, verdict FROM bundle ORDER BY packed_at, bundle")
        return [(Path(file), verdict) for file, verdict in rows]

    # -- an offering goes ----------------------------------------------------------------------------------------------

    def purge(self, purge: Purge, gone: Gone, events: Sequence[str], people: Sequence[str]) -> Against:
        """Take an offering away, all of it or nothing; "" = it is gone, else what stands against it: held | changed.

        It is changed where its events are others than `events`, or hold more or fewer entries than `gone` says: then it
        has to be looked at again. `people` are the records that may have nothing else left.
        """
        engine = self._engine
        with engine.writing():
            engine.lock((), alone=True)
            if self._is_held(gone.series, events):
                return "held"
            counted = "SELECT count(*) FROM content WHERE event = ? AND kind <> 'erased'"
            held = {event: engine.rows(counted, event)[0][0] for event in events}
            if self._has_more(gone.series, events) or sum(held.values()) != gone.entries:
                return "changed"
            self._say(purge, gone, events)
            engine.lay_new("leaving", [(one,) for one in people])
            under = {gone.series, *(one for event in events for (one,) in engine.rows(_SERIES_OF, event))}
            for event in events:
                self._drop(event)
            for series in under:
                if not engine.rows("SELECT 1 FROM series WHERE series = ? LIMIT 1", series):
                    engine.run("DELETE FROM roll WHERE series = ?", series)
                    engine.run("DELETE FROM hold WHERE series = ?", series)
            drop_aside(engine, lambda envelope, _: read_envelope(envelope).event in events)
            owe_wiping(engine)
        return ""

    def _has_more(self, series: str, events: Sequence[str]) -> bool:
        """Whether other events are of this series by now; those that were put under another since are not."""
        rows = self._engine.rows("SELECT event FROM series WHERE series = ?", series)
        others = (event_of(self.about(event)) for (event,) in rows if event not in events)
        return any(one is None or one.series == series for one in others)

    def _is_held(self, series: str, events: Sequence[str]) -> bool:
        """Whether it is held, or another series is that one of its events was once put under."""
        engine = self._engine
        held = {one for (one,) in engine.rows("SELECT series FROM hold WHERE released_at = ''")}
        return bool(held) and (
            series in held or any(one in held for event in events for (one,) in engine.rows(_SERIES_OF, event))
        )

    def _say(self, purge: Purge, gone: Gone, events: Sequence[str]) -> None:
        engine = self._engine
        engine.run(
            "INSERT INTO purge VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            purge.id, purge.at, purge.by, purge.before, purge.reason,
        )  # fmt: skip
        engine.run(
            "INSERT INTO purged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            gone.series, purge.id, gone.at, gone.title, gone.in_service, gone.first_day, gone.last_day, gone.people,
            gone.entries, json.dumps(gone.bundles),
        )  # fmt: skip
        engine.lay_new("purged_event", [(event, gone.series, purge.id) for event in events])

    def _drop(self, event: str) -> None:
        engine = self._engine
        engine.run("DELETE FROM content WHERE event = ? AND kind <> 'erased'", event)
        engine.run("DELETE FROM handed_in WHERE event = ?", event)
        engine.run("DELETE FROM series WHERE event = ?", event)
