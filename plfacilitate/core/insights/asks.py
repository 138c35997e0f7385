"""What changed at a school, and what to look at next: sentences made of its figures.

Owns which figures lead to which question. Never says what is good, never compares schools, never speaks of one room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from plfacilitate.core.insights.lines import ONE_VISIT, Line
from plfacilitate.core.insights.whole import Apart, School
from plfacilitate.core.report.words import listed

NOTHING_CHANGED = "Nothing can be said of change: no instrument has a figure of two visits."
_HALF = 50  # per cent of rooms from which on a thing is there in most of them


class Change(NamedTuple):
    """What moved: an attribute or a facet, what is counted, with which instrument, and from where to where in words."""

    title: str
    what: str
    instrument: str
    said: str


def changes(one: School) -> tuple[Change, ...]:
    """All lines with something told of two visits, those that moved furthest first; those without numbers last."""
    lines = [(pattern, line) for pattern in one.patterns for line in pattern.lines if line.moved]
    found = sorted(lines, key=lambda pair: -_moved(pair[1]))
    return tuple(Change(pattern.title, what(line), line.title, line.change) for pattern, line in found)


def no_change(one: School) -> str:
    """Why nothing can be said of change; "" = something can."""
    if len(one.visits) < 2:
        return f"{ONE_VISIT.capitalize()}."
    return "" if changes(one) else NOTHING_CHANGED


def _moved(line: Line) -> int:
    """How far, in per cent of the scale; -1 = first or last has no number."""
    told = [one.figure.value for one in line.points if one.figure.state == "told"]
    if told[0] is None or told[-1] is None:
        return -1
    return abs(told[-1] - told[0]) // max(1, line.by.steps - 1)


def what(line: Line) -> str:
    """What a line counts: `look-fors seen`, `levels of 4`."""
    return {"look-for": "look-fors seen", "adoption": "rooms with a look-for seen"}.get(
        line.by.scale, f"levels of {line.by.steps}"
    )


def look_next(one: School) -> tuple[str, ...]:
    """Questions and gaps, the widest first."""
    return tuple(_gaps(one)) + tuple(question for apart in one.apart for question in _further(apart))


def _gaps(one: School) -> Iterator[str]:
    unseen = [pattern.title for pattern in one.patterns if not pattern.lines]
    if unseen:
        yield f"Nobody observed {listed(unseen, 'or')}: an instrument that asks for it would show more."
    lines = [line for pattern in one.patterns for line in pattern.lines]
    alone = _titles(line for line in lines if line.whole.state == "withheld")
    if alone:
        yield f"Used in one room only: {listed(alone)}. The same instrument in five rooms shows how they spread."
    unsettled = _titles(line for line in lines if line.whole.differ)
    if unsettled:
        yield f"Observers of one room differ, and nothing was agreed, with {listed(unsettled)}: talk it over at the debrief."
    if not one.agreement:
        yield "Nowhere two watched the same lesson: two in one room show how far figures hold."


def _further(one: Apart) -> Iterator[str]:
    """Where a thing is in most rooms and the levels are in the lower half: what would be one step further."""
    there = one.adoption.whole if one.adoption is not None else None
    if there is None or there.value is None or there.value < _HALF:
        return
    for ladder in one.adherence:
        how = ladder.whole
        if how.value is not None and 2 * how.value <= 100 * (ladder.by.steps + 1):
            yield (
                f"{one.title}: a look-for was seen {_in_rooms(there.said)}, the levels are at {how.said} of "
                f"{ladder.by.steps}. What would one level further look like here?"
            )


def _in_rooms(said: str) -> str:
    return said if said.startswith("in ") else f"in {said} of the rooms"


def _titles(lines: Iterator[Line]) -> Sequence[str]:
    return sorted({line.title for line in lines})
