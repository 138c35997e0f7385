"""People out of the versions of their records, as they stand or stood.

Owns nothing but the way there (`core.versions` has the rule).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plfacilitate.core.entry import Entry
from plfacilitate.core.people import Person
from plfacilitate.core.roll.changes import AsOf, until
from plfacilitate.core.versions import person_now


def people_of(records: Mapping[str, Sequence[Entry]], as_of: AsOf | None = None) -> dict[str, Person]:
    """The people of these records, at a point of the ledgers (None = now); without who is not known there."""
    found = {
        one: person_now(one, entries if as_of is None else until(entries, as_of)) for one, entries in records.items()
    }
    return {one: person for one, person in found.items() if person is not None}
