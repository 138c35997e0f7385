"""The contents of a bundle, laid beside their envelopes.

Owns which of them are taken, what stands aside for a decision, and what is erased for good. Never touches a chain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plfacilitate.core.entry import Sealed
from plfacilitate.core.wire import Content, Envelope, Unreadable, read_content
from plfacilitate.store.register.engine import NOWHERE, SLICE, Columns, Engine, Row
from plfacilitate.store.register.erasing import erase_ids, owe_wiping
from plfacilitate.store.register.kept_out import KeptOut, Pair


class Erases(Exception):
    """A bundle that takes contents away for good: it has to be taken while nobody else takes any."""


class Filling:
    """What comes of one bundle's contents. `aside` says of whose, and why; `filled` were laid down."""

    def __init__(self, engine: Engine, bundle: str, *, alone: bool) -> None:
        """Inside a transaction."""
        self._engine = engine
        self._bundle = bundle
        self._alone = alone
        self._ever_erased = bool(engine.rows("SELECT 1 FROM erasure LIMIT 1"))
        self._out = KeptOut(engine)
        self._series: list[Row] = []
        self._to_erase: list[str] = []
        self._refused: list[tuple[Envelope, Sealed, str]] = []
        self.aside: list[str] = []
        self.erased = False
        self.filled = 0

    def put_aside(self, row: Envelope, one: Sealed, reason: str) -> None:
        """Keep an entry for a decision; it stays a link of its chain."""
        self._refused.append((row, one, reason))
        self.aside.append(f"{row.id}: {reason}")

    def fill(self, fresh: Sequence[Pair], known: Sequence[Pair] = ()) -> None:
        """Lay these contents down: `fresh` entries have none yet, of `known` ones some may be here."""
        todo = [(row, one) for row, one in fresh if one.content is not None]
        if known:
            coming = {row.id for row, _ in todo}
            todo += self._lacking(
                [(row, one) for row, one in known if one.content is not None and row.id not in coming]
            )
        gone = self._gone([row.id for row, _ in todo] + [row.id for row, _, _ in self._refused])
        gone |= self._out.of(todo, [row for row, _, _ in self._refused])
        if todo:
            self._engine.lay("content", self._contents(todo, gone))
        self._engine.lay_new("series", self._series)
        self._keep_aside(gone)
        self._series.clear()
        self._refused.clear()

    def finish(self) -> str:
        """All of the bundle came: records of people who are back are laid down. What was kept out, in sentences."""
        if back := self._out.back():
            self.fill(back)
        return self._out.told()

    def _lacking(self, known: Sequence[Pair]) -> Sequence[Pair]:
        """Those of known entries whose content is not here, each once; asked for event by event."""
        by_event: dict[str, dict[str, Pair]] = {}
        for row, one in known:
            by_event.setdefault(row.event or NOWHERE, {}).setdefault(row.id, (row, one))
        engine = self._engine
        for event, pairs in by_event.items():
            asked = f"SELECT id FROM content WHERE event = ? AND id{engine.among}"
            for (here,) in engine.rows(asked, event, engine.listed(pairs)):
                del pairs[here]
        return [pair for pairs in by_event.values() for pair in pairs.values()]

    def _gone(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids that were erased for good."""
        if not ids or not self._ever_erased:
            return set()
        engine = self._engine
        found = engine.rows(f"SELECT id FROM erasure WHERE id{engine.among}", engine.listed(ids))
        return {row[0] for row in found}

    def _contents(self, todo: Sequence[Pair], gone: set[str]) -> Iterator[Columns]:
        """The rows of what is to be laid down; each content is checked on the way."""
        for at in range(0, len(todo), SLICE):
            rows = [found for row, one in todo[at : at + SLICE] if (found := self._row(row, one, gone))]
            self.filled += len(rows)
            if rows:
                yield tuple(zip(*rows, strict=True))

    def _row(self, row: Envelope, one: Sealed, gone: set[str]) -> Row | None:
        assert one.salt is not None
        assert one.content is not None
        try:
            content = read_content(row, one.salt, one.content)
        except Unreadable as error:
            self.put_aside(row, one, str(error))
            return None
        if row.id in gone and content.kind != "erased":
            self._out.miss(row, content)
            return None
        event = row.event or NOWHERE
        self._note(content, event)
        self._out.see(row, content)
        replaces = " ".join(content.replaces) if content.replaces else ""
        return (
            event, row.id, content.kind, content.person, _word(content.by), _word(content.means), content.happened_at,
            replaces, one.salt, one.content,
        )  # fmt: skip

    def _note(self, content: Content, event: str) -> None:
        if content.kind == "event-scheduled":
            self._series.append((_word(content.body["series"]), event))
        elif content.kind == "erased":
            self._to_erase += content.body["ids"]

    def _keep_aside(self, gone: set[str]) -> None:
        rows: dict[str, Row] = {}
        for row, one, reason in self._refused:
            salt, content = (None, None) if row.id in gone else (one.salt, one.content)
            kept = (
                row.digest, row.id, row.device, row.number, row.previous, self._bundle, reason, one.envelope, salt,
                content,
            )  # fmt: skip
            rows.setdefault(row.digest, kept)
        self._engine.lay_new("aside", [*rows.values()])

    @property
    def erases(self) -> bool:
        """Whether something that was filled in takes contents away: then `erase` comes next."""
        return bool(self._to_erase)

    def erase(self) -> None:
        """Take these contents away; every id that came so far has to be laid down."""
        if not self._alone:
            raise Erases
        self.erased = self._ever_erased = True
        ids = list(dict.fromkeys(self._to_erase))
        self._to_erase.clear()
        erase_ids(self._engine, ids)
        owe_wiping(self._engine)


def _word(text: str) -> str:
    """A text that every engine can hold: none of PostgreSQL's protocol takes a character of nothing."""
    return text.replace("\x00", "\ufffd")
