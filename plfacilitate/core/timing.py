"""A clock that is started, paused and gone on with, and how pressing the time that is left is.

Owns the arithmetic of both: nothing ticks here, everything is worked out of moments that were written down, so a laptop
that slept and a desk that was killed go on to the second. Never reads a clock, never blocks, never moves on by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

Move = Literal["start", "pause", "resume", "stop"]
Urgency = Literal["calm", "soon", "close", "over"]

SOON_PERCENT, CLOSE_PERCENT = 20, 5
"""Of the time that was meant, so much is left when it turns orange, and when it turns red."""

_NO_TIME = timedelta()
_ORDER: Mapping[Move, int] = {"start": 0, "resume": 1, "pause": 2, "stop": 3}


class Sign(NamedTuple):
    """How an urgency is shown beside its colour: a symbol, and words behind the countdown (`◔ 3:20 soon over`)."""

    symbol: str
    word: str


SIGNS: Mapping[Urgency, Sign] = {
    "calm": Sign("▶", "left"),
    "soon": Sign("◔", "soon over"),
    "close": Sign("◆", "nearly over"),
    "over": Sign("▲", "over"),
}
PAUSED = Sign("‖", "paused")


@dataclass(frozen=True, slots=True)
class Watch:
    """How long something has run, pauses left out. `since` None = it stands still; `begun` None = it never ran.

    `spent` is the time before `since`.
    """

    begun: datetime | None = None
    spent: timedelta = _NO_TIME
    since: datetime | None = None
    ended: bool = False

    @property
    def runs(self) -> bool:
        """Whether time passes."""
        return self.since is not None

    @property
    def paused(self) -> bool:
        """It has begun, stands still, and can go on."""
        return self.begun is not None and self.since is None and not self.ended

    def spent_at(self, moment: datetime) -> timedelta:
        """How long it had run at this moment; a clock that was put back never takes away what ran."""
        return self.spent + (max(moment - self.since, _NO_TIME) if self.since is not None else _NO_TIME)

    def left_at(self, moment: datetime, meant: timedelta) -> timedelta:
        """What is left then of the time that was meant; negative = so much over."""
        return meant - self.spent_at(moment)

    def moved(self, moment: datetime, move: Move) -> Watch:
        """After one more move, which is no earlier than those before; a move that changes nothing does no harm."""
        if move == "start":
            return Watch(begun=moment, since=moment)
        if move == "resume":
            return self if self.runs or not self.paused else Watch(self.begun, self.spent, moment)
        return Watch(self.begun, self.spent_at(moment), None, self.ended or move == "stop")


def watch(moves: Iterable[tuple[datetime, Move]]) -> Watch:
    """The clock after these moves, in whatever order they are handed in and however often; a start begins anew."""
    found = Watch()
    for moment, move in sorted(set(moves), key=lambda one: (one[0], _ORDER[one[1]])):
        found = found.moved(moment, move)
    return found


def urgency(left: timedelta, meant: timedelta) -> Urgency:
    """How pressing it is. Where no time was meant nothing presses; with nothing left of it, it is over."""
    if meant <= _NO_TIME:
        return "calm"
    if left <= _NO_TIME:
        return "over"
    if left * 100 <= meant * CLOSE_PERCENT:
        return "close"
    return "soon" if left * 100 <= meant * SOON_PERCENT else "calm"


def seconds(span: timedelta) -> int:
    """Whole seconds as a timer shows them: what is left is rounded up, what is over down, so that 0 is the end."""
    return -int(-span.total_seconds() // 1)


def countdown(of: int) -> str:
    """Seconds as a timer shows them, without a sign: `18:20`, `1:02:05`."""
    minutes, rest = divmod(abs(of), 60)
    if minutes >= 60:
        return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
    return f"{minutes}:{rest:02}"


def share(spent: timedelta, meant: timedelta) -> int:
    """How much of the time that was meant has gone, in hundredths, 100 at most; 0 where none was meant."""
    if meant <= _NO_TIME:
        return 0
    return max(0, min(100, int(spent * 100 / meant)))
