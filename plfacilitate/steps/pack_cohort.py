"""What a cohort adds to the programme parcel of an event that is its own: its tables, as far as there is anything in them.

Owns which cohorts an event belongs to. Never packs by itself (`steps.pack`), and never adds an empty table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plfacilitate.core.cohort import tables
from plfacilitate.core.cohort.picture import CohortPicture
from plfacilitate.shelf.datapackage import Part, described_part
from plfacilitate.steps.cohort_reading import read_cohorts
from plfacilitate.store.ledger import Ledger


def cohorts_of(ledger: Ledger, event: str, today: date) -> tuple[CohortPicture, ...]:
    """The cohorts that an event belongs to, as they stand on a day; () where there are none at all."""
    if next(ledger.entries(kinds=("cohort-planned",), outside=True, limit=1), None) is None:
        return ()
    reader = read_cohorts(ledger)
    found = (reader.picture(facts, today) for facts in reader.cohorts)
    return tuple(one for one in found if any(meeting.event == event for meeting in one.meetings))


def cohort_parts(cohorts: Sequence[CohortPicture]) -> Iterator[Part]:
    """The tables of these cohorts."""
    for name, title, columns, rows in (
        ("schools", "The schools of the cohort", tables.SCHOOLS, tables.schools(cohorts)),
        ("teams", "Leadership teams in numbers", tables.TEAMS, tables.teams(cohorts)),
        ("events", "What the cohort meets for", tables.EVENTS, tables.events(cohorts)),
        ("contacts", "Coaching, planning and support", tables.CONTACTS, tables.contacts(cohorts)),
        ("goals", "Action plans", tables.GOALS, tables.goals(cohorts)),
        ("pointing", "What points at which goal", tables.POINTING, tables.pointing(cohorts)),
    ):
        known = list(rows)
        if known:
            yield described_part(f"cohort/{name}.csv", title, columns, known)
