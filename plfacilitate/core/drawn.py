"""Which groups were drawn at an event, and who is in which, folded out of its entries.

Owns who is where: the last word about a person counts, whether it came from the drawing, by hand or as a latecomer. Any
order, any repetition of entries gives the same. Never draws (`grouping`), never knows a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from plfacilitate.core.entry import Entry
from plfacilitate.core.grouping import WAYS, Way
from plfacilitate.core.kept import Fold, of_event
from plfacilitate.core.people import Person
from plfacilitate.core.sequence import as_it_went

DRAWN_KINDS = frozenset({"groups-drawn", "group-joined", "undo", "erased"})


class Drawing(NamedTuple):
    """Groups that were drawn: how, under what seed (hex), what each is called ("" = by its number), who is in which.

    `groups` are the ids of people, in the order in which they came in.
    """

    id: str
    at: datetime
    way: Way
    seed: str
    titles: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]

    def group_of(self, person: str) -> int:
        """The number of a person's group, from 1; 0 = they are in none."""
        return next((number for number, group in enumerate(self.groups, 1) if person in group), 0)

    def title(self, number: int) -> str:
        """What a group is called: `Group 3`, or `3 · Reading together`."""
        given = self.titles[number - 1]
        return f"{number} · {given}" if given else f"Group {number}"

    @property
    def people(self) -> frozenset[str]:
        """Everybody who is in a group."""
        return frozenset(one for group in self.groups for one in group)


class DrawnFold(Fold):
    """The drawings of one event. Feed it with `apply`."""

    def __init__(self, event_id: str) -> None:
        """An event for which nothing was drawn yet."""
        super().__init__(of_event(event_id, DRAWN_KINDS))
        self.event_id = event_id

    def apply(self, entries: Iterable[Entry]) -> bool:
        """Take entries in; True when something may look different now."""
        return bool(self._kept.take(entries))

    def drawings(self, merged: Mapping[str, str] | None = None) -> tuple[Drawing, ...]:
        """All drawings that stand, in the order in which they were made; `merged` = records read as another one."""
        standing = as_it_went(self._kept.standing())
        drawn = [entry for entry in standing if entry.kind == "groups-drawn"]
        return tuple(_drawing(entry, standing, merged or {}) for entry in drawn)

    def current(self, merged: Mapping[str, str] | None = None) -> Drawing | None:
        """The groups that count now: those drawn last; None = none were."""
        found = self.drawings(merged)
        return found[-1] if found else None


def _drawing(drawn: Entry, standing: Iterable[Entry], merged: Mapping[str, str]) -> Drawing:
    body = drawn.body
    titles = tuple(map(str, body.get("titles", ())))
    count = max(1, int(body.get("count", len(titles))), len(titles))
    where: dict[str, int] = {}
    for entry in standing:
        if entry.kind == "group-joined" and entry.body.get("drawing") == drawn.id and entry.person is not None:
            person = merged.get(entry.person, entry.person)
            where.pop(person, None)  # whoever moves comes last in the new group
            where[person] = int(entry.body.get("group", 0))
    groups = tuple(tuple(one for one, at in where.items() if at == number) for number in range(1, count + 1))
    way = str(body.get("way", "random"))
    return Drawing(
        drawn.id, drawn.at, way if way in WAYS else "random", str(body.get("seed", "")),
        (*titles, *("" for _ in range(count - len(titles)))), groups,
    )  # fmt: skip


LEAST_DIGITS = 4
"""So many of a badge's last digits are shown at least."""


class OnWall(NamedTuple):
    """A group as everybody in the room may see it. `unnamed` = how many of it nothing can be said of."""

    title: str
    people: int
    labels: tuple[str, ...]
    unnamed: int


def on_wall(drawing: Drawing, people: Mapping[str, Person], *, names: bool) -> list[OnWall]:
    """The groups without anything private: first names with an initial where `names`, else how badges' numbers end.

    A whole number would sign its holder in for whoever copies it: as many of its last digits as tell all apart.
    """
    badges = [people[one].badge for one in drawing.people if one in people and people[one].badge]
    digits = next((n for n in range(LEAST_DIGITS, 99) if len({badge[-n:] for badge in badges}) == len(set(badges))), 0)
    found = []
    for number, group in enumerate(drawing.groups, 1):
        known = [people[one] for one in group if one in people]
        labels = tuple(label for one in known if (label := _short(one) if names else one.badge[-digits:]))
        found.append(OnWall(drawing.title(number), len(group), labels, len(group) - len(labels)))
    return found


def _short(person: Person) -> str:
    """`Maria G.`; a one-word name alone."""
    return f"{person.first_name} {person.last_name[:1]}." if person.first_name and person.last_name else person.spoken
