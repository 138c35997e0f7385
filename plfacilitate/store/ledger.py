"""The ledger: the one place where entries are appended, received, erased and read in order.

Owns the transaction in which an entry gets its number and digest. Never changes an entry, and never keeps a head in
memory: another process may have written since. A connection belongs to the thread that opened it.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from plfacilitate.core import entry as words
from plfacilitate.core.entry import Chance, Clock, Draft, Entry, Sealed
from plfacilitate.core.refusal import Refusal, Refused
from plfacilitate.store.marker import Marker
from plfacilitate.store.schema import prepare

WAIT_SECONDS = 10.0  # how long a writer tries to get the lock before it says so
PAUSE_SECONDS = 0.0007  # SQLite's own busy handler sleeps far longer than a commit takes

READ = """SELECT c.seq, e.id, e.device, e.number, e.recorded_at, c.event, c.kind, c.person, c.by, c.means,
    c.happened_at, c.replaces, c.content FROM content c JOIN entry e ON e.seq = c.entry WHERE c.seq > :since"""

_ENTRY_ROW = "entry (seq, id, device, number, previous, digest, recorded_at, event, envelope)"
_CONTENT_ROW = "content (seq, entry, event, kind, person, by, means, happened_at, replaces, salt, content)"
_SIZES = (128, 32, 8, 1)  # rows a statement: few enough shapes to stay prepared


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a draft: `new`, `known` (the same id was here: a resend), or `refused` with its Refusal."""

    status: Literal["new", "known", "refused"]
    entry: Entry | None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What a merge brought: entries new, already here, contents that were missing and came, and what stands aside."""

    new: int = 0
    known: int = 0
    filled: int = 0
    conflicts: tuple[str, ...] = ()
    unknown_kinds: int = 0

    def __add__(self, other: Received) -> Received:
        return Received(
            self.new + other.new,
            self.known + other.known,
            self.filled + other.filled,
            self.conflicts + other.conflicts,
            self.unknown_kinds + other.unknown_kinds,
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """Who writes: the laptop's name for people, and how to make the key of a new device (device id → public key)."""

    name: str
    public_key: Callable[[str], str] = lambda device: ""


class Ledger:
    """One connection to one ledger. Open one a thread."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, clock: Clock, chance: Chance, marker: Marker | None
    ) -> None:
        """Use `Ledger.open`."""
        self.connection = connection
        self.path = path
        self._resolved = path.resolve()
        self.device = ""
        self._clock = clock
        self._chance = chance
        self._marker = marker

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Clock,
        chance: Chance,
        marker: Marker | None = None,
        identity: Identity | None = None,
        readonly: bool = False,
        check_same_thread: bool = True,
    ) -> Ledger:
        """Open or make the ledger at `path`. Refuses a newer or foreign file and a place that can't be written."""
        ledger = cls(connect(path, readonly=readonly, check_same_thread=check_same_thread), path, clock, chance, marker)
        if not readonly:
            ledger.device = ledger._settle_device(identity or Identity(""))
        return ledger

    def close(self) -> None:
        """Close the connection; the file is whole at any moment, closed or not."""
        self.connection.close()

    # -- writing -----------------------------------------------------------------------------------------------------

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Write the drafts in one durable transaction and say what became of each, in order.

        A draft whose id is here already is `known`; a refused one fails alone. Raises Refused("not-written") when the
        disk says no, and then none of them is in.
        """
        if not drafts:
            return []
        with self._writing():
            number, previous = self._head(self.device)
            outcomes: list[Outcome] = []
            recorded_at = self._clock()
            here, run = self._ids_here(drafts), list[Draft]()
            for draft in drafts:
                # Resends, corrections and erasures look at what stands before them.
                if draft.id in here or draft.replaces or draft.kind == "erased":
                    number, previous = self._place_run(run, number, previous, recorded_at, outcomes)
                    outcome, number, previous = self._place(draft, number, previous, recorded_at)
                    outcomes.append(outcome)
                    run = []
                else:
                    run.append(draft)
                here.add(draft.id)
            number, previous = self._place_run(run, number, previous, recorded_at, outcomes)
        self._mark(number, previous)
        return outcomes

    def append_one(self, draft: Draft) -> Entry:
        """Append one draft; raises its refusal."""
        (outcome,) = self.append([draft])
        if outcome.refusal is not None or outcome.entry is None:
            refusal = outcome.refusal or Refusal("not-written", {"detail": "The ledger gave no answer."})
            raise Refused(refusal.code, **refusal.details)
        return outcome.entry

    def receive(self, sealed: Iterable[Sealed], *, page: int = 2000) -> Received:
        """Take in entries of other ledgers as a set union: any order, any repetition, same result."""
        total = Received()
        batch: list[Sealed] = []
        for item in sealed:
            batch.append(item)
            if len(batch) >= page:
                total += self._receive_page(batch)
                batch = []
        return total + self._receive_page(batch)

    def erase(self, ids: Sequence[str], *, reason: str, by: str) -> Entry:
        """Remove the contents of these entries for good, and say so in an entry. The envelopes stay."""
        draft = Draft(
            id=self._new_id(),
            kind="erased",
            happened_at=self._clock(),
            by=by,
            means="system",
            salt=self._chance(16),
            body={"ids": list(ids), "reason": reason},
        )
        erased = self.append_one(draft)
        self.sweep()
        return erased

    def sweep(self) -> None:
        """Let nothing of an erased content remain in the file: search, free pages, write-ahead log."""
        for table in ("person_words", "text_words"):
            self.connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        self.connection.execute("VACUUM")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # -- reading -----------------------------------------------------------------------------------------------------

    def entries(
        self,
        *,
        since: int = 0,
        event: str | None = None,
        kinds: Collection[str] | None = None,
        person: str | None = None,
        limit: int = -1,
    ) -> Iterator[Entry]:
        """Entries with a content, in the order they arrived here, from `since` (a seq, not included)."""
        query, values = READ, {"since": since, "event": event, "person": person, "limit": limit}
        if event is not None:
            query += " AND c.event = :event"
        if person is not None:
            query += " AND c.person = :person"
        if kinds is not None:
            names = {f"k{n}": kind for n, kind in enumerate(sorted(kinds))}
            query += f" AND c.kind IN ({','.join(':' + name for name in names)})"
            values |= names
        for row in self.connection.execute(query + " ORDER BY c.seq LIMIT :limit", values):
            yield entry_of_row(row)

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id; None where it is not here or has no content."""
        row = self.connection.execute(READ + " AND e.id = :id", {"since": 0, "id": entry_id}).fetchone()
        return entry_of_row(row) if row else None

    def head_seq(self) -> int:
        """The seq of the newest content, 0 in an empty ledger: where the next refresh starts."""
        return int(self.connection.execute("SELECT coalesce(max(seq), 0) FROM content").fetchone()[0])

    def head_entry_seq(self) -> int:
        """The seq of the newest envelope, 0 in an empty ledger: where a pack ends."""
        return int(self.connection.execute("SELECT coalesce(max(seq), 0) FROM entry").fetchone()[0])

    def count(self) -> int:
        """How many entries there are."""
        return int(self.connection.execute("SELECT count(*) FROM entry").fetchone()[0])

    def data_version(self) -> int:
        """A number that moves when another connection commits (SQLite's `data_version`, about 2 µs)."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def heads(self) -> dict[str, tuple[int, str]]:
        """Device → its highest number and that entry's digest."""
        rows = self.connection.execute(
            "SELECT device, number, digest FROM entry e WHERE number ="
            " (SELECT max(number) FROM entry WHERE device = e.device) ORDER BY device, seq"
        )
        heads: dict[str, tuple[int, str]] = {}
        for device, number, digest in rows:
            heads.setdefault(device, (number, digest))
        return heads

    def sealed(
        self, after_seq: int = 0, upto_seq: int | None = None, kinds: frozenset[str] | None = None, page: int = 2000
    ) -> Iterator[Sealed]:
        """Stored bytes, page by page, of envelopes in (after_seq, upto_seq]; contents only of `kinds` (None = all)."""
        upto = self.head_entry_seq() if upto_seq is None else upto_seq
        while after_seq < upto:
            rows = self.connection.execute(
                "SELECT e.seq, e.envelope, c.kind, c.salt, c.content FROM entry e LEFT JOIN content c ON c.entry = e.seq"
                " WHERE e.seq > ? AND e.seq <= ? ORDER BY e.seq LIMIT ?",
                (after_seq, upto, page),
            ).fetchall()
            for seq, envelope, kind, salt, content in rows:
                after_seq = seq
                seen = kinds is None or kind in kinds
                yield Sealed(envelope, salt if seen else None, content if seen else None)
            if not rows:
                return

    def forks(self) -> dict[str, list[int]]:
        """Device → numbers that stand twice: a copy of this ledger wrote on. All of them are kept."""
        forks: dict[str, list[int]] = {}
        for device, number in self.connection.execute(
            "SELECT device, number FROM entry GROUP BY device, number HAVING count(*) > 1 ORDER BY device, number"
        ):
            forks.setdefault(device, []).append(number)
        return forks

    def aside(self) -> list[tuple[str, str]]:
        """Entries that could not be taken as they came: (id, reason)."""
        return [(row[0], row[1]) for row in self.connection.execute("SELECT id, reason FROM aside ORDER BY seq")]

    # -- inside the transaction --------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT, tried again quickly while another process holds the lock."""
        begin(self.connection)
        try:
            yield
            self.connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._rollback()
            raise Refused("not-written", detail=f"{str(error).capitalize()}.") from error
        except BaseException:
            self._rollback()
            raise

    def _rollback(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def _head(self, device: str) -> tuple[int, str | None]:
        row = self.connection.execute(
            "SELECT number, digest FROM entry WHERE device = ? ORDER BY number DESC, seq DESC LIMIT 1", (device,)
        ).fetchone()
        return (row[0], row[1]) if row else (0, None)

    def _place(
        self, draft: Draft, number: int, previous: str | None, recorded_at: datetime
    ) -> tuple[Outcome, int, str | None]:
        known = self.connection.execute("SELECT seq FROM entry WHERE id = ?", (draft.id,)).fetchone()
        content = draft.content_bytes()
        if known:
            return self._known(draft), number, previous
        if self._circular(draft):
            return Outcome("refused", None, Refusal("cycle", {})), number, previous
        envelope = words.envelope_bytes(
            draft, content, device=self.device, number=number + 1, previous=previous, recorded_at=recorded_at
        )
        row = _Row(
            draft.id, self.device, number + 1, previous, words.digest(envelope), words.utc_text(recorded_at),
            draft.event, envelope,
        )  # fmt: skip
        seq = self._insert_entry(row)
        stored = self._insert_content(
            seq, draft.event, draft.kind, draft.person, draft.by, draft.means, words.utc_text(draft.happened_at),
            draft.replaces, draft.salt, content,
        )  # fmt: skip
        if draft.kind == "erased":
            self._drop_contents(draft.id, draft.body["ids"])
        entry = Entry(
            stored, draft.id, self.device, row.number, row.recorded_at, draft.event, draft.kind, draft.person, draft.by,
            draft.means, words.utc_text(draft.happened_at), draft.replaces, content,
        )  # fmt: skip
        return Outcome("new", entry), row.number, row.digest

    def _ids_here(self, drafts: Sequence[Draft]) -> set[str]:
        """The ids of these drafts that the ledger holds already."""
        ids = json.dumps([draft.id for draft in drafts])
        return {
            row[0]
            for row in self.connection.execute(
                "SELECT id FROM entry WHERE id IN (SELECT value FROM json_each(?))", (ids,)
            )
        }

    def _place_run(
        self, run: Sequence[Draft], number: int, previous: str | None, recorded_at: datetime, outcomes: list[Outcome]
    ) -> tuple[int, str | None]:
        """Number, chain and insert drafts that are new and replace nothing, many rows a statement."""
        if not run:
            return number, previous
        (entry_seq, content_seq) = self.connection.execute(
            "SELECT (SELECT coalesce(max(seq), 0) FROM entry), (SELECT coalesce(max(seq), 0) FROM content)"
        ).fetchone()
        entries, contents = list[Any](), list[Any]()
        recorded = words.utc_text(recorded_at)
        for step, draft in enumerate(run, 1):
            content = draft.content_bytes()
            envelope = words.envelope_bytes(
                draft, content, device=self.device, number=number + step, previous=previous, recorded_at=recorded_at
            )
            digest = words.digest(envelope)
            happened = words.utc_text(draft.happened_at)
            entries += (
                entry_seq + step, draft.id, self.device, number + step, previous, digest, recorded, draft.event,
                envelope,
            )  # fmt: skip
            contents += (
                content_seq + step, entry_seq + step, draft.event, draft.kind, draft.person, draft.by, draft.means,
                happened, "", draft.salt, content,
            )  # fmt: skip
            previous = digest
            entry = Entry(
                content_seq + step, draft.id, self.device, number + step, recorded, draft.event, draft.kind,
                draft.person, draft.by, draft.means, happened, (), content,
            )  # fmt: skip
            outcomes.append(Outcome("new", entry))
        _insert_many(self.connection, _ENTRY_ROW, entries)
        _insert_many(self.connection, _CONTENT_ROW, contents)
        return number + len(run), previous

    def _known(self, draft: Draft) -> Outcome:
        """A resend is welcome; the same id for another fact is not."""
        here = self.entry(draft.id)
        if here is None or (here.kind, here.person, here.event) == (draft.kind, draft.person, draft.event):
            return Outcome("known", here)
        return Outcome("refused", here, Refusal("already-another", {"id": draft.id}))

    def _circular(self, draft: Draft) -> bool:
        """Whether a version that it replaces replaces it in turn (the other end may have come first)."""
        waiting, seen = list(draft.replaces), set[str]()
        while waiting:
            current = waiting.pop()
            if current == draft.id:
                return True
            if current in seen:
                continue
            seen.add(current)
            row = self.connection.execute(
                "SELECT c.replaces FROM content c JOIN entry e ON e.seq = c.entry WHERE e.id = ?", (current,)
            ).fetchone()
            waiting.extend(row[0].split() if row else ())
        return False

    def _insert_entry(self, row: _Row) -> int:
        cursor = self.connection.execute(
            "INSERT INTO entry (id, device, number, previous, digest, recorded_at, event, envelope)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (row.id, row.device, row.number, row.previous, row.digest, row.recorded_at, row.event, row.envelope),
        )
        return int(cursor.lastrowid or 0)

    def _insert_content(
        self,
        entry: int,
        event: str | None,
        kind: str,
        person: str | None,
        by: str,
        means: str,
        happened_at: str,
        replaces: Sequence[str],
        salt: bytes,
        content: bytes,
    ) -> int:
        cursor = self.connection.execute(
            "INSERT INTO content (entry, event, kind, person, by, means, happened_at, replaces, salt, content)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (entry, event, kind, person, by, means, happened_at, " ".join(replaces), salt, content),
        )
        return int(cursor.lastrowid or 0)

    def _drop_contents(self, erased_by: str, ids: Sequence[str]) -> None:
        from plfacilitate.store.search import forget

        for entry_id in ids:
            self.connection.execute("INSERT OR IGNORE INTO erasure VALUES (?, ?)", (entry_id, erased_by))
        forget(self.connection, ids)
        for entry_id in ids:
            self.connection.execute(
                "DELETE FROM content WHERE entry = (SELECT seq FROM entry WHERE id = ?)", (entry_id,)
            )

    # -- receiving ---------------------------------------------------------------------------------------------------

    def _receive_page(self, page: Sequence[Sealed]) -> Received:
        if not page:
            return Received()
        total = Received()
        with self._writing():
            for item in page:
                total += self._receive_one(item)
        return total

    def _receive_one(self, item: Sealed) -> Received:
        try:
            row = _Row.of(item.envelope)
        except (ValueError, KeyError, TypeError):
            return self._put_aside("?", item, "its envelope can't be read")
        known = self.connection.execute("SELECT seq, envelope FROM entry WHERE id = ?", (row.id,)).fetchone()
        if known and known[1] != item.envelope:
            return self._put_aside(row.id, item, "the same id is here with other bytes")
        seq = known[0] if known else self._insert_entry(row)
        got = Received(known=1) if known else Received(new=1)
        if item.content is None or item.salt is None or self._has_content_or_erased(seq, row.id):
            return got
        if words.content_digest(item.salt, item.content) != row.content_digest:
            return got + self._put_aside(row.id, item, "its content is not the one that its envelope names")
        try:
            kind = self._store_received(seq, row, item.salt, item.content)
        except (ValueError, KeyError, TypeError):
            return got + self._put_aside(row.id, item, "its content can't be read")
        return got + Received(filled=1 if known else 0, unknown_kinds=0 if kind in words.KINDS else 1)

    def _has_content_or_erased(self, seq: int, entry_id: str) -> bool:
        return bool(
            self.connection.execute(
                "SELECT 1 FROM content WHERE entry = ? UNION ALL SELECT 1 FROM erasure WHERE id = ?", (seq, entry_id)
            ).fetchone()
        )

    def _store_received(self, seq: int, row: _Row, salt: bytes, content: bytes) -> str:
        value = json.loads(content)
        kind, body = str(value["kind"]), value["body"]
        words.utc_moment(value["happened_at"])
        self._insert_content(
            seq, row.event, kind, value["person"], str(value["by"]), str(value["means"]), value["happened_at"],
            [str(name) for name in value["replaces"]], salt, content,
        )  # fmt: skip
        if kind == "erased":
            self._drop_contents(row.id, [str(name) for name in body["ids"]])
        return kind

    def _put_aside(self, entry_id: str, item: Sealed, reason: str) -> Received:
        self.connection.execute(
            "INSERT OR IGNORE INTO aside (id, digest, reason, envelope, salt, content) VALUES (?, ?, ?, ?, ?, ?)",
            (
                entry_id,
                words.digest(item.envelope + (item.content or b"")),
                reason,
                item.envelope,
                item.salt,
                item.content,
            ),
        )
        return Received(conflicts=(f"{entry_id}: {reason}",))

    # -- which device writes -----------------------------------------------------------------------------------------

    def _settle_device(self, identity: Identity) -> str:
        """The device of this ledger on this machine; a new one where the marker says that this is a copy."""
        row = self.connection.execute("SELECT value FROM local WHERE key = 'device'").fetchone()
        if row and (self._marker is None or self._continues(row[0])):
            return str(row[0])
        return self._start_device(row[0] if row else None, identity)

    def _continues(self, device: str) -> bool:
        """The marker knows this device, on this machine, in this file, and nothing was written beyond it."""
        assert self._marker is not None
        mark = self._marker.read(device)
        if mark is None or mark.machine != self._marker.machine or mark.ledger != str(self.path.resolve()):
            return False
        return bool(
            self.connection.execute(
                "SELECT 1 FROM entry WHERE device = ? AND number = ? AND digest = ?", (device, mark.number, mark.digest)
            ).fetchone()
        )

    def _start_device(self, parent: str | None, identity: Identity) -> str:
        device = self._new_id()
        with self._writing():
            row = self.connection.execute("SELECT value FROM local WHERE key = 'device'").fetchone()
            if row and row[0] != parent:  # another process of this workspace was faster
                return str(row[0])
            parent_digest = self._head(parent)[1] if parent else None
            self.connection.execute("INSERT OR REPLACE INTO local VALUES ('device', ?)", (device,))
            self.device = device
            draft = Draft(
                id=self._new_id(),
                kind="device-started",
                happened_at=self._clock(),
                by="system",
                means="system",
                salt=self._chance(16),
                body={
                    "name": identity.name,
                    "public_key": identity.public_key(device),
                    "parent_device": parent,
                    "parent_digest": parent_digest,
                },
            )
            _, number, digest = self._place(draft, 0, None, self._clock())
        self._mark(number, digest)
        return device

    def _mark(self, number: int, digest: str | None) -> None:
        if self._marker is not None and digest is not None:
            self._marker.write(self.device, self._resolved, number, digest)

    def _new_id(self) -> str:
        return new_id(self._chance)


def _insert_many(connection: sqlite3.Connection, columns: str, values: Sequence[Any]) -> None:
    """Insert rows, given one after the other, in as few statements as there are sizes.

    Each statement gives the interpreter to other threads and has to wait until it gets it back: in a busy door a
    statement a row is what a batch spends its time on.
    """
    width, at = columns.count(",") + 1, 0
    for rows in _SIZES:
        marks = ", ".join(["(" + ", ".join("?" * width) + ")"] * rows)
        while len(values) - at >= rows * width:
            connection.execute(f"INSERT INTO {columns} VALUES {marks}", values[at : at + rows * width])
            at += rows * width


def new_id(chance: Chance) -> str:
    """A random id (UUIDv4) from the chance that was passed in."""
    import uuid

    return str(uuid.UUID(bytes=chance(16), version=4))


@dataclass(frozen=True, slots=True)
class _Row:
    """The columns beside an envelope: copies that `doctor` compares."""

    id: str
    device: str
    number: int
    previous: str | None
    digest: str
    recorded_at: str
    event: str | None
    envelope: bytes
    content_digest: str = ""

    @staticmethod
    def of(envelope: bytes) -> _Row:
        """Read an envelope's own words. Raises ValueError, KeyError or TypeError when they are not what they must be."""
        value = json.loads(envelope)
        number, event, previous = value["number"], value["event"], value["previous"]
        texts = [value["id"], value["device"], value["recorded_at"], value["content_digest"]]
        if type(number) is not int or number < 1 or not all(isinstance(text, str) and text for text in texts):
            raise ValueError("an envelope holds texts and a number")
        if not all(part is None or isinstance(part, str) for part in (event, previous)):
            raise ValueError("event and previous are texts or null")
        words.utc_moment(value["recorded_at"])
        return _Row(
            value["id"], value["device"], number, previous, words.digest(envelope), value["recorded_at"], event, envelope,
            value["content_digest"],
        )  # fmt: skip


def entry_of_row(row: Sequence[Any]) -> Entry:
    """An entry out of the columns of READ."""
    seq, entry_id, device, number, recorded_at, event, kind, person, by, means, happened_at, replaces, content = row
    return Entry(
        seq, entry_id, device, number, recorded_at, event, kind, person, by, means, happened_at,
        tuple(replaces.split()) if replaces else (), content,
    )  # fmt: skip


def connect(path: Path, *, readonly: bool = False, check_same_thread: bool = True) -> sqlite3.Connection:
    """A connection set up as every one of ours: WAL, every commit on the disk, foreign keys, no waiting inside SQLite."""
    if readonly and not path.exists():
        raise Refused("file-missing", file=path)
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={'ro' if readonly else 'rwc'}",
            uri=True,
            isolation_level=None,
            timeout=0,
            check_same_thread=check_same_thread,
            cached_statements=256,
        )
        _tune(connection, path, readonly)
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise Refused("ledger-foreign", file=path) from error
        raise Refused("not-written", detail=f"{path}: {error}.") from error
    return connection


def _tune(connection: sqlite3.Connection, path: Path, readonly: bool) -> None:
    if not readonly:
        _patiently(connection, "PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA secure_delete = ON")
        prepare(connection, path)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -8000")


def _patiently(connection: sqlite3.Connection, statement: str) -> None:
    started = time.monotonic()
    while True:
        try:
            connection.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) and "busy" not in str(error):
                raise
            if time.monotonic() - started > WAIT_SECONDS:
                raise Refused("wait", seconds=int(WAIT_SECONDS)) from error
            time.sleep(PAUSE_SECONDS)


def begin(connection: sqlite3.Connection) -> None:
    """BEGIN IMMEDIATE, tried again every 0.7 ms; Refused("wait") after WAIT_SECONDS, "not-written" when it can't be."""
    try:
        _patiently(connection, "BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise Refused("not-written", detail=f"{str(error).capitalize()}.") from error
