"""The steps of a protocol laid out as they are led here: each step, each turn, in order; and whether it all fits.

Owns the order of turns and the minutes that they need. Never knows a clock: where a group stands is `run`'s business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from plfacilitate.core.protocol import Protocol, Repeat, Step

MOST_CLOCKS = 40
"""Groups that one screen follows."""
MOST_TURNS = 60
"""People or groups that one step is repeated for, as in a protocol's own file."""


class Size(NamedTuple):
    """For how many a protocol is led. `clocks` = groups that work at once, each by its own clock.

    `people` = how many take their turn in a step that repeats for each person, `groups` likewise for each group; None =
    as many as the protocol reckons with.
    """

    clocks: int = 1
    people: int | None = None
    groups: int | None = None

    def turns(self, step: Step) -> int:
        """How often a step is led."""
        if step.repeat == "once":
            return 1
        given = self.people if step.repeat == "person" else self.groups
        return step.times if given is None else given


AS_RECKONED = Size()
"""One clock, and as many turns as the protocol says itself."""


class Place(NamedTuple):
    """Where a group can stand: a step and whose turn it is, from 1 to `turns`."""

    step: Step
    turn: int
    turns: int

    @property
    def key(self) -> tuple[str, int]:
        """What the place is known by: the step's id and the turn."""
        return (self.step.id, self.turn)

    @property
    def whose(self) -> str:
        """`person 2 of 3`; "" where the step is led once."""
        return f"{self.step.repeat} {self.turn} of {self.turns}" if self.step.repeat != "once" else ""


def places(protocol: Protocol, size: Size) -> tuple[Place, ...]:
    """Every step in every turn, in the order in which they are led.

    Steps in a row that repeat for the same are one round: all of them for the first, then for the next.
    """
    return tuple(place for steps in _blocks(protocol) for place in _round(steps, size))


def _blocks(protocol: Protocol) -> Iterator[list[Step]]:
    for repeat, steps in groupby(protocol.steps, key=lambda step: step.repeat):
        if repeat == "once":
            yield from ([step] for step in steps)
        else:
            yield list(steps)


def _round(steps: Sequence[Step], size: Size) -> Iterator[Place]:
    turns = [size.turns(step) for step in steps]
    for turn in range(1, max(turns) + 1):
        for step, most in zip(steps, turns, strict=True):
            if turn <= most:
                yield Place(step, turn, most)


def index_of(all_of_them: Sequence[Place], key: tuple[str, int]) -> int:
    """Where a place stands; where there are fewer turns now than its own, the last turn of its step; 0 = unknown."""
    step, turn = key
    fitting = [at for at, one in enumerate(all_of_them) if one.step.id == step and one.turn <= turn]
    return fitting[-1] if fitting else 0


def repeats(protocol: Protocol) -> frozenset[Repeat]:
    """For whom steps of this protocol repeat: `person`, `group`, both, or none."""
    return frozenset(step.repeat for step in protocol.steps if step.repeat != "once")


def reckoned(protocol: Protocol, repeat: Repeat) -> int:
    """For how many persons or groups the protocol's own minutes are reckoned; 1 where no step repeats for them."""
    return max((step.times for step in protocol.steps if step.repeat == repeat), default=1)


def needed(protocol: Protocol, size: Size) -> int:
    """Minutes that all of it takes at this size."""
    return sum(place.step.minutes for place in places(protocol, size))


def need_words(protocol: Protocol, size: Size) -> str:
    """How the minutes come about: `3 rounds of 9 min and 3 min need 30`, `4 steps need 20`."""
    rounds: list[str] = []
    once = 0
    for steps in _blocks(protocol):
        turns = max(size.turns(step) for step in steps)
        if steps[0].repeat == "once":
            once += steps[0].minutes
        elif len({size.turns(step) for step in steps}) == 1:
            rounds.append(f"{turns} round{'s' if turns != 1 else ''} of {sum(step.minutes for step in steps)} min")
        else:
            rounds.append(f"{turns} rounds, {sum(step.minutes * size.turns(step) for step in steps)} min together,")
    parts = [*rounds, *([f"{once} min"] if once and rounds else [])]
    if not parts:
        count = len(protocol.steps)
        parts = [f"{count} step{'s' if count != 1 else ''}"]
    verb = "needs" if len(parts) == 1 and parts[0].startswith("1 ") else "need"
    return f"{' and '.join(parts)} {verb} {needed(protocol, size)} min"


def unfit(protocol: Protocol, size: Size, minutes: int | None) -> str:
    """Why it does not fit into so many minutes: `3 rounds of 15 min need 45 min, the segment has 30`; "" = it fits.

    None = it is led outside the agenda, where everything fits.
    """
    if minutes is None or needed(protocol, size) <= minutes:
        return ""
    return f"{need_words(protocol, size)}, the segment has {minutes}"
