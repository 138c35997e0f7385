"""One bundle while it is taken into a register.

Owns what becomes of each of its entries. Everything happens inside the caller's transaction: what is raised here leaves
nothing behind. Never decides what an entry means.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from plfacilitate.core.entry import Sealed
from plfacilitate.core.wire import Envelope, Unreadable, read_envelopes
from plfacilitate.store.register import Arrival, Taken
from plfacilitate.store.register.chains import Breaks, Chains
from plfacilitate.store.register.engine import NOWHERE, SLICE, Columns, Engine, Row
from plfacilitate.store.register.filling import Filling
from plfacilitate.store.register.kept_out import Pair

BATCH = 10_000
TOGETHER = 50_000  # ids that are laid down at once
_AGAIN = "the same id is here with other bytes"


class Taking:
    """Takes one bundle. Raises Breaks, Missing, Erases and Raced."""

    def __init__(self, engine: Engine, arrival: Arrival, *, alone: bool, careful: bool) -> None:
        """Inside a transaction; `alone` = nobody else takes anything until it ends.

        `careful` = believe of no id that it is new. Otherwise those beyond a device's head are taken to be, and where one
        is not (two devices gave it out), this raises Raced: then the bundle has to be taken carefully.
        """
        self._engine = engine
        self._covers = arrival.covers
        self._careful = careful
        self._chains = Chains(engine, arrival.covers, alone=alone)
        self._filling = Filling(engine, arrival.bundle, alone=alone)
        self._new = self._known = 0
        self._ids: list[Row] = []

    @property
    def erased(self) -> bool:
        """Whether contents were deleted: then the place wants to be wiped."""
        return self._filling.erased

    def take(self, entries: Iterable[Sealed]) -> Taken:
        """All of it."""
        walk = iter(entries)
        with _collected_later():
            while batch := list(islice(walk, BATCH)):
                self._take_batch(batch)
            self._lay_ids()
        self._chains.finish()
        kept_out = self._filling.finish()
        aside = tuple(self._filling.aside)
        reason = " ".join(filter(None, (f"{len(aside)} entries are kept aside." if aside else "", kept_out)))
        return Taken("accepted", reason, {}, self._new, self._known, self._filling.filled, aside)

    def _take_batch(self, batch: Sequence[Sealed]) -> None:
        try:
            rows = read_envelopes([one.envelope for one in batch])
        except Unreadable as error:
            raise Breaks(f"One of its entries can't be taken: {error}.") from error
        devices: dict[str, list[Envelope]] = {}
        for row in rows:
            devices.setdefault(row.device, []).append(row)
        self._check_named(devices)
        once = len({row.id for row in rows}) == len(rows)
        if once and not self._careful and self._chains.follow_plain(devices):
            pairs = list(zip(rows, batch, strict=True))
            self._lay(pairs)
            self._fill(pairs)
        else:
            self._take_apart(rows, batch)

    def _check_named(self, devices: dict[str, list[Envelope]]) -> None:
        for device, rows in devices.items():
            first, last, _ = self._covers.get(device, (1, 0, ""))
            for number in (min(row.number for row in rows), max(row.number for row in rows)):
                if not first <= number <= last:
                    raise Breaks(f"It holds number {number} of laptop {device[:8]}, which it does not name.")

    def _take_apart(self, rows: Sequence[Envelope], batch: Sequence[Sealed]) -> None:
        """One by one: some may be here already, or their ids with other bytes."""
        here = self._seen([row.id for row in rows if self._careful or not self._chains.is_new(row)])
        fresh: list[Pair] = []
        known: list[Pair] = []
        for row, one in zip(rows, batch, strict=True):
            digest = here.setdefault(row.id, "")
            self._chains.follow(row, known=digest == row.digest)
            if not digest:
                here[row.id] = row.digest
                fresh.append((row, one))
            elif digest == row.digest:
                known.append((row, one))
            else:
                self._filling.put_aside(row, one, _AGAIN)
        self._known += len(known)
        self._lay(fresh)
        self._fill(fresh, known)

    def _seen(self, ids: Sequence[str]) -> dict[str, str]:
        if not ids:
            return {}
        self._lay_ids()
        engine = self._engine
        return dict(engine.rows(f"SELECT id, digest FROM id_seen WHERE id{engine.among}", engine.listed(ids)))

    def _lay(self, pairs: Sequence[Pair]) -> None:
        if pairs:
            self._engine.lay("entry", _entries(pairs))
            self._new += len(pairs)
            self._ids += [(row.id, row.event or NOWHERE, row.digest) for row, _ in pairs]
            if len(self._ids) >= TOGETHER:
                self._lay_ids()

    def _fill(self, fresh: Sequence[Pair], known: Sequence[Pair] = ()) -> None:
        self._filling.fill(fresh, known)
        if self._filling.erases:
            self._lay_ids()
            self._filling.erase()

    def _lay_ids(self) -> None:
        """Ids come by chance, and lie anywhere in a large register: in order, each page of it is touched once."""
        if self._ids:
            self._ids.sort()
            self._engine.lay("id_seen", _slices(self._ids))
            self._ids.clear()


@contextmanager
def _collected_later() -> Iterator[None]:
    """Hundreds of thousands of small values without a circle among them: looking for one costs a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _slices(rows: Sequence[Row]) -> Iterator[Columns]:
    for at in range(0, len(rows), SLICE):
        yield tuple(zip(*rows[at : at + SLICE], strict=True))


def _entries(pairs: Sequence[Pair]) -> Iterator[Columns]:
    for at in range(0, len(pairs), SLICE):
        rows, sealed = zip(*pairs[at : at + SLICE], strict=True)
        ids, devices, numbers, previous, recorded, events, _, digests = zip(*rows, strict=True)
        places = [event or NOWHERE for event in events]
        yield (places, ids, devices, numbers, previous, digests, recorded, [one.envelope for one in sealed])
