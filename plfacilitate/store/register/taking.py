"""One bundle while it is taken into a register.

Owns what becomes of each of its entries, and the proof that every device's chain is whole. Everything happens inside
the caller's transaction: what is raised here leaves nothing behind. Never decides what an entry means.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice

from plfacilitate.core.entry import Sealed
from plfacilitate.core.wire import Envelope, Unreadable, read_content, read_envelope
from plfacilitate.store.register import Arrival, Taken
from plfacilitate.store.register.tables import NOWHERE

BATCH = 1000


class Breaks(Exception):
    """A chain that does not hold: nothing of the bundle is taken."""


class Missing(Exception):
    """Entries before these are not here yet: the bundle is held. `needs` = device → the first number that is missing."""

    def __init__(self, needs: dict[str, int]) -> None:
        self.needs = needs
        named = ", ".join(f"laptop {device[:8]} from number {number}" for device, number in sorted(needs.items()))
        super().__init__(f"Need {named} first.")


class Taking:
    """Takes one bundle. Raises Breaks and Missing."""

    def __init__(self, db: sqlite3.Connection, arrival: Arrival) -> None:
        """Inside a transaction."""
        self._db = db
        self._arrival = arrival
        self.erased = False  # contents were deleted: the file wants to be wiped
        self._new = self._known = self._filled = 0
        self._conflicts: list[str] = []

    def take(self, entries: Iterable[Sealed]) -> Taken:
        """All of it."""
        self._begins_here()
        walk = iter(entries)
        while batch := list(islice(walk, BATCH)):
            self._take_batch(batch)
        for device, (first, last, digest) in self._arrival.covers.items():
            self._follow(device, first, last, digest)
        reason = f"{len(self._conflicts)} entries are kept aside." if self._conflicts else ""
        return Taken("accepted", reason, {}, self._new, self._known, self._filled, tuple(self._conflicts))

    # -- entries -----------------------------------------------------------------------------------------------------

    def _take_batch(self, batch: Sequence[Sealed]) -> None:
        rows = [(one, self._envelope(one)) for one in batch]
        here = self._seen([row.id for _, row in rows])
        entries, ids, contents = [], [], []
        for one, row in rows:
            event = row.event or NOWHERE
            if row.id not in here:
                here[row.id] = row.digest
                entries.append(
                    (event, row.id, row.device, row.number, row.previous, row.digest, row.recorded_at, one.envelope)
                )
                ids.append((row.id, event, row.digest))
            elif here[row.id] == row.digest:
                self._known += 1
            else:
                self._put_aside(row, one, "the same id is here with other bytes")
                continue
            if one.content is not None and one.salt is not None:
                contents.append((row, one, event))
        self._new += len(entries)
        self._db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entries)
        self._db.executemany("INSERT INTO id_seen VALUES (?, ?, ?)", ids)
        self._fill(contents)

    def _envelope(self, one: Sealed) -> Envelope:
        try:
            row = read_envelope(one.envelope)
        except Unreadable as error:
            raise Breaks(f"One of its entries can't be taken: {error}.") from error
        first, last, _ = self._arrival.covers.get(row.device, (1, 0, ""))
        if not first <= row.number <= last:
            raise Breaks(f"It holds number {row.number} of laptop {row.device[:8]}, which it does not name.")
        return row

    def _seen(self, ids: Sequence[str]) -> dict[str, str]:
        rows = self._db.execute(
            "SELECT s.id, s.digest FROM json_each(?) CROSS JOIN id_seen s ON s.id = value", (json.dumps(ids),)
        )
        return dict(rows)

    # -- contents ----------------------------------------------------------------------------------------------------

    def _fill(self, contents: Sequence[tuple[Envelope, Sealed, str]]) -> None:
        """Lay contents beside their envelopes; what is here already or was erased stays as it is."""
        ids = json.dumps([row.id for row, _, _ in contents])
        here = {
            one[0]
            for one in self._db.execute(
                "SELECT c.id FROM json_each(?) CROSS JOIN id_seen s ON s.id = value"
                " JOIN content c ON c.event = s.event AND c.id = s.id",
                (ids,),
            )
        }
        for row, one, event in contents:
            if row.id in here:
                continue
            here.add(row.id)
            try:
                self._filled += self._store(row, event, one)
            except Unreadable as error:
                self._put_aside(row, one, str(error))

    def _store(self, row: Envelope, event: str, one: Sealed) -> bool:
        assert one.salt is not None
        assert one.content is not None
        content = read_content(row, one.salt, one.content)
        if content.kind != "erased" and self._is_erased(row.id):
            return False
        self._db.execute(
            "INSERT INTO content VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                event, row.id, content.kind, content.person, content.by, content.means, content.happened_at,
                " ".join(content.replaces), one.salt, one.content,
            ),
        )  # fmt: skip
        if content.kind == "event-scheduled":
            self._db.execute("INSERT OR IGNORE INTO series VALUES (?, ?)", (content.body["series"], event))
        for erased in content.body["ids"] if content.kind == "erased" else ():
            self._erase(erased)
        return True

    def _is_erased(self, entry_id: str) -> bool:
        return self._db.execute("SELECT 1 FROM erasure WHERE id = ?", (entry_id,)).fetchone() is not None

    def _erase(self, erased: str) -> None:
        self.erased = True
        self._db.execute("INSERT OR IGNORE INTO erasure VALUES (?)", (erased,))
        self._db.execute("UPDATE aside SET salt = NULL, content = NULL WHERE id = ?", (erased,))
        self._db.execute(
            "DELETE FROM content WHERE id = :id AND kind <> 'erased'"
            " AND event = (SELECT event FROM id_seen WHERE id = :id)",
            {"id": erased},
        )

    def _put_aside(self, row: Envelope, one: Sealed, reason: str) -> None:
        if self._is_erased(row.id):
            one = Sealed(one.envelope, None, None)
        self._db.execute(
            "INSERT OR IGNORE INTO aside VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row.digest, row.id, row.device, row.number, row.previous, self._arrival.bundle, reason, one.envelope,
                one.salt, one.content,
            ),
        )  # fmt: skip
        self._conflicts.append(f"{row.id}: {reason}")

    # -- chains ------------------------------------------------------------------------------------------------------

    def _begins_here(self) -> None:
        """What a bundle builds on must be here: seen before anything of it is read."""
        heads = {device: self._head(device) for device in self._arrival.covers}
        needs = {
            device: heads[device] + 1
            for device, (first, _, _) in self._arrival.covers.items()
            if first > heads[device] + 1
        }
        if needs:
            raise Missing(needs)

    def _head(self, device: str) -> int:
        row = self._db.execute("SELECT number FROM device_head WHERE device = ?", (device,)).fetchone()
        return int(row[0]) if row else 0

    def _follow(self, device: str, first: int, last: int, digest: str) -> None:
        """Every entry names one that is here, down to the first; so the chain is whole, forks and all.

        What stands aside is no part of the register, and still a link.
        """
        loose = self._db.execute(
            "SELECT number FROM link l WHERE device = ? AND number BETWEEN ? AND ? AND number > 1 AND NOT EXISTS"
            " (SELECT 1 FROM link p WHERE p.device = l.device AND p.number = l.number - 1 AND p.digest = l.previous)"
            " ORDER BY number LIMIT 1",
            (device, first, last),
        ).fetchone()
        if loose and not self._any(device, loose[0] - 1):
            raise Missing({device: self._first_gap(device)})
        if loose:
            raise Breaks(f"The chain of laptop {device[:8]} breaks at number {loose[0]}.")
        if not self._db.execute(
            "SELECT 1 FROM link WHERE device = ? AND number = ? AND digest = ?", (device, last, digest)
        ).fetchone():
            raise Breaks(f"The chain of laptop {device[:8]} does not end where the bundle says.")
        self._db.execute(
            "INSERT INTO device_head VALUES (?, ?, ?) ON CONFLICT (device) DO UPDATE"
            " SET number = excluded.number, digest = excluded.digest WHERE excluded.number > number",
            (device, last, digest),
        )

    def _any(self, device: str, number: int) -> bool:
        row = self._db.execute("SELECT 1 FROM link WHERE device = ? AND number = ?", (device, number)).fetchone()
        return row is not None

    def _first_gap(self, device: str) -> int:
        number = self._head(device) + 1
        while self._any(device, number):
            number += 1
        return number
