"""What `plfacilitate office roll` says, gathered once from all people's lines, for text and JSON.

Owns how many lines and doubts are kept: a roll of a region is read by the line, and never held whole.
"""

from __future__ import annotations

from plfacilitate.core.people import Person
from plfacilitate.core.roll.lines import RollLine
from plfacilitate.core.roll.offering import Offering
from plfacilitate.core.roll.totals import Totals
from plfacilitate.office.rolling import Roll

MOST_LOOKS = 20
"""So many doubts are printed; tables have all."""


class Answer:
    """What was found. `who` and `one` are the person and the offering that were asked for, None = not one alone.

    `doubted` = so many people have a doubt, `forked` = so many of its entries are of two copies of a ledger; `lines` are kept where one person or offering was asked for (`in_full`).
    """

    def __init__(
        self, found: Roll, who: Person | None, one: Offering | None, *, in_full: bool, forked: int = 0
    ) -> None:
        """Goes once through all people of the roll."""
        self.found, self.who, self.one, self.forked = found, who, one, forked
        self.totals = Totals()
        self.lines: list[tuple[RollLine, str]] = []
        self.looks: list[tuple[str, str, str]] = []  # name, code, sentence
        self.doubted = 0
        for person in found.people():
            self.totals.add_person(person.lines)
            self.doubted += bool(person.looks)
            if in_full:
                self.lines += [(line, person.about(line)) for line in person.lines]
            if in_full or len(self.looks) < MOST_LOOKS:
                self.looks += [(person.lines[0].name, look.code, look.sentence) for look in person.looks]


def name_of(one: Offering, person: str) -> str:
    """What a person of an offering is called; the beginning of their id where nobody knows."""
    return next((line.person.name for line in one.sheet.lines if line.person.id == person), f"person {person[:8]}")
