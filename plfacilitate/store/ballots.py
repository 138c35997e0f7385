"""The ballot box: answers without a name, until the event closes, or the round of a POP-up or a poll.

Owns `ballots.db` beside the ledger, which never travels. A ballot is its form's random number and its answers: no time,
no person, no pass, no order of arrival, and what is taken out leaves nothing readable behind. Never knows who gave which:
where one person has one ballot, a mark that only the door can make lies beside the ballots and belongs to none of them.
What is called an event here may be a round of a POP-up or a poll as well: whatever has ballots of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

from plfacilitate.store.connection import WAIT_SECONDS, as_refused, connect, patiently, writing

# The number is the key and the order: the file says nothing of who came first.
_TABLES = """
CREATE TABLE IF NOT EXISTS ballot (
    event TEXT NOT NULL, key TEXT NOT NULL, batch INTEGER NOT NULL, answers TEXT NOT NULL, PRIMARY KEY (event, key)
) STRICT, WITHOUT ROWID
"""
_SHUT = "CREATE TABLE IF NOT EXISTS shut (event TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"
_GAVE = "CREATE TABLE IF NOT EXISTS gave (event TEXT, mark TEXT, PRIMARY KEY (event, mark)) STRICT, WITHOUT ROWID"

Fate = Literal["in", "shut", "second"]
"""What became of a ballot: it lies in the box; the box is shut; its giver has another one in it, which stays."""


class Ballot(NamedTuple):
    """What is put into the box. `again` = it takes the place of one of the same number that was not counted yet.

    `mark` = the giver's in this box, so that they have one ballot in it; "" = as many as there are numbers.
    """

    event: str
    key: str
    answers: Mapping[str, str | int | list[str] | list[int]]
    again: bool = False
    mark: str = ""


def box_of(ledger: Path) -> Path:
    """Where the box of a ledger stands."""
    return ledger.with_name("ballots.db")


def cast_ballot(box: Path, event: str, key: str, answers: Mapping[str, str | int | list[int]]) -> None:
    """Put a ballot in; the same number again changes nothing. Durable when it returns. Refused: `not-written`."""
    text = json.dumps(dict(answers), sort_keys=True, ensure_ascii=False)
    with _opened(box) as connection, writing(connection):
        connection.execute("INSERT OR IGNORE INTO ballot VALUES (?, ?, 0, ?)", (event, key, text))


def cast_ballots(box: Path, ballots: Sequence[Ballot]) -> list[Fate]:
    """Put several in, in one step; of each what became of it. Durable when it returns. Refused: `not-written`."""
    fates: list[Fate] = []
    with _opened(box) as connection, writing(connection):
        shut = {event for (event,) in connection.execute("SELECT event FROM shut")}
        for one in ballots:
            fates.append("shut" if one.event in shut else "in" if _first(connection, one) else "second")
            if fates[-1] != "in":
                continue
            text = json.dumps(dict(one.answers), sort_keys=True, ensure_ascii=False)
            then = "DO UPDATE SET answers = excluded.answers WHERE batch = 0" if one.again else "DO NOTHING"
            connection.execute(
                f"INSERT INTO ballot VALUES (?, ?, 0, ?) ON CONFLICT (event, key) {then}",
                (one.event, one.key, text),
            )
    return fates


def _first(connection: sqlite3.Connection, one: Ballot) -> bool:
    """Whether it is its giver's first, or takes the place of it."""
    if not one.mark:
        return True
    mine = connection.execute("SELECT 1 FROM ballot WHERE event = ? AND key = ?", (one.event, one.key)).fetchone()
    gave = connection.execute("INSERT OR IGNORE INTO gave VALUES (?, ?)", (one.event, one.mark))
    return mine is not None or gave.rowcount == 1


def shut(box: Path, event: str) -> None:
    """Nothing more is taken for it, by whichever process."""
    with _opened(box) as connection, writing(connection):
        connection.execute("INSERT OR IGNORE INTO shut VALUES (?)", (event,))


def unshut(box: Path, events: Sequence[str]) -> None:
    """Nobody asks for these any more, so that they were shut need not be remembered; an empty file goes."""
    if not box.exists():
        return
    with _opened(box) as connection:
        with writing(connection):
            connection.executemany("DELETE FROM shut WHERE event = ?", [(one,) for one in events])
        left = _left(connection)
    if not left:
        _remove(box)


def lying(box: Path, events: Sequence[str]) -> dict[str, int]:
    """How many ballots lie in the box for each of these; those that have none are left out."""
    if not box.exists():
        return {}
    with _opened(box) as connection:
        counts = dict(connection.execute("SELECT event, count(*) FROM ballot GROUP BY event"))
    return {one: int(counts[one]) for one in events if one in counts}


def peek(box: Path, events: Sequence[str]) -> dict[str, list[Mapping[str, Any]]]:
    """What lies in the box for each of these, in the order of the random numbers, which is nobody's; nothing is taken."""
    found: dict[str, list[Mapping[str, Any]]] = {one: [] for one in events}
    if not box.exists():
        return found
    with _opened(box) as connection:
        for one in events:
            rows = connection.execute("SELECT answers FROM ballot WHERE event = ? ORDER BY key", (one,))
            found[one] = [json.loads(text) for (text,) in rows]
    return found


def draw(box: Path, event: str) -> tuple[str, ...]:
    """Set the ballots of an event apart for counting and give their numbers, in no order but their own.

    Those that were set apart before and never emptied come first and alone: they were being counted when it stopped.
    """
    if not box.exists():
        return ()
    with _opened(box) as connection, writing(connection):
        apart = "SELECT key FROM ballot WHERE event = ? AND batch = 1 ORDER BY key"
        keys = connection.execute(apart, (event,)).fetchall()
        if not keys:
            connection.execute("UPDATE ballot SET batch = 1 WHERE event = ?", (event,))
            keys = connection.execute(apart, (event,)).fetchall()
    return tuple(key for (key,) in keys)


def answers(box: Path, event: str) -> list[Mapping[str, Any]]:
    """What the ballots say that were set apart, in the order of their random numbers."""
    with _opened(box) as connection:
        rows = connection.execute("SELECT answers FROM ballot WHERE event = ? AND batch = 1 ORDER BY key", (event,))
        return [json.loads(text) for (text,) in rows]


def empty(box: Path, event: str) -> None:
    """Throw away for good what was set apart; with the last ballot the file goes too."""
    with _opened(box) as connection:
        with writing(connection):
            connection.execute("DELETE FROM ballot WHERE event = ? AND batch = 1", (event,))
            connection.execute("DELETE FROM gave WHERE event = ? AND event NOT IN (SELECT event FROM ballot)", (event,))
        patiently(connection, "VACUUM")
        left = _left(connection)
    if not left:
        _remove(box)


def _left(connection: sqlite3.Connection) -> int:
    query = "SELECT (SELECT count(*) FROM ballot) + (SELECT count(*) FROM shut)"
    return int(connection.execute(query).fetchone()[0])


def waiting(box: Path) -> Sequence[str]:
    """The events that have ballots in the box."""
    if not box.exists():
        return ()
    with _opened(box) as connection:
        return tuple(event for (event,) in connection.execute("SELECT DISTINCT event FROM ballot ORDER BY event"))


def _remove(box: Path) -> None:
    try:
        box.unlink(missing_ok=True)
    except OSError:  # Windows, while somebody looks at it: it is empty anyway
        return


@contextmanager
def _opened(box: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(box)
    try:
        # Without a write-ahead log even a commit has to wait for those who only look.
        connection.execute(f"PRAGMA busy_timeout = {int(WAIT_SECONDS * 1000)}")
        # And there is none: it would hold the ballots one after the other, as they came.
        patiently(connection, "PRAGMA journal_mode = TRUNCATE")
        for setting in ("synchronous = FULL", "fullfsync = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {setting}")
        patiently(connection, _TABLES)
        patiently(connection, _SHUT)
        patiently(connection, _GAVE)
        yield connection
    except sqlite3.DatabaseError as error:
        raise as_refused(error, box) from error
    finally:
        connection.close()
