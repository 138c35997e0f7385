"""A part of the ledger as it leaves: one picture of it, entries that another place lacks, what they cover.

Owns the reading that a bundle is made of. Never writes, and never holds more than a page of entries.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from plfacilitate.core.entry import Sealed

_LACKING = "e.number > coalesce((SELECT value FROM json_each(:have) WHERE key = e.device), 0)"


@dataclass(frozen=True, slots=True)
class Extent:
    """What is taken of one device: numbers from `first` to `last`, and the digest of the last."""

    first: int
    last: int
    digest: str


@contextmanager
def one_picture(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything read inside is of one moment, whatever others write meanwhile. Nothing may be written inside."""
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT count(*) FROM watermark").fetchone()  # a deferred BEGIN begins with the first read
        yield
    finally:
        connection.execute("ROLLBACK")


def extents(connection: sqlite3.Connection, have: Mapping[str, int]) -> dict[str, Extent]:
    """Per device, what a place lacks that has these numbers already; devices that bring nothing are left out."""
    rows = connection.execute(
        f"SELECT e.device, min(e.number), max(e.number) FROM entry e WHERE {_LACKING} GROUP BY e.device",
        {"have": json.dumps(dict(have))},
    ).fetchall()
    found = {}
    for device, first, last in sorted(rows):
        digest = connection.execute(
            "SELECT digest FROM entry WHERE device = ? AND number = ? ORDER BY seq LIMIT 1", (device, last)
        ).fetchone()[0]
        found[device] = Extent(first, last, digest)
    return found


def lacking(
    connection: sqlite3.Connection, have: Mapping[str, int], kinds: frozenset[str], *, page: int = 2000
) -> Iterator[Sealed]:
    """The stored bytes of what a place lacks, in the order they arrived here; contents only of these kinds."""
    after = 0
    while True:
        rows = connection.execute(
            "SELECT e.seq, e.envelope, c.kind, c.salt, c.content FROM entry e LEFT JOIN content c ON c.entry = e.seq"
            f" WHERE e.seq > :after AND {_LACKING} ORDER BY e.seq LIMIT :page",
            {"after": after, "page": page, "have": json.dumps(dict(have))},
        ).fetchall()
        if not rows:
            return
        for seq, envelope, kind, salt, content in rows:
            after = seq
            seen = kind in kinds
            yield Sealed(envelope, salt if seen else None, content if seen else None)
