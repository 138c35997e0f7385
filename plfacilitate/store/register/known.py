"""Everybody of a register, worked out once for a while: a region's roll asks for each person at every offering.

Owns a file of the moment, beside the register and gone with the work. Never is the truth about anybody: that are the
entries.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from itertools import islice
from pathlib import Path

from plfacilitate.core.people import Person
from plfacilitate.core.roll.people import Known, known_of
from plfacilitate.store.register import Register

_PAGE = 1000  # people that are worked out at a time


class KnownPeople:
    """The people of a file that `keep` made, for one thread."""

    def __init__(self, path: Path) -> None:
        """Open it to read."""
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    def of(self, ids: Iterable[str]) -> dict[str, Known]:
        """Those of these people who are known."""
        rows = self._db.execute(
            "SELECT k.value FROM json_each(?) j CROSS JOIN known k ON k.id = j.value", (json.dumps(list(ids)),)
        )
        return dict(map(_read, rows))

    def close(self) -> None:
        """Let go of it."""
        self._db.close()


def keep(register: Register, path: Path, each_page: Callable[[], None] = lambda: None) -> None:
    """Work out everybody, and put them into a new file; `each_page` is called again and again, and may stop it."""
    db = sqlite3.connect(path)
    try:
        db.execute("PRAGMA synchronous = OFF")  # it is made anew, should the machine stop
        db.execute("CREATE TABLE known (id TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
        with db:
            db.executemany("INSERT INTO known VALUES (?, ?)", _rows(register, each_page))
    finally:
        db.close()


def _rows(register: Register, each_page: Callable[[], None]) -> Iterator[tuple[str, str]]:
    ids = iter(register.person_ids())
    while page := list(islice(ids, _PAGE)):
        each_page()
        records = register.records(page)
        for one, known in known_of(records).items():
            yield one, json.dumps([*astuple(known.person), known.varied])


def _read(row: tuple[str]) -> tuple[str, Known]:
    *fields, doubtful, varied = json.loads(row[0])
    return fields[0], Known(Person(*(*fields, tuple(doubtful))), varied)
