"""Drawing groups, moving one person, taking latecomers in, written down.

Owns who is put into groups: whoever is in the room, and before anybody is, whoever is expected. Never prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plfacilitate.core.drawn import DRAWN_KINDS, Drawing, DrawnFold
from plfacilitate.core.entry import Draft
from plfacilitate.core.fold import EventFold
from plfacilitate.core.grouping import SEED_BYTES, Groups, Member, Way, by_chance, how_many, mixed, place_for
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import read_fold
from plfacilitate.steps.merge import merged_people
from plfacilitate.steps.tally import known_people
from plfacilitate.store.ledger import Ledger

MOST_GROUPS = 99


@dataclass(frozen=True, slots=True)
class Seated:
    """Groups as people see them: the drawing, whoever is known, and who is there and in no group, by name.

    `drawing` None = none was made yet. `there` = who is put into groups now: whoever is in, else (`arrived` False) the list.
    """

    event: str
    drawing: Drawing | None
    people: Mapping[str, Person]
    there: tuple[str, ...]
    arrived: bool = True

    @property
    def there_text(self) -> str:
        """`23 people are there`, or who is drawn where nobody is in."""
        many = len(self.there)
        if not many:
            return "Nobody is there yet"
        if not self.arrived:
            return f"Nobody is in: {many} {'person' if many == 1 else 'people'} of the list"
        return "1 person is there" if many == 1 else f"{many} people are there"

    @property
    def late(self) -> tuple[str, ...]:
        """Who is there and in no group."""
        placed = self.drawing.people if self.drawing is not None else frozenset[str]()
        return tuple(one for one in self.there if one not in placed)

    @property
    def members(self) -> Groups:
        """The groups, each member with school and role."""
        drawing = self.drawing
        return [[self.member(one) for one in group] for group in drawing.groups] if drawing is not None else []

    def member(self, person: str) -> Member:
        """A person as a drawing sees them."""
        known = self.people.get(person)
        return Member(person, known.school, known.role) if known is not None else Member(person)


def read_groups(ledger: Ledger, event: str, fold: EventFold | None = None) -> Seated:
    """The groups of an event as they stand."""
    fold = fold if fold is not None else read_fold(ledger, event)
    drawn = DrawnFold(event)
    drawn.apply(ledger.entries(event=event, kinds=DRAWN_KINDS))
    return seated(fold, drawn.current(merged_people(ledger)), known_people(ledger, [fold], caught_up=True))


def groups_drawn(ledger: Ledger, event: str) -> int:
    """How many groups count now; 0 = none were drawn."""
    drawn = DrawnFold(event)
    drawn.apply(ledger.entries(event=event, kinds=DRAWN_KINDS))
    current = drawn.current()
    return len(current.groups) if current is not None else 0


def seated(fold: EventFold, drawing: Drawing | None, people: Mapping[str, Person]) -> Seated:
    """The groups of an event out of what is folded already."""
    present = [one for one in fold.persons() if fold.presence(one).is_in]
    there = present or list(fold.persons())
    return Seated(
        fold.event_id,
        drawing,
        people,
        tuple(sorted(there, key=lambda one: people[one].order if one in people else ("", "", one))),
        bool(present),
    )


def draw(
    hand: Hand,
    event: str,
    now: Seated,
    *,
    way: Way,
    count: int | None = None,
    size: int | None = None,
    titles: Sequence[str] = (),
) -> list[Draft]:
    """New groups for everybody who is there; by choice they are empty, and people are put into them one by one.

    Refused: `groups-nobody`, `groups-number`, `groups-too-many`.
    """
    number = how_many(len(now.there), count=len(titles) or count, size=size)
    if number > MOST_GROUPS:
        raise Refused("groups-number", number=number)
    seed = hand.chance(SEED_BYTES)
    members = [now.member(one) for one in now.there]
    groups: Groups = [] if way == "choice" else (mixed if way == "mix" else by_chance)(members, number, seed)
    body = {"way": way, "count": number, "seed": seed.hex(), **({"titles": list(titles)} if titles else {})}
    drawn = hand.draft("groups-drawn", event=event, body=body)
    return [drawn, *(_joined(hand, event, drawn.id, one.id, at) for at, group in enumerate(groups, 1) for one in group)]


def move(hand: Hand, event: str, now: Seated, person: str, group: int, *, name: str = "") -> Draft:
    """One person is in this group from now on; 0 = in none.

    Refused: `groups-none`, `group-unknown`, `group-there`.
    """
    drawing = now.drawing
    if drawing is None:
        raise Refused("groups-none")
    if not 0 <= group <= len(drawing.groups):
        raise Refused("group-unknown", group=group, groups=len(drawing.groups))
    if drawing.group_of(person) == group:
        raise Refused("group-there", name=name or person, group=group)
    return _joined(hand, event, drawing.id, person, group)


def take_in(hand: Hand, event: str, now: Seated, people: Iterable[str] | None = None) -> list[Draft]:
    """Latecomers, each into the group that is smallest then; None = everybody who is there and in none.

    Refused: `groups-none`, `nothing-to-do` where nobody is late.
    """
    late = list(now.late if people is None else people)
    drawing, groups = now.drawing, now.members
    if drawing is None:
        raise Refused("groups-none")
    if not late:
        raise Refused("nothing-to-do", what="everybody who is there is in a group")
    drafts = []
    for person in late:
        member = now.member(person)
        group = place_for(member, groups)
        groups[group - 1].append(member)
        drafts.append(_joined(hand, event, drawing.id, person, group))
    return drafts


def _joined(hand: Hand, event: str, drawing: str, person: str, group: int) -> Draft:
    return hand.draft("group-joined", event=event, person=person, body={"drawing": drawing, "group": group})
