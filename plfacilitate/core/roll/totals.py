"""Hours added up: by calendar year, by school year, by designation.

Owns the sums. They say what was earned, never whether it is enough for anything: a certificate is renewed elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plfacilitate.core.designation import Designation, under_each
from plfacilitate.core.roll.lines import EARNED, RollLine

NO_DESIGNATION = Designation("")
"""Under this key stand the hours of offerings that carry no designation."""


@dataclass(slots=True)
class Totals:
    """Sums in hundredths of an hour. `lines` were added up; `pending` hours wait for a decision and are in no sum.

    An offering counts under each of its designations, in full or as far as the part goes that carries it, so these may add
    up to more than `earned`. `people` counts those with earned hours and is only kept where whole people are added (`add_person`).
    """

    lines: int = 0
    earned: int = 0
    pending: int = 0
    credits: int = 0
    people: int = 0
    years: Counter[int] = field(default_factory=Counter)
    school_years: Counter[str] = field(default_factory=Counter)
    designations: Counter[str] = field(default_factory=Counter)

    def add(self, line: RollLine) -> None:
        """One line more; `credits` counts lines of people who take quarter credits."""
        self.lines += 1
        self.credits += line.takes_credits
        hundredths = line.figures.hundredths
        if line.figures.status != EARNED:
            self.pending += hundredths
            return
        self.earned += hundredths
        self.years[line.year] += hundredths
        self.school_years[line.school_year] += hundredths
        for name, held in under_each(line.designations or (NO_DESIGNATION,), hundredths):
            self.designations[name] += held

    def add_person(self, lines: Iterable[RollLine]) -> None:
        """All lines of one person."""
        before = self.earned
        for line in lines:
            self.add(line)
        self.people += self.earned > before


def totals_of(lines: Iterable[RollLine]) -> Totals:
    """The sums of some lines."""
    totals = Totals()
    for line in lines:
        totals.add(line)
    return totals


def in_order(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """Designations by name, what carries none at the end."""
    return sorted(counted.items(), key=lambda item: (item[0] == NO_DESIGNATION.name, item[0].casefold()))
