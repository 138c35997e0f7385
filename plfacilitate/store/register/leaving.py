"""Whoever has nothing left at any event after a purge, and whoever asks to be forgotten.

Owns how such records go: they are laid down again once something about those people comes, so that no hours of theirs are
ever without a name for good. Never looks through all events by itself (`office.purging` does, one after the other).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plfacilitate.core.entry import Entry, body_of
from plfacilitate.store.register.engine import NOWHERE, Engine
from plfacilitate.store.register.erasing import about, drop_aside, drop_ids, erase_ids, names_of, owe_wiping

PEOPLE = 500  # whose records are taken away in one transaction


class LeavingStored:
    """The part of a register that forgets people with the last of their events."""

    _engine: Engine

    def forget_claims_of_gone(self) -> None:
        """As `ClaimsStored` does."""
        raise NotImplementedError

    def forget_gone(self) -> None:
        """As `RollsStored` does."""
        raise NotImplementedError

    def merges(self) -> list[Entry]:
        """As `RollsStored` does."""
        raise NotImplementedError

    def leaving(self) -> list[str]:
        """The records that were at a purged event, and of which nobody has seen yet whether anything is left."""
        return [row[0] for row in self._engine.rows("SELECT person FROM leaving ORDER BY person")]

    def may_leave(self, people: Sequence[str]) -> None:
        """Look at these records too."""
        with self._engine.writing():
            self._engine.lay_new("leaving", [(one,) for one in people])

    def stay(self, people: Sequence[str]) -> None:
        """Something is left of these."""
        if people:
            with self._engine.writing():
                self._engine.run(f"DELETE FROM leaving WHERE person{self._engine.among}", self._engine.listed(people))

    def let_go(self, groups: Sequence[Sequence[str]]) -> int:
        """Take the records of these people away (each with all records that are read as one); how many contents.

        Whoever came back meanwhile stays. What goes is laid down again once something about them comes.
        """
        engine = self._engine
        with engine.writing():
            engine.lock((), alone=True)
            everybody = [one for group in groups for one in group]
            rows = engine.rows(f"SELECT person FROM leaving WHERE person{engine.among}", engine.listed(everybody))
            leaving = {row[0] for row in rows}
            going = [group for group in groups if leaving.issuperset(group)]
            records = self._records_of(going)
            engine.lay_new("gone_record", sorted(self._kept_out(records)))
            done = drop_ids(engine, [*dict.fromkeys(one for one, _ in records)]) if records else 0
            drop_aside(engine, about({person for group in going for person in group}))
            engine.run(f"DELETE FROM leaving WHERE person{engine.among}", engine.listed(everybody))
            if done:
                self.forget_claims_of_gone()
                owe_wiping(engine)
        return done

    def _kept_out(self, records: Sequence[tuple[str, Sequence[str]]]) -> set[tuple[str, str]]:
        """Each of these entries is wanted again with any of its group."""
        names = names_of(self._engine, {person for _, group in records for person in group})
        called = {person: name for name, person in names.items()}
        return {(one, called[person]) for one, group in records for person in group}

    def _records_of(self, groups: Sequence[Sequence[str]]) -> list[tuple[str, Sequence[str]]]:
        """The entries that say who these people are or which records are one: id, and the group."""
        engine = self._engine
        group_of = {person: group for group in groups for person in group}
        asked = f"SELECT id, person FROM content WHERE event = '{NOWHERE}' AND person{engine.among}"
        found = [(one, group_of[person]) for one, person in engine.rows(asked, engine.listed(group_of))]
        others = ((entry, str(entry.body.get("other", ""))) for entry in self.merges())
        return found + [(entry.id, group_of[other]) for entry, other in others if other in group_of]

    # -- somebody asks to be forgotten ------------------------------------------------------------------------------------

    def about_people(self, people: Iterable[str]) -> list[tuple[str, str, str]]:
        """What is here about these records: event ("" = none), entry and device; looks through all events."""
        engine = self._engine
        rows = engine.rows(
            f"SELECT nullif(c.event, '{NOWHERE}'), c.id, e.device FROM content c"
            f" JOIN entry e ON e.event = c.event AND e.id = c.id WHERE c.person{engine.among} AND c.kind <> 'erased'",
            engine.listed(people),
        )
        return [(event or "", one, device) for event, one, device in rows]

    def forget(
        self, people: Sequence[str], ids: Sequence[str], series: Sequence[str], *, at: str, by: str, reason: str
    ) -> int | None:
        """Take these entries away for good, and what issued rolls, decisions and what stands aside say of these people.

        Gives how many contents were here; None where one of these series is held, and nothing is done. That it was done is
        kept, and not about whom.
        """
        engine = self._engine
        with engine.writing():
            engine.lock((), alone=True)
            held = {one for (one,) in engine.rows("SELECT series FROM hold WHERE released_at = ''")}
            if not held.isdisjoint(series):
                return None
            done = erase_ids(engine, ids)
            drop_aside(engine, about(frozenset(people)))
            engine.run(f"DELETE FROM leaving WHERE person{engine.among}", engine.listed(people))
            self._never_again(names_of(engine, people))
            self.forget_gone()
            self.forget_claims_of_gone()
            engine.run(
                "INSERT INTO forgotten VALUES (?, ?, ?, ?) ON CONFLICT (at, by) DO UPDATE SET"
                " entries = forgotten.entries + excluded.entries",
                at, by, reason, done,
            )  # fmt: skip
            owe_wiping(engine)
        return done

    def _never_again(self, names: Iterable[str]) -> None:
        """What a purge took of these people, to be laid down once they are back, is not laid down any more."""
        engine = self._engine
        rows = engine.rows(f"SELECT DISTINCT id FROM gone_record WHERE who{engine.among}", engine.listed(names))
        engine.lay_new("erasure", rows)
        engine.run(f"DELETE FROM gone_record WHERE who{engine.among}", engine.listed(names))

    def forgotten(self) -> list[tuple[str, str, str, int]]:
        """Every erasure on request, the earliest first: when (a UTC text), by whom, why, how many entries."""
        return [
            (at, by, reason, entries)
            for at, by, reason, entries in self._engine.rows(
                "SELECT at, by, reason, entries FROM forgotten ORDER BY at"
            )
        ]

    # -- afterwards --------------------------------------------------------------------------------------------------

    def orphans(self, kinds: Sequence[str]) -> list[str]:
        """The ids of entries of no event that speak about a part (`popup`) of an event that was purged."""
        engine = self._engine
        rows = engine.rows(
            f"SELECT id, content FROM content WHERE event = '{NOWHERE}' AND kind{engine.among}",
            engine.listed(kinds),
        )
        about = {one: str(body_of(bytes(content)).get("popup", "")) for one, content in rows}
        asked = f"SELECT i.id FROM id_seen i JOIN purged_event p ON p.event = i.event WHERE i.id{engine.among}"
        purged = {one for (one,) in engine.rows(asked, engine.listed(set(about.values())))} if about else set()
        return [one for one, popup in about.items() if popup in purged]

    def erase(self, ids: Sequence[str]) -> int:
        """Take the contents of these ids away for good; how many were here."""
        with self._engine.writing():
            self._engine.lock((), alone=True)
            done = erase_ids(self._engine, ids)
            owe_wiping(self._engine)
        return done

    def wipe(self) -> bool:
        """Leave nothing of what was deleted, if anything was; False where that has to be tried again later."""
        engine = self._engine
        if not engine.rows("SELECT 1 FROM register WHERE key = 'wipe'"):
            return True
        if not engine.wipe():
            return False
        with engine.writing():
            engine.run("DELETE FROM register WHERE key = 'wipe'")
        return True
