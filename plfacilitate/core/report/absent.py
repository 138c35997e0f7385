"""What is not in a report of a visit, said in sentences: stops nobody saw, what was not ended, what was left open.

Owns these sentences. Never hides a gap because it is small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plfacilitate.core.protocol import Prompt
from plfacilitate.core.report.sights import DIFFER, Sight, Telling, answered, by_version, holds_something
from plfacilitate.core.report.words import count, listed
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import Visit

_SHOWN = 5  # names in one sentence
BLIND = (
    "Somebody's sheet is still missing there, and until it is ended, or the notes are laid open at the debrief, nobody"
    " reads another's notes."
)


def absent(
    picture: VisitPicture,
    seen: Sequence[Sight],
    asked: Sequence[Observation],
    telling: Telling,
    blind: Sequence[Observation] = (),
) -> Iterator[str]:
    """The sentences, the widest gap first. `blind` = sheets that are left out because others there are not done yet."""
    observations = [*(one.observation for one in seen), *asked]
    visit = picture.visit
    if visit is None:
        yield "Nobody announced where this visit goes: school, purpose and look-fors are not known."
    else:
        yield from _stops(visit, [*observations, *blind], seen)
    if blind:
        yield f"{count(len(blind), 'sheet')} left out: {'; '.join(_waits(blind, visit))}. {BLIND}"
    yield from _uncounted(picture.observations, observations)
    yield from _unfinished(observations)
    yield from _states(observations, telling)
    yield from _left_open(observations, telling)
    yield from _differing(seen, telling)
    yield from _versions(observations)
    yield from _script(observations)


def _waits(blind: Sequence[Observation], visit: Visit | None) -> Iterator[str]:
    """Where somebody's sheet is missing: `Look-fors of choice in 2 rooms`, or with rooms that have their names.

    A letter beside an instrument would name the room: which room is seen with what, the school has on paper.
    """
    for protocol, group in by_version(blind):
        stops = list(dict.fromkeys(one.stop for one in group))
        if visit is not None and visit.rooms == "named":
            yield f"{protocol.title} in {listed([visit.label(stop) if stop else 'no room' for stop in stops])}"
        else:
            yield f"{protocol.title} in {count(len(stops), 'room')}"


def _stops(visit: Visit, observations: Sequence[Observation], seen: Sequence[Sight]) -> Iterator[str]:
    visited = {one.stop for one in observations}
    missed = [visit.label(stop) for stop in visit.in_letters() if stop not in visited]
    if missed:
        yield f"{len(missed)} of {count(len(visit.stops), 'stop')}: nobody observed there ({_some(missed)})."
    known = {stop.id for stop in visit.stops}
    elsewhere = sum(one.observation.stop not in known for one in seen)
    if elsewhere:
        yield f"{count(elsewhere, 'observation')} of a room that is not on the way; each counts as a room of its own."


def _versions(observations: Sequence[Observation]) -> Iterator[str]:
    """An instrument whose file was changed between two observations: what is told of it is told version by version."""
    used: dict[str, list[str]] = {}
    for protocol, _ in by_version(observations):
        used.setdefault(protocol.id, []).append(protocol.title)
    for titles in used.values():
        if len(titles) > 1:
            yield f"{titles[-1]} was used in {len(titles)} versions: each is told by itself, and they are not compared."


def _uncounted(begun: Sequence[Observation], counted: Sequence[Observation]) -> Iterator[str]:
    kept = {one.id for one in counted}
    bare = sum(not holds_something(one) for one in begun)
    twice = sum(holds_something(one) and one.id not in kept for one in begun)
    if bare:
        yield f"{count(bare, 'observation was', 'observations were')} begun, and nothing was noted: not counted."
    if twice:
        yield f"{count(twice, 'observation was', 'observations were')} begun anew by the same observer: the last counts."


def _unfinished(observations: Sequence[Observation]) -> Iterator[str]:
    unended = sum(one.ended_at is None for one in observations)
    if unended:
        yield f"{count(unended, 'observation was', 'observations were')} not ended: counted up to the last note."
    paper = sum(one.means == "paper" and one.protocol.kind != "interview" for one in observations)
    if paper:
        yield f"{count(paper, 'observation')} keyed in from paper: counted as long as was planned."


def _states(observations: Sequence[Observation], telling: Telling) -> Iterator[str]:
    by_rule = [
        (one, item.text)
        for one in observations
        for item in one.protocol.items
        if any(bout.by_rule for bout in one.of(item.id).bouts)
    ]
    if by_rule:
        where = count(len({one.id for one, _ in by_rule}), "observation")
        what = _named([one for one, _ in by_rule], [text for _, text in by_rule], telling)
        yield f"In {where} a stopwatch still ran at the end and was stopped with it{what}."


def _left_open(observations: Sequence[Observation], telling: Telling) -> Iterator[str]:
    for protocol, group in by_version(observations):
        left = [part for one in group for part in one.left_out]
        if left:
            texts = [(part.title or part.ask) if isinstance(part, Prompt) else part.text for part in left]
            places = count(len(left), "answer")
            what = _named(group, texts, telling)
            yield f"{protocol.title}: {places} left open in {count(len(group), 'sheet')}{what}."


def _named(group: Sequence[Observation], texts: Sequence[str], telling: Telling) -> str:
    """`: this and that`; "" where one room, or one person, is all that it is about."""
    alone = telling.alone(len({one.stop or one.id for one in group}))
    return "" if alone else f": {_some(list(dict.fromkeys(texts)))}"


def _differing(seen: Sequence[Sight], telling: Telling) -> Iterator[str]:
    places = 0
    for protocol, group in by_version(one.observation for one in seen):
        ids = {one.id for one in group}
        sheets = [one for one in seen if one.observation.id in ids]
        places += sum(value == DIFFER for item in protocol.items for value in answered(item, sheets, telling).values())
    if places:
        yield f"{count(places, 'score')} on which observers of one room differ without an agreed one."


def _script(observations: Sequence[Observation]) -> Iterator[str]:
    lines = [line for one in observations for line in one.lines]
    uncoded = sum(not line.items for line in lines)
    if uncoded:
        yield f"{uncoded:,} of {count(len(lines), 'line')} of the script {'is' if uncoded == 1 else 'are'} coded to no item and not quoted."
    doubtful = sum(line.doubtful for line in lines)
    if doubtful:
        yield f"{count(doubtful, 'line')} with two wordings, of which nobody has said which is right."


def _some(names: Sequence[str]) -> str:
    """The first few, and how many more."""
    if len(names) <= _SHOWN:
        return listed(names)
    return f"{', '.join(names[:_SHOWN])} and {len(names) - _SHOWN} more"
