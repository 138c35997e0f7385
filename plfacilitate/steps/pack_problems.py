"""What the problem bank adds to the programme parcel: what became of problems of all events, as far as there are any.

Owns which tables there are, and that names are hidden in them as in the tables of the event that a problem is from.
Never packs by itself (`steps.pack`), and never adds an empty table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from plfacilitate.core.problems import tables
from plfacilitate.core.problems.bank import Bank
from plfacilitate.core.visiting.veil import veil
from plfacilitate.shelf.datapackage import Part, described_part
from plfacilitate.steps.events import read_event
from plfacilitate.steps.observe import read_visit
from plfacilitate.steps.problem_bank import read_bank
from plfacilitate.steps.visiting import as_allowed
from plfacilitate.store.ledger import Ledger


def problem_parts(ledger: Ledger, today: date) -> list[Part]:
    """The tables of the bank as it stands on a day; [] where no problem was ever brought."""
    found = read_bank(ledger, today)
    return list(_parts(found, _hiding(ledger))) if found.rows else []


def _parts(found: Bank, hiding: tables.Hiding) -> Iterator[Part]:
    for name, title, columns, rows in (
        ("bank", "Problems of practice of all events, and how they stand", tables.PROBLEMS, tables.problems),
        ("follow-ups", "What became of commitments", tables.FOLLOW_UPS, tables.follow_ups),
        ("resources", "What helps with a problem", tables.RESOURCES, tables.resources),
    ):
        known = list(rows(found, hiding))
        if known:
            yield described_part(f"problems/{name}.csv", title, columns, known)


def _hiding(ledger: Ledger) -> tables.Hiding:
    visits = set(ledger.visits())

    @cache
    def hidden(event: str | None) -> Callable[[str], str]:
        if event is None or event not in visits:
            return str
        return veil(as_allowed(read_event(ledger, event), read_visit(ledger, event).picture()).visit)

    return hidden
