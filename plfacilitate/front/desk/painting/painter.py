"""From the fold of one event to the picture of its room: only what changed is painted anew.

Owns the wording of a line on the board. Never reads a ledger: entries are handed in, in any order, and names are asked
for through the function it was given.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from plfacilitate.core.entry import AGENDA_KINDS, Entry
from plfacilitate.core.fold import EventFold, Flag, HeadCount
from plfacilitate.core.minutes import clock, minute_of, span
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.presence import Presence
from plfacilitate.front.desk.painting.handed import delivery_of, newest_approval
from plfacilitate.front.desk.painting.newest import LOOKED_AT, Newest, newest, told
from plfacilitate.front.desk.painting.pictures import MEANS, Delivery, Heads, RoomPicture, Row, State

Names = Callable[[Collection[str]], Mapping[str, Person]]
"""Gives the people of these ids as they stand, in last-name order."""

FirstPeople = Callable[[Collection[str], int], Sequence[Person]]
"""Gives the first so many of these people in last-name order."""

GLANCE = 100  # lines that are painted before the others: more than a window shows
MANY = 64  # from so many newcomers on, sorting everybody once is quicker than finding each their place
# The door's doubts in as many letters as a line of the board has; their sentence stands at the person.
DOUBTS: Mapping[str, str] = {
    "same-phone": "shared phone",
    "late-code": "late code",
    "clock-back": "clock put back",
    "signed-otherwise": "other name",
    "email-changed": "other e-mail",
    "typed-otherwise": "other details",
}
_FLAG_KINDS = frozenset({"flag", "flag-decided", "undo"})
_CHANGES = frozenset({"sign-in", "sign-out", "request", "choice", "undo", "flag-decided"})
_DELIVERY = ("approved", "packed", "handed-over", "receipted")


class Painter:
    """The room of one event, kept between refreshes. A refresh costs what it touches."""

    def __init__(self, event_id: str, names: Names) -> None:
        """A room of which nothing is known yet."""
        self.fold = EventFold(event_id)
        self.people: dict[str, Person] = {}
        self._names = names
        self._pending: set[str] = set()
        self._begun: list[Entry] = []
        self._nameless: set[str] = set()
        self._merged: frozenset[str] = frozenset()
        self._rows: dict[str, Row] = {}
        self._order: list[str] = []
        self._flags: tuple[Flag, ...] = ()
        self._doubts: dict[str, str] = {}
        self._head_count: HeadCount | None = None
        self._there: set[str] = set()
        self._delivery = Delivery()
        self._corrections: list[Entry] = []
        self._window: tuple[int, int] | None = None
        self._last: Newest | None = None
        self._present = self._walk_ins = self._expected_seen = 0

    def begin(self, entries: Iterable[Entry]) -> None:
        """Take all entries of the event in, and paint nobody yet: `glance` and `finish` do."""
        mine = list(entries)
        self._pending = self.fold.apply(mine)
        self._read_facts(mine, {str(entry.kind) for entry in mine})
        self._begun = mine[-LOOKED_AT:]

    def glance(self, first_people: FirstPeople) -> RoomPicture:
        """The first lines of the room, without any count: there long before a crowd is painted."""
        rows: list[Row] = []
        if self.fold.event is not None and len(self._pending) > GLANCE:
            known = first_people(self._pending, GLANCE)
            here = [one for one in known if one.id in self.fold.expected or self.fold.marks(one.id)]
            rows = [self._row(self.fold.event, one) for one in here]
        return RoomPicture(
            self.fold.event,
            tuple(rows),
            expected=len(self.fold.expected),
            complete=not self._pending,
            run=self.fold.run,
        )

    def finish(self) -> None:
        """Paint everybody whom `begin` took in."""
        touched, self._pending = self._pending, set()
        self._paint_all(touched, self._looked_up(touched))
        self._last, self._begun = newest(self._begun, self.fold, self._rows), []

    def take(self, entries: Iterable[Entry], renamed: Collection[str] = ()) -> bool:
        """Take new entries in, and look up again who was `renamed`; True when the picture may look different."""
        mine = [entry for entry in entries if entry.event == self.fold.event_id]
        touched = self.fold.apply(mine)
        people = self._looked_up(touched, renamed)
        if not mine and not people:
            return False
        touched |= self._read_facts(mine, {str(entry.kind) for entry in mine})
        self._paint_all(touched, people)
        self._last = newest(mine, self.fold, self._rows) or self._last
        return True

    def read_as_one(self, merged: Mapping[str, str]) -> bool:
        """Show merged records (record → the one that stays) as one person; True when the picture looks different."""
        touched = self.fold.read_as_one(merged)
        self._merged = frozenset(merged)
        if touched and self._window is not None:
            touched |= self._read_flags()
            self._paint_all(touched, self._looked_up(touched))
        return bool(touched)

    @property
    def lacks_names(self) -> bool:
        """Somebody is in the room whose name was not there when it was asked for."""
        return bool(self._nameless)

    def _read_facts(self, entries: list[Entry], kinds: set[str]) -> set[str]:
        """Read what concerns more than one person; gives the people whose line that may change."""
        touched: set[str] = set()
        if kinds & _FLAG_KINDS:
            touched |= self._read_flags()
        if kinds.intersection(_DELIVERY) or self._delivery.approved_at is not None or "undo" in kinds:
            self._delivery = delivery_of(self.fold)._replace(changed=self._changes(entries))
        if self._agenda_moved(kinds):
            touched |= self.fold.persons()
        return touched

    def _looked_up(self, touched: set[str], renamed: Collection[str] = ()) -> Mapping[str, Person]:
        """The people whose names are not known yet, and those who have another one now."""
        wanted = (touched | self._nameless) - self.people.keys() | self._rows.keys() & set(renamed)
        wanted -= self._merged
        people = self._names(wanted) if wanted else {}
        self._nameless = wanted - people.keys()
        return people

    def _paint_all(self, touched: set[str], people: Mapping[str, Person]) -> None:
        self.people.update(people)
        newcomers = [person for person in touched | people.keys() if self._paint(person)]
        self._put_in_order(newcomers, people)
        self._look_who_was_there(touched)

    def _look_who_was_there(self, touched: set[str]) -> None:
        """Keep who was in the room when heads were counted; only who was touched, unless the count is another one."""
        count = self.fold.head_count
        if count != self._head_count:
            self._head_count, self._there, touched = count, set(), self.fold.persons()
        if count is not None:
            people = touched - self._merged
            here = {person for person in people if self.fold.presence(person).covers(count.against)}
            self._there = self._there - touched | here

    def _heads(self) -> Heads | None:
        count, event = self._head_count, self.fold.event
        if count is None or event is None:
            return None
        return Heads(count.heads, clock(minute_of(count.at), event.zone), len(self._there), count.then)

    def picture(self, entries: int) -> RoomPicture:
        """The room now. `entries` counts the whole ledger."""
        return RoomPicture(
            event=self.fold.event,
            rows=tuple(map(self._rows.__getitem__, self._order)),
            expected=len(self.fold.expected),
            expected_seen=self._expected_seen,
            present=self._present,
            walk_ins=self._walk_ins,
            flags=self._flags,
            head_count=self._heads(),
            last=self._told_last(),
            entries=entries,
            delivery=self._delivery,
            visit=bool(self.fold.facts("visit-planned")),
            run=self.fold.run,
            cleared=cleared_words(self.fold),
        )

    def row(self, person: str) -> Row | None:
        """A person's line, None where they have none."""
        return self._rows.get(person)

    def _changes(self, entries: list[Entry]) -> int:
        """How many corrections there are since the newest approval."""
        approval = newest_approval(self.fold)
        if approval is None:
            return 0
        as_of = approval.body.get("as_of", {})
        actual = self.fold.event is not None and self.fold.event.counts_actual
        kinds = _CHANGES | AGENDA_KINDS if actual else _CHANGES
        self._corrections += [entry for entry in entries if self._corrects(entry, kinds)]
        self._corrections = [entry for entry in self._corrections if entry.number > as_of.get(entry.device, 0)]
        return len(self._corrections)

    def _corrects(self, entry: Entry, kinds: frozenset[str]) -> bool:
        """An undo is as much a correction as what it takes back; where that is not here, it may be one."""
        about = self.fold.undone(entry) if entry.kind == "undo" else None
        return (about or entry).kind in kinds

    # -- the order of the lines --------------------------------------------------------------------------------------

    def _put_in_order(self, newcomers: list[str], people: Mapping[str, Person]) -> None:
        """Give newcomers and whoever has another name their places. `people` come in last-name order."""
        moving = dict.fromkeys([*newcomers, *(person for person in people if person in self._rows)])
        if len(moving) == len(self._rows) and moving.keys() <= people.keys():
            self._order = [person for person in people if person in moving]
        elif len(moving) > MANY:
            self._order = sorted(self._rows, key=self._key)
        elif moving:
            self._order = [person for person in self._order if person not in moving]
            for person in moving:
                insort(self._order, person, key=self._key)

    def _key(self, person: str) -> tuple[str, str, str]:
        known = self.people.get(person)
        return known.order if known else ("\uffff", "", person)

    # -- one person --------------------------------------------------------------------------------------------------

    def _paint(self, person: str) -> bool:
        """Paint a person's line anew; True when they had none before."""
        event, old = self.fold.event, self._rows.get(person)
        here = person not in self._merged and (person in self.fold.expected or self.fold.marks(person))
        if event is None or not here:
            if old is not None:
                self._count(old, -1)
                del self._rows[person]
                self._order.remove(person)
            return False
        row = self._row(event, self.people.get(person) or Person(person, last_name="…"))
        if row == old:
            return False
        if old is not None:
            self._count(old, -1)
        self._count(row, +1)
        self._rows[person] = row
        return old is None

    def _count(self, row: Row, one: int) -> None:
        self._present += one if row.present else 0
        self._walk_ins += one if row.walk_in else 0
        self._expected_seen += one if row.came and not row.walk_in else 0

    def _row(self, event: Event, person: Person) -> Row:
        assert self._window is not None
        begin, end = self._window
        zone = event.zone
        presence = self.fold.presence(person.id)
        came, left = presence.first_in, presence.last_out
        walk_in = person.id not in self.fold.expected
        state, word = _state(presence, begin, end)
        doubt = self._doubts.get(person.id) or ("two versions of a time" if _doubtful(presence) else "")
        if doubt:
            state, word = "flag", doubt
        first = presence.stays[0].came if presence.stays else None
        closing = presence.stays[-1].left if presence.stays else None
        return Row(
            person=person.id,
            name=person.name,
            place=person.school or ("walk-in" if walk_in else ""),
            state=state,
            came=clock(minute_of(came), zone) if came else "",
            left=clock(minute_of(left), zone) if left else "",
            means=MEANS.get(first.means, first.means) if first else "",
            word=word,
            present=presence.is_in,
            walk_in=walk_in,
            by_hand=bool(closing and closing.by_hand),
            doubtful=bool(doubt),
        )

    # -- the event ---------------------------------------------------------------------------------------------------

    def _agenda_moved(self, kinds: set[str]) -> bool:
        """Whether late and early are measured against another agenda now."""
        if self._window is not None and not any(kind.startswith("event-") or kind == "undo" for kind in kinds):
            return False
        event = self.fold.event
        if event is None:
            return False
        window = (minute_of(event.starts_at), minute_of(event.ends_at))
        moved, self._window = window != self._window, window
        return moved

    def _read_flags(self) -> set[str]:
        """Read the doubts again; gives the people whose line that may change."""
        before = self._doubts
        self._flags = tuple(self.fold.flags())
        self._doubts = {
            flag.person: DOUBTS.get(flag.code) or flag.text or flag.code
            for flag in self._flags
            if flag.person and flag.accepted is None
        }
        return {
            person for person in before.keys() | self._doubts.keys() if before.get(person) != self._doubts.get(person)
        }

    def _told_last(self) -> str:
        """The newest thing as one line of the status, with the name that is known by now."""
        return told(self._last, self.fold, self._rows) if self._last is not None else ""


def _state(presence: Presence, begin: int, end: int) -> tuple[State, str]:
    """What a presence looks like against the agenda's first and last minute."""
    if not presence.stays:
        return ("flag", "out without an in") if presence.odd else ("expected", "expected")
    late = max(0, minute_of(presence.stays[0].came.at) - begin)
    left = presence.last_out
    if left is None:
        return ("late", f"late {span(late)}") if late else ("in", "in")
    early = max(0, end - minute_of(left))
    if early:
        return "early", f"left {span(early)} early"
    return ("late", f"out · late {span(late)}") if late else ("out", "out")


def _doubtful(presence: Presence) -> bool:
    return any(code == "doubtful" for code, _ in presence.odd)


def cleared_words(fold: EventFold) -> str:
    """When and after what an event's hours were cleared from here, as a sentence; "" = they were not."""
    one = fold.cleared
    return "" if one is None or fold.event is None else f"Who was there was {one.sentence(fold.event.zone)}."
