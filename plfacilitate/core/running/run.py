"""One protocol as it is led: where each group stands, what its clock says, what was written down.

Owns the frozen picture and the sums that are read from it. Never reads a clock: the moment is given, and nothing here
moves on by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from plfacilitate.core.protocol import CAPTURE_KINDS, CaptureKind, Protocol, Step
from plfacilitate.core.running.places import Place, Size, index_of, places
from plfacilitate.core.timing import Urgency, Watch, seconds, urgency

# A word in what a step wants written down → what it is. The first that fits.
_SAYS: tuple[tuple[CaptureKind, tuple[str, ...]], ...] = (
    ("commitment", ("commitment", "next step", "first step")),
    ("question", ("question",)),
    ("idea", ("idea", "sketch", "proposal", "suggestion", "recommendation", "what-if", "option")),
)


def captured_as(step: Step) -> CaptureKind:
    """What is written down in a step: as its file says, else by its words, a note where they name nothing else."""
    if step.captured_as in CAPTURE_KINDS:  # a file of a later version may say what nobody knows here
        return step.captured_as
    said = step.captured.casefold()
    return next((kind for kind, words in _SAYS if any(word in said for word in words)), "note")


class Captured(NamedTuple):
    """A line that was written down while a protocol was led. `group` 0 = of all of them.

    `entry` is the version that counts, `heads` are those that another one replaces, `versions` all that stand. Of a
    commitment `text` is what will be tried; `who`, `first_step` and `due` ("" = not said yet) make it one that somebody
    can be asked about.
    """

    entry: str
    group: int
    step: str
    turn: int
    kind: CaptureKind
    text: str
    at: datetime
    by: str
    who: str = ""
    first_step: str = ""
    due: str = ""
    heads: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is not said yet of a commitment: whose it is, by when; () = nothing, or it is none."""
        if self.kind != "commitment":
            return ()
        return tuple(words for words, said in (("who?", self.who), ("by when?", self.due)) if not said)

    @property
    def told(self) -> str:
        """The line as one reads it: of a commitment with whose it is, the first step, the day, and what is not said yet."""
        if self.kind != "commitment":
            return self.text
        first, by = (
            f"{words} {said}" if said else "" for words, said in (("first:", self.first_step), ("by", self.due))
        )
        told = " · ".join(filter(None, (self.text, self.who, first, by)))
        return f"{told} ({' '.join(self.lacks)})" if self.lacks else told


class Stint(NamedTuple):
    """A group at a place: when it first came there, how long it was at it, and how many minutes were meant.

    `going` = it stands there, and its clock runs or is paused.
    """

    place: Place
    minutes: int
    watch: Watch
    going: bool

    @property
    def meant(self) -> timedelta:
        """The time that was meant."""
        return timedelta(minutes=self.minutes)

    def left(self, now: datetime) -> int:
        """Whole seconds that are left; negative = so many over."""
        return seconds(self.watch.left_at(now, self.meant))

    def urgency(self, now: datetime) -> Urgency:
        """How pressing it is."""
        return urgency(self.watch.left_at(now, self.meant), self.meant)


class Group(NamedTuple):
    """One group of a run: its number from 1, and its stints in the order in which it first came to each place."""

    number: int
    stints: tuple[Stint, ...]
    at: int  # index among the run's places

    @property
    def now(self) -> Stint:
        """Where it stands."""
        return next(one for one in self.stints if one.going)


@dataclass(frozen=True)
class Run:
    """One leading of a protocol. `segment` is the agenda's title, "" = outside the agenda; `ended_at` None = it goes on."""

    id: str
    event: str
    protocol: Protocol
    segment: str
    size: Size
    began_at: datetime
    ended_at: datetime | None
    groups: tuple[Group, ...]
    captured: tuple[Captured, ...]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All that is led, in order."""
        return places(self.protocol, self.size)

    def group(self, number: int) -> Group | None:
        """The group of that number, or None."""
        return next((one for one in self.groups if one.number == number), None)

    def chosen(self, number: int) -> Sequence[Group]:
        """The group of that number; 0 = all of them."""
        return self.groups if not number else [one for one in self.groups if one.number == number]

    @property
    def behind(self) -> Group:
        """The group that is least far; of several the first."""
        return min(self.groups, key=lambda one: (one.at, one.number))

    def step_from(self, group: Group, by: int) -> Place | None:
        """The place so many further on (or back) from where a group stands; None where there is none."""
        at = group.at + by
        return self.places[at] if 0 <= at < len(self.places) else None

    def place(self, key: tuple[str, int]) -> Place:
        """The place of that key, or the nearest that there is."""
        return self.places[index_of(self.places, key)]

    def seconds_to_come(self, group: Group, now: datetime) -> int:
        """Seconds that a group still needs: what is left where it stands, and all that comes after it."""
        return max(0, group.now.left(now)) + 60 * sum(place.step.minutes for place in self.places[group.at + 1 :])

    def ends_about(self, now: datetime) -> datetime:
        """When the last group is done, if all goes on by the minutes; once it has ended, when that was."""
        if self.ended_at is not None:
            return self.ended_at
        return now + timedelta(seconds=max(self.seconds_to_come(group, now) for group in self.groups))

    def written(self, number: int = 0) -> Iterator[Captured]:
        """What was written down for a group and for all of them, in order of time; 0 = everything."""
        return (one for one in self.captured if not number or one.group in (0, number))
