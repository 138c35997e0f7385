"""Finding people and notes: tables filled from the entries, watermark by watermark.

Owns `person_now`, `text_now` and their FTS indexes. Everything in them is derived and can be made again; nothing typed
by a person reaches FTS syntax except as folded words. Never decides which version of a field counts (`core.versions`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from plfacilitate.core.entry import Entry
from plfacilitate.core.people import FIELDS, Person
from plfacilitate.core.text import fold
from plfacilitate.core.versions import current_of, person_now
from plfacilitate.store.ledger import READ, begin, entry_of_row

_TEXT_KINDS = ("note", "popup")
_COLUMNS = "id, " + ", ".join(FIELDS) + ", doubtful"


@dataclass(frozen=True, slots=True)
class Hit:
    """One found text: the entry that holds it, where it belongs, and the text itself."""

    entry: str
    event: str | None
    kind: str
    happened_at: str
    text: str


def catch_up(connection: sqlite3.Connection) -> bool:
    """Bring the search tables up to the newest entry; True when something was there to do."""
    head = connection.execute("SELECT coalesce(max(seq), 0) FROM content").fetchone()[0]
    if _mark(connection) >= head:
        return False
    begin(connection)
    try:
        since = _mark(connection)
        people, texts = _touched(connection, since)
        for person in sorted(people):
            _refresh_person(connection, person)
        for root in sorted(texts):
            _refresh_text(connection, root)
        connection.execute("INSERT OR REPLACE INTO watermark VALUES ('search', ?)", (head,))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return True


def _mark(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT seq FROM watermark WHERE name = 'search'").fetchone()
    return int(row[0]) if row else 0


def _touched(connection: sqlite3.Connection, since: int) -> tuple[set[str], set[str]]:
    people = {
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT person FROM content WHERE seq > ? AND event IS NULL AND person IS NOT NULL", (since,)
        )
    }
    texts: set[str] = set()
    for (entry_id,) in connection.execute(
        "SELECT e.id FROM content c JOIN entry e ON e.seq = c.entry WHERE c.seq > ? AND c.kind IN ('note', 'popup')",
        (since,),
    ):
        texts.add(entry_id)
    for undone in _undone_ids(connection, since):
        texts.add(undone)
    return people, {_root(connection, text) for text in texts}


def _undone_ids(connection: sqlite3.Connection, since: int) -> list[str]:
    return [
        row[0]
        for row in connection.execute(
            "SELECT json_extract(CAST(content AS TEXT), '$.body.undoes') FROM content WHERE kind = 'undo' AND seq > ?",
            (since,),
        )
        if row[0]
    ]


def _root(connection: sqlite3.Connection, entry_id: str) -> str:
    """The first version of a text, or the text that an undo of an undo speaks of."""
    seen = set[str]()
    while entry_id not in seen:
        seen.add(entry_id)
        row = connection.execute(
            "SELECT c.kind, c.replaces, json_extract(CAST(c.content AS TEXT), '$.body.undoes') FROM content c"
            " JOIN entry e ON e.seq = c.entry WHERE e.id = ?",
            (entry_id,),
        ).fetchone()
        if row is None:
            return entry_id
        if row[0] == "undo" and row[2]:
            entry_id = row[2]
        elif row[1]:
            entry_id = row[1].split()[0]
    return entry_id


def _refresh_person(connection: sqlite3.Connection, person: str) -> None:
    entries = _entries(connection, "c.event IS NULL AND c.person = :person", {"person": person})
    now = person_now(person, entries)
    old = connection.execute("SELECT n FROM person_now WHERE id = ?", (person,)).fetchone()
    if old:
        connection.execute("DELETE FROM person_words WHERE rowid = ?", (old[0],))
        connection.execute("DELETE FROM person_now WHERE n = ?", (old[0],))
    if now is None:
        return
    values = [now.id, *(getattr(now, name) for name in FIELDS), " ".join(now.doubtful), "\x1f".join(now.order)]
    marks = ", ".join("?" * len(values))
    n = connection.execute(f"INSERT INTO person_now ({_COLUMNS}, sort_key) VALUES ({marks})", values).lastrowid
    words = " ".join(fold(part) for part in (now.last_name, now.first_name, now.former_name))
    connection.execute("INSERT INTO person_words (rowid, words) VALUES (?, ?)", (n, words))


def _entries(connection: sqlite3.Connection, where: str, values: dict[str, object]) -> list[Entry]:
    return [
        entry_of_row(row) for row in connection.execute(f"{READ} AND {where} ORDER BY c.seq", {"since": 0, **values})
    ]


def _refresh_text(connection: sqlite3.Connection, root: str) -> None:
    family = _family(connection, root)
    old = connection.execute("SELECT n FROM text_now WHERE root = ?", (root,)).fetchone()
    if old:
        connection.execute("DELETE FROM text_words WHERE rowid = ?", (old[0],))
        connection.execute("DELETE FROM text_now WHERE n = ?", (old[0],))
    now = current_of(family, root)
    if now is None:
        return
    text = _text(now)
    n = connection.execute(
        "INSERT INTO text_now (entry, root, event, kind, happened_at, text) VALUES (?, ?, ?, ?, ?, ?)",
        (now.id, root, now.event, now.kind, now.happened_at, text),
    ).lastrowid
    connection.execute("INSERT INTO text_words (rowid, words) VALUES (?, ?)", (n, fold(text)))


def _family(connection: sqlite3.Connection, root: str) -> list[Entry]:
    """Every version of a text and every undo that could speak of one, from its event (or from outside events)."""
    row = connection.execute(
        "SELECT c.event FROM content c JOIN entry e ON e.seq = c.entry WHERE e.id = ?", (root,)
    ).fetchone()
    if row is None:
        return []
    return _entries(connection, "c.event IS :event AND c.kind IN ('note', 'popup', 'undo')", {"event": row[0]})


def _text(entry: Entry) -> str:
    body = entry.body
    if entry.kind == "note":
        return " ".join(str(body.get(key) or "") for key in ("text", "segment")).strip()
    commitment = body.get("commitment") or {}
    parts = [body.get("owner"), body.get("problem"), body.get("how_might_we"), *body.get("ideas", ())]
    parts += [commitment.get(key) for key in ("what", "first_step", "who", "due")]
    return " · ".join(str(part) for part in parts if part)


def forget(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Take the texts and people of erased entries out of the search; inside the eraser's transaction."""
    for entry_id in ids:
        row = connection.execute(
            "SELECT c.kind, c.person, c.event FROM content c JOIN entry e ON e.seq = c.entry WHERE e.id = ?",
            (entry_id,),
        ).fetchone()
        if row is None:
            continue
        if row[0] in _TEXT_KINDS:
            for (n,) in connection.execute("SELECT n FROM text_now WHERE entry = ?", (entry_id,)).fetchall():
                connection.execute("DELETE FROM text_words WHERE rowid = ?", (n,))
                connection.execute("DELETE FROM text_now WHERE n = ?", (n,))
        elif row[1] and row[2] is None:
            for (n,) in connection.execute("SELECT n FROM person_now WHERE id = ?", (row[1],)).fetchall():
                connection.execute("DELETE FROM person_words WHERE rowid = ?", (n,))
                connection.execute("DELETE FROM person_now WHERE n = ?", (n,))
            # What is left of the person is folded again at the next catch-up.
            connection.execute("UPDATE watermark SET seq = 0 WHERE name = 'search'")


# -- asking ----------------------------------------------------------------------------------------------------------


def people(connection: sqlite3.Connection, ids: Collection[str] | None = None) -> list[Person]:
    """The people as they stand, in last-name order; only `ids` where given."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM person_now ORDER BY sort_key")
    if ids is None:
        return [_person(row) for row in rows]
    if len(ids) > 500:
        return [_person(row) for row in rows if row[0] in ids]
    marks = ", ".join("?" * len(ids))
    wanted = connection.execute(
        f"SELECT {_COLUMNS} FROM person_now WHERE id IN ({marks}) ORDER BY sort_key", sorted(ids)
    )
    return [_person(row) for row in wanted]


def person(connection: sqlite3.Connection, person_id: str) -> Person | None:
    """The person of that id, or None."""
    found = people(connection, [person_id])
    return found[0] if found else None


def by_badge(connection: sqlite3.Connection, badge: str) -> Person | None:
    """The person who holds a badge number, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM person_now WHERE badge = ? AND badge <> ''", (badge,)).fetchone()
    return _person(row) if row else None


def find_people(
    connection: sqlite3.Connection, text: str, *, limit: int = 20, first: Collection[str] = ()
) -> list[Person]:
    """People whose names begin with the typed words; those in `first` (the expected ones) come first.

    Only when nothing is found, names that are near to what was typed.
    """
    words = fold(text).split()
    if not words:
        return []
    query = " AND ".join(f'"{word}"*' for word in words)
    found = _matching(connection, query, limit, first)
    return found or _near(connection, words, limit, first)


def _matching(connection: sqlite3.Connection, query: str, limit: int, first: Collection[str]) -> list[Person]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM person_now WHERE n IN"
        " (SELECT rowid FROM person_words WHERE person_words MATCH ? LIMIT ?)",
        (query, max(limit * 10, 200)),
    ).fetchall()
    found = [_person(row) for row in rows]
    found.sort(key=lambda one: (one.id not in first, one.order))
    return found[:limit]


def _near(connection: sqlite3.Connection, words: Sequence[str], limit: int, first: Collection[str]) -> list[Person]:
    """One slip of the finger forgiven: candidates share the beginning of one word, then the nearest whole name wins."""
    from rapidfuzz import fuzz, process

    typed = " ".join(words)
    if len(typed) < 3:
        return []
    starts = {word[:size] for word in words for size in (3, 2, 1) if len(word) >= size}
    starts |= {word[1] for word in words if len(word) > 3}
    for size in (3, 2, 1):
        candidates = _candidates(connection, [start for start in starts if len(start) == size])
        best = process.extract(
            typed, candidates, scorer=fuzz.token_sort_ratio, score_cutoff=75, limit=limit, processor=None
        )
        if best:
            ids = {str(key): score for _, score, key in best}
            found = people(connection, list(ids))
            return sorted(found, key=lambda one: (one.id not in first, -ids[one.id], one.order))
    return []


def _candidates(connection: sqlite3.Connection, starts: Sequence[str]) -> dict[str, str]:
    if not starts:
        return {}
    query = " OR ".join(f'"{start}"*' for start in sorted(starts))
    return dict(
        connection.execute(
            "SELECT p.id, w.words FROM person_words w JOIN person_now p ON p.n = w.rowid WHERE person_words MATCH ?",
            (query,),
        )
    )


def find_texts(connection: sqlite3.Connection, text: str, *, limit: int = 50) -> list[Hit]:
    """Notes and problems that hold all the typed words, the best first."""
    words = fold(text).split()
    if not words:
        return []
    query = " AND ".join(f'"{word}"*' for word in words)
    rows = connection.execute(
        "SELECT t.entry, t.event, t.kind, t.happened_at, t.text FROM text_words w JOIN text_now t ON t.n = w.rowid"
        " WHERE text_words MATCH ? ORDER BY rank LIMIT ?",
        (query, limit),
    )
    return [Hit(*row) for row in rows]


def _person(row: Sequence[str]) -> Person:
    return Person(row[0], **dict(zip(FIELDS, row[1:10], strict=True)), doubtful=tuple(row[10].split()))
