"""How long an office keeps what it holds, and what stands against taking it away.

Owns the calendar of it. Source: WAC 181-85-205, records stay open to the state for seven calendar years from the date of
each program; a calendar year is counted from the end of the year in which the last session was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Literal

YEARS = 7
"""Calendar years of keeping where an office's file says nothing else."""

Against = Literal["", "held", "not-over", "kept", "changed"]
"""What stands against taking an offering away; "" = nothing."""


def kept_until(last_day: date, years: int) -> date:
    """The last day on which an offering has to be kept whose last session was on `last_day`."""
    return date(min(last_day.year + years, MAXYEAR), 12, 31)


@dataclass(frozen=True, slots=True)
class Aged:
    """An offering as a purge looks at it.

    `events` are all of its events, `years` the calendar years it is kept, `approved` hundredths of hours (0 = it is no
    clock-hour offering: a visit, a POP-up), `held` the reasons for which it is held. `people` are records, merged ones
    counted once; 0 entries = not counted yet, which only what goes is.
    """

    series: str
    events: tuple[str, ...]
    title: str
    in_service: str
    first_day: date
    last_day: date
    years: int
    approved: int = 0
    held: tuple[str, ...] = ()
    people: int = 0
    entries: int = 0
    bundles: tuple[str, ...] = ()

    @property
    def kept_until(self) -> date:
        """The last day on which it has to be kept."""
        return kept_until(self.last_day, self.years)

    def against(self, today: date) -> Against:
        """What stands against taking it away today."""
        if self.held:
            return "held"
        if self.last_day >= today:
            return "not-over"
        return "kept" if self.kept_until >= today else ""

    def why(self, against: Against) -> str:
        """That in words for a person."""
        if against == "held":
            return f"held: {'; '.join(self.held)}"
        if against == "not-over":
            return "not over yet"
        if against == "kept":
            return f"kept until {self.kept_until}"
        return "something came in meanwhile: look again" if against else ""


HEADER = (
    "in-service number", "title", "first day", "last day", "people", "entries", "bundles", "outcome", "purged at",
    "purged by", "before", "reason",
)  # fmt: skip
"""The columns of the list of what went: it names nobody but who purged."""
