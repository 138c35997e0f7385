"""What a ledger can be asked.

Owns the statements that read entries in order of arrival, heads, forks and what stands aside. Never writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator

from plfacilitate.core.entry import Entry, Sealed
from plfacilitate.store.rows import MARKS, READ, READ_RARE, entry_of_row, newest

_PAGE = 1000  # rows taken from SQLite at a time


class Reading:
    """The readers of a ledger's connection."""

    connection: sqlite3.Connection

    def entries(
        self,
        *,
        since: int = 0,
        event: str | None = None,
        kinds: Collection[str] | None = None,
        person: str | None = None,
        outside: bool = False,
        limit: int = -1,
    ) -> Iterator[Entry]:
        """Entries with a content, in the order they arrived here, from `since` (a seq, not included).

        `outside` = only those of no event, such as what is known about a person.
        """
        values: dict[str, object] = {"since": since, "event": event, "person": person, "limit": limit}
        # What is no mark has an index of its own; marks are found by their event or person.
        rare = bool(kinds) and person is None and MARKS.isdisjoint(kinds or ())
        query = READ_RARE if rare else READ
        if event is not None:
            query += " AND c.event = :event"
        elif outside:
            query += " AND c.event IS NULL"
        if person is not None:
            query += " AND c.person = :person"
        if kinds is not None:
            names = {f"k{n}": kind for n, kind in enumerate(sorted(kinds))}
            query += f" AND {'' if rare else '+'}c.kind IN ({','.join(':' + name for name in names)})"
            values |= names
        cursor = self.connection.execute(query + " ORDER BY c.seq LIMIT :limit", values)
        while rows := cursor.fetchmany(_PAGE):
            yield from map(entry_of_row, rows)

    def visits(self) -> list[str]:
        """The events at which a visit was announced or somebody observed, in order of their ids."""
        rows = self.connection.execute(
            "SELECT DISTINCT event FROM content INDEXED BY content_kind WHERE event IS NOT NULL"
            " AND kind IN ('visit-planned', 'observation-started') AND kind NOT IN ('sign-in', 'sign-out') ORDER BY event"
        )
        return [row[0] for row in rows]

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id; None where it is not here or has no content."""
        row = self.connection.execute(READ + " AND e.id = :id", {"since": 0, "id": entry_id}).fetchone()
        return entry_of_row(row) if row else None

    def envelope_only(self, entry_id: str) -> Entry | None:
        """The entry of that id without its content: `kind` is None, `seq` is 0. None where it is not here."""
        row = self.connection.execute(
            "SELECT 0, id, device, number, recorded_at, event, NULL, NULL, '', '', '', '', NULL FROM entry WHERE id = ?",
            (entry_id,),
        ).fetchone()
        return entry_of_row(row) if row else None

    def head_seq(self) -> int:
        """The seq of the newest content, 0 in an empty ledger: where the next refresh starts."""
        return newest(self.connection)[1]

    def head_entry_seq(self) -> int:
        """The seq of the newest envelope, 0 in an empty ledger: where a pack ends."""
        return newest(self.connection)[0]

    def count(self) -> int:
        """How many entries there are."""
        return int(self.connection.execute("SELECT count(*) FROM entry").fetchone()[0])

    def data_version(self) -> int:
        """A number that moves when another connection commits (SQLite's `data_version`, about 2 µs)."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def heads(self) -> dict[str, tuple[int, str]]:
        """Device → its highest number and that entry's digest, the least of them where a copy wrote that number too."""
        rows = self.connection.execute(
            """WITH RECURSIVE known(device) AS (
                SELECT min(device) FROM entry UNION ALL
                SELECT (SELECT min(device) FROM entry WHERE device > known.device) FROM known WHERE device IS NOT NULL
            ), tops AS (
                SELECT device, (SELECT max(number) FROM entry WHERE device = known.device) AS number
                FROM known WHERE device IS NOT NULL
            )
            SELECT device, number,
                (SELECT min(digest) FROM entry WHERE device = tops.device AND number = tops.number) FROM tops"""
        )
        return {device: (number, digest) for device, number, digest in rows}

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
        for device, number in self.connection.execute("SELECT device, number FROM fork ORDER BY device, number"):
            forks.setdefault(device, []).append(number)
        return forks

    def forked(self, event: str) -> frozenset[str]:
        """The ids of this event's entries whose number two copies of a ledger gave out: kept, counted, in doubt."""
        rows = self.connection.execute(
            "SELECT e.id FROM fork f CROSS JOIN entry e ON e.device = f.device AND e.number = f.number WHERE e.event = ?",
            (event,),
        )
        return frozenset(row[0] for row in rows)

    def aside(self) -> list[tuple[str, str]]:
        """What could not be taken as it came: (id, reason). It waits for a decision."""
        return [(row[0], row[1]) for row in self.connection.execute("SELECT id, reason FROM aside ORDER BY seq")]
