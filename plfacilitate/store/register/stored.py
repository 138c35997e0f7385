"""A register over any engine: how a bundle is taken, and how what was handed over is read.

Owns the questions, which every engine understands. Never decides what an entry means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from plfacilitate.core.entry import Entry, Sealed
from plfacilitate.core.merged import merged_records
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.roll.changes import until
from plfacilitate.core.roll.people import people_of
from plfacilitate.store.register import Arrival, AsOf, Taken
from plfacilitate.store.register.chains import Breaks, Missing
from plfacilitate.store.register.claims import ClaimsStored
from plfacilitate.store.register.engine import NOWHERE, Engine, Raced
from plfacilitate.store.register.filling import Erases
from plfacilitate.store.register.laptops import LaptopsStored
from plfacilitate.store.register.leaving import LeavingStored
from plfacilitate.store.register.purging import PurgesStored
from plfacilitate.store.register.retention import HoldsStored
from plfacilitate.store.register.rolls import RollsStored
from plfacilitate.store.register.shown import ShownStored
from plfacilitate.store.register.taking import Taking
from plfacilitate.store.rows import entry_of_row

TRIES = 8  # of a bundle that others were in the way of


class StoredRegister(RollsStored, LaptopsStored, ClaimsStored, HoldsStored, PurgesStored, LeavingStored, ShownStored):
    """A register on an engine."""

    def __init__(self, engine: Engine) -> None:
        """On an engine whose tables are made."""
        self._engine = engine
        stored: dict[str, str] = dict(engine.rows("SELECT key, value FROM register"))
        self.id, self.epoch = stored["id"], stored["epoch"]
        self.office_key = stored.get("office_key", "")

    def close(self) -> None:
        """Let go of it."""
        self._engine.close()

    def begin_epoch(self, epoch: str) -> None:
        """Say that it was put back from a copy."""
        with self._engine.writing():
            self._engine.run("UPDATE register SET value = ? WHERE key = 'epoch'", epoch)
        self.epoch = epoch

    def keep_office_key(self, public: str) -> None:
        """Remember the key that receipts are signed with."""
        with self._engine.writing():
            self._engine.run(
                "INSERT INTO register VALUES ('office_key', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                public,
            )
        self.office_key = public

    # -- taking ------------------------------------------------------------------------------------------------------

    def take(self, arrival: Arrival, entries: Callable[[], Iterable[Sealed]]) -> Taken:
        """Take a bundle in: all of it or, where it is held or a conflict, none of it."""
        alone, careful = self._engine.alone, False
        for _ in range(TRIES):
            try:
                return self._take(arrival, entries(), alone=alone, careful=careful)
            except Erases:
                alone = True
            except Raced:
                careful = True
        raise Refused("wait", seconds=TRIES)

    def _take(self, arrival: Arrival, entries: Iterable[Sealed], *, alone: bool, careful: bool) -> Taken:
        try:
            with self._engine.writing():
                taking = Taking(self._engine, arrival, alone=alone, careful=careful)
                if self._has(arrival):
                    known = sum(last - first + 1 for first, last, _ in arrival.covers.values())
                    return Taken("already-here", known=known)
                taken = taking.take(entries)
                if taking.erased:
                    self.forget_gone()
                    self.forget_claims_of_gone()
                self._remember(arrival, taken)
            if taking.erased:
                self.wipe()
        except Missing as no:
            taken = Taken("held", str(no), no.needs)
        except Breaks as no:
            taken = Taken("conflict", str(no))
        else:
            return taken
        with self._engine.writing():
            self._remember(arrival, taken)
        return taken

    def turn_away(self, arrival: Arrival, taken: Taken) -> None:
        """Remember that a bundle came and was not taken, and why; one that was accepted before stays so."""
        with self._engine.writing():
            self._remember(arrival, taken)

    def _has(self, arrival: Arrival) -> bool:
        return bool(
            self._engine.rows(
                "SELECT 1 FROM bundle WHERE bundle = ? AND sha256 = ? AND verdict = 'accepted'",
                arrival.bundle,
                arrival.sha256,
            )
        )

    def _remember(self, arrival: Arrival, taken: Taken) -> None:
        """What was accepted stays so: whoever brings it once more and is turned away changes nothing.

        What is looked at again and is still held came when it came.
        """
        self._engine.run(
            "INSERT INTO bundle VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (bundle) DO UPDATE SET"
            " sha256 = excluded.sha256, file = excluded.file, verdict = excluded.verdict, reason = excluded.reason,"
            " received_at = CASE WHEN bundle.verdict = excluded.verdict AND bundle.sha256 = excluded.sha256"
            " THEN bundle.received_at ELSE excluded.received_at END WHERE bundle.verdict <> 'accepted' OR excluded.verdict = 'accepted'",
            arrival.bundle, arrival.sha256, str(arrival.file), arrival.device, arrival.parcel, taken.verdict,
            taken.reason, arrival.packed_at, arrival.received_at,
        )  # fmt: skip

    # -- reading -----------------------------------------------------------------------------------------------------

    def held(self) -> list[Path]:
        """Where the bundles lay that wait for an earlier one."""
        rows = self._engine.rows("SELECT file FROM bundle WHERE verdict = 'held' ORDER BY packed_at, bundle")
        return [Path(row[0]) for row in rows]

    def heads(self, devices: Iterable[str]) -> dict[str, tuple[int, str]]:
        """How far each device is known without a gap."""
        rows = self._engine.rows(
            f"SELECT device, number, digest FROM device_head WHERE number > 0 AND device{self._engine.among}",
            self._engine.listed(devices),
        )
        return {device: (number, digest) for device, number, digest in rows}

    def entries(self, event: str, as_of: AsOf | None = None) -> list[Entry]:
        """The entries of an event that have a content."""
        return self._read(as_of, "c.event = ?", event)

    def forked(self, event: str, as_of: AsOf | None = None) -> frozenset[str]:
        """The ids of this event's entries whose number two copies of a ledger gave out: kept, counted, in doubt."""
        rows = self._engine.rows(
            "SELECT e.id, e.device, e.number FROM entry e JOIN fork f ON f.device = e.device AND f.number = e.number"
            " WHERE e.event = ?",
            event,
        )
        return frozenset(row[0] for row in rows if as_of is None or row[2] <= as_of.get(row[1], 0))

    def events_of_series(self, series: str) -> list[str]:
        """The events that were ever put under a series; what each one's schedule says now may be another."""
        return [row[0] for row in self._engine.rows("SELECT event FROM series WHERE series = ?", series)]

    def people(self, ids: Iterable[str], as_of: AsOf | None = None) -> dict[str, Person]:
        """These people."""
        return people_of(self.records(ids), as_of)

    def merged(self, as_of: AsOf | None = None) -> dict[str, str]:
        """Record → the record that it is read as."""
        return merged_records(self.merges() if as_of is None else until(self.merges(), as_of))

    def _read(self, as_of: AsOf | None, where: str, *values: object) -> list[Entry]:
        rows = self._engine.rows(
            f"SELECT 0, c.id, e.device, e.number, e.recorded_at, nullif(c.event, '{NOWHERE}'), c.kind, c.person, c.by,"
            " c.means, c.happened_at, c.replaces, c.content FROM content c"
            f" JOIN entry e ON e.event = c.event AND e.id = c.id WHERE {where}",
            *values,
        )
        found = map(entry_of_row, rows)
        return [entry for entry in found if as_of is None or entry.number <= as_of.get(entry.device, 0)]
