"""An overrun spread over what is left of an agenda, in proportion.

Owns the arithmetic and the least that a segment keeps. Never through a fixed time: what is late before a meal is made up
before it, what comes after keeps its minutes; a meal keeps its length, and the end of the day its time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from plfacilitate.core.keeping.standing import MINUTE, Line, Standing
from plfacilitate.core.plan import Segment

LEAST, LEAST_BREAK = 5, 10
"""Minutes under which nothing, and no break, is cut; whatever was planned shorter stays as it is."""


class Retimed(NamedTuple):
    """What a spread comes to: segment → its new minutes, how many minutes were wanted and how many could be had.

    `wanted` is negative where time is given back.
    """

    minutes: Mapping[int, int]
    wanted: int
    had: int


def least(segment: Segment) -> int:
    """The fewest minutes that a segment is cut to: half of what was planned, and a break long enough to be one."""
    floor = LEAST_BREAK if segment.kind == "break" else LEAST
    return min(segment.minutes, max(floor, -(-segment.minutes // 2)))


def spread(minutes: Sequence[int], least: Sequence[int], over: int) -> tuple[int, ...]:
    """These minutes with `over` taken away in proportion (negative = given), none below its least.

    The sum is exactly `over` less, or as much less as can be had.
    """
    if over <= 0:
        return _given(minutes, -over)
    now = list(minutes)
    floors = [min(one, floor) for one, floor in zip(minutes, least, strict=True)]
    left = min(over, sum(now) - sum(floors))
    while left > 0:
        free = [at for at, one in enumerate(now) if one > floors[at]]
        shares = _shares([now[at] for at in free], left)
        for at, part in zip(free, shares, strict=True):
            cut = min(part, now[at] - floors[at])
            now[at] -= cut
            left -= cut
    return tuple(now)


def _given(minutes: Sequence[int], more: int) -> tuple[int, ...]:
    if not any(minutes):
        return tuple(minutes)
    return tuple(one + part for one, part in zip(minutes, _shares(minutes, more), strict=True))


def _shares(weights: Sequence[int], whole: int) -> list[int]:
    """A whole number in proportion to the weights: whole parts, the largest remainders first."""
    total = sum(weights)
    parts = [whole * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(whole * weights[at] % total), at))
    for at in by_remainder[: whole - sum(parts)]:
        parts[at] += 1
    return parts


def retimed(now: Standing) -> Retimed:
    """What is left of the agenda made to fit: up to the next fixed time, and between those after it.

    Where the next fixed time is reached early the minutes are given back; later parts are only ever cut.
    """
    found: dict[int, int] = {}
    wanted = had = 0
    for number, (part, late) in enumerate(_parts(now)):
        over = max(0, late) if number else late
        rests = [_whole(line) for line in part]
        new = spread(rests, [_floor(line) for line in part], over)
        found |= {
            line.place: line.minutes + after - before
            for line, before, after in zip(part, rests, new, strict=True)
            if after != before
        }
        wanted, had = wanted + over, had + sum(rests) - sum(new)
    return Retimed(found, wanted, had)


def _whole(line: Line) -> int:
    """Whole minutes that are left of a segment."""
    return int(line.rest // MINUTE)


def _floor(line: Line) -> int:
    """The least that must be left of a segment from now on."""
    floor = max(0, least(line.span.segment) - int(line.spent // MINUTE))
    return floor if line.state == "coming" else max(floor, min(LEAST, _whole(line)))


def _parts(now: Standing) -> list[tuple[list[Line], int]]:
    """The segments that may be cut between one fixed time and the next, and by how many minutes they are too long."""
    lines = [line for line in now.lines if line.state in ("running", "paused", "coming")]
    parts: list[tuple[list[Line], int]] = []
    part: list[Line] = []
    time = now.moment
    for line in lines:
        if line.span.segment.holds and line.state == "coming":
            parts.append((part, _over(time - line.span.starts_at)))
            part, time = [], line.span.starts_at + line.rest
            continue
        time += line.rest
        if not line.span.segment.holds:
            part.append(line)
    parts.append((part, _over(time - now.run.spans[-1].ends_at)))
    return parts


def _over(late: timedelta) -> int:
    """Whole minutes: begun ones of a delay, full ones of a lead (negative)."""
    return -int(-late // MINUTE)
