"""The lines of an offering: everybody in last-name order, in and out, minutes, hours, and why.

Owns the wording. A figure is the roll's, and so is the sentence that explains it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plfacilitate.core.minutes import clock, hours_text
from plfacilitate.core.report.words import count
from plfacilitate.core.roll.changes import said
from plfacilitate.core.roll.lines import RollLine
from plfacilitate.core.roll.tables import status_text
from plfacilitate.core.text import cut
from plfacilitate.front.office.lists.states import CREDIT, UNDER_WAY, UNKNOWN, State
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.words import Words, wrapped
from plfacilitate.office.overview import needs_decision

_ENDS = 47  # cells of everything behind the names
_WIDE = 100  # cells from which the school has its place


class PersonLine(NamedTuple):
    """Somebody's line. `doubts` = what should be looked at before it is believed; `since` = against the last version."""

    line: RollLine
    doubts: tuple[str, ...]
    zone: ZoneInfo
    since: str = ""

    @property
    def state(self) -> State:
        """What came of it: a series that is under way waits for nobody."""
        if self.line.figures.status == "pending" and not needs_decision(self.line):
            return UNDER_WAY
        return CREDIT.get(status_text(self.line), UNKNOWN)

    @property
    def flagged(self) -> bool:
        """Whether somebody should look."""
        return bool(self.doubts or self.line.was is not None or self.since)

    @property
    def texts(self) -> tuple[str, ...]:
        """What it is found by."""
        one = self.line
        flag = "changed" if one.was is not None or self.since else ""
        return (one.name, one.former_name, one.school, one.email, self.state.word, status_text(one), flag)


class PeopleList(LineList[PersonLine]):
    """Everybody of an offering."""

    HELP = "Everybody who was there, by last name. Below: how the figure of the line under the cursor comes about."

    def key_of(self, item: PersonLine) -> object:
        """The person."""
        return item.line.person

    def draw(self, item: PersonLine, width: int) -> tuple[Parts, Parts]:
        """Name, school; in, out, minutes, hours, state."""
        one = item.line
        name = max(16, min(32, width - _ENDS - 1))
        left = [Part(" ⚑ " if item.flagged else "   ", "flag"), Part(cut(one.name, name - 3))]
        if width >= _WIDE:
            left.append(Part(f" {one.school}", "dim"))
        right = (
            Part(f" {_there(one, item.zone):<15}", "dim"),
            Part(f"{one.figures.minutes:>6}"),
            Part(f"{hours_text(one.figures.hundredths):>8} h  ", "strong"),
            item.state.part(11),
        )
        return left, right


def header(width: int) -> Parts:
    """The names of the columns, where they stand."""
    end = f" {'in – out':<15}{'min':>6}{'hours':>8}    {'':<11}"
    school = " " * (max(16, min(32, width - _ENDS - 1)) - 6) + "school" if width >= _WIDE else ""
    return (Part(f"   name{school}".ljust(max(0, width - len(end))) + end, "dim"),)


def _there(one: RollLine, zone: ZoneInfo) -> str:
    days = {spell.day for spell in one.spells}
    if len(days) > 1:
        return f"{len(days)} days"
    return f"{clock(one.spells[0].begin, zone):>5} – {_end(one.spells[-1].begin, one.spells[-1].end, zone)}"


def _end(begin: int, end: int, zone: ZoneInfo) -> str:
    return "no out" if begin == end else clock(end, zone)


def words_of(item: PersonLine, width: int) -> Iterator[Words]:
    """Why somebody's figure is what it is."""
    one = item.line
    for doubt in item.doubts:
        yield from wrapped(f"⚑ {doubt}", width, " ", "flag")
    if one.was is not None:
        why = "; ".join(one.since)
        yield from wrapped(f"Handed in as {said(one.was)}; now {said(one.figures)}: {why}", width, " ", "warn")
    if item.since:
        yield from wrapped(item.since, width, " ", "warn")
    yield from wrapped(one.explained, width, " ")
    if one.standing and one.standing not in one.explained:
        yield from wrapped(one.standing, width, " ", "dim")
    spells = [f"{day[5:]} {clock(begin, item.zone)}–{_end(begin, end, item.zone)}" for day, begin, end in one.spells]
    yield from wrapped("There: " + ", ".join(spells), width, " ", "dim")
    known = [one.school, one.district, one.email, f"certificate {one.certificate}" if one.certificate else ""]
    yield from wrapped(" · ".join(filter(None, known)), width, " ", "dim")


def sums_of(lines: tuple[RollLine, ...]) -> str:
    """Everybody's hours in a few words."""
    earned = sum(one.figures.hundredths for one in lines if one.figures.status == "earned")
    return f"{count(len(lines), 'person', 'people')} · {hours_text(earned)} h"
