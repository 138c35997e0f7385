"""People and merges of records, as the roll looks at them: now, and at a point of the ledgers.

Owns the question whether that makes a difference: a region's roll can't look at every version of everybody twice. The
rules are `core.versions` and `core.merged`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from plfacilitate.core.entry import Entry
from plfacilitate.core.merged import merged_records
from plfacilitate.core.people import FIELDS, Person
from plfacilitate.core.roll.changes import AsOf, later, until
from plfacilitate.core.versions import person_now


class Known(NamedTuple):
    """A person as they stand. `varied` = their records say different things, so that they may once have been in doubt."""

    person: Person
    varied: bool


class PeopleKnown(Protocol):
    """Where people are looked up."""

    def of(self, ids: Iterable[str]) -> Mapping[str, Known]:
        """Those of these people who are known."""


def people_of(records: Mapping[str, Sequence[Entry]], as_of: AsOf | None = None) -> dict[str, Person]:
    """The people of these records, at a point of the ledgers (None = now); without who is not known there."""
    found = {
        one: person_now(one, entries if as_of is None else until(entries, as_of)) for one, entries in records.items()
    }
    return {one: person for one, person in found.items() if person is not None}


def known_of(records: Mapping[str, Sequence[Entry]]) -> dict[str, Known]:
    """The people of these records now, and whether their records differ."""
    return {one: Known(person, _varied(records[one])) for one, person in people_of(records).items()}


def _varied(entries: Sequence[Entry]) -> bool:
    if len(entries) == 1:
        return False
    said = [entry.body.get("fields", {}) for entry in entries if entry.kind == "person"]
    return any(len({fields[name] for fields in said if name in fields}) > 1 for name in FIELDS)


class Merges:
    """All merges of a register's records, read once."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Out of the merges and what was undone of them."""
        self.entries = entries
        self.now = merged_records(entries)
        self._touched = {str(one) for entry in entries for one in (entry.person, entry.body.get("other")) if one}

    def records_of(self, persons: Iterable[str]) -> set[str]:
        """These people with all records that are read as them."""
        wanted = set(persons)
        return wanted | {record for record, stays in self.now.items() if stays in wanted} if self.now else wanted

    def at(self, as_of: AsOf, persons: Iterable[str]) -> Mapping[str, str]:
        """Record → the record that it was read as then, as far as it concerns these people."""
        if self._touched.isdisjoint(persons) or not later(self.entries, as_of):
            return self.now
        return merged_records(until(self.entries, as_of))
