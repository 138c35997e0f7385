"""A prepared day for the bench of the door: many people expected, an open event, and a form for each of them.

Owns the files that are made once and copied for every run.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.load import Forms
from bench.workspace import add_event, add_people, now, surroundings
from plfacilitate.seal import tickets
from plfacilitate.seal.keys import load_or_make_secret

ASIDE = 500  # people whom no form is for: the desk signs them in meanwhile
SIGNED_IN = "You are in at"


@dataclass(frozen=True, slots=True)
class Day:
    """The folder to copy, the event, and the forms. `aside` are people for others to sign in."""

    place: Path
    event: str
    forms: Path
    aside: list[str]

    def form(self, used: int, wanted: str = SIGNED_IN) -> Forms:
        """The forms from a line on."""
        return Forms(self.forms, used, wanted)

    @contextmanager
    def copied(self) -> Iterator[Path]:
        """A fresh copy of the day, as if nobody had come yet."""
        with tempfile.TemporaryDirectory(prefix="plf-bench-", ignore_cleanup_errors=True) as folder:
            for name in ("workspace", "state"):
                shutil.copytree(self.place / name, Path(folder) / name)
            yield Path(folder)


@contextmanager
def prepared(count: int) -> Iterator[Day]:
    """A day on which `count` people with a form each, and some more, are expected."""
    with surroundings() as around:
        place = around.workspace.root.parent
        ledger = around.open_ledger()
        ids = add_people(ledger, around, count + ASIDE)
        # Of tomorrow: an event whose end is past would close its door in the middle of the bench.
        event = add_event(ledger, around, ids, day=now().date() + timedelta(days=1))
        ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ledger.close()
        secret = load_or_make_secret(around.workspace.keys, "door", around.chance)
        forms = place / "forms.txt"
        with forms.open("w", encoding="ascii") as file:
            for person in ids[:count]:
                ticket = tickets.issue(secret, event, "form", now(), timedelta(hours=3), os.urandom)
                file.write(f"t={ticket}&p={person}\n")
        yield Day(place, event, forms, ids[count:])
