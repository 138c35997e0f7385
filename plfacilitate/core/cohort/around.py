"""What a cohort is seen among: the events of a ledger, what was promised there, who people are, which day it is.

Owns the few facts of them that a cohort needs. Never reads a ledger: `steps.cohorts` fills these values.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from plfacilitate.core.people import Person
from plfacilitate.core.problems.values import Promise


class Happening(NamedTuple):
    """An event. `school` is the name of the school that is visited, "" = it is no visit; `minutes` of its agenda.

    `came` = the people who signed in, each once, also where they were merged.
    """

    event: str
    title: str
    day: date
    minutes: int
    opened: bool
    school: str = ""
    came: frozenset[str] = frozenset()

    @property
    def held(self) -> bool:
        """It took place: its doors were opened, or somebody signed in."""
        return self.opened or bool(self.came)


class Around(NamedTuple):
    """All of it, of one moment. `merged` = record of a person → the record that it is read as.

    `observed` = observation → (its event, what a list calls it), for those that something is known of. `people` are those
    of teams; `by_school` = event → school → who came of it, by the school that stands in a person's record.
    """

    today: date
    happenings: Mapping[str, Happening] = {}
    promises: tuple[Promise, ...] = ()
    people: Mapping[str, Person] = {}
    merged: Mapping[str, str] = {}
    observed: Mapping[str, tuple[str, str]] = {}
    by_school: Mapping[str, Mapping[str, frozenset[str]]] = {}

    def one(self, person: str) -> str:
        """The record that a person is read as."""
        return self.merged.get(person, person)

    def of_school(self, event: str, key: str) -> frozenset[str]:
        """Who came to an event out of a school, in its team or not."""
        return self.by_school.get(event, {}).get(key, frozenset())

    def name(self, person: str) -> str:
        """A person as one says it; `?` where nothing is known of them, or no more."""
        found = self.people.get(self.one(person))
        return (found.spoken or found.name) if found else "?"
