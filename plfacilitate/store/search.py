"""Finding people and notes.

Owns the questions; `store.derived` fills what they are asked of. Nothing typed by a person reaches FTS syntax except as
folded words, which hold letters and digits only.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice, pairwise

from plfacilitate.core.people import FIELDS, Person
from plfacilitate.core.text import fold
from plfacilitate.store.derived import TEXT_KINDS, catch_up, slips

__all__ = ["TEXT_KINDS", "Hit", "by_badge", "catch_up", "find_people", "find_texts", "first_people", "people", "person"]

_COLUMNS = ", ".join(f"p.{name}" for name in ("id", *FIELDS, "doubtful"))
_MOST = 400  # candidates that are looked at one by one
_MOST_WORDS = 8
_LONGEST = 40  # letters of a typed word that are looked for; each further one is another place for a slip


@dataclass(frozen=True, slots=True)
class Hit:
    """One found text: the entry that holds it, where it belongs, and the text itself."""

    entry: str
    event: str | None
    kind: str
    happened_at: str
    text: str


def people(connection: sqlite3.Connection, ids: Collection[str] | None = None) -> list[Person]:
    """The people as they stand, in last-name order; only `ids` where given."""
    if ids is None:
        return [_person(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM person_now p ORDER BY sort_key")]
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM json_each(?) j CROSS JOIN person_now p ON p.id = j.value ORDER BY sort_key",
        (json.dumps(sorted(set(ids))),),
    )
    return [_person(row) for row in rows]


def first_people(connection: sqlite3.Connection, ids: Collection[str], count: int) -> list[Person]:
    """The first so many of these people in last-name order, read no further than needed."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM person_now p ORDER BY sort_key")
    return [_person(row) for row in islice((row for row in rows if row[0] in ids), count)]


def person(connection: sqlite3.Connection, person_id: str) -> Person | None:
    """The person of that id, or None."""
    person_id = person_id.encode("utf-8", "replace").decode()  # half a letter, as a shell may hand it over, is nobody's
    row = connection.execute(f"SELECT {_COLUMNS} FROM person_now p WHERE p.id = ?", (person_id,)).fetchone()
    return _person(row) if row else None


def by_badge(connection: sqlite3.Connection, badge: str) -> Person | None:
    """The person who holds a badge number, or None."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM person_now p WHERE p.badge = ? AND p.badge <> ''", (badge,)
    ).fetchone()
    return _person(row) if row else None


def find_people(
    connection: sqlite3.Connection, text: str, *, limit: int = 20, first: Collection[str] = ()
) -> list[Person]:
    """People whose names begin with the typed words: those in `first` (the expected ones) first, then by last name.

    Only when nothing is found, names with one slip in a word, or with a blank in a wrong place.
    """
    words = [word[:_LONGEST] for word in fold(text).split()[:_MOST_WORDS]]
    if not words:
        return []
    keys = _beginning(connection, words, first)
    if keys:
        begun = tuple(words)
        ranked = [(found not in first, 0, int(not key.startswith(begun)), key, found) for found, key in keys.items()]
    else:
        near = _near(connection, words)
        respaced = _respaced(connection, words) if not near or len(words) == 1 else {}
        ranked = [
            (found not in first, int(found not in near), _unlike(key, words), key, found)
            for found, key in (near | respaced).items()
        ]
    return _in_order(connection, [found for *_, found in nsmallest(limit, ranked)])


def _unlike(sort_key: str, words: Sequence[str]) -> int:
    """How many of the words begin no word of the name: a slip in one word is likelier than in two."""
    names = sort_key.replace("\x1f", " ").split()[:-1]
    return sum(not any(name.startswith(word) for name in names) for word in words)


def _in_order(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Person]:
    known = {one.id: one for one in people(connection, ids)}
    return [known[one] for one in ids]


# Each way of searching gives id → sort key, which holds the folded last and first name and the id.


def _beginning(connection: sqlite3.Connection, words: Sequence[str], first: Collection[str]) -> dict[str, str]:
    found = _matching(connection, " AND ".join(map(_begins, words)))
    if len(found) < _MOST:
        return found
    # More than can be looked at: the beginning of the last name says most, and the expected are few.
    found.update(_fitting(_by_last_name(connection, words[0]), words))
    if len(words) > 1:
        found.update(_fitting(_by_last_name(connection, words[-1]), words))
    if 0 < len(first) <= _MOST:
        rows = connection.execute(
            "SELECT p.id, p.sort_key FROM json_each(?) j CROSS JOIN person_now p ON p.id = j.value",
            (json.dumps(list(first)),),
        )
        found.update(_fitting(rows, words))
    return found


def _matching(connection: sqlite3.Connection, query: str) -> dict[str, str]:
    return dict(
        connection.execute(
            "SELECT p.id, p.sort_key FROM person_words w CROSS JOIN person_now p ON p.n = w.rowid"
            " WHERE person_words MATCH ? LIMIT ?",
            (query, _MOST),
        )
    )


def _by_last_name(connection: sqlite3.Connection, word: str) -> Iterator[tuple[str, str]]:
    return connection.execute(
        "SELECT id, sort_key FROM person_now WHERE sort_key >= ? AND sort_key < ? ORDER BY sort_key LIMIT ?",
        (word, word + "\U0010ffff", _MOST),
    )


def _fitting(rows: Iterable[tuple[str, str]], words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for found, sort_key in rows:
        names = sort_key.replace("\x1f", " ").split()[:-1]
        if all(any(name.startswith(word) for name in names) for word in words):
            yield found, sort_key


def _begins(word: str) -> str:
    return f'"{word}" *'


def _near(connection: sqlite3.Connection, words: Sequence[str]) -> dict[str, str]:
    """Every word may hold one slip: a letter wrong, missing, too many, or two in each other's place."""
    shortest = 2 if len(words) > 1 else 3  # letters; a slip in a short word alone says nothing
    parts = []
    for word in words:
        near = _words_near(connection, word) if len(word) >= shortest else []
        parts.append(" OR ".join([_begins(word), *(f'"{one}"' for one in near)]))
    return _matching(connection, " AND ".join(f"({part})" for part in parts))


def _words_near(connection: sqlite3.Connection, word: str) -> list[str]:
    rows = connection.execute(
        "SELECT word FROM name_slips s JOIN name_word w ON w.n = s.rowid WHERE name_slips MATCH ? LIMIT ?",
        (" OR ".join(f'"{slip}"' for slip in sorted(slips(word))), _MOST),
    )
    return [row[0] for row in rows]


def _respaced(connection: sqlite3.Connection, words: Sequence[str]) -> dict[str, str]:
    """A blank that is missing, too many, a letter off, or hit in place of a letter, or a letter in place of it."""
    found: dict[str, str] = {}
    for at, word in enumerate(words):
        split = [(word[:cut], word[skip:]) for cut in range(2, len(word) - 1) for skip in (cut, cut + 1)]
        found |= _all_of(connection, words, at, 1, split)
    for at, (one, other) in enumerate(pairwise(words)):
        moved = [(one + other, ""), (one + other[:1], other[1:]), (one[:-1], one[-1:] + other)]
        moved += [(near, "") for near in _words_near(connection, one + other)]
        found |= _all_of(connection, words, at, 2, moved)
    return found


def _all_of(
    connection: sqlite3.Connection, words: Sequence[str], at: int, count: int, instead: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """People who match with two other words (the second may be empty) in place of `count` words from `at` on."""
    found: dict[str, str] = {}
    for parts in instead:
        tried = filter(None, [*words[:at], *parts, *words[at + count :]])
        found |= _matching(connection, " AND ".join(map(_begins, tried)))
    return found


def find_texts(connection: sqlite3.Connection, text: str, *, limit: int = 50) -> list[Hit]:
    """Notes and problems that hold all the typed words, the best first."""
    words = fold(text).split()[:_MOST_WORDS]
    if not words:
        return []
    rows = connection.execute(
        "SELECT t.entry, t.event, t.kind, t.happened_at, t.text FROM text_words w JOIN text_now t ON t.n = w.rowid"
        " WHERE text_words MATCH ? ORDER BY rank LIMIT ?",
        (" AND ".join(map(_begins, words)), limit),
    )
    return [Hit(*row) for row in rows]


def _person(row: Sequence[str]) -> Person:
    one, last_name, first_name, email, school, district, role, certificate, former_name, badge, doubtful = row
    return Person(
        one, last_name, first_name, email, school, district, role, certificate, former_name, badge,
        tuple(doubtful.split()),
    )  # fmt: skip
