"""One visit as insights take it: what each room came to on each look-for and each ladder, instrument by instrument.

Owns which sheets count and what one room is worth, by the rule of a visit's report (`core.report.sights`), so that both
say the same. Never looks at words, taps or names, and never puts two rooms together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, cast

from plfacilitate.core.insights.agreeing import EXACT, Pairs
from plfacilitate.core.protocol import LOOK_FOR, Item, Protocol
from plfacilitate.core.report.agreed import pairs_counted
from plfacilitate.core.report.sights import DIFFER, by_version, counted, settled
from plfacilitate.core.visiting.fold import Agreed, Place, VisitPicture
from plfacilitate.core.visiting.observation import Observation

Mark = tuple[str, str | int]
"""A room, or whoever was asked, and what it came to: an answer of `LOOK_FOR`, a level from 1, or `DIFFER`."""

_COUNTED = ("look-for", "rating")


class Used(NamedTuple):
    """One version of one protocol on one visit. `rooms` = how many rooms, or people asked; `marks` by item or prompt.

    `people` = of an interview, prompt → sheets of those who gave a level: two in one room are two people.
    """

    protocol: Protocol
    rooms: int
    sheets: int
    marks: Mapping[str, tuple[Mark, ...]]
    people: Mapping[str, frozenset[str]] = {}


class Visited(NamedTuple):
    """A visit. `school` as it was announced, else the event's place; `named` = its rooms are; `rooms` that were watched.

    `held` = sheets left out because others in their room must not read them yet. `pairs` = how far observers agreed, () =
    it was not asked for.
    """

    event: str
    day: date
    school: str
    named: bool
    used: tuple[Used, ...]
    held: int = 0
    rooms: int = 0
    pairs: tuple[Pairs, ...] = ()


def visited(
    picture: VisitPicture,
    *,
    day: date,
    place: str,
    held: Collection[tuple[str, str]] = (),
    now: datetime | None = None,
) -> Visited:
    """What a visit came to. `held` = stops and protocols whose notes are still blind; `place` stands in for a school.

    `now` = work out how far observers agree, too, with states that still go on ending then; None = don't.
    """
    visit = picture.visit
    kept = [one for one in picture.observations if (one.stop, one.protocol.id) not in held]
    shown = picture._replace(observations=tuple(kept))
    used, pairs = [], list[Pairs]()
    sheets = counted(kept)
    for protocol, group in by_version(sheets):
        if now is not None:
            pairs += _pairs(shown, protocol, group, day, now)
        found = _asked(protocol, group) if protocol.kind == "interview" else _seen(protocol, group, picture)
        if found.marks:
            used.append(found)
    return Visited(
        picture.event, day, visit.school if visit and visit.school else place,
        visit is not None and visit.rooms == "named", tuple(used), len(picture.observations) - len(kept),
        len({one.stop or one.id for one in sheets if one.protocol.kind != "interview"}), tuple(pairs),
    )  # fmt: skip


def _pairs(
    picture: VisitPicture, protocol: Protocol, group: Sequence[Observation], day: date, now: datetime
) -> Iterator[Pairs]:
    _, sums = pairs_counted(picture, protocol, (one.stop for one in group), now)
    for scale, measures in sums.items():
        if EXACT in measures:
            yield Pairs(picture.event, day, protocol.id, protocol.title, scale, *measures[EXACT])


def _seen(protocol: Protocol, group: Sequence[Observation], picture: VisitPicture) -> Used:
    stops = {stop.id for stop in picture.visit.stops} if picture.visit else set[str]()
    rooms: dict[str, list[Observation]] = {}
    for one in group:
        rooms.setdefault(one.stop if one.stop in stops else one.id, []).append(one)
    marks = {item.id: tuple(_marks(item, rooms, picture.agreed)) for item in protocol.items if item.kind in _COUNTED}
    return Used(protocol, len(rooms), len(group), marks)


def _marks(item: Item, rooms: Mapping[str, Sequence[Observation]], agreed: Mapping[Place, Agreed]) -> Iterator[Mark]:
    for room, observations in rooms.items():
        value = settled(item, observations, agreed)
        if value in LOOK_FOR if item.kind == "look-for" else value in range(1, len(item.levels) + 1):
            yield room, cast(str | int, value)
        elif value == DIFFER:
            yield room, DIFFER


def _asked(protocol: Protocol, group: Sequence[Observation]) -> Used:
    """Levels of an interview: one mark for each who was asked; two who were asked in one room are one room's."""
    given = {
        prompt.id: [
            (one, answer.value)
            for one in group
            if (answer := one.of(prompt.id).answer) is not None
            and isinstance(answer.value, int)
            and answer.value in range(1, len(protocol.levels) + 1)
        ]
        for prompt in (protocol.prompts if protocol.levels else ())
    }
    marks = {prompt: tuple((one.stop or one.id, level) for one, level in found) for prompt, found in given.items()}
    people = {prompt: frozenset(one.id for one, _ in found) for prompt, found in given.items()}
    return Used(protocol, len({one.stop or one.id for one in group}), len(group), marks, people)
