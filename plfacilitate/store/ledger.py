"""The ledger: the one place where entries are numbered, chained and appended.

Owns the transaction in which an entry gets its number and digest. Never changes an entry, and never keeps a head in
memory: another process may have written since. A connection belongs to the thread that opened it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from plfacilitate.core.entry import Chance, Clock, Draft, Entry, Sealed, new_id, utc_text
from plfacilitate.core.refusal import Refusal, Refused
from plfacilitate.store.batch import Batch, Outcome, Ready
from plfacilitate.store.connection import as_refused, connect, give_way, log_of, set_up, writing
from plfacilitate.store.device import Identity, begin_device, device_of, may_go_on
from plfacilitate.store.erasure import drop_contents, is_owed, sweep
from plfacilitate.store.marker import Marker
from plfacilitate.store.merge import Received, receive_page
from plfacilitate.store.reading import Reading
from plfacilitate.store.rows import insert_contents, insert_entries
from plfacilitate.store.schema import check_owner, prepare

__all__ = ["Identity", "Ledger", "Outcome", "Received", "new_id"]

RECEIVE_PAGE = 500  # entries a transaction: a merge must not keep the door waiting


class Ledger(Reading):
    """One connection to one ledger. Open one a thread."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, clock: Clock, chance: Chance, marker: Marker | None
    ) -> None:
        """Use `Ledger.open`."""
        self.connection = connection
        self.path = path
        self.device = device_of(connection)
        self._resolved = path.resolve()
        self._clock = clock
        self._chance = chance
        self._marker = marker
        self._identity = Identity("")
        self._log: int | None = None  # which file the write-ahead log was when this connection began to write

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
        connection = connect(path, readonly=readonly, check_same_thread=check_same_thread)
        try:
            check_owner(connection, path, must_hold=readonly)  # before anything is changed in a file that is not ours
            if not readonly:
                set_up(connection)
                prepare(connection, path)
            ledger = cls(connection, path, clock, chance, marker)
            if not readonly:
                ledger._settle(identity or Identity(""))
                ledger._log = log_of(path)
        except BaseException as error:
            connection.close()
            if isinstance(error, sqlite3.DatabaseError):
                raise as_refused(error, path) from error
            raise
        return ledger

    def close(self) -> None:
        """Close the connection; the file is whole at any moment, closed or not."""
        self.connection.close()

    def keep_small(self) -> None:
        """Hold at most 2 MB of the file in memory: for a process that runs beside others all day."""
        self.connection.execute("PRAGMA cache_size = -2000")

    # -- writing -----------------------------------------------------------------------------------------------------

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Write the drafts in one durable transaction and say what became of each, in order.

        A draft whose id is here already is `known`; a refused one fails alone. Raises Refused("not-written") when the
        disk says no, and then none of them is in.
        """
        if not drafts:
            return []
        ready = [Ready.of(draft) for draft in drafts]
        with writing(self.connection):
            self.device = device_of(self.connection)  # another process may have begun a new one
            outcomes = self._append(ready)
        self._still_ours()
        return outcomes

    def _still_ours(self) -> None:
        """Never say that something is saved in a log which nobody else will ever read.

        As long as a connection is open nobody who keeps to the rules takes the log away; a tool that copies, moves or
        syncs folders may. Refused: `log-gone`; whoever says it again after a new start writes no second entry.
        """
        if self._log is not None and log_of(self.path) != self._log:
            raise Refused("log-gone", file=self.path)

    def append_one(self, draft: Draft) -> Entry:
        """Append one draft; raises its refusal."""
        (outcome,) = self.append([draft])
        if outcome.refusal is not None or outcome.entry is None:
            refusal = outcome.refusal or Refusal("not-written", {"detail": "the ledger gave no answer."})
            raise Refused(refusal.code, **refusal.details)
        return outcome.entry

    def receive(self, sealed: Iterable[Sealed], *, page: int = RECEIVE_PAGE) -> Received:
        """Take in entries of other ledgers as a set union: any order, any repetition, same result."""
        total, erased, batch = Received(), False, list[Sealed]()
        for item in sealed:
            batch.append(item)
            if len(batch) >= page:
                got, gone = self._receive(batch)
                total, erased, batch = total + got, erased or gone, []
                give_way()
        if batch:
            got, gone = self._receive(batch)
            total, erased = total + got, erased or gone
        if erased:
            self.sweep()
        return total

    def _receive(self, batch: Sequence[Sealed]) -> tuple[Received, bool]:
        taken = receive_page(self.connection, batch)
        self.device = device_of(self.connection)
        if self.device in taken.devices:
            # Somebody writes under this name: a copy, or what this laptop wrote before it was put back.
            self._start_device(self.device)
        return taken.received, taken.erased

    def erase(self, ids: Sequence[str], *, reason: str, by: str, instead: Sequence[Draft] = ()) -> list[Entry]:
        """Remove the contents of these entries for good, and say so in an entry for each event. The envelopes stay.

        `instead` is written in the same transaction: all of it, or nothing is erased. What says that something was
        erased can't be erased itself; ids that are not here are erased when they come.
        """
        if not ids:
            return []
        for refusal in (Ready.of(draft).refusal for draft in instead):
            if refusal is not None:
                raise Refused(refusal.code, **refusal.details)
        anew = [(draft.event, draft.id) for draft in instead]
        erased = [
            self._erased(part, event, reason, by, [one for where, one in anew if where == event])
            for event, part in self._by_event(ids).items()
        ]
        outcomes = self.append([*instead, *erased])
        self.sweep()
        return [outcome.entry for outcome in outcomes if outcome.entry is not None]

    def clear(self, cleared: Sequence[Draft]) -> list[Entry]:
        """Write these `cleared` drafts, all or none: what they name goes for good from this file, and from no other.

        A ledger or a register that hears of it keeps what it has. Raises the first refusal, `not-written` too.
        """
        for refusal in (Ready.of(draft).refusal for draft in cleared):
            if refusal is not None:
                raise Refused(refusal.code, **refusal.details)
        outcomes = self.append(cleared)
        self.sweep()
        return [outcome.entry for outcome in outcomes if outcome.entry is not None]

    def _by_event(self, ids: Sequence[str]) -> Mapping[str | None, list[str]]:
        events: dict[str, str | None] = dict(
            self.connection.execute(
                "SELECT id, event FROM entry WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
            )
        )
        parts: dict[str | None, list[str]] = {}
        for one in dict.fromkeys(ids):
            parts.setdefault(events.get(one), []).append(one)
        return parts

    def _erased(self, ids: Sequence[str], event: str | None, reason: str, by: str, instead: Sequence[str]) -> Draft:
        return Draft(
            id=new_id(self._chance),
            kind="erased",
            happened_at=self._clock(),
            by=by,
            means="system",
            salt=self._chance(16),
            event=event,
            body={"ids": list(ids), "reason": reason} | ({"instead": list(instead)} if instead else {}),
        )

    def sweep(self) -> bool:
        """Let nothing of an erased content remain in the file; False = somebody reads, it is tried again later."""
        return sweep(self.connection)

    # -- inside the transaction --------------------------------------------------------------------------------------

    def _append(self, ready: Sequence[Ready]) -> list[Outcome]:
        batch = Batch(self, self.device, utc_text(self._clock()), ready)
        outcomes = [batch.place(one) for one in ready]
        insert_entries(self.connection, batch.entries)
        insert_contents(self.connection, batch.contents)
        for one in batch.erased:
            drop_contents(self.connection, one.id, [str(name) for name in one.body["ids"]])
        if batch.entries and self._marker is not None and batch.previous is not None:
            # Before the commit: the marker may be ahead of the ledger, never behind it.
            self._marker.write(self.device, self._resolved, batch.number, batch.previous)
        return outcomes

    def _settle(self, identity: Identity) -> None:
        """Go on as the device of this ledger, or begin a new one where this is a copy; sweep what is still owed."""
        self._identity = identity
        if not may_go_on(self.connection, self.device, self._resolved, self._marker):
            self._start_device(self.device, unless_sound=True)
        if is_owed(self.connection):
            sweep(self.connection, wait=0)

    def _start_device(self, parent: str, *, unless_sound: bool = False) -> None:
        with writing(self.connection):
            now = device_of(self.connection)
            # Looked at again under the lock: another process may have begun one, or been between marker and commit.
            sound = unless_sound and may_go_on(self.connection, now, self._resolved, self._marker)
            if now != parent or sound:
                self.device = now
                return
            self.device, draft = begin_device(self.connection, parent, self._identity, self._clock, self._chance)
            self._append([Ready.of(draft)])
