"""A statement of hours: what one person earned, with what the state wants to see of it.

Owns which facts stand on it, in the order of form SPI 1125 (participant, in-service, hours, signature), and when it may
be called a transcript. Never computes credit, and never draws (`shelf.statement`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plfacilitate.core.minutes import day_text, in_minutes
from plfacilitate.core.office import Office
from plfacilitate.core.people import Person
from plfacilitate.core.roll.lines import EARNED, RollLine
from plfacilitate.core.roll.look import Look, looks
from plfacilitate.core.roll.offering import Offering
from plfacilitate.core.roll.totals import Totals, totals_of
from plfacilitate.core.text import fold

OfficeNow = Callable[[str], Office | None]
"""An office's id → its file as it is today, None = there is none here."""


@dataclass(frozen=True, slots=True)
class Item:
    """One offering on a statement. `days` are those of its events, `version` the roll that says so (0 = none issued)."""

    line: RollLine
    instructors: tuple[str, ...]
    days: tuple[date, ...]
    provider: str
    approved: int
    version: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One person's statement. `earned` by day of completion; `others` wait, take credits or gave nothing, with the reason.

    `transcript` = every office on it says in its file that its transcript is approved. `platforms`, `contacts`,
    `corrections` are those of these offices. `tz` is where days of the statement itself are said. `looks` is
    what somebody should look at before it is handed out: it doesn't stand on it.
    """

    person: Person
    earned: tuple[Item, ...]
    others: tuple[Item, ...]
    totals: Totals
    transcript: bool
    providers: tuple[str, ...]
    platforms: tuple[str, ...]
    corrections: tuple[str, ...]
    keep_years: int
    made_at: datetime
    tz: str
    looks: tuple[Look, ...] = ()

    @property
    def file_name(self) -> str:
        """A name that every system takes, another one for everybody: `statement-alvarez-maria-1b2c3d4e.pdf`."""
        spoken = f"{fold(self.person.last_name)} {fold(self.person.first_name)}"
        kept = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in spoken)
        words = "-".join(filter(None, kept.split("-")))[:60].strip("-")
        mark = "".join(letter for letter in self.person.id if letter.isascii() and letter.isalnum())[:8]
        return f"{'-'.join(filter(None, ('statement', words, mark)))}.pdf"


def item_of(found: Offering, line: RollLine) -> Item:
    """A person's line with what else is known of the offering; `version` only where nothing changed since."""
    plan = found.events[-1].plan
    current = {one.person for one in found.since_version}
    return Item(
        line=line,
        instructors=tuple(one.name for one in plan.presenters),
        days=tuple(dict.fromkeys(event.day for event in found.events)),
        provider=found.sheet.office.title,
        approved=plan.approved_hundredths,
        version=found.versions[-1].version if found.versions and line.person not in current else 0,
    )


def statement(
    person: Person, items: Iterable[Item], offices: Sequence[Office], office_now: OfficeNow, *, at: datetime, tz: str
) -> Statement:
    """The statement of one person; `offices` are those of the items, as people signed under them."""
    ordered = sorted(items, key=lambda item: (item.line.completed, item.line.title, item.line.series))
    today = [office_now(one.id) or one for one in offices]
    known = [office_now(one.id) for one in offices]
    earned = tuple(item for item in ordered if item.line.figures.status == EARNED)
    caps = {one.rule: one.day_cap and in_minutes(one.day_cap, one.minutes_per_hour) for one in offices}
    return Statement(
        person=person,
        earned=earned,
        others=tuple(item for item in ordered if item.line.figures.status != EARNED),
        totals=totals_of(item.line for item in ordered),
        transcript=bool(earned) and all(one is not None and one.transcript_approved for one in known),
        providers=tuple(dict.fromkeys(one.title for one in today)),
        platforms=tuple(dict.fromkeys(one.platform for one in today if one.platform)),
        corrections=tuple(dict.fromkeys(one.correction for one in today if one.correction)),
        keep_years=max((one.keep_years for one in today), default=7),
        made_at=at,
        tz=tz,
        looks=looks([item.line for item in ordered], caps.get),
    )


def days_text(days: Sequence[date]) -> str:
    """Days of a class in words: `Wed 6 Dec 2023, Wed 10 Jan 2024`; many are said as first, last and how many."""
    if len(days) > 4:
        return f"{_day(days[0])} to {_day(days[-1])}, {len(days)} days"
    return ", ".join(_day(day) for day in days)


def _day(day: date) -> str:
    return f"{day_text(day)} {day.year}"
