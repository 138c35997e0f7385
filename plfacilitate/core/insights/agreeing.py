"""How far observers of one room agreed, visit by visit, with one instrument on one scale.

Owns the sums over visits: pairs that said the same, of all pairs; never a mean of coefficients, and never two scales or
two instruments in one number. Says nothing of who noted what.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from plfacilitate.core.debrief.agreement import FEW, TOO_FEW
from plfacilitate.core.report.words import percent

EXACT = "exact"


class Pairs(NamedTuple):
    """Of one visit, instrument and scale: how many of `n` pairs of answers are the same."""

    event: str
    day: date
    instrument: str
    title: str
    scale: str
    same: int
    n: int

    @property
    def said(self) -> str:
        """`9 of 12 the same: too few to say`, `41 of 60 the same (68 %)`."""
        return pairs_text(self.same, self.n)


class Agreeing(NamedTuple):
    """An instrument's scale over visits, in order of time."""

    instrument: str
    title: str
    scale: str
    points: tuple[Pairs, ...]

    @property
    def same(self) -> int:
        """Pairs of all visits that are the same."""
        return sum(one.same for one in self.points)

    @property
    def n(self) -> int:
        """Pairs of all visits."""
        return sum(one.n for one in self.points)

    @property
    def said(self) -> str:
        """All visits together."""
        return pairs_text(self.same, self.n)


def pairs_text(same: int, n: int) -> str:
    """In words; no per cent of too few."""
    return f"{same} of {n} the same" + (f" ({percent(same, n)})" if n >= FEW else f": {TOO_FEW}")


def over_time(found: Iterable[Pairs]) -> tuple[Agreeing, ...]:
    """Instrument by instrument and scale by scale, whatever the order."""
    groups: dict[tuple[str, str], list[Pairs]] = {}
    for one in sorted(found, key=lambda one: (one.day, one)):
        groups.setdefault((one.instrument, one.scale), []).append(one)
    return tuple(
        Agreeing(instrument, points[-1].title, scale, tuple(points))
        for (instrument, scale), points in sorted(groups.items())
    )
