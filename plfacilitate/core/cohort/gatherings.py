"""What a cohort meets for: the days of its plan laid over the events that were made of them.

Owns which event is which day of the plan, and that a visit at a school of the cohort is its visit though nobody said
so. Never knows who is in a team (`core.cohort.teams`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from plfacilitate.core.cohort.around import Around, Happening
from plfacilitate.core.cohort.values import PART_WORDS, CohortFacts, Fixed, Part
from plfacilitate.core.text import fold

State = Literal["held", "planned", "passed"]
MOVED = timedelta(days=21)
"""An event so far from its planned day may still be it, put on another day."""
_COUNTED: frozenset[Part] = frozenset({"session", "academy"})


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
    found = sorted([*_linked(facts, around), *_visits(facts, around)], key=lambda one: (one.day, one.event))
    made_of = _made_of(facts.cohort.days, found)
    found += [_only_planned(day, around.today) for n, day in enumerate(facts.cohort.days) if n not in made_of]
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


def _made_of(days: Sequence[Fixed], events: Sequence[Gathering]) -> set[int]:
    """The places of those days of the plan that an event was made of, which stands for one day only.

    That of the same part, school and day is it. Of the rest, sessions and Academy days are so and so many, whenever
    they are held: the first stands for the first. Another visit some weeks off is one more.
    """
    pairs = sorted(
        (abs(one.day - day.day) if one.part not in _COUNTED or one.day == day.day else MOVED, day.day, one.day, n, m)
        for n, day in enumerate(days)
        for m, one in enumerate(events)
        if one.part == day.part and one.school == fold(day.school)
    )
    made_of: set[int] = set()
    taken: set[int] = set()
    for apart, _, _, n, m in pairs:
        if apart <= MOVED and n not in made_of and m not in taken:
            made_of.add(n)
            taken.add(m)
    return made_of


def _numbered(found: Iterable[Gathering]) -> Iterator[Gathering]:
    """Sessions and Academy days of the whole cohort with their numbers."""
    count: Counter[Part] = Counter()
    for one in found:
        numbered = one.part in _COUNTED and not one.school
        count[one.part] += numbered
        yield one._replace(number=count[one.part]) if numbered else one
