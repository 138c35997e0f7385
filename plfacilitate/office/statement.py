"""Statements of hours out of the register: for one person, or for everybody of an offering.

Owns which offerings stand on one. Never computes credit and never draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plfacilitate.core.people import Person
from plfacilitate.core.roll.lines import RollLine
from plfacilitate.core.roll.offering import Offering
from plfacilitate.core.roll.people import Merges
from plfacilitate.core.statement import OfficeNow, Statement, item_of, statement
from plfacilitate.office.roll import read_offering, series_of
from plfacilitate.store.register import Register


@dataclass(frozen=True, slots=True)
class Asked:
    """What statements are made of. `year` = `2023`, a school year `2023-24`, or "" = all; `tz` = where days are said."""

    at: datetime
    tz: str
    office_now: OfficeNow
    year: str = ""

    def wants(self, line: RollLine) -> bool:
        """Whether a line is of that year."""
        return not self.year or self.year in (str(line.year), line.school_year)


def statement_of(register: Register, person: Person, asked: Asked, series: str = "") -> Statement | None:
    """One person's statement over all offerings, or of the one `series`; None where nothing is known of them."""
    merges = Merges(register.merges())
    found = []
    for one in series_of(register, person):
        offering = read_offering(register, one, at=asked.at, merges=merges) if series in ("", one) else None
        for line in offering.lines if offering is not None else ():
            if line.person == person.id and asked.wants(line):
                assert offering is not None, "a line is of an offering"
                found.append((offering, line))
    if not found:
        return None
    items = [item_of(offering, line) for offering, line in found]
    offices = list({one.sheet.office.id: one.sheet.office for one, _ in found}.values())
    return statement(person, items, offices, asked.office_now, at=asked.at, tz=asked.tz)


def statements_of(found: Offering, asked: Asked) -> Iterator[Statement]:
    """One statement of this offering for everybody who got something from it, by last name."""
    people = {line.person.id: line.person for line in found.sheet.lines}
    office = found.sheet.office
    for line in found.lines:
        if asked.wants(line) and (line.figures.status != "none" or line.takes_credits):
            person = people[line.person]
            yield statement(person, [item_of(found, line)], [office], asked.office_now, at=asked.at, tz=asked.tz)
