"""Taking in entries of other ledgers as a set union: any order, any repetition, same result.

Owns what becomes of each: new, here already, completed, kept aside. Received entries keep their number and digest;
nothing is dropped. Never numbers or chains an entry.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from plfacilitate.core.entry import KINDS, Sealed
from plfacilitate.core.wire import Content, Envelope, Unreadable, read_content, read_envelope
from plfacilitate.store.connection import writing
from plfacilitate.store.erasure import drop_contents
from plfacilitate.store.rows import (
    ContentRow,
    EntryRow,
    content_row,
    entry_row,
    erased_among,
    insert_contents,
    insert_entries,
    newest,
    put_aside,
)  # fmt: skip

OTHER_BYTES = "the same id is here with other bytes"


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
class Taken:
    """A page that is in: the counts, the devices that brought something new, and whether contents were erased."""

    received: Received
    devices: frozenset[str]
    erased: bool


@dataclass(frozen=True, slots=True)
class _Here:
    """What the ledger holds of an id that comes again."""

    seq: int
    envelope: bytes
    has_content: bool


@dataclass(slots=True)
class _Page:
    """One page while it is sorted out."""

    here: dict[str, _Here]
    erased: set[str]
    entry_seq: int
    content_seq: int
    entries: list[EntryRow] = field(default_factory=list)
    contents: list[ContentRow] = field(default_factory=list)
    erasures: list[tuple[str, list[str]]] = field(default_factory=list)
    aside: list[tuple[str, str, Sealed]] = field(default_factory=list)
    known: int = 0
    filled: int = 0
    unknown_kinds: int = 0


def receive_page(connection: sqlite3.Connection, items: Sequence[Sealed]) -> Taken:
    """Take a page in, in one transaction."""
    read = [_read(item) for item in items]
    with writing(connection):
        page = _start(connection, [words.id for words in read if isinstance(words, Envelope)])
        for item, words in zip(items, read, strict=True):
            if isinstance(words, Envelope):
                _sort_out(page, item, words)
            else:
                page.aside.append(("?", words, item))
        _store(connection, page)
    return Taken(
        Received(
            len(page.entries), page.known, page.filled,
            tuple(f"{entry_id}: {reason}" for entry_id, reason, _ in page.aside), page.unknown_kinds,
        ),
        frozenset(row.device for row in page.entries),
        erased=bool(page.erasures),
    )  # fmt: skip


def _read(item: Sealed) -> Envelope | str:
    try:
        return read_envelope(item.envelope)
    except Unreadable as no:
        return str(no)


def _start(connection: sqlite3.Connection, ids: Sequence[str]) -> _Page:
    rows = connection.execute(
        "SELECT e.id, e.seq, e.envelope, c.seq FROM entry e LEFT JOIN content c ON c.entry = e.seq"
        " WHERE e.id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    here = {entry_id: _Here(seq, envelope, content is not None) for entry_id, seq, envelope, content in rows}
    return _Page(here, erased_among(connection, ids), *newest(connection))


def _sort_out(page: _Page, item: Sealed, words: Envelope) -> None:
    here = page.here.get(words.id)
    if here is None:
        page.entry_seq += 1
        page.entries.append(entry_row(page.entry_seq, words, item.envelope))
        here = page.here[words.id] = _Here(page.entry_seq, item.envelope, has_content=False)
        new = True
    elif here.envelope != item.envelope:
        page.aside.append((words.id, OTHER_BYTES, item))
        return
    else:
        page.known += 1
        new = False
    if item.content is None or item.salt is None or here.has_content:
        return
    try:
        content = read_content(words, item.salt, item.content)
    except Unreadable as no:
        page.aside.append((words.id, str(no), item))
        return
    if content.kind == "erased":  # the one thing that nothing erases, or not every ledger would hear of it
        page.erasures.append((words.id, [str(one) for one in content.body["ids"]]))
    if words.id not in page.erased or content.kind == "erased":
        _take_content(page, here, words, content, item)
        page.filled += not new


def _take_content(page: _Page, here: _Here, words: Envelope, content: Content, item: Sealed) -> None:
    assert item.salt is not None
    assert item.content is not None
    page.content_seq += 1
    page.contents.append(content_row(page.content_seq, here.seq, words.event, content, item.salt, item.content))
    page.here[words.id] = _Here(here.seq, here.envelope, has_content=True)
    page.unknown_kinds += content.kind not in KINDS


def _store(connection: sqlite3.Connection, page: _Page) -> None:
    insert_entries(connection, page.entries)
    insert_contents(connection, page.contents)
    if page.entries:
        _note_forks(connection, page.entries[0].seq)
    for entry_id, reason, item in page.aside:
        erased = entry_id in page.erased
        salt, content = (None, None) if erased else (item.salt, item.content)
        put_aside(connection, entry_id, reason, envelope=item.envelope, salt=salt, content=content)
    for erased_by, ids in page.erasures:
        drop_contents(connection, erased_by, ids)


def _note_forks(connection: sqlite3.Connection, first: int) -> None:
    """Remember which numbers stand twice now: two ledgers wrote on as one device."""
    connection.execute(
        "INSERT OR IGNORE INTO fork SELECT n.device, n.number FROM entry n WHERE n.seq >= ? AND EXISTS"
        " (SELECT 1 FROM entry o WHERE o.device = n.device AND o.number = n.number AND o.seq <> n.seq)",
        (first,),
    )
