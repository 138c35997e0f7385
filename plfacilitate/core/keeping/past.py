"""How long the segments of a session took before: the median of the past runs of the same plan, session and segment.

Owns what is the same segment and which runs count. Never reads a ledger: runs are handed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from plfacilitate.core.keeping.run import Run
from plfacilitate.core.keeping.spread import least, spread
from plfacilitate.core.keeping.standing import MINUTE
from plfacilitate.core.plan import Segment
from plfacilitate.core.text import fold

Name = tuple[str, int]
"""A segment by its folded title, and which of those of that title it is, from 0."""


class Past(NamedTuple):
    """How long a segment took: the median in whole minutes (the lower of two in the middle), of so many runs."""

    minutes: int
    runs: int


def names(segments: Sequence[Segment]) -> tuple[Name, ...]:
    """What each segment of an agenda is known by: a second break is another than the first."""
    seen: Counter[str] = Counter()
    found = []
    for segment in segments:
        title = fold(segment.title)
        found.append((title, seen[title]))
        seen[title] += 1
    return tuple(found)


def past(runs: Iterable[Run]) -> Mapping[Name, Past]:
    """The medians over these runs. A segment that was skipped, or never left, tells nothing of how long it takes."""
    took: dict[Name, list[int]] = {}
    for run in runs:
        segments = [span.segment for span in run.spans]
        for place, name in enumerate(names(segments)):
            minutes = round(run.spent(place, _last(run)) / MINUTE)
            if minutes >= 1 and run.running != place:
                took.setdefault(name, []).append(minutes)
    return {name: Past(sorted(minutes)[(len(minutes) - 1) // 2], len(minutes)) for name, minutes in took.items()}


def _last(run: Run) -> datetime:
    return run.pieces[-1].ended or run.pieces[-1].began if run.pieces else run.spans[0].starts_at


def by_place(segments: Sequence[Segment], known: Mapping[Name, Past]) -> Mapping[int, Past]:
    """The past of each segment of an agenda that has one, by its place."""
    return {place: known[name] for place, name in enumerate(names(segments)) if name in known}


def offered(segments: Sequence[Segment], known: Mapping[Name, Past]) -> Mapping[int, int]:
    """The minutes of an agenda as they took before, made to fit between its fixed times; only those that change.

    A part that has no past keeps its minutes as far as there is room; meals keep theirs. The sum of each part between
    fixed times is what the plan has for it.
    """
    places = by_place(segments, known)
    found: dict[int, int] = {}
    part: list[int] = []
    for place in range(len(segments) + 1):
        if place < len(segments) and not segments[place].holds:
            part.append(place)
            continue
        found |= _fitted(segments, part, places)
        part = []
    return found


def _fitted(segments: Sequence[Segment], part: Sequence[int], places: Mapping[int, Past]) -> Mapping[int, int]:
    if not any(place in places for place in part):
        return {}
    wanted = [places[place].minutes if place in places else segments[place].minutes for place in part]
    room = sum(segments[place].minutes for place in part)
    floors = [min(minutes, least(segments[place])) for minutes, place in zip(wanted, part, strict=True)]
    new = spread(wanted, floors, sum(wanted) - room)
    if sum(new) > room:
        return {}  # what took so long before does not fit: the plan's own minutes stand
    return {place: minutes for place, minutes in zip(part, new, strict=True) if minutes != segments[place].minutes}
