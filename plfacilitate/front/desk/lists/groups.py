"""Groups as lines: a heading a group, its people below; and how evenly they are mixed.

Owns how they are worded. Never draws a group, never says who is in which.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from plfacilitate.core.grouping import Share, role_of, school_of, shares, why
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.words import Words, wrapped
from plfacilitate.steps.groups import Seated

WAYS = {"mix": "evenly mixed by school and role", "random": "drawn by chance", "choice": "by choice"}


class Seat(NamedTuple):
    """A line: a group's heading (`person` ""), or somebody in it. `group` 0 = in none."""

    group: int
    person: str
    name: str
    beside: str = ""


class SeatList(LineList[Seat]):
    """Who is in which group."""

    HELP = "Who is in which group. m moves the person under the cursor, l puts latecomers where it is smallest."

    def key_of(self, item: Seat) -> object:
        """A person, wherever they are."""
        return item.person or item.group

    def rests(self, item: Seat) -> bool:
        """Only people are moved."""
        return bool(item.person)

    def shape(self, item: Seat) -> Hashable:
        """The whole line."""
        return item

    def draw(self, item: Seat, width: int) -> tuple[Parts, Parts]:
        """A heading, or a name with its school and role."""
        if not item.person:
            return (Part(f" {item.name}", "title" if item.group else "warn"),), (Part(f"{item.beside} ", "dim"),)
        room = max(10, width - min(cells(plain(item.beside)), width // 2) - 4)
        return (Part(f"   {cut(item.name, room)}"), Part(f" {item.beside}", "dim")), ()


def seat_rows(now: Seated) -> list[Seat]:
    """All groups with their people; at the end who is there and in none."""
    drawing = now.drawing
    if drawing is None:
        return []
    rows = []
    for number, group in enumerate(drawing.groups, 1):
        rows.append(Seat(number, "", drawing.title(number), _people(len(group))))
        rows += [_seat(now, number, one) for one in group]
    if now.late:
        rows.append(Seat(0, "", "In no group", _people(len(now.late))))
        rows += [_seat(now, 0, one) for one in now.late]
    return rows


def _seat(now: Seated, group: int, person: str) -> Seat:
    known = now.people.get(person)
    beside = " · ".join(filter(None, (known.school, known.role))) if known is not None else ""
    return Seat(group, person, known.name if known is not None else "?", beside)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def why_rows(now: Seated, width: int) -> list[Words]:
    """How the groups came about, how even they are, and each school and role in each group."""
    drawing = now.drawing
    if drawing is None:
        return []
    many = len(drawing.groups)
    said = ". ".join(filter(None, (f"{many} group{'' if many == 1 else 's'}, {WAYS[drawing.way]}", why(now.members))))
    rows = list(wrapped(f"{said}.", width, ""))
    for title, of in (("School", school_of), ("Role", role_of)):
        found = shares(now.members, of)
        if any(one.name for one in found):
            rows += [Words(""), *_table(title, found, width, len(drawing.groups))]
    return rows


def _table(title: str, found: list[Share], width: int, groups: int) -> Iterator[Words]:
    wide = max(2, 1 + max((len(str(max(one.each))) for one in found), default=1))
    shown = max(1, min(groups, (width - 12) // wide))
    name = width - shown * wide - 2
    heads = "".join(f"{number:>{wide}}" for number in range(1, shown + 1))
    yield Words(f"{cut(title, name)}{heads}", "dim")
    for one in found:
        yield Words(f"{cut(one.name or 'not known', name)}{''.join(f'{count:>{wide}}' for count in one.each[:shown])}")
    if shown < groups:
        yield Words(f"and {groups - shown} groups more", "dim")
