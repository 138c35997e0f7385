"""One yardstick at one school: visit by visit in order of time, and all of them as one.

Owns what is added up, and that nothing which is not told of one visit can be worked out from the sum of all: what rests
on one room of a visit is in no sum; what fewer rooms than `FEW` gave is in it only where such visits come to so many
together, or where nothing else is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import add
from typing import NamedTuple

from plfacilitate.core.insights.marks import Figure, Marks, figure, marks_of, resting
from plfacilitate.core.insights.visited import Used, Visited
from plfacilitate.core.insights.yardsticks import Yardstick
from plfacilitate.core.report.sights import FEW
from plfacilitate.core.report.words import count

ONE_VISIT = "one visit: no change to show"
NO_CHANGE = "no two visits with a figure: no change to show"


class Point(NamedTuple):
    """One visit on a line. `counted` = it is in the sum of all."""

    event: str
    day: date
    figure: Figure
    counted: bool


class Line(NamedTuple):
    """A yardstick at a school. `whole` = all visits that count, `title` = the instrument's newest."""

    by: Yardstick
    title: str
    points: tuple[Point, ...]
    whole: Figure
    versions: tuple[str, ...]

    @property
    def rests(self) -> str:
        """On what the sum rests, and how many visits are not in it."""
        left = sum(not one.counted for one in self.points) if self.whole.state == "told" else 0
        return " · ".join(
            filter(None, (resting(self.by, self.whole), f"{count(left, 'visit')} not in it" if left else ""))
        )

    @property
    def moved(self) -> bool:
        """Whether something is told of two visits or more."""
        return sum(one.figure.state == "told" for one in self.points) > 1

    @property
    def change(self) -> str:
        """From the first visit of which something is told to the last, in words; never whether that is good."""
        told = [one.figure for one in self.points if one.figure.state == "told"]
        if not self.moved:
            return ONE_VISIT if len(self.points) == 1 else NO_CHANGE
        first, last = told[0], told[-1]
        path = f"{first.said} → {last.said}" if first.said != last.said else f"{first.said}, first and last"
        return f"{path} (n {first.n} → {last.n}, {len(told)} visits)"


def line(by: Yardstick, found: Sequence[tuple[Visited, Used]]) -> Line:
    """The line of a yardstick over the visits of a school that used it, in any order."""
    ordered = sorted(found, key=lambda pair: (pair[0].day, pair[0].event, pair[1].protocol.version))
    visits: dict[str, tuple[Visited, list[Used]]] = {}
    for one, used in ordered:
        visits.setdefault(one.event, (one, []))[1].append(used)
    marks = [marks_of(by, each, named=one.named) for one, each in visits.values()]
    figures = [figure(by, each) for each in marks]
    within = _counted(marks, figures)
    points = tuple(
        Point(one.event, one.day, told, counts)
        for (one, _), told, counts in zip(visits.values(), figures, within, strict=True)
    )
    whole = reduce(add, (each for each, counts in zip(marks, within, strict=True) if counts), Marks())
    versions = tuple(dict.fromkeys(used.protocol.version for _, used in ordered))
    return Line(by, ordered[-1][1].protocol.title, points, _of_all(by, whole, points), versions)


def _counted(marks: Sequence[Marks], figures: Sequence[Figure]) -> list[bool]:
    """Which visits are in the sum: those with a number, and those without one where they can't be told apart in it."""
    told = [not each.alone for each in marks]
    hidden = [ok and one.value is None for ok, one in zip(told, figures, strict=True)]
    rooms = sum(each.settled for each, one in zip(marks, hidden, strict=True) if one)
    if hidden == told or rooms >= FEW:  # one visit alone has fewer, else it had a number
        return told
    return [ok and not one for ok, one in zip(told, hidden, strict=True)]


def _of_all(by: Yardstick, whole: Marks, points: Sequence[Point]) -> Figure:
    if not any(one.counted for one in points):
        return points[-1].figure._replace(visits=len(points))
    return figure(by, whole)
