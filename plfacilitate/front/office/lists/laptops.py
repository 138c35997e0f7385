"""Laptops as lines: name, key, standing, when it came last, how far it is.

Owns the wording.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plfacilitate.core.report.words import count
from plfacilitate.core.text import cut
from plfacilitate.front.office.lists.states import STANDINGS, State, moment_text
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.words import Words, wrapped
from plfacilitate.office.overview import Standing

TITLES = " stands      laptop         key                       came last          up to"


class LaptopLine(NamedTuple):
    """A laptop as it stands."""

    standing: Standing
    zone: ZoneInfo

    @property
    def state(self) -> State:
        """How it stands."""
        return STANDINGS[self.standing.laptop.standing]

    @property
    def name(self) -> str:
        """What it calls itself, else the beginning of its id."""
        return self.standing.laptop.name or self.standing.laptop.device[:8]

    @property
    def texts(self) -> tuple[str, ...]:
        """What it is found by."""
        laptop = self.standing.laptop
        return (self.name, laptop.device, self.standing.key, self.state.word, laptop.decided_by)


class LaptopList(LineList[LaptopLine]):
    """The laptops, new ones first."""

    HELP = (
        "Every laptop that ever handed in. From the first one that is accepted on, what an unknown laptop brings waits"
        " until somebody has compared its key: the five groups stand at the desk too, under c, key."
    )

    def key_of(self, item: LaptopLine) -> object:
        """Device and key."""
        return (item.standing.laptop.device, item.standing.laptop.public_key)

    def draw(self, item: LaptopLine, width: int) -> tuple[Parts, Parts]:
        """Standing, name, key, last seen, how far, what waits."""
        one = item.standing
        waits = f"  ◐ {count(one.waiting, 'bundle')} held" if one.waiting else ""
        left = (
            Part(" "),
            item.state.part(12),
            Part(cut(item.name, 14) + " "),
            Part(f"{one.key}  ", "key" if one.laptop.standing == "new" else "dim"),
            Part(moment_text(one.seen_at, item.zone), "dim"),
            Part(f"{one.number:>8,}" if one.number else "       –"),
            Part(waits, "warn"),
        )
        return left, ()


def words_of(line: LaptopLine, width: int) -> Iterator[Words]:
    """All that is known of a laptop."""
    one, laptop, zone = line.standing, line.standing.laptop, line.zone
    yield from wrapped(f"Key {one.key} · id {laptop.device}", width, " ")
    match laptop.standing:
        case "new":
            words = "Nobody has compared its key. Have its five groups read out, then a accepts it."
        case "accepted":
            words = f"Accepted on {moment_text(laptop.decided_at, zone)} by {laptop.decided_by}."
        case _:
            words = (
                f"Retired on {moment_text(laptop.decided_at, zone)} by {laptop.decided_by}: what came up to its number"
                f" {laptop.line:,} stands, nothing new is taken."
            )
    yield from wrapped(words, width, " ", line.state.look)
    known = f"all of it up to its number {one.number:,}" if one.number else "nothing of it yet"
    yield from wrapped(f"Came last {moment_text(one.seen_at, zone)}; the register has {known}.", width, " ")
    if one.waiting:
        yield from wrapped(
            f"{count(one.waiting, 'bundle')} of it held: 2 shows what each waits for.", width, " ", "warn"
        )
