"""What stays out of a register although a bundle brings it, since it was purged.

Owns two rules. A purged event's contents never come back, those that were never seen before included. The record of a
person who was purged with the last of their events stays out until something of them at another event comes: then it is
wanted again. Never deletes a content.
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.core.entry import Sealed
from plfacilitate.core.fold import LIST_KINDS
from plfacilitate.core.report.words import count
from plfacilitate.core.wire import Content, Envelope
from plfacilitate.store.register.engine import Engine
from plfacilitate.store.register.erasing import names_of
from plfacilitate.store.register.tables import IS_PERSON

Pair = tuple[Envelope, Sealed]


class KeptOut:
    """The part of one bundle that is purged; inside its transaction."""

    def __init__(self, engine: Engine) -> None:
        """A register of which nothing was purged asks nothing more."""
        self._engine = engine
        self._events = bool(engine.rows("SELECT 1 FROM purged_event LIMIT 1"))
        self._people = any(engine.rows(f"SELECT 1 FROM {table} LIMIT 1") for table in ("leaving", "gone_record"))
        self._records: dict[str, Pair] = {}
        self._seen: set[str] = set()
        self._missed: set[str] = set()
        self._kept = 0
        self._returned: set[str] = set()

    def of(self, todo: Sequence[Pair], refused: Sequence[Envelope]) -> set[str]:
        """The ids among these whose contents stay out."""
        out = self._of_events(todo, refused) if self._events else set()
        return out | self._of_people(todo) if self._people else out

    def _of_events(self, todo: Sequence[Pair], refused: Sequence[Envelope]) -> set[str]:
        engine = self._engine
        rows = [row for row, _ in todo] + list(refused)
        events = {row.event for row in rows if row.event}
        asked = f"SELECT event FROM purged_event WHERE event{engine.among}"
        purged = {event for (event,) in engine.rows(asked, engine.listed(events))} if events else set()
        out = {row.id for row in rows if row.event in purged}
        self._kept += len(out)
        return out

    def _of_people(self, todo: Sequence[Pair]) -> set[str]:
        engine = self._engine
        records = {row.id: (row, one) for row, one in todo if row.event is None}
        asked = f"SELECT DISTINCT id FROM gone_record WHERE id{engine.among}"
        out = {one for (one,) in engine.rows(asked, engine.listed(records))} if records else set()
        self._records |= {one: records[one] for one in out}
        return out

    def see(self, row: Envelope, content: Content) -> None:
        """This content is laid down: whom it is about has something left."""
        if self._people and row.event is not None:
            self._seen.update(_people_in(content))

    def miss(self, row: Envelope, content: Content) -> None:
        """This content stays out: whom it is about may have nothing else."""
        if self._events and row.event is not None:
            self._missed.update(_people_in(content))

    def back(self) -> list[Pair]:
        """Whoever was seen is kept, or known again: gives what of their records came with this bundle.

        Whoever was only missed, and is known by name, is looked at by the next purge.
        """
        if missed := self._missed - self._seen:
            self._engine.lay_new("leaving", [(one,) for one in self._named(missed)])
        if not self._seen:
            return []
        engine, names = self._engine, names_of(self._engine, self._seen)
        engine.run(f"DELETE FROM leaving WHERE person{engine.among}", engine.listed(self._seen))
        rows = engine.rows(f"SELECT id, who FROM gone_record WHERE who{engine.among}", engine.listed(names))
        ids = list(dict.fromkeys(one for one, _ in rows))
        if ids:
            engine.run(f"DELETE FROM gone_record WHERE id{engine.among}", engine.listed(ids))
        self._returned = {names[who] for _, who in rows}
        self._people = False
        return [self._records.pop(one) for one in ids if one in self._records]

    def told(self) -> str:
        """What was kept out, and whose names are wanted, in sentences; "" = nothing."""
        said = []
        if self._kept:
            said.append(f"Purged, and staying out: {count(self._kept, 'entry', 'entries')}.")
        if nameless := self._nameless():
            said.append(
                f"Purged, and wanted again: {count(nameless, 'name')}; `plfacilitate pack EVENT --all` at the laptop"
                " brings what is missing."
            )
        return " ".join(said)

    def _nameless(self) -> int:
        """Of how many who are back no record is here."""
        if not self._returned:
            return 0
        return len(self._returned) - len(self._named(self._returned))

    def _named(self, people: set[str]) -> list[str]:
        """Those of these people of whom a record is here."""
        engine = self._engine
        asked = f"SELECT DISTINCT c.person FROM content c WHERE {IS_PERSON} AND c.kind = 'person' AND c.person"
        return sorted(one for (one,) in engine.rows(asked + engine.among, engine.listed(people)))


def _people_in(content: Content) -> set[str]:
    """The records that a content is about."""
    listed = content.body.get("people", ()) if content.kind in LIST_KINDS else ()
    return {*map(str, listed), *([content.person] if content.person is not None else ())}
