"""A register in one SQLite file: enough for an office.

Owns the transactions in which bundles are taken, and the reading of what was handed over. Never decides what an entry
means.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from plfacilitate.core.entry import Chance, Entry, Sealed
from plfacilitate.core.merged import MERGE_KINDS, merged_records
from plfacilitate.core.people import Person
from plfacilitate.core.versions import person_now
from plfacilitate.store.connection import wipe, writing
from plfacilitate.store.register import Arrival, AsOf, Taken
from plfacilitate.store.register.tables import NOWHERE, open_file
from plfacilitate.store.register.taking import Breaks, Missing, Taking
from plfacilitate.store.rows import entry_of_row


class SqliteRegister:
    """A register at a path; made at first use."""

    def __init__(self, path: Path, chance: Chance) -> None:
        """Open or make it."""
        self._db = open_file(path, chance)
        stored = dict(self._db.execute("SELECT key, value FROM register"))
        self.id, self.epoch = stored["id"], stored["epoch"]

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # -- taking ------------------------------------------------------------------------------------------------------

    def take(self, arrival: Arrival, entries: Iterable[Sealed]) -> Taken:
        """Take a bundle in: all of it or, where it is held or a conflict, none of it."""
        try:
            with writing(self._db):
                if self._has(arrival):
                    known = sum(last - first + 1 for first, last, _ in arrival.covers.values())
                    return Taken("already-here", known=known)
                taking = Taking(self._db, arrival)
                taken = taking.take(entries)
                self._remember(arrival, taken)
            if taking.erased:
                wipe(self._db)
        except Missing as no:
            taken = Taken("held", str(no), no.needs)
        except Breaks as no:
            taken = Taken("conflict", str(no))
        else:
            return taken
        with writing(self._db):
            self._remember(arrival, taken)
        return taken

    def _has(self, arrival: Arrival) -> bool:
        row = self._db.execute(
            "SELECT 1 FROM bundle WHERE bundle = ? AND sha256 = ? AND verdict = 'accepted'",
            (arrival.bundle, arrival.sha256),
        ).fetchone()
        return row is not None

    def _remember(self, arrival: Arrival, taken: Taken) -> None:
        self._db.execute(
            "INSERT INTO bundle VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (bundle) DO UPDATE SET"
            " sha256 = excluded.sha256, file = excluded.file, verdict = excluded.verdict, reason = excluded.reason,"
            " received_at = excluded.received_at",
            (
                arrival.bundle, arrival.sha256, str(arrival.file), arrival.device, arrival.parcel, taken.verdict,
                taken.reason, arrival.packed_at, arrival.received_at,
            ),
        )  # fmt: skip

    # -- reading -----------------------------------------------------------------------------------------------------

    def held(self) -> list[Path]:
        """Where the bundles lay that wait for an earlier one."""
        rows = self._db.execute("SELECT file FROM bundle WHERE verdict = 'held' ORDER BY packed_at, bundle")
        return [Path(row[0]) for row in rows]

    def heads(self, devices: Iterable[str]) -> dict[str, tuple[int, str]]:
        """How far each device is known without a gap."""
        rows = self._db.execute(
            "SELECT device, number, digest FROM device_head WHERE device IN (SELECT value FROM json_each(?))",
            (json.dumps(list(devices)),),
        )
        return {device: (number, digest) for device, number, digest in rows}

    def entries(self, event: str, as_of: AsOf | None = None) -> list[Entry]:
        """The entries of an event that have a content."""
        return self._read(as_of, "c.event = ?", event)

    def forked(self, event: str, as_of: AsOf | None = None) -> frozenset[str]:
        """The ids of this event's entries whose number two copies of a ledger gave out: kept, counted, in doubt."""
        rows = self._db.execute(
            "SELECT e.id, e.device, e.number FROM entry e WHERE e.event = ? AND EXISTS"
            " (SELECT 1 FROM entry o WHERE o.device = e.device AND o.number = e.number AND o.digest <> e.digest)",
            (event,),
        )
        return frozenset(row[0] for row in rows if as_of is None or row[2] <= as_of.get(row[1], 0))

    def events_of_series(self, series: str) -> list[str]:
        """The events of a series."""
        return [row[0] for row in self._db.execute("SELECT event FROM series WHERE series = ?", (series,))]

    def people(self, ids: Iterable[str], as_of: AsOf | None = None) -> dict[str, Person]:
        """These people."""
        wanted = list(ids)
        groups: dict[str, list[Entry]] = {one: [] for one in wanted}
        where = "c.event = ? AND c.person IN (SELECT value FROM json_each(?))"
        for entry in self._read(as_of, where, NOWHERE, json.dumps(wanted)):
            groups[str(entry.person)].append(entry)
        found = {one: person_now(one, entries) for one, entries in groups.items()}
        return {one: person for one, person in found.items() if person is not None}

    def merged(self, as_of: AsOf | None = None) -> dict[str, str]:
        """Record → the record that it is read as."""
        where = "c.event = ? AND c.kind IN (SELECT value FROM json_each(?))"
        return merged_records(self._read(as_of, where, NOWHERE, json.dumps(sorted(MERGE_KINDS))))

    def _read(self, as_of: AsOf | None, where: str, *values: object) -> list[Entry]:
        rows: Sequence[tuple[object, ...]] = self._db.execute(
            "SELECT 0, c.id, e.device, e.number, e.recorded_at, nullif(c.event, ?), c.kind, c.person, c.by, c.means,"
            " c.happened_at, c.replaces, c.content FROM content c JOIN entry e ON e.event = c.event AND e.id = c.id"
            f" WHERE {where}",
            (NOWHERE, *values),
        ).fetchall()
        found = map(entry_of_row, rows)
        return [entry for entry in found if as_of is None or entry.number <= as_of.get(entry.device, 0)]
