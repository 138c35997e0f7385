"""One person in two places at once: found, measured, never hidden.

Owns the comparison of stays at different events. Never decides which of them is true.
"""

from __future__ import annotations

from collections.abc import Iterable

from plfacilitate.core.agenda import SessionFacts
from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.presence import Presence
from plfacilitate.core.reasons import Reason

Stretch = tuple[int, int]
"""From a minute, included, to a minute, not included; both counted from 1970 in UTC."""


def overlap(facts: SessionFacts, presence: Presence, other: SessionFacts, elsewhere: Presence) -> Reason | None:
    """The remark that this person was signed in at another event at the same time, None = was not."""
    for begin, end in _stays(facts, presence):
        for other_begin, other_end in _stays(other, elsewhere):
            since, until = max(begin, other_begin), min(end, other_end)
            if since < until:
                times = f"from {clock(since, facts.zone)} to {clock(until, facts.zone)}"
                return Reason("overlap", 0, f"signed in at {other.title} at the same time, {times}")
    return None


def _stays(facts: SessionFacts, presence: Presence) -> Iterable[Stretch]:
    for stay in presence.stays:
        if stay.left is not None:
            yield max(facts.begin, minute_of(stay.came.at)), min(facts.end, minute_of(stay.left.at))


def counted_stretches(facts: SessionFacts, presence: Presence) -> list[Stretch]:
    """When the person was there in counted time."""
    ends = (*facts.edges[1:], facts.end)
    return [
        (max(begin, start), min(end, stop))
        for begin, end in _stays(facts, presence)
        for start, stop, counts in zip(facts.edges, ends, facts.counts, strict=True)
        if counts and max(begin, start) < min(end, stop)
    ]


def minutes_in(stretches: Iterable[Stretch]) -> int:
    """How many minutes lie in any of these stretches, each counted once."""
    total, reached = 0, 0
    for begin, end in sorted(stretches):
        total += max(0, end - max(begin, reached))
        reached = max(reached, end)
    return total
