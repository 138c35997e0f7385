"""A register in one SQLite file: enough for an office.

Owns its tables and statements, shaped so that an engine of PostgreSQL's protocol can hold the same: entries by
(event, id), one row a device for its head, no query across events on a hot path. Never decides what an entry means.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from plfacilitate.core.entry import Chance, Entry, Sealed, new_id
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.versions import families, person_now
from plfacilitate.core.wire import Envelope, Unreadable, read_content, read_envelope
from plfacilitate.store.connection import begin
from plfacilitate.store.register import Arrival, Taken
from plfacilitate.store.rows import entry_of_row

APPLICATION_ID = 0x706C6672  # "plfr"
VERSION = 1
NOWHERE = "00000000-0000-0000-0000-000000000000"  # the event of entries that belong to none
BATCH = 1000

_TABLES = """
CREATE TABLE register (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE entry (
    event TEXT NOT NULL, id TEXT NOT NULL, device TEXT NOT NULL, number INTEGER NOT NULL, previous TEXT,
    digest TEXT NOT NULL, recorded_at TEXT NOT NULL, envelope BLOB NOT NULL, PRIMARY KEY (event, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_chain ON entry(device, number);
CREATE TABLE content (
    event TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, person TEXT, by TEXT NOT NULL, means TEXT NOT NULL,
    happened_at TEXT NOT NULL, replaces TEXT NOT NULL, salt BLOB NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (event, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX content_person ON content(event, person);
CREATE TABLE id_seen (id TEXT PRIMARY KEY, event TEXT NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE series (series TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (series, event)) STRICT, WITHOUT ROWID;
CREATE TABLE device_head (device TEXT PRIMARY KEY, number INTEGER NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE erasure (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE bundle (
    bundle TEXT PRIMARY KEY, sha256 TEXT NOT NULL, device TEXT NOT NULL, parcel TEXT NOT NULL, verdict TEXT NOT NULL,
    reason TEXT NOT NULL, packed_at TEXT NOT NULL, received_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE aside (
    digest TEXT PRIMARY KEY, id TEXT NOT NULL, bundle TEXT NOT NULL, reason TEXT NOT NULL, envelope BLOB NOT NULL,
    salt BLOB, content BLOB
) STRICT, WITHOUT ROWID;
"""


@dataclass(slots=True)
class _Count:
    """What a bundle brought so far."""

    new: int = 0
    known: int = 0
    filled: int = 0
    conflicts: list[str] = field(default_factory=list)


class _Breaks(Exception):
    """A chain that does not hold: the whole bundle is a conflict."""


class SqliteRegister:
    """A register at a path; made at first use."""

    def __init__(self, path: Path, chance: Chance) -> None:
        """Open or make it."""
        self._db = _open(path)
        self._prepare(path, chance)
        stored = dict(self._db.execute("SELECT key, value FROM register"))
        self.id, self.epoch = stored["id"], stored["epoch"]

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _prepare(self, path: Path, chance: Chance) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        owner = self._db.execute("PRAGMA application_id").fetchone()[0]
        if owner == APPLICATION_ID and version == VERSION:
            return
        if owner == APPLICATION_ID and version > VERSION:
            raise Refused("ledger-newer", file=path, found=version, known=VERSION)
        if owner or self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            raise Refused("ledger-foreign", file=path)
        with self._transaction():
            for statement in _TABLES.split(";\n"):
                if statement.strip():
                    self._db.execute(statement)
            named = [("id", new_id(chance)), ("epoch", new_id(chance))]
            self._db.executemany("INSERT INTO register VALUES (?, ?)", named)
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        begin(self._db)
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise Refused("not-written", detail=f"{str(error).capitalize()}.") from error
            raise

    # -- taking ------------------------------------------------------------------------------------------------------

    def take(self, arrival: Arrival, entries: Iterable[Sealed]) -> Taken:
        """Take a bundle in: all of it or, where it is held or a conflict, none of it."""
        known = self._db.execute(
            "SELECT 1 FROM bundle WHERE bundle = ? AND sha256 = ? AND verdict = 'accepted'",
            (arrival.bundle, arrival.sha256),
        ).fetchone()
        if known:
            return Taken("already-here", known=sum(last - first + 1 for first, last, _ in arrival.covers.values()))
        needs = self._needs(arrival)
        if needs:
            named = ", ".join(f"laptop {device[:8]} from number {number}" for device, number in sorted(needs.items()))
            return self._remember(arrival, Taken("held", f"Need {named} first.", needs))
        try:
            with self._transaction():
                taken = self._take_all(arrival, entries)
        except _Breaks as no:
            return self._remember(arrival, Taken("conflict", str(no)))
        return taken

    def _needs(self, arrival: Arrival) -> dict[str, int]:
        """Device → the first number that is missing before this bundle makes sense."""
        heads = self.heads(arrival.covers)
        return {
            device: heads.get(device, (0, ""))[0] + 1
            for device, (first, _, _) in arrival.covers.items()
            if first > heads.get(device, (0, ""))[0] + 1
        }

    def _take_all(self, arrival: Arrival, entries: Iterable[Sealed]) -> Taken:
        count = _Count()
        batch: list[Sealed] = []
        for one in entries:
            batch.append(one)
            if len(batch) >= BATCH:
                self._take_batch(arrival, batch, count)
                batch = []
        self._take_batch(arrival, batch, count)
        for device, (_, last, digest) in arrival.covers.items():
            self._advance(device, last, digest)
        reason = f"{len(count.conflicts)} entries are kept aside." if count.conflicts else ""
        taken = Taken("accepted", reason, {}, count.new, count.known, count.filled, tuple(count.conflicts))
        self._write_bundle(arrival, taken)
        return taken

    def _take_batch(self, arrival: Arrival, batch: Sequence[Sealed], count: _Count) -> None:
        rows = [(one, self._row(one)) for one in batch]
        seen = self._seen([row.id for _, row in rows])
        entries, contents, ids = [], [], []
        for one, row in rows:
            event = row.event or NOWHERE
            if row.id in seen and seen[row.id] != row.digest:
                self._put_aside(arrival, row, one, "the same id is here with other bytes", count)
                continue
            if row.id in seen:
                count.known += 1
            else:
                count.new += 1
                seen[row.id] = row.digest
                entries.append(
                    (event, row.id, row.device, row.number, row.previous, row.digest, row.recorded_at, one.envelope)
                )
                ids.append((row.id, event, row.digest))
            if one.content is not None and one.salt is not None:
                contents.append((one, row, event))
        self._db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entries)
        self._db.executemany("INSERT INTO id_seen VALUES (?, ?, ?)", ids)
        self._fill(arrival, contents, count)

    @staticmethod
    def _row(one: Sealed) -> Envelope:
        try:
            return read_envelope(one.envelope)
        except Unreadable as error:
            raise _Breaks(f"One of its entries can't be taken: {error}.") from error

    def _seen(self, ids: Sequence[str]) -> dict[str, str]:
        rows = self._db.execute(
            "SELECT id, digest FROM id_seen WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
        )
        return dict(rows)

    def _fill(self, arrival: Arrival, contents: Sequence[tuple[Sealed, Envelope, str]], count: _Count) -> None:
        """Lay contents beside their envelopes; what is here already or was erased stays as it is."""
        ids = json.dumps([row.id for _, row, _ in contents])
        here = {
            one[0]
            for one in self._db.execute(
                "SELECT c.id FROM id_seen s JOIN content c ON c.event = s.event AND c.id = s.id"
                " WHERE s.id IN (SELECT value FROM json_each(:ids))"
                " UNION ALL SELECT id FROM erasure WHERE id IN (SELECT value FROM json_each(:ids))",
                {"ids": ids},
            )
        }
        for one, row, event in contents:
            if row.id in here or one.content is None or one.salt is None:
                continue
            try:
                self._store(row, event, one.salt, one.content)
            except Unreadable as error:
                self._put_aside(arrival, row, one, str(error), count)
                continue
            count.filled += 1
            here.add(row.id)

    def _store(self, row: Envelope, event: str, salt: bytes, raw: bytes) -> None:
        content = read_content(row, salt, raw)
        self._db.execute(
            "INSERT INTO content VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                event, row.id, content.kind, content.person, content.by, content.means, content.happened_at,
                " ".join(content.replaces), salt, raw,
            ),
        )  # fmt: skip
        if content.kind == "event-scheduled":
            series = str(content.body["series"])
            self._db.execute("INSERT OR IGNORE INTO series VALUES (?, ?)", (series, event))
        for erased in content.body["ids"] if content.kind == "erased" else ():
            self._db.execute("INSERT OR IGNORE INTO erasure VALUES (?)", (erased,))
            self._db.execute(
                "DELETE FROM content WHERE id = :id AND event = (SELECT event FROM id_seen WHERE id = :id)",
                {"id": erased},
            )

    def _put_aside(self, arrival: Arrival, row: Envelope, one: Sealed, reason: str, count: _Count) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO aside VALUES (?, ?, ?, ?, ?, ?, ?)",
            (row.digest, row.id, arrival.bundle, reason, one.envelope, one.salt, one.content),
        )
        count.conflicts.append(f"{row.id}: {reason}")

    def _advance(self, device: str, last: int, digest: str) -> None:
        """Move a device's head, after its chain was followed link by link up to `last`."""
        number, head = self.heads([device]).get(device, (0, ""))
        if last <= number:
            return
        links = self._db.execute(
            "SELECT number, previous, digest FROM entry WHERE device = ? AND number > ? AND number <= ?"
            " ORDER BY number",
            (device, number, last),
        )
        heads = {head}  # more than one where a copied workspace wrote on: a fork, of which all ends are kept
        found: set[str] = set()
        for at, previous, own in links:
            if at == number + 1 and (previous or "") in heads:
                found.add(own)
            elif at == number + 2 and previous in found:
                number, heads, found = number + 1, found, {own}
            else:
                raise _Breaks(f"The chain of laptop {device[:8]} breaks at number {at}.")
        if number + 1 != last or digest not in found:
            raise _Breaks(f"The chain of laptop {device[:8]} does not end where the bundle says.")
        self._db.execute(
            "INSERT INTO device_head VALUES (?, ?, ?)"
            " ON CONFLICT (device) DO UPDATE SET number = excluded.number, digest = excluded.digest",
            (device, last, digest),
        )

    def _remember(self, arrival: Arrival, taken: Taken) -> Taken:
        with self._transaction():
            self._write_bundle(arrival, taken)
        return taken

    def _write_bundle(self, arrival: Arrival, taken: Taken) -> None:
        self._db.execute(
            "INSERT INTO bundle VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (bundle) DO UPDATE SET"
            " sha256 = excluded.sha256, verdict = excluded.verdict, reason = excluded.reason,"
            " received_at = excluded.received_at",
            (
                arrival.bundle, arrival.sha256, arrival.device, arrival.parcel, taken.verdict, taken.reason,
                arrival.packed_at, arrival.received_at,
            ),
        )  # fmt: skip

    # -- reading -----------------------------------------------------------------------------------------------------

    def heads(self, devices: Iterable[str]) -> dict[str, tuple[int, str]]:
        """How far each device is known without a gap."""
        rows = self._db.execute(
            "SELECT device, number, digest FROM device_head WHERE device IN (SELECT value FROM json_each(?))",
            (json.dumps(list(devices)),),
        )
        return {device: (number, digest) for device, number, digest in rows}

    def entries(self, event: str) -> list[Entry]:
        """The entries of an event that have a content."""
        return self._read("c.event = ?", (event,))

    def events_of_series(self, series: str) -> list[str]:
        """The events of a series."""
        return [row[0] for row in self._db.execute("SELECT event FROM series WHERE series = ?", (series,))]

    def people(self, ids: Iterable[str]) -> dict[str, Person]:
        """These people as they stand."""
        wanted = list(ids)
        groups: dict[str, list[Entry]] = {one: [] for one in wanted}
        for entry in self._read(
            "c.event = ? AND c.person IN (SELECT value FROM json_each(?))", (NOWHERE, json.dumps(wanted))
        ):
            groups[str(entry.person)].append(entry)
        found = {one: person_now(one, entries) for one, entries in groups.items()}
        return {one: person for one, person in found.items() if person is not None}

    def merged(self) -> dict[str, str]:
        """Record → the record that it was merged into, by the merges that stand."""
        entries = self._read("c.event = ? AND c.kind IN ('people-merged', 'undo')", (NOWHERE,))
        standing = [family.current for family in families(entries) if family.current is not None]
        standing.sort(key=lambda entry: (entry.happened_at, entry.id))
        return {str(one.body["other"]): str(one.person) for one in standing if one.kind == "people-merged"}

    def _read(self, where: str, values: Sequence[object]) -> list[Entry]:
        rows = self._db.execute(
            "SELECT 0, c.id, e.device, e.number, e.recorded_at, nullif(c.event, ?), c.kind, c.person, c.by, c.means,"
            " c.happened_at, c.replaces, c.content FROM content c JOIN entry e ON e.event = c.event AND e.id = c.id"
            f" WHERE {where}",
            (NOWHERE, *values),
        )
        return [entry_of_row(row) for row in rows]


def _open(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, isolation_level=None, timeout=0)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA fullfsync = ON")
        db.execute("PRAGMA secure_delete = ON")
    except (sqlite3.DatabaseError, OSError) as error:
        if "not a database" in str(error):
            raise Refused("ledger-foreign", file=path) from error
        raise Refused("not-written", detail=f"{path}: {error}.") from error
    return db
