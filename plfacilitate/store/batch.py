"""The drafts of one transaction while each gets its number, its place in the chain and its answer.

Owns the order of things inside: known ids first, circles, then number and digest. Never inserts: the ledger does, when
all are placed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from plfacilitate.core.entry import Draft, Entry, content_digest, content_of, digest, envelope_of, utc_text
from plfacilitate.core.refusal import Refusal
from plfacilitate.core.shapes import misshapen
from plfacilitate.core.wire import is_id
from plfacilitate.store.device import head_of
from plfacilitate.store.erasure import DROPPING
from plfacilitate.store.reading import Reading
from plfacilitate.store.rows import ContentRow, EntryRow, erased_among, newest, put_aside

_make = tuple.__new__


class Outcome(NamedTuple):
    """What became of a draft: `new`, `known` (the same id was here: a resend), or `refused` with its Refusal.

    `entry` is the stored one; of a known one whose content was erased or never came it holds the envelope's words only.
    """

    status: Literal["new", "known", "refused"]
    entry: Entry | None
    refusal: Refusal | None = None


class Ready(NamedTuple):
    """A draft with all that can be made before the lock is held. `refusal` says why it can't be written."""

    draft: Draft
    content: bytes
    bound: str
    happened_at: str
    refusal: Refusal | None = None

    @staticmethod
    def of(draft: Draft) -> Ready:
        """Make the bytes of a draft and look whether everybody could read them."""
        try:
            if not draft.by.isascii():  # half a character, which no column takes, becomes a question mark
                draft = replace(draft, by=draft.by.encode("utf-8", "replace").decode("utf-8"))
            happened_at = utc_text(draft.happened_at)
            content = content_of(draft, happened_at)
            wrong = _wrong(draft)
            if wrong is None:
                return _make(Ready, (draft, content, content_digest(draft.salt, content), happened_at, None))
        except (TypeError, ValueError, OverflowError, RecursionError):
            wrong = "it holds what no file can hold."
        return Ready(draft, b"", "", "", Refusal("entry-misshapen", {"detail": wrong}))


def _wrong(draft: Draft) -> str | None:
    ids = (draft.id, draft.person or "-", draft.event or "-", *draft.replaces)
    if not all(map(is_id, ids)) or len(draft.salt) != 16:
        return "an id has blanks in it, or is too long."
    missing = misshapen(draft.kind, draft.person, draft.event, draft.body)
    return None if missing is None else f"{draft.kind} needs a {missing} that can be read."


class Batch:
    """The rows of one transaction. `number` and `previous` are the head of the device as it goes."""

    def __init__(self, ledger: Reading, device: str, recorded_at: str, ready: Sequence[Ready]) -> None:
        """Begin where the device stands; inside the transaction."""
        self.entries: list[EntryRow] = []
        self.contents: list[ContentRow] = []
        self.erased: list[Draft] = []
        self._ledger = ledger
        self._device = device
        self._recorded_at = recorded_at
        self.number, self.previous = head_of(ledger.connection, device)
        self._entry_seq, self._content_seq = newest(ledger.connection)
        ids = [one.draft.id for one in ready]
        self._here = self._known_among(ids)
        self._gone = erased_among(ledger.connection, ids)
        self._placed: dict[str, Entry] = {}

    def _known_among(self, ids: Sequence[str]) -> set[str]:
        rows = self._ledger.connection.execute(
            "SELECT id FROM entry WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
        )
        return {row[0] for row in rows}

    def place(self, one: Ready) -> Outcome:
        """Give a draft its place, or say why it has none."""
        draft = one.draft
        if one.refusal is not None:
            return Outcome("refused", None, one.refusal)
        if draft.id in self._here or draft.id in self._placed:
            return self._known(one)
        if draft.id in self._gone:
            return Outcome("refused", None, Refusal("entry-erased", {"id": draft.id}))
        if draft.replaces and self._is_circular(draft):
            return Outcome("refused", None, Refusal("cycle", {}))
        entry = self._placed[draft.id] = self._chain(one)
        if draft.kind in DROPPING:
            self.erased.append(draft)
        return _make(Outcome, ("new", entry, None))

    def _chain(self, one: Ready) -> Entry:
        draft, content, bound, happened_at, _ = one
        device, recorded_at = self._device, self._recorded_at
        number = self.number = self.number + 1
        envelope = envelope_of(draft, bound, device, number, self.previous, recorded_at)
        own = digest(envelope)
        self._entry_seq += 1
        self._content_seq += 1
        self.entries.append(
            _make(
                EntryRow,
                (
                    self._entry_seq, draft.id, device, number, self.previous, own, recorded_at, draft.event, envelope,
                ),
            )
        )  # fmt: skip
        self.contents.append(
            _make(
                ContentRow,
                (
                    self._content_seq, self._entry_seq, draft.event, draft.kind, draft.person, draft.by, draft.means,
                    happened_at, " ".join(draft.replaces), draft.salt, content,
                ),
            )
        )  # fmt: skip
        self.previous = own
        return _make(
            Entry,
            (
                self._content_seq, draft.id, device, number, recorded_at, draft.event, draft.kind, draft.person,
                draft.by, draft.means, happened_at, tuple(draft.replaces), content,
            ),
        )  # fmt: skip

    def _known(self, one: Ready) -> Outcome:
        """A resend is welcome; the same id for another fact is kept aside and refused."""
        draft = one.draft
        here = self._placed.get(draft.id) or self._ledger.entry(draft.id) or self._ledger.envelope_only(draft.id)
        same = here is None or here.kind is None
        if here is None or same or (here.kind, here.person, here.event) == (draft.kind, draft.person, draft.event):
            return Outcome("known", here)
        put_aside(
            self._ledger.connection, draft.id, "the same id was used for something else",
            envelope=None, salt=draft.salt, content=one.content,
        )  # fmt: skip
        return Outcome("refused", here, Refusal("already-another", {"id": draft.id}))

    def _is_circular(self, draft: Draft) -> bool:
        """Whether a version that it replaces replaces it in turn (the other end may have come first)."""
        waiting, seen = list(draft.replaces), set[str]()
        while waiting:
            current = waiting.pop()
            if current == draft.id:
                return True
            if current not in seen:
                seen.add(current)
                waiting.extend(self._replaced_by(current))
        return False

    def _replaced_by(self, entry_id: str) -> Sequence[str]:
        if entry_id in self._placed:
            return self._placed[entry_id].replaces
        row = self._ledger.connection.execute(
            "SELECT c.replaces FROM content c JOIN entry e ON e.seq = c.entry WHERE e.id = ?", (entry_id,)
        ).fetchone()
        return row[0].split() if row else ()
