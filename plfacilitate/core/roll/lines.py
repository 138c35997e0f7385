"""A line of the roll: one person and what one offering comes to for them.

Owns the values and how they travel between processes. Never computes a minute (`core.tally` does), and never judges
what hours are good for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from plfacilitate.core.attended import outcome
from plfacilitate.core.credit import explain, explain_series
from plfacilitate.core.designation import Designation
from plfacilitate.core.designation import explained as parts_explained
from plfacilitate.core.fold import EventFold
from plfacilitate.core.line import Line, Status
from plfacilitate.core.minutes import minute_of
from plfacilitate.core.people import Person
from plfacilitate.core.series import SeriesFacts
from plfacilitate.core.tally import CreditSheet

EARNED: Status = "earned"


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
    before what voids the line. `days` = minutes that count by day, where the
    office has a limit a day, `spells` = when the person was in the room. `was` =
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
    designations: tuple[Designation, ...]
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


def number_key(number: str) -> str:
    """An in-service number as it is compared: however it is written; "" = there is none."""
    return "".join(number.split()).casefold()


def packed(line: RollLine) -> list[Any]:
    """The line as plain values, for a file between two processes."""
    return list(line)


def unpacked(values: Sequence[Any]) -> RollLine:
    """The line that `packed` wrote, read back."""
    one = RollLine._make(values)
    was = one.was
    # Put together by hand: this is done for every line of a region.
    return RollLine(
        (one.order[0], one.order[1]), *one[1:15], tuple(map(Designation._make, one.designations)), one.completed, Figures._make(one.figures),
        one.earned_by_rule, tuple(one.codes), one.explained, one.standing, tuple(map(tuple, one.days)),  # type: ignore[arg-type]  # pairs, as they were packed
        tuple(map(Spell._make, one.spells)), None if was is None else Figures._make(was), tuple(one.since),
    )  # fmt: skip


def roll_lines(sheet: CreditSheet, folds: Mapping[str, EventFold]) -> list[RollLine]:
    """The lines of everybody who was at any event of a series; `folds` by event. Who never came has none."""
    facts = sheet.facts
    assert isinstance(facts, SeriesFacts), "the roll is of whole offerings"
    by_day = sheet.office.day_cap is not None
    said: dict[tuple[object, ...], _Said] = {}
    found = []
    for one in sheet.lines:
        there = _there(facts, folds, one.person.id, by_day=by_day)
        if there is not None:
            line = one.line
            key = (line.minutes, line.hundredths, line.status, line.reasons, line.standing, line.eligible)
            known = said.get(key)
            if known is None:
                known = said[key] = _said(sheet, facts, line)
            found.append(_line(sheet, one.person, there, known))
    return found


class _There(NamedTuple):
    completed: str
    days: tuple[tuple[str, int], ...]
    spells: tuple[Spell, ...]


class _Said(NamedTuple):
    """What many people's lines have in common."""

    figures: Figures
    eligible: int
    codes: tuple[str, ...]
    explained: str
    standing: str


def _there(facts: SeriesFacts, folds: Mapping[str, EventFold], person: str, *, by_day: bool) -> _There | None:
    """When somebody was at the events of a series, and `by_day` how long; None = never."""
    spells: list[Spell] = []
    days: dict[str, int] = {}
    completed = ""
    for event in facts.events:
        presence = folds[event.event].presence(person)
        if not presence.stays:
            continue
        day = completed = event.day.isoformat()
        if by_day:
            days[day] = days.get(day, 0) + outcome(event, presence).minutes
        for stay in presence.stays:
            begin = minute_of(stay.came.at)
            spells.append(Spell(day, begin, minute_of(stay.left.at) if stay.left else begin))
    return _There(completed, tuple(days.items()), tuple(spells)) if spells else None


def _said(sheet: CreditSheet, facts: SeriesFacts, line: Line) -> _Said:
    codes = tuple(dict.fromkeys(reason.code for reason in line.reasons))
    plan = sheet.events[-1].plan
    parts = parts_explained(plan.designations, line.hundredths, plan.approved_hundredths)
    short = line.short if "takes-credits" in codes else 0
    return _Said(
        figures=Figures(line.minutes, line.hundredths, line.status, short),
        eligible=line.eligible,
        codes=codes,
        explained=" ".join(filter(None, (_explained(facts, line), parts))),
        standing=line.standing.text if line.standing and len(facts.by_session) > 1 else "",
    )


def _line(sheet: CreditSheet, person: Person, there: _There, said: _Said) -> RollLine:
    event = sheet.events[-1]
    return RollLine(
        order=person.order[:2],
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
        figures=said.figures,
        earned_by_rule=said.eligible,
        codes=said.codes,
        explained=said.explained,
        standing=said.standing,
        days=there.days,
        spells=there.spells,
    )


def _explained(facts: SeriesFacts, line: Line) -> str:
    """The figures as one sentence; an offering of one session is explained by its day."""
    if len(facts.by_session) > 1 or len(facts.events) != 1:
        return explain_series(facts, line)
    return explain(facts.events[0], replace(line, standing=None))
