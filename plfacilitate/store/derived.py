"""The tables of the search, filled from the entries, watermark by watermark.

Owns `person_now`, `text_now`, their FTS indexes, `name_word` and `name_slips`. Everything in them is derived and can be made again.
Never decides which version of a field counts (`core.versions`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from plfacilitate.core.entry import Entry, body_of
from plfacilitate.core.merged import merged_records
from plfacilitate.core.people import FIELDS, Person
from plfacilitate.core.text import fold
from plfacilitate.core.versions import families, person_now, person_of
from plfacilitate.store.connection import give_way, writing
from plfacilitate.store.rows import READ, READ_RARE, entry_of_row, newest

PAGE = 500  # contents a transaction: a long list must not keep the door waiting
_LAG = 2000  # contents that say nothing to a search and may be looked at again rather than write a watermark
_LONGEST = 24  # letters; a longer word is found by its beginning only
_PERSON_COLUMNS = ("n", "id", *FIELDS, "doubtful", "sort_key")


def catch_up(connection: sqlite3.Connection) -> bool:
    """Bring the search up to the newest entry; True when something was there to do. A reader leaves it to others."""
    worked = False
    while not connection.execute("PRAGMA query_only").fetchone()[0]:
        since, head = _mark(connection), newest(connection)[1]
        if since >= head:
            break
        upto = min(since + PAGE, head)
        if upto == head and head - since < _LAG and not _matters(connection, since, upto):
            break
        with writing(connection):
            if _mark(connection) == since:  # else another process did it meanwhile
                _take_in(connection, since, upto)
                connection.execute("INSERT OR REPLACE INTO watermark VALUES ('search', ?)", (upto,))
        worked = True
        if upto < head:
            give_way()
    return worked


def _mark(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT seq FROM watermark WHERE name = 'search'").fetchone()
    return int(row[0]) if row else 0


_ABOUT_PEOPLE = "event IS NULL AND person IS NOT NULL AND kind IN ('person', 'people-merged', 'undo')"
_ABOUT_MERGES = "event IS NULL AND kind IN ('people-merged', 'undo')"
TEXT_KINDS = frozenset(
    {
        "note", "popup", "popup-opened", "popup-changed", "commitment", "commitment-settled", "problem-filed",
        "problem-resource", "captured", "poll-opened", "poll-answer", "poll-closed", "undo",
    }
)  # fmt: skip
"""What is found by a search for words, and what takes it back. Ideas are not: there are hundreds, and a problem has them."""
_ELSEWHERE = ("continues", "before")  # an id, and what is found where it was said
_TEXTS = ", ".join(f"'{kind}'" for kind in sorted(TEXT_KINDS))
_ABOUT_TEXTS = f"kind IN ({_TEXTS})"


def _matters(connection: sqlite3.Connection, since: int, upto: int) -> bool:
    row = connection.execute(
        f"SELECT 1 FROM content WHERE seq > ? AND seq <= ? AND (({_ABOUT_PEOPLE}) OR {_ABOUT_TEXTS}) LIMIT 1",
        (since, upto),
    ).fetchone()
    return row is not None


def _take_in(connection: sqlite3.Connection, since: int, upto: int) -> None:
    span = (since, upto)
    people = connection.execute(
        f"SELECT DISTINCT person FROM content WHERE seq > ? AND seq <= ? AND {_ABOUT_PEOPLE}", span
    )
    touched = {row[0] for row in people}
    if connection.execute(
        f"SELECT 1 FROM content WHERE seq > ? AND seq <= ? AND {_ABOUT_MERGES} LIMIT 1", span
    ).fetchone():
        touched |= _regrouped(connection)
    refresh_people(connection, touched)
    events = connection.execute(
        f"SELECT DISTINCT event FROM content WHERE seq > ? AND seq <= ? AND {_ABOUT_TEXTS}", span
    )
    for (event,) in events.fetchall():
        refresh_texts(connection, event)


def forget(connection: sqlite3.Connection, gone: Collection[tuple[str, str, str | None, str | None]]) -> None:
    """Take erased contents, each (id, kind, person, event), out of the search; inside the eraser's transaction."""
    touched = {person for _, _, person, event in gone if person is not None and event is None}
    if any(kind in ("people-merged", "undo") and event is None for _, kind, _, event in gone):
        touched |= _regrouped(connection)
    refresh_people(connection, touched)
    for event in {event for _, kind, _, event in gone if kind in TEXT_KINDS}:
        refresh_texts(connection, event)


# -- people ----------------------------------------------------------------------------------------------------------


def refresh_people(connection: sqlite3.Connection, people: Collection[str]) -> None:
    """Fold these people anew and put them into the search as they stand; inside a transaction."""
    if not people:
        return
    old = _rows_of(connection, people)
    _remove(connection, old)
    found = _as_they_stand(connection, set(people) - _merged(connection).keys())
    keyed = sorted((f"{fold(now.last_name)}\x1f{fold(now.first_name)}\x1f{now.id}", now) for now in found)
    n = int(connection.execute("SELECT coalesce(max(n), 0) FROM person_now").fetchone()[0])
    rows, words = [], []
    for sort_key, now in keyed:  # in the order of the names, so that what is read together lies together
        n += 1
        last, first, _ = sort_key.split("\x1f")
        rows.append((n, now.id, *_values(now), " ".join(now.doubtful), sort_key))
        words.append((n, f"{last} {first} {fold(now.former_name)}" if now.former_name else f"{last} {first}"))
    marks = ", ".join("?" * len(_PERSON_COLUMNS))
    connection.executemany(f"INSERT INTO person_now ({', '.join(_PERSON_COLUMNS)}) VALUES ({marks})", rows)
    connection.executemany("INSERT INTO person_words (rowid, words) VALUES (?, ?)", words)
    _keep_slips(
        connection,
        before={word for _, text in old.values() for word in text.split()},
        now={word for _, text in words for word in text.split()},
    )


def _merged(connection: sqlite3.Connection) -> dict[str, str]:
    """The records that are read as another one, and are not shown."""
    rows = connection.execute(f"{READ_RARE} AND c.kind IN ('people-merged', 'undo') AND c.event IS NULL", {"since": 0})
    return merged_records(map(entry_of_row, rows))


def _regrouped(connection: sqlite3.Connection) -> set[str]:
    """Whose showing may have changed by a merge, or by one that was taken back: the merged, and who is not shown."""
    rows = connection.execute(
        "SELECT DISTINCT person FROM content WHERE event IS NULL AND kind = 'person'"
        " AND person NOT IN (SELECT id FROM person_now)"
    )
    return {row[0] for row in rows} | _merged(connection).keys()


def _values(person: Person) -> tuple[str, ...]:
    return (
        person.last_name, person.first_name, person.email, person.school, person.district, person.role,
        person.certificate, person.former_name, person.badge,
    )  # fmt: skip


def _rows_of(connection: sqlite3.Connection, people: Collection[str]) -> dict[str, tuple[int, str]]:
    """Where these people stand in the search, and under which words."""
    rows = connection.execute(
        "SELECT p.id, p.n, w.words FROM person_now p JOIN person_words w ON w.rowid = p.n"
        " WHERE p.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(people)),),
    )
    return {person: (n, words) for person, n, words in rows}


def _remove(connection: sqlite3.Connection, rows: Mapping[str, tuple[int, str]]) -> None:
    places = [(n,) for n, _ in rows.values()]
    connection.executemany("DELETE FROM person_words WHERE rowid = ?", places)
    connection.executemany("DELETE FROM person_now WHERE n = ?", places)


def _as_they_stand(connection: sqlite3.Connection, people: Collection[str]) -> list[Person]:
    """These people, folded; who was only ever said once, as nearly everybody of a list, without any weighing."""
    said: dict[str, bytes | None] = {}
    rows = connection.execute(
        "SELECT c.person, c.kind, c.content FROM json_each(?) j CROSS JOIN content c ON c.person = j.value"
        " WHERE c.event IS NULL AND c.kind IN ('person', 'undo')",
        (json.dumps(sorted(people)),),
    )
    for one, kind, content in rows:
        said[one] = content if kind == "person" and one not in said else None
    found = [person_of(one, body_of(content).get("fields", {})) for one, content in said.items() if content is not None]
    several = [one for one, content in said.items() if content is None]
    weighed = (person_now(one, entries) for one, entries in _entries_of(connection, several).items())
    return found + [now for now in weighed if now is not None]


def _entries_of(connection: sqlite3.Connection, people: Collection[str]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    rows = connection.execute(
        f"{READ} AND c.event IS NULL AND c.person IN (SELECT value FROM json_each(:people))"
        " AND c.kind IN ('person', 'undo')",
        {"since": 0, "people": json.dumps(sorted(people))},
    )
    for entry in map(entry_of_row, rows):
        found.setdefault(str(entry.person), []).append(entry)
    return found


# -- words with a slip in them ---------------------------------------------------------------------------------------


def slips(word: str) -> set[str]:
    """The word, and the word with one letter left out: two words with one slip between them share one of these."""
    if len(word) > _LONGEST:
        return {word}
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))} - {""}


def _keep_slips(connection: sqlite3.Connection, before: set[str], now: set[str]) -> None:
    for word in before - now:
        held = "SELECT 1 FROM person_words WHERE person_words MATCH ? LIMIT 1"
        if connection.execute(held, (f'"{word}"',)).fetchone():
            continue  # somebody else has that name
        for (n,) in connection.execute("SELECT n FROM name_word WHERE word = ?", (word,)).fetchall():
            connection.execute("DELETE FROM name_slips WHERE rowid = ?", (n,))
            connection.execute("DELETE FROM name_word WHERE n = ?", (n,))
    asked = json.dumps(sorted(now - before))
    known = connection.execute("SELECT word FROM json_each(?) CROSS JOIN name_word ON word = value", (asked,))
    fresh = sorted(now - before - {row[0] for row in known})
    n = int(connection.execute("SELECT coalesce(max(n), 0) FROM name_word").fetchone()[0])
    connection.executemany("INSERT INTO name_word VALUES (?, ?)", enumerate(fresh, n + 1))
    connection.executemany(
        "INSERT INTO name_slips (rowid, slips) VALUES (?, ?)",
        [(place, " ".join(slips(word))) for place, word in enumerate(fresh, n + 1)],
    )


# -- notes and problems ----------------------------------------------------------------------------------------------


def refresh_texts(connection: sqlite3.Connection, event: str | None) -> None:
    """Put the notes, problems and written lines of an event (None = of none) into the search as they stand; inside a transaction."""
    rows = connection.execute(
        f"{READ_RARE} AND c.kind IN ({_TEXTS}) AND c.event IS :event",
        {"since": 0, "event": event},
    )
    wanted = {
        (now.id, family.root, event, now.kind, now.happened_at, _text(now))
        for family in families(map(entry_of_row, rows))
        if (now := family.current) is not None
    }
    standing = {
        row[1:]: row[0]
        for row in connection.execute(
            "SELECT n, entry, root, event, kind, happened_at, text FROM text_now WHERE event IS ?", (event,)
        )
    }
    for row in standing.keys() - wanted:
        connection.execute("DELETE FROM text_words WHERE rowid = ?", (standing[row],))
        connection.execute("DELETE FROM text_now WHERE n = ?", (standing[row],))
    for row in sorted(wanted - standing.keys(), key=lambda row: (row[4], row[0])):
        n = connection.execute(
            "INSERT INTO text_now (entry, root, event, kind, happened_at, text) VALUES (?, ?, ?, ?, ?, ?)", row
        ).lastrowid
        connection.execute("INSERT INTO text_words (rowid, words) VALUES (?, ?)", (n, fold(row[5])))


def _text(entry: Entry) -> str:
    body = entry.body
    if entry.kind in ("note", "captured"):
        return " ".join(str(body.get(key) or "") for key in ("text", "segment")).strip()
    if entry.kind == "commitment":
        return " · ".join(str(body[key]) for key in ("what", "first_step", "who", "due") if body.get(key))
    if entry.kind in ("popup-changed", "problem-filed"):
        return " · ".join(str(text) for name, text in body["fields"].items() if text and name not in _ELSEWHERE)
    if entry.kind == "commitment-settled":
        return " · ".join(str(body[key]) for key in ("note", "who", "due") if body.get(key))
    if entry.kind == "problem-resource":
        return " · ".join(str(body[key]) for key in ("title", "where") if body.get(key))
    if entry.kind == "popup-opened":
        return " · ".join(str(body[key]) for key in ("owner", "school", "problem", "data") if body.get(key))
    if entry.kind in ("poll-opened", "poll-answer", "poll-closed"):
        return " · ".join(_of_poll(body))
    commitment = body.get("commitment") or {}
    parts = [body.get("owner"), body.get("problem"), body.get("how_might_we"), *body.get("ideas", ())]
    told = chain(parts, (commitment.get(key) for key in ("what", "first_step", "who", "due")))
    return " · ".join(str(part) for part in told if part)


def _of_poll(body: Mapping[str, Any]) -> Iterator[str]:
    """What was asked, or what was written in answer; of who chose what there is nothing to find."""
    if body.get("title"):
        yield str(body["title"])
    for one in body.get("questions", ()):
        if "comments" in one:
            yield from map(str, one["comments"])
        elif "counts" not in one:
            yield from (str(one.get("ask", "")), *map(str, one.get("options", ())))
    yield from (text for text in body.get("answers", {}).values() if isinstance(text, str))
