"""All insights: school by school, what each attribute and facet came to with each instrument, and how that changed.

Owns the values in the order in which they are read, and what the reader is told of how they were made. Never puts two
instruments into one number, never ranks schools, and gives no verdict. Any order of visits gives the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from plfacilitate.core.insights.agreeing import Agreeing, over_time
from plfacilitate.core.insights.lines import Line, line
from plfacilitate.core.insights.visited import Used, Visited
from plfacilitate.core.insights.yardsticks import ATTRIBUTES, FACETS, Yardstick, elsewhere, yardsticks
from plfacilitate.core.protocol import TITLES
from plfacilitate.core.report.sights import FEW
from plfacilitate.core.report.words import count, listed
from plfacilitate.core.text import fold

NOBODY = "Nobody observed this."
NO_VISIT = "No visit has been observed yet."
NO_ACHIEVEMENT = "Achievement stays empty: it is read from records, and no instrument here records it."
APART = (
    "Each figure is of one instrument: numbers of different instruments are never put together, side by side is how they "
    "are read. A room counts once, however many watched it: with what they agreed on at the debrief, else with what all "
    "of them noted alike; where they differ and nothing was agreed, it is in no share and no median, and is counted as "
    "“differ”."
)
ROUNDED = (
    "A share is look-fors seen, of those that could be: seen ÷ (seen + not seen), in whole per cent; not applicable is "
    "left out. A median is of levels, which are names of acts: a level, or the two that it lies between. n = marks. "
    "Tallies, minutes, counts and choices are not summed over visits: they stand in the report of each visit."
)
FEW_ROOMS = (
    f"Where rooms are anonymous, what one room of a visit gave is told nowhere and is in no sum; of fewer than {FEW} rooms "
    "there is no median, and of a single look-for only whether it was seen in all, in some or in none of them. A room of "
    "two visits counts twice. Patterns, not verdicts."
)
READ = (APART, ROUNDED, FEW_ROOMS)
"""What the reader is told."""


class Pattern(NamedTuple):
    """An attribute or a facet at a school; no `lines` = nobody observed it."""

    tag: str
    title: str
    kind: str
    lines: tuple[Line, ...]


class Apart(NamedTuple):
    """One instrument: whether it is there, and how it is done where it is there.

    `adoption` None = it has no look-fors, `adherence` () = no levels; `empty` = what it counts and no visit can tell.
    """

    instrument: str
    title: str
    adoption: Line | None
    adherence: tuple[Line, ...]
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class School:
    """A school over its visits, in order of time. `held` = sheets left out as long as they are blind."""

    key: str
    name: str
    visits: tuple[Visited, ...]
    patterns: tuple[Pattern, ...]
    apart: tuple[Apart, ...]
    versions: tuple[str, ...]
    held: int
    agreement: tuple[Agreeing, ...] = ()


@dataclass(frozen=True, slots=True)
class Insights:
    """Schools by name, and the visits that could not be read: event → why, in words."""

    schools: tuple[School, ...]
    failed: tuple[tuple[str, str], ...] = ()

    def school(self, name: str) -> School | None:
        """The school of that name, however it is written; None = nobody visited it."""
        key = fold(name)
        return next((one for one in self.schools if one.key == key), None)


def insights(visits: Iterable[Visited], failed: Iterable[tuple[str, str]] = ()) -> Insights:
    """All of it, whatever the order of the visits; a visit without any mark on a look-for or a ladder counts as one."""
    known: dict[tuple[str, str], tuple[Yardstick, ...]] = {}
    schools: dict[str, list[Visited]] = {}
    for one in visits:
        schools.setdefault(fold(one.school), []).append(one)
        for used in one.used:
            key = used.protocol.id, used.protocol.version
            if key not in known:
                known[key] = tuple(yardsticks(used.protocol))
    found = [_school(key, each, known) for key, each in schools.items()]
    return Insights(tuple(sorted(found, key=lambda one: (one.key, one.name))), tuple(sorted(failed)))


def _school(key: str, visits: Sequence[Visited], known: Mapping[tuple[str, str], tuple[Yardstick, ...]]) -> School:
    ordered = sorted(visits, key=lambda one: (one.day, one.event))
    groups: dict[Yardstick, list[tuple[Visited, Used]]] = {}
    for one in ordered:
        for used in one.used:
            for by in known[used.protocol.id, used.protocol.version]:
                groups.setdefault(by, []).append((one, used))
    lines = sorted((line(by, found) for by, found in groups.items()), key=lambda one: one.by.order)
    return School(
        key, _name(ordered), tuple(ordered), tuple(_pattern(tag, lines) for tag in (*ATTRIBUTES, *FACETS)),
        tuple(_apart(lines, ordered)), tuple(_versions(lines)), sum(one.held for one in ordered),
        over_time(pair for one in ordered for pair in one.pairs),
    )  # fmt: skip


def _name(visits: Sequence[Visited]) -> str:
    """As it is written most often; of two as often, the first by letters."""
    names = Counter(one.school for one in visits)
    return min(names, key=lambda name: (-names[name], name))


def _pattern(tag: str, lines: Sequence[Line]) -> Pattern:
    kind = "attribute" if tag in ATTRIBUTES else "facet"
    return Pattern(tag, TITLES[tag], kind, tuple(one for one in lines if one.by.tag == tag))


def _apart(lines: Sequence[Line], visits: Sequence[Visited]) -> Iterable[Apart]:
    """Instrument by instrument; where its items changed, one for each set of look-fors and each ladder."""
    newest = {used.protocol.id: used.protocol for one in visits for used in one.used}
    whole = [one for one in lines if not one.by.tag]
    for instrument in dict.fromkeys(one.by.instrument for one in whole):
        mine = [one for one in whole if one.by.instrument == instrument]
        ladders = tuple(one for one in mine if one.by.scale == "rating")
        there = [one for one in mine if one.by.scale == "adoption"]
        for place, one in enumerate(there or [None]):
            title = one.title if one is not None else ladders[0].title
            empty = tuple(elsewhere(newest[instrument])) if not place else ()
            yield Apart(instrument, title, one, ladders if not place else (), empty)


def _versions(lines: Sequence[Line]) -> Iterable[str]:
    """In words, what became of an instrument that was met in two versions."""
    for instrument in dict.fromkeys(one.by.instrument for one in lines):
        mine = [one for one in lines if one.by.instrument == instrument and one.by.tag]
        versions = set[str]().union(*(one.versions for one in mine)) if mine else set[str]()
        if len(versions) < 2:
            continue
        merged = sorted({TITLES[one.by.tag] for one in mine if len(one.versions) > 1})
        alone = sorted({TITLES[one.by.tag] for one in mine if len(one.versions) < 2})
        said = f"{mine[-1].title} was used in {count(len(versions), 'version')}."
        if merged:
            said += f" Counted together where items and levels are the same: {listed(merged)}."
        if alone:
            said += f" Apart, version by version: {listed(alone)}."
        yield said
