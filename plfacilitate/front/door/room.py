"""The event as the door sees it, kept fresh in memory.

Owns the reading connection, the folded event and the people that were looked up. A question such as "is this person
in?" needs no SQL. Never writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from plfacilitate.core.drawn import Drawing, DrawnFold
from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import MARK_KINDS, EventFold
from plfacilitate.core.line import Line
from plfacilitate.core.people import Person
from plfacilitate.core.plan import ENDING, Event
from plfacilitate.core.polls.fold import PollFold
from plfacilitate.core.polls.picture import Poll
from plfacilitate.core.popup.fold import POPUP_KINDS, PopupFold
from plfacilitate.core.presence import Presence
from plfacilitate.core.running.fold import RunFold
from plfacilitate.core.tally import CreditSheet, credit_sheet
from plfacilitate.core.text import fold as folded
from plfacilitate.steps.events import events, read_event
from plfacilitate.steps.merge import merged_people, person_heads
from plfacilitate.steps.signatures import signed_in, signers
from plfacilitate.steps.walk_ins import is_called
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import by_badge, find_people, person

_POPUP_KINDS = POPUP_KINDS - {"popup", "popup-idea", "popup-cluster"}
Asks = Literal["", "later", "now"]
"""Whether pages lead to polls: never, since one may come, or because phones are asked now."""
_OF_SIGNING = MARK_KINDS | {"signature", "flag", "person"}
"""What a burst at the door brings, and no POP-up and no poll is about."""
MOST_FOUND = 5
LETTERS = 3


class Room:
    """One event. Everything is called on the thread of the loop."""

    def __init__(self, ledger: Ledger, event_id: str) -> None:
        """Read the event. Refused("event-unknown") where there is none."""
        self._ledger = ledger
        self.event_id = event_id
        self.event: Event = read_event(ledger, event_id)
        self.ends_at: datetime = self.event.ends_at
        self.fold = EventFold(event_id)
        self.popups = PopupFold(event_id)
        self.polls = PollFold(event_id)
        self.poll: Poll | None = None  # what phones are asked now
        self.asks: Asks = ""
        self.led = RunFold(event_id)
        self.drawn = DrawnFold(event_id)
        self.tickets: dict[str, tuple[str, str]] = {}  # ticket mark → first person and their entry
        self.stale = True  # people may have changed: the search wants to be brought up to date
        self.changes = 0  # grows when the event itself changed
        self.behind = False  # somebody else has written in between
        self._merged: Mapping[str, str] = {}  # record → the record that it is read as
        self._people: dict[str, Person | None] = {}
        self._signed: dict[str, str] = {}  # signature for this offering → the record it was given under
        self._undos: list[Entry] = []
        self._signers: set[str] = set()  # the records whose signature stands, and what they are read as
        self._others: dict[str, EventFold] = {}  # the other events of the series
        self._version = -1
        self._seen = 0  # every content up to this seq is in the fold
        self.refresh()

    def close(self) -> None:
        """Let go of the ledger."""
        self._ledger.close()

    def refresh(self) -> None:
        """Take in what others wrote; costs 2 µs when nobody did."""
        version = self._ledger.data_version()
        if version == self._version:
            return
        head = self._ledger.head_seq()
        if head > self._seen:
            self._read(head)
        self._version, self.behind = version, False

    def _read(self, head: int) -> None:
        self._merged = merged_people(self._ledger)
        self.fold.read_as_one(self._merged)
        self._take(list(self._ledger.entries(since=self._seen, event=self.event_id)))
        self._sign(list(self._ledger.entries(since=self._seen, kinds=("signature", "undo"))))
        self._forget_erased()
        self._seen = head
        self.forget()
        self.stale = True

    def written(self, entries: Sequence[Entry]) -> None:
        """Take in what the door's own writer has just made durable."""
        if not entries:
            return
        if entries[0].seq == self._seen + 1 and entries[-1].seq == self._seen + len(entries):
            self._seen = entries[-1].seq  # nobody wrote in between, so nothing has to be read again
        elif entries[-1].seq > self._seen:
            self.behind = True
        for entry in entries:
            if entry.kind == "person" and entry.person is not None:
                self._people.pop(entry.person, None)
        signed = [entry for entry in entries if entry.kind == "signature"]
        if signed:
            self._sign(signed)
        self.fold.apply([_slim(entry) for entry in entries if entry.event == self.event_id])
        others = [entry for entry in entries if entry.kind not in _OF_SIGNING]
        if others:
            self._take_popups(others)
            self._take_polls(others)

    def _take(self, entries: Sequence[Entry]) -> None:
        self.fold.apply(entries)
        self._take_popups(entries)
        self._take_polls(entries)
        self.led.apply(entries)
        self.drawn.apply(entries)
        moved = False
        for entry in entries:
            if entry.kind not in MARK_KINDS:
                moved = moved or str(entry.kind).startswith("event-") or entry.kind == "undo"
            elif entry.means == "own-phone" and entry.person is not None:
                self.tickets.setdefault(str(entry.body.get("ticket", "")), (entry.person, entry.id))
        if moved and self.fold.event is not None:
            self.event = self.fold.event
            self.ends_at = self.event.ends_at
            self.changes += 1
            self._look_at_polls()

    def _take_polls(self, entries: Sequence[Entry]) -> None:
        """What phones are asked by a poll."""
        if self.polls.apply(entries):
            self._look_at_polls()

    def _look_at_polls(self) -> None:
        found = self.polls.picture()
        self.poll = found.open if self.event.closed_at is None else None
        self.asks = "now" if self.poll is not None else "later" if found.polls or self.event.plan.polls else ""

    def _take_popups(self, entries: Sequence[Entry]) -> None:
        """Problems of practice. Ideas are left out: no page shows them, and a burst brings hundreds."""
        taken = [entry for entry in entries if entry.kind in _POPUP_KINDS]
        if taken:
            before = self.popup
            self.popups.apply(taken)
            self.changes += self.popup != before

    @property
    def popup(self) -> bool:
        """Whether pages lead to problems of practice: the plan says so, or one was brought."""
        return self.event.plan.popup is not None or bool(self.popups.picture().problems)

    def _sign(self, entries: Sequence[Entry]) -> None:
        """Note who has signed for this offering; the signatures themselves are not kept here."""
        self._signed |= signed_in(entries, self.event.series)
        self._undos += [entry for entry in entries if entry.kind == "undo"]
        records = signers(self._signed, self._undos)
        self._signers = records | set(map(self.read_as, records))

    def _forget_erased(self) -> None:
        erased = list(self._ledger.entries(since=self._seen, kinds=("erased",)))
        if erased:
            self.fold.apply(erased)
            self.popups.apply(erased)
            self._take_polls(erased)
            self.led.apply(erased)
            self.drawn.apply(erased)
            gone = {str(one) for entry in erased for one in entry.body.get("ids", ())}
            self.tickets = {mark: first for mark, first in self.tickets.items() if first[1] not in gone}

    # -- asking ----------------------------------------------------------------------------------------------------------

    def groups(self) -> tuple[Drawing | None, Mapping[str, Person]]:
        """The groups that count now (None = none were drawn), and the people in them who are known."""
        current = self.drawn.current(self._merged)
        people = {one: known for one in (current.people if current else ()) if (known := self.person(one)) is not None}
        return current, people

    def presence(self, person_id: str) -> Presence:
        """When this person was in the room."""
        return self.fold.presence(person_id)

    def person(self, person_id: str) -> Person | None:
        """The person of that id; None where nobody has it. A merged record is the person that it is read as."""
        person_id = self.read_as(person_id)
        if person_id not in self._people:
            if len(self._people) > 2_000:
                self._people.clear()
            self._people[person_id] = person(self._ledger.connection, person_id)
        return self._people[person_id]

    def signs(self, person_id: str) -> bool:
        """Whether this person's signature is still wanted: once an offering for which hours were approved."""
        return self.event.plan.wants_signature and not self.has_signed(person_id)

    def has_signed(self, person_id: str) -> bool:
        """Whether this person has signed for this offering before: then a tap is their initial."""
        return person_id in self._signers

    def ending(self, now: datetime) -> bool:
        """Whether the session is about to end, or over."""
        return now >= self.ends_at - ENDING

    def credit(self, who: Person, now: datetime) -> CreditSheet:
        """The hours of one person at this event as they stand."""
        folds = [self.fold, *self._other_folds()]
        return credit_sheet(folds, {who.id: who}, event=self.event_id, as_of={}, at=now, only=who.id)

    def series_line(self, who: Person, now: datetime) -> Line:
        """The same for the whole series."""
        folds = [self.fold, *self._other_folds()]
        return credit_sheet(folds, {who.id: who}, event=None, as_of={}, at=now, only=who.id).lines[0].line

    def choice(self, person_id: str) -> Entry | None:
        """The newest word of this person on hours or credits, at whichever event of the series it was said."""
        said = [one for fold in (self.fold, *self._others.values()) if (one := fold.latest("choice", person_id))]
        return max(said, key=lambda one: (one.happened_at, one.id), default=None)

    def heads(self, person_id: str) -> Sequence[str]:
        """The versions of a person's record that a change follows."""
        return person_heads(self._ledger, person_id)

    def _other_folds(self) -> list[EventFold]:
        """The other events of the series, with what has come since the last look."""
        if len(self.event.plan.sessions) < 2:
            return []
        others = [one.id for one in events(self._ledger) if one.series == self.event.series and one.id != self.event_id]
        for other in others:
            fold = self._others.setdefault(other, EventFold(other))
            fold.apply(self._ledger.entries(since=fold.seq, event=other))
            fold.read_as_one(self._merged)
        return [self._others[other] for other in others]

    def read_as(self, record: str) -> str:
        """The record that this one is read as, itself as a rule."""
        return self._merged.get(record, record)

    def forget(self) -> None:
        """Look people up anew."""
        self._people.clear()

    def remember(self, one: Person) -> None:
        """A person who has just been written and may not be in the search yet."""
        self._people[one.id] = one

    def find(self, typed: str, most: int = MOST_FOUND) -> list[Person]:
        """At most five people, the expected first. Fewer than three letters must be a whole name."""
        words = folded(typed).split()
        if sum(map(len, words)) >= LETTERS:
            return find_people(self._ledger.connection, typed, limit=most, first=self.fold.expected)
        found = find_people(self._ledger.connection, typed, limit=200, first=self.fold.expected) if words else []
        return [one for one in found if set(words) <= _words(one)][:most]

    def by_badge(self, number: str) -> Person | None:
        """The person who holds a badge number."""
        found = by_badge(self._ledger.connection, number)
        return self.person(found.id) if found else None

    def alike(self, last_name: str, first_name: str) -> list[Person]:
        """People who bear exactly this name, or bore it."""
        found = self.find(f"{first_name} {last_name}", most=20)
        return [one for one in found if is_called(one, last_name, first_name)][:MOST_FOUND]

    def namesakes(self, one: Person) -> list[Person]:
        """Other people of the same name."""
        return [other for other in self.alike(one.last_name, one.first_name) if other.id != one.id]


def _slim(entry: Entry) -> Entry:
    """A mark without its content: a door in a burst needs no more of it, and it is half of what one takes in memory."""
    return Entry(*entry[:-1], None) if entry.kind in MARK_KINDS else entry


def _words(one: Person) -> set[str]:
    return set(folded(f"{one.last_name} {one.first_name} {one.former_name}").split())
