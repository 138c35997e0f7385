"""A line of the roll: one person and what one offering comes to for them.

Owns the values and how they travel between processes. Never computes a minute (`core.tally` does), and never judges
what hours are good for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from plfacilitate.core.agenda import SessionFacts
from plfacilitate.core.attended import outcome
from plfacilitate.core.credit import explain, explain_series
from plfacilitate.core.fold import EventFold
from plfacilitate.core.line import Line, Status
from plfacilitate.core.minutes import minute_of
from plfacilitate.core.series import SeriesFacts
from plfacilitate.core.tally import CreditLine, CreditSheet
from plfacilitate.core.text import fold as folded


class Spell(NamedTuple):
    """One stretch in a room, in minutes from 1970 (UTC), on the event's day (`2023-12-06`)."""

    day: str
    begin: int
    end: int


class Figures(NamedTuple):
    """What a line says in numbers: whole minutes, hundredths of an hour, status, minutes short of the whole."""

    minutes: int
    hundredths: int
    status: str
    short: int


class RollLine(NamedTuple):
    """One person's line of one offering.

    `completed` is the day of the last session that the person was at (`2023-12-06`). `codes` are those of the line's
    reasons, `explained` says how the figures come about. `earned_by_rule` = hundredths before a wish for fewer hours and
    before what voids the line. `days` = minutes that count by day, `spells` = when the person was in the room. `was` =
    the figures at the point where the laptop handed in, None = the same; `since` says what came in after it.
    """

    order: tuple[str, str]
    person: str
    last_name: str
    first_name: str
    former_name: str
    email: str
    certificate: str
    school: str
    district: str
    series: str
    in_service: str
    title: str
    plan: str
    office: str
    rule: str
    designations: tuple[str, ...]
    completed: str
    figures: Figures
    earned_by_rule: int
    codes: tuple[str, ...]
    explained: str
    standing: str
    days: tuple[tuple[str, int], ...]
    spells: tuple[Spell, ...]
    was: Figures | None = None
    since: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As a sheet lists it: `Last, First`."""
        return f"{self.last_name}, {self.first_name}" if self.first_name else self.last_name

    @property
    def year(self) -> int:
        """The calendar year of completion."""
        return int(self.completed[:4])

    @property
    def school_year(self) -> str:
        """The school year of completion, 1 September to 31 August: `2023-24`."""
        year = self.year if self.completed[5:7] >= "09" else self.year - 1
        return f"{year}-{(year + 1) % 100:02}"

    @property
    def takes_credits(self) -> bool:
        """Chose quarter credits: no clock hours, on the list for the university."""
        return "takes-credits" in self.codes

    @property
    def key(self) -> tuple[Any, ...]:
        """The order of the roll: by last name, a person's offerings by day."""
        return (*self.order, self.person, self.completed, self.series)


def packed(line: RollLine) -> list[Any]:
    """The line as plain values, for a file between two processes."""
    return list(line)


def unpacked(values: Sequence[Any]) -> RollLine:
    """The line that `packed` wrote, read back."""
    line = RollLine(*values)
    return line._replace(
        order=(line.order[0], line.order[1]),
        designations=tuple(line.designations),
        figures=Figures(*line.figures),
        codes=tuple(line.codes),
        days=tuple((day, minutes) for day, minutes in line.days),
        spells=tuple(Spell(*spell) for spell in line.spells),
        was=None if line.was is None else Figures(*line.was),
        since=tuple(line.since),
    )


def figures_of(line: Line) -> Figures:
    """The numbers of a line of credit."""
    return Figures(line.minutes, line.hundredths, line.status, line.short if _takes_credits(line) else 0)


def _takes_credits(line: Line) -> bool:
    return any(reason.code == "takes-credits" for reason in line.reasons)


def roll_lines(sheet: CreditSheet, folds: Mapping[str, EventFold]) -> list[RollLine]:
    """The lines of everybody who was at any event of a series; `folds` by event. Who never came has none."""
    facts = sheet.facts
    assert isinstance(facts, SeriesFacts), "the roll is of whole offerings"
    said: dict[tuple[object, ...], str] = {}
    found = []
    for one in sheet.lines:
        there = _there(facts, folds, one.person.id)
        if there.spells:
            found.append(_line(sheet, facts, one, there, said))
    return found


class _There(NamedTuple):
    completed: str
    days: tuple[tuple[str, int], ...]
    spells: tuple[Spell, ...]


def _there(facts: SeriesFacts, folds: Mapping[str, EventFold], person: str) -> _There:
    """When and how long somebody was at the events of a series."""
    spells: list[Spell] = []
    days: dict[str, int] = {}
    completed = ""
    for event in facts.events:
        presence = folds[event.event].presence(person)
        if not presence.stays:
            continue
        day = completed = event.day.isoformat()
        days[day] = days.get(day, 0) + outcome(event, presence).minutes
        spells += [
            Spell(day, minute_of(stay.came.at), minute_of(stay.left.at)) for stay in presence.stays if stay.left
        ] or [Spell(day, minute_of(presence.stays[0].came.at), minute_of(presence.stays[0].came.at))]
    return _There(completed, tuple(days.items()), tuple(spells))


def _line(
    sheet: CreditSheet, facts: SeriesFacts, one: CreditLine, there: _There, said: dict[tuple[object, ...], str]
) -> RollLine:
    person, line, event = one.person, one.line, sheet.events[-1]
    key = (line.minutes, line.hundredths, line.status, line.reasons, line.standing)
    explained = said.get(key)
    if explained is None:
        explained = said[key] = _explained(facts, line)
    return RollLine(
        order=(folded(person.last_name), folded(person.first_name)),
        person=person.id,
        last_name=person.last_name,
        first_name=person.first_name,
        former_name=person.former_name,
        email=person.email,
        certificate=person.certificate,
        school=person.school,
        district=person.district,
        series=sheet.series,
        in_service=event.in_service,
        title=event.plan.title,
        plan=event.plan.id,
        office=sheet.office.id,
        rule=sheet.office.rule,
        designations=event.plan.designations,
        completed=there.completed,
        figures=figures_of(line),
        earned_by_rule=line.eligible,
        codes=tuple(dict.fromkeys(reason.code for reason in line.reasons)),
        explained=explained,
        standing=line.standing.text if line.standing and len(facts.by_session) > 1 else "",
        days=there.days,
        spells=there.spells,
    )


def _explained(facts: SeriesFacts, line: Line) -> str:
    """The figures as one sentence; an offering of one session is explained by its day."""
    if len(facts.by_session) > 1 or len(facts.events) != 1:
        return explain_series(facts, line)
    only: SessionFacts = facts.events[0]
    alone = Line(
        line.person, line.minutes, line.hundredths, line.status, line.reasons, line.agenda_minutes, line.eligible
    )
    return explain(only, alone)


EARNED: Status = "earned"
