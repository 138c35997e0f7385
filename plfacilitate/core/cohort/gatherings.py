"""What a cohort meets for: the days of its plan laid over the events that were made of them.

Owns which event is which day of the plan, and that a visit at a school of the cohort is its visit though nobody said
so. Never knows who is in a team (`core.cohort.teams`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from plfacilitate.core.cohort.around import Around, Happening
from plfacilitate.core.cohort.values import PART_WORDS, CohortFacts, Fixed, Part
from plfacilitate.core.text import fold

State = Literal["held", "planned", "passed"]


class Gathering(NamedTuple):
    """Something to meet for. `event` "" = only the plan has it; `school` is a key, "" = the whole cohort.

    `number` counts a cohort's sessions and Academy days from 1, in order of their days; of other parts it is 0.
    """

    part: Part
    day: date
    title: str
    school: str
    event: str
    state: State
    came: frozenset[str] = frozenset()
    minutes: int = 0
    number: int = 0

    @property
    def name(self) -> str:
        """`session 2`, `site visit`."""
        return f"{PART_WORDS[self.part]} {self.number}" if self.number else PART_WORDS[self.part]


def gatherings(facts: CohortFacts, around: Around) -> list[Gathering]:
    """All that a cohort met for and will meet for, in order of days."""
    found = [*_linked(facts, around), *_visits(facts, around)]
    left = list(found)
    days = sorted(facts.cohort.days, key=lambda day: (day.day, day.part, day.school))
    without = [day for day in days if not _taken(left, day, same_day=True)]
    found += [_only_planned(day, around.today) for day in without if not _taken(left, day, same_day=False)]
    return list(_numbered(sorted(found, key=lambda one: (one.day, one.part, one.school, one.title, one.event))))


def strays(all_facts: Iterable[CohortFacts], around: Around) -> list[Happening]:
    """Visits at schools that are in no cohort, in order of days."""
    known = {key for facts in all_facts for key in facts.spells}
    found = [one for one in around.happenings.values() if one.school and fold(one.school) not in known]
    return sorted(found, key=lambda one: (one.day, one.event))


def _linked(facts: CohortFacts, around: Around) -> Iterator[Gathering]:
    for link in facts.links:
        one = around.happenings.get(link.event)
        if one is not None:
            visited = fold(one.school) if link.part == "site-visit" else ""
            yield _of(one, link.part, link.school or visited, around.today)


def _visits(facts: CohortFacts, around: Around) -> Iterator[Gathering]:
    """Visits at schools of the cohort from its first day on, unless somebody said what they are."""
    said = {link.event for link in facts.links}
    for one in around.happenings.values():
        key = fold(one.school)
        if key in facts.spells and one.event not in said and one.day >= facts.cohort.starts:
            yield _of(one, "site-visit", key, around.today)


def _of(one: Happening, part: Part, school: str, today: date) -> Gathering:
    state: State = "held" if one.held else "planned" if one.day >= today else "passed"
    return Gathering(part, one.day, one.title, school, one.event, state, one.came, one.minutes)


def _only_planned(day: Fixed, today: date) -> Gathering:
    return Gathering(day.part, day.day, day.title, fold(day.school), "", "planned" if day.day >= today else "passed")


def _taken(left: list[Gathering], day: Fixed, *, same_day: bool) -> bool:
    """Whether an event was made of this day of the plan, which then stands for no other one.

    One of the same day is it; else the next of its part and school, which was put on another day.
    """
    for one in sorted(left, key=lambda one: (one.day, one.event)):
        fits = one.part == day.part and one.school == fold(day.school)
        if fits and (one.day == day.day or not same_day):
            left.remove(one)
            return True
    return False


def _numbered(found: Iterable[Gathering]) -> Iterator[Gathering]:
    count = {"session": 0, "academy": 0}
    for one in found:
        if one.part in count:
            count[one.part] += 1
            one = one._replace(number=count[one.part])  # noqa: PLW2901 (the same gathering, with its number)
        yield one
