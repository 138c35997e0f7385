"""When a person was in the room: ins and outs made into intervals.

Owns the pairing of marks and the doubts that it finds. Never guesses an out that nobody made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

from plfacilitate.core.entry import Means

_MINUTE = timedelta(minutes=1)


class Mark(NamedTuple):  # a big day makes ten thousand of these, and a tuple is made in a quarter of the time
    """One in or out as it stands now, after corrections. `entry` = the id of the version that counts.

    `root` = the id of the first version; `corrected` = somebody changed it, for `reason`; `by_hand` = the out was set
    for a person who forgot; `doubtful` = two versions wait for a decision.
    """

    entry: str
    root: str
    is_in: bool
    at: datetime
    means: Means
    by: str
    corrected: bool = False
    by_hand: bool = False
    doubtful: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """One stretch in the room. `out` is None while it is open; marks are kept so that every figure has its origin."""

    came: Mark
    left: Mark | None


@dataclass(frozen=True, slots=True)
class Presence:
    """All stays of a person at one event in order of time, and the codes of what was odd.

    Codes: `two-ins` (a second in while in: the first counts), `out-before-in` (an out without an in: it counts
    nothing), `no-sign-out` (the last stay is open), `doubtful` (two versions of a mark).
    """

    stays: tuple[Stay, ...]
    odd: tuple[tuple[str, Mark], ...]

    @property
    def is_in(self) -> bool:
        """Still in the room."""
        return bool(self.stays) and self.stays[-1].left is None

    def covers(self, moment: datetime) -> bool:
        """Whether the person was in the room at that moment, as far as is known."""
        return any(stay.came.at <= moment and (stay.left is None or moment < stay.left.at) for stay in self.stays)

    @property
    def first_in(self) -> datetime | None:
        """The first arrival, None = never."""
        return self.stays[0].came.at if self.stays else None

    @property
    def last_out(self) -> datetime | None:
        """The last departure, None = never in, or still in."""
        return self.stays[-1].left.at if self.stays and self.stays[-1].left else None


def presence(marks: Iterable[Mark]) -> Presence:
    """Pair the marks of one person at one event. Order of arrival does not matter: time does (see `_untied` for ties)."""
    given = list(marks)
    if len(given) == 2 and (plain := _in_and_out(*given)):
        return plain
    stays: list[Stay] = []
    odd: list[tuple[str, Mark]] = []
    came: Mark | None = None
    ordered = sorted(given, key=_by_the_clock)
    if any(b.is_in is not a.is_in and b.at - a.at < _MINUTE for a, b in pairwise(ordered)):
        ordered = _untied(ordered)
    for mark in ordered:
        if mark.doubtful:
            odd.append(("doubtful", mark))
        if mark.is_in:
            if came is None:
                came = mark
            else:
                odd.append(("two-ins", mark))
        elif came is None:
            odd.append(("out-before-in", mark))
        else:
            stays.append(Stay(came, mark))
            came = None
    if came is not None:
        stays.append(Stay(came, None))
        odd.append(("no-sign-out", came))
    return Presence(tuple(stays), tuple(odd))


def _in_and_out(one: Mark, other: Mark) -> Presence | None:
    """The day of nearly everybody, without further ado; None for any other pair."""
    came, left = (one, other) if one.is_in else (other, one)
    if left.is_in or not came.is_in or came.at >= left.at or came.doubtful or left.doubtful:
        return None
    return Presence((Stay(came, left),), ())


def _by_the_clock(mark: Mark) -> tuple[datetime, bool, str]:
    return (mark.at, not mark.is_in, mark.entry)


def _untied(ordered: list[Mark]) -> list[Mark]:
    """The marks with ins and outs of one minute put into the order that their neighbours ask for.

    Whoever was in, has an in and an out in one minute, and goes out later has left and come back: the seconds of a
    scan and of a time typed by hand must not turn that round and lose the second stay.
    """
    result: list[Mark] = []
    groups = [list(group) for _, group in groupby(ordered, key=lambda mark: mark.at.replace(second=0, microsecond=0))]
    for group, after in zip_longest(groups, groups[1:]):
        inside = bool(result) and result[-1].is_in
        result += _one_minute(group, inside=inside, then_out=bool(after) and not after[0].is_in)
    return result


def _one_minute(group: list[Mark], *, inside: bool, then_out: bool) -> list[Mark]:
    same_instant = group[0].at == group[-1].at
    if then_out and (inside or same_instant):
        turn_is_in = False
    elif same_instant:
        turn_is_in = not inside
    else:
        return group
    waiting = {True: [mark for mark in group if mark.is_in], False: [mark for mark in group if not mark.is_in]}
    order: list[Mark] = []
    while waiting[True] or waiting[False]:
        if waiting[turn_is_in]:
            order.append(waiting[turn_is_in].pop(0))
        turn_is_in = not turn_is_in
    return order
