"""What the answers of an instrument came to on a visit, by the rules in its file, as a report may tell it.

Owns what may be told of whom. Never averages people or rooms: each person's result stands by itself; rooms that are
anonymous are told only of all together, as `core.report.sights.Telling` has it for every figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from plfacilitate.core.protocol import Protocol
from plfacilitate.core.report.sights import FEW, Sight, Telling, answered, rooms_of
from plfacilitate.core.report.words import all_of, count
from plfacilitate.core.results.outcomes import Outcome
from plfacilitate.core.results.raters import Rated, rated
from plfacilitate.core.results.readings import NUMBERED, Sheet, Stand, sheet_of
from plfacilitate.core.results.words import follows, rule, shares, why
from plfacilitate.core.visiting.observation import Observation

LEFT_OUT = "left out: one room only"
_SOME = f"some of it, not all; under {FEW} rooms it is not counted"


@dataclass(frozen=True, slots=True)
class Came:
    """One result: its rule in words, and row by row who or what came to which outcome. `said` = whether they agree."""

    title: str
    ask: str
    rule: str
    rows: tuple[tuple[str, str], ...]
    said: str


def of_talks(
    protocol: Protocol, asked: Sequence[tuple[str, Observation]], left: Collection[str] = ()
) -> tuple[Came, ...]:
    """What those who were asked came to, each under what they are called; without the elements that are `left` out."""
    protocol = _without(protocol, left) if left else protocol
    found = rated(protocol, [(who, sheet_of(one)) for who, one in asked])
    return tuple(_came(one, protocol, tuple(_asked(one)), _agree(one)) for one in found)


def _without(protocol: Protocol, left: Collection[str]) -> Protocol:
    """The protocol with rules that do not read these items."""
    results = (
        replace(one, groups=tuple(
            replace(group, items=tuple(item for item in group.items if item not in left)) for group in one.groups
        ))
        for one in protocol.results
    )  # fmt: skip
    return replace(protocol, results=tuple(results))


def of_rooms(protocol: Protocol, group: Sequence[Sight], telling: Telling) -> tuple[Came, ...]:
    """What the rooms came to: each where rooms are named, else all of them together."""
    labels = {one.room: one.label for one in group}
    found = rated(protocol, [(labels[room], _sheet(protocol, room, group, telling)) for room in rooms_of(group)])
    if telling.open:
        return tuple(_came(one, protocol, tuple(_named(one)), _agree(one)) for one in found)
    return tuple(_came(one, protocol, tuple(_together(one, telling)), "") for one in found)


def _came(one: Rated, protocol: Protocol, rows: tuple[tuple[str, str], ...], said: str) -> Came:
    return Came(one.result.title, one.result.ask, rule(one.result, protocol), rows, said)


def _agree(one: Rated) -> str:
    """Whether those who stand in the rows agree, and what follows for each of their outcomes."""
    if one.result.rule not in ("archetype", "level"):
        return one.said
    alike = "" if one.alike is None else "They agree." if one.alike else "They differ."
    named = {group for _, outcome in one.each for group in outcome.named}
    return f"{alike} {follows(one.result, named)}".strip()


def _sheet(protocol: Protocol, room: str, group: Sequence[Sight], telling: Telling) -> Sheet:
    """What holds for a room: what its observers agreed on, or noted alike."""
    own = [one for one in group if one.room == room]
    items = (item for item in protocol.items if item.kind in NUMBERED)
    return Sheet("", {item.id: value for item in items for value in answered(item, own, telling).values()})


def _asked(one: Rated) -> Iterator[tuple[str, str]]:
    if one.together is not None:
        yield from why(one.together)
    else:
        for who, outcome in one.each:
            led = f" ({shares(outcome)})" if outcome.settled else ""
            yield f"{who[:1].upper()}{who[1:]}", f"{outcome.said}{led}"


def _named(one: Rated) -> Iterator[tuple[str, str]]:
    yield from ((room, outcome.said) for room, outcome in one.each)
    if one.together is not None and len(one.each) > 1:
        yield "All together", one.together.said


# -- rooms that are anonymous ----------------------------------------------------------------------------------------


def _together(one: Rated, telling: Telling) -> Iterator[tuple[str, str]]:
    if one.together is None:
        yield "Rooms", _alike([outcome for _, outcome in one.each if outcome.settled], telling)
        return
    for stand in one.together.stands:
        if stand.group.elsewhere or stand.group.items:
            yield stand.group.title, stand.group.elsewhere or _group(stand, telling)


def _alike(outcomes: Sequence[Outcome], telling: Telling) -> str:
    """In how many rooms which outcome; of a few rooms only whether all came to the same."""
    said = Counter(one.said for one in outcomes)
    rooms = said.total()
    if not rooms:
        return "can't say yet"
    if telling.alone(rooms):
        return LEFT_OUT
    if telling.broken_down(rooms):
        return "; ".join(f"{words} in {count(times, 'room')}" for words, times in said.most_common())
    return f"{next(iter(said))}, in {all_of(rooms)}" if len(said) == 1 else f"not the same in {all_of(rooms)}"


def _group(stand: Stand, telling: Telling) -> str:
    """How many count of those that may be told: of each item what two rooms or more gave, counted from five on."""
    rooms = Counter(reading.part.id for reading in stand.readings)
    told = [one for one in stand.readings if not telling.alone(rooms[one.part.id])]
    many = [one for one in told if telling.broken_down(rooms[one.part.id])]
    if not stand.readings:
        return "nothing noted" if stand.open or not stand.void else "does not apply anywhere"
    if not told:
        return LEFT_OUT
    shown = stand._replace(readings=tuple(many or told))
    cut = f"on level {stand.group.counts_from} or higher" if any(one.level is not None for one in told) else "seen"
    if many:
        return f"{len(shown.counting)} of {len(shown.readings)} {cut}"
    if not shown.lacking:
        return f"all {cut}, wherever it could be"
    return _SOME if shown.counting else f"none {cut}"
