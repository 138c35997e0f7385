"""One bundle while it is taken into a register.

Owns what becomes of each of its entries. Everything happens inside the caller's transaction: what is raised here leaves
nothing behind. Never decides what an entry means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from plfacilitate.core.entry import Sealed
from plfacilitate.core.wire import Envelope, Unreadable, read_content, read_envelope
from plfacilitate.store.register import Arrival, Taken
from plfacilitate.store.register.chains import Breaks, Chains
from plfacilitate.store.register.engine import NOWHERE, Engine, Raced, Row

BATCH = 10_000
_AGAIN = "the same id is here with other bytes"


class Erases(Exception):
    """A bundle that takes contents away for good: it has to be taken while nobody else takes any."""


class Taking:
    """Takes one bundle. Raises Breaks, Missing, Erases and Raced."""

    def __init__(self, engine: Engine, arrival: Arrival, *, alone: bool) -> None:
        """Inside a transaction; `alone` = nobody else takes anything until it ends."""
        self._engine = engine
        self._arrival = arrival
        self._alone = alone
        self._chains = Chains(engine, arrival.covers, alone=alone)
        self.erased = False  # contents were deleted: the place wants to be wiped
        self._new = self._known = self._filled = 0
        self._conflicts: list[str] = []

    def take(self, entries: Iterable[Sealed]) -> Taken:
        """All of it."""
        walk = iter(entries)
        while batch := list(islice(walk, BATCH)):
            self._take_batch(batch)
        self._chains.finish()
        reason = f"{len(self._conflicts)} entries are kept aside." if self._conflicts else ""
        return Taken("accepted", reason, {}, self._new, self._known, self._filled, tuple(self._conflicts))

    # -- entries -----------------------------------------------------------------------------------------------------

    def _take_batch(self, batch: Sequence[Sealed]) -> None:
        rows = [(self._envelope(one), one) for one in batch]
        here = self._seen([row.id for row, _ in rows])
        entries: list[Row] = []
        seen: list[Row] = []
        contents: list[tuple[Envelope, Sealed]] = []
        filled: list[tuple[Envelope, Sealed]] = []
        twice: list[tuple[Envelope, Sealed, str]] = []
        for row, one in rows:
            known = here.get(row.id)
            self._chains.follow(row, known=known == row.digest)
            event = row.event or NOWHERE
            if known is None:
                here[row.id] = row.digest
                seen.append((row.id, event, row.digest))
                entries.append(
                    (event, row.id, row.device, row.number, row.previous, row.digest, row.recorded_at, one.envelope)
                )
                if one.content is not None:
                    contents.append((row, one))
            elif known != row.digest:
                twice.append((row, one, _AGAIN))
            else:
                self._known += 1
                if one.content is not None:
                    filled.append((row, one))
        if self._engine.lay_new("id_seen", seen) != len(seen):
            raise Raced
        self._engine.lay("entry", entries)
        self._new += len(entries)
        self._fill(contents, filled, twice)

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
        engine = self._engine
        return dict(engine.rows(f"SELECT id, digest FROM id_seen WHERE id{engine.among}", engine.listed(ids)))

    # -- contents ----------------------------------------------------------------------------------------------------

    def _fill(
        self,
        contents: list[tuple[Envelope, Sealed]],
        filled: list[tuple[Envelope, Sealed]],
        twice: list[tuple[Envelope, Sealed, str]],
    ) -> None:
        """Lay contents beside their envelopes; what is here already or was erased stays as it is."""
        here = self._with_content(filled)
        gone = self._erased([row.id for row, _ in [*contents, *filled]] + [row.id for row, _, _ in twice])
        rows: list[Row] = []
        series: list[Row] = []
        erased: list[str] = []
        for row, one in [*contents, *filled]:
            if row.id in here:
                continue
            here.add(row.id)
            assert one.salt is not None
            assert one.content is not None
            try:
                content = read_content(row, one.salt, one.content)
            except Unreadable as error:
                twice.append((row, one, str(error)))
                continue
            event = row.event or NOWHERE
            if content.kind == "erased":
                erased += content.body["ids"]
            elif row.id in gone:
                continue
            elif content.kind == "event-scheduled":
                series.append((_word(content.body["series"]), event))
            rows.append(
                (
                    event, row.id, content.kind, content.person, _word(content.by), _word(content.means),
                    content.happened_at, " ".join(content.replaces), one.salt, one.content,
                )
            )  # fmt: skip
        self._engine.lay("content", rows)
        self._engine.lay_new("series", series)
        self._filled += len(rows)
        self._put_aside(twice, gone)
        if erased:
            self._erase(list(dict.fromkeys(erased)))

    def _with_content(self, filled: Sequence[tuple[Envelope, Sealed]]) -> set[str]:
        """Those of known entries whose content is here, asked for event by event."""
        by_event: dict[str, list[str]] = {}
        for row, _ in filled:
            by_event.setdefault(row.event or NOWHERE, []).append(row.id)
        engine = self._engine
        return {
            found[0]
            for event, ids in by_event.items()
            for found in engine.rows(
                f"SELECT id FROM content WHERE event = ? AND id{engine.among}", event, engine.listed(ids)
            )
        }

    def _erased(self, ids: Sequence[str]) -> set[str]:
        engine = self._engine
        if not ids:
            return set()
        found = engine.rows(f"SELECT id FROM erasure WHERE id{engine.among}", engine.listed(ids))
        return {row[0] for row in found}

    def _erase(self, ids: Sequence[str]) -> None:
        if not self._alone:
            raise Erases
        self.erased = True
        engine, listed = self._engine, self._engine.listed(ids)
        engine.lay_new("erasure", [(one,) for one in ids])
        engine.run(f"UPDATE aside SET salt = NULL, content = NULL WHERE id{engine.among}", listed)
        events: dict[str, list[str]] = {}
        for one, event in engine.rows(f"SELECT id, event FROM id_seen WHERE id{engine.among}", listed):
            events.setdefault(event, []).append(one)
        for event, there in events.items():
            engine.run(
                f"DELETE FROM content WHERE event = ? AND id{engine.among} AND kind <> 'erased'",
                event,
                engine.listed(there),
            )

    def _put_aside(self, found: Sequence[tuple[Envelope, Sealed, str]], gone: set[str]) -> None:
        rows: dict[str, Row] = {}
        for row, one, reason in found:
            salt, content = (None, None) if row.id in gone else (one.salt, one.content)
            kept = (
                row.digest, row.id, row.device, row.number, row.previous, self._arrival.bundle, reason, one.envelope,
                salt, content,
            )  # fmt: skip
            rows.setdefault(row.digest, kept)
            self._conflicts.append(f"{row.id}: {reason}")
        self._engine.lay_new("aside", [*rows.values()])


def _word(text: str) -> str:
    """A text that every engine can hold: no engine of PostgreSQL's protocol takes a character of nothing."""
    return text.replace("\x00", "\ufffd")
