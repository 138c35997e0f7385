"""All events at a glance, for Today: what is on, what comes next, what is not delivered yet.

Owns which events are near enough to be counted, and keeps what did not change. Never paints a room: that one is asked
for its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import EVENT_KINDS, Clock, Entry
from plfacilitate.core.fold import EventFold
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.scheduled import sheet_due
from plfacilitate.front.desk.painting.handed import delivery_of
from plfacilitate.front.desk.painting.painter import Painter
from plfacilitate.front.desk.painting.pictures import Card, DayPicture
from plfacilitate.steps.events import events, read_event, read_fold
from plfacilitate.store.ledger import Ledger

BACK = timedelta(days=120)  # an event that was not handed over for so long is found by the search only
AHEAD = timedelta(days=30)


class Daybook:
    """The events of a ledger, and a card for each."""

    def __init__(self, ledger: Ledger, clock: Clock, tz: str) -> None:
        """Reads nothing before `load`. `tz` is the laptop's time zone: it says which day today is."""
        self._ledger = ledger
        self._clock = clock
        self._zone = ZoneInfo(tz)
        self._events: dict[str, Event] = {}
        self._folds: dict[str, EventFold] = {}
        self._cards: dict[str, Card] = {}

    def load(self) -> None:
        """Read all events."""
        self._events = {event.id: event for event in events(self._ledger)}

    def take(self, entries: Iterable[Entry]) -> bool:
        """Take new entries in; True when Today may look different."""
        touched: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.event is not None:
                touched.setdefault(entry.event, []).append(entry)
        for event, news in touched.items():
            self._cards.pop(event, None)
            if any(entry.kind == "cleared" for entry in news):
                self._folds.pop(event, None)  # it holds what is gone from the ledger
            elif event in self._folds:
                self._folds[event].apply(news)
            if any(entry.kind in EVENT_KINDS for entry in news):
                self._read(event)
        return bool(touched)

    def _read(self, event: str) -> None:
        try:
            self._events[event] = read_event(self._ledger, event)
        except Refused:
            self._events.pop(event, None)

    def title(self, event: str | None) -> str:
        """What an event is called, with its day; "" for none."""
        found = self._events.get(event or "")
        return f"{found.title}, {found.day:%d %b %Y}" if found else ""

    def picture(self, room: Painter | None) -> DayPicture:
        """Today as it stands."""
        today = self._clock().astimezone(self._zone).date()
        in_order = sorted(self._events.values(), key=lambda one: (one.day, one.session.starts, one.title, one.id))
        cards = tuple(self._card(event, today, room) for event in in_order)
        return DayPicture(today=today, cards=cards, entries=self._ledger.head_entry_seq())

    def _card(self, event: Event, today: date, room: Painter | None) -> Card:
        if room is not None and room.fold.event_id == event.id:
            return self._of_room(event, room)
        if event.id not in self._cards:
            near = today - BACK <= event.day <= today + AHEAD
            self._cards[event.id] = self._counted(event) if near else Card(event, due=sheet_due(event))
        return self._cards[event.id]

    def _of_room(self, event: Event, room: Painter) -> Card:
        now = room.picture(0)
        return Card(
            event,
            present=now.present,
            seen=now.expected_seen + now.walk_ins,
            expected=now.expected,
            undecided=len(now.undecided),
            due=sheet_due(event),
            delivery=now.delivery,
            run=now.run,
            cleared=bool(now.cleared),
        )

    def _counted(self, event: Event) -> Card:
        fold = self._folds.get(event.id)
        if fold is None:
            fold = self._folds[event.id] = read_fold(self._ledger, event.id)
        persons = fold.persons()
        return Card(
            event,
            present=sum(1 for person in persons if fold.presence(person).is_in),
            seen=sum(1 for person in persons if fold.presence(person).stays),
            expected=len(fold.expected),
            undecided=sum(1 for flag in fold.flags() if flag.accepted is None),
            due=sheet_due(event),
            delivery=delivery_of(fold),
            run=fold.run,
            cleared=fold.cleared is not None,
        )
