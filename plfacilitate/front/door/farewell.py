"""What somebody gets who is out: a ticket of their own, an exit ticket, the questions at the end, and the page to take home.

Owns those pages, which stay theirs after the event has closed. An answer to a question goes into the ballot box without
a name and nowhere else; whatever is not answered is simply not there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plfacilitate.core.evaluation import Given
from plfacilitate.core.line import Line
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Choice
from plfacilitate.core.polls.asking import answers_of
from plfacilitate.core.polls.picture import Poll
from plfacilitate.core.presence import Presence
from plfacilitate.core.refusal import Refusal, Refused
from plfacilitate.core.text import plain
from plfacilitate.front.door.counting import count_of
from plfacilitate.front.door.languages import mark
from plfacilitate.front.door.pages import Again, Pages, long_day, masked
from plfacilitate.front.door.polls import PollDoor
from plfacilitate.front.door.questions import asked_in
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.seal.tickets import Ticket
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.evaluation import questions

Cast = Callable[[str, Mapping[str, Given]], None]
"""Puts a ballot into the box: its number and its answers. Durable when it returns; raises Refused."""

CHOICES: Mapping[Choice, str] = {
    "clock-hours": mark("Clock hours"),
    "quarter-credits": mark("Quarter credits from the college, instead of clock hours"),
}


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is out, with the ticket that says so, and the hand that writes what they say."""

    person: Person
    ticket: Ticket
    text: str
    hand: Hand


@dataclass(slots=True)
class Farewell:
    """The steps after the hours. Who was asked is kept in memory only, so that a reload is one ballot."""

    desk: Reception
    cast: Cast
    polls: PollDoor
    forms: dict[str, str] = field(default_factory=dict)  # person → the form they have open; gone once it is sent
    done: set[str] = field(default_factory=set)  # who has answered or did not want to

    def welcome(self, visit: Visit, person: Person) -> Guest:
        """Somebody who has just left, with a new ticket."""
        gate, hand = self.desk.gate, self.desk.hand
        now = hand.clock()
        text = gate.farewell(person.id, now, hand.chance)
        ticket = gate.check_farewell(text, person.id, now)
        assert not isinstance(ticket, Refusal), "it was signed a moment ago"
        return Guest(person, ticket, text, self.hand(visit))

    def guest(self, visit: Visit) -> Guest | Answer:
        """Whose form this is; a closed event does not take it away from them."""
        self.desk.refresh()
        who, text = visit.fields.get("p", ""), visit.fields.get("l", "")
        found = self.desk.gate.check_farewell(text, who, self.desk.hand.clock())
        person = self.desk.room.person(who)
        if isinstance(found, Refusal) or person is None or not self.desk.room.presence(person.id).stays:
            return self.desk.notice(visit, "scan_form", 403)
        return Guest(person, found, text, self.hand(visit))

    def hand(self, visit: Visit) -> Hand:
        """Who writes what is said on these pages."""
        return self.desk.hand

    def show(self, visit: Visit, what: str, sheet: Mapping[str, Any], status: int = 200) -> Answer:
        """One of these pages, as it looks where the person stands."""
        return Answer(self.desk.pages(visit).after(what, sheet), status)

    def notice(self, visit: Visit, what: str, status: int) -> Answer:
        """A page that says one thing."""
        return self.desk.notice(visit, what, status)

    @property
    def early(self) -> bool:
        """Whether the session is still going on: then hours are so far, and no claim code is given."""
        event = self.desk.room.event
        return event.closed_at is None and self.desk.hand.clock() < self.desk.room.ends_at

    # -- questions -------------------------------------------------------------------------------------------------------

    def after_hours(self, visit: Visit, guest: Guest) -> Answer:
        """An exit ticket that is open and not answered, then the questions, each once; else the record."""
        ticket = self.polls.exit_for(guest.person.id)
        return self._after_ticket(visit, guest) if ticket is None else self._ticket_page(visit, guest, ticket, {})

    def _ticket_page(self, visit: Visit, guest: Guest, ticket: Poll, typed: Mapping[str, str]) -> Answer:
        number, _ = self.polls.numbers.of(visit, guest.person.id, ticket.id)
        sheet = {
            **self.polls.sheet(visit, ticket, number, typed), "ticket": guest.text, "person": guest.person.id,
            "action": "ticket", "more": self._asks(guest),
        }  # fmt: skip
        return self.show(visit, "questions", sheet)

    async def ticket(self, visit: Visit) -> Answer:
        """An exit ticket that was answered on the way out, or skipped; nobody is held up by it."""
        guest = self.guest(visit)
        if isinstance(guest, Answer):
            return guest
        asked = self.polls.asked(visit)
        if asked is not None and visit.switched:
            return self._ticket_page(visit, guest, asked, visit.fields)
        given = answers_of(asked.questions, visit.fields) if asked is not None else {}
        if asked is not None and given and not visit.fields.get("skip"):
            try:
                await self.polls.give(visit, asked, guest.person, given, guest.hand)
            except Refused:
                return self.notice(visit, "not_saved", 503)
        if asked is not None:
            self.polls.given.add((guest.person.id, asked.id))
        return self._after_ticket(visit, guest)

    def _asks(self, guest: Guest) -> bool:
        """Whether the questions at the end are still to come."""
        event = self.desk.room.event
        return bool(questions(event)) and guest.person.id not in self.done and event.closed_at is None

    def _after_ticket(self, visit: Visit, guest: Guest) -> Answer:
        if self._asks(guest):
            return self._questions_page(visit, guest, {})
        return self.end(visit, guest)

    def _questions_page(self, visit: Visit, guest: Guest, values: Mapping[str, str]) -> Answer:
        desk = self.desk
        ballot = self.forms.setdefault(guest.person.id, desk.gate.ballot(desk.hand.clock(), desk.hand.chance))
        sheet = {
            "ticket": guest.text,
            "person": guest.person.id,
            "ballot": ballot,
            "asked": asked_in(desk.pages(visit).speech, questions(desk.room.event)),
            "values": {name: plain(value) for name, value in values.items()},
            "action": "answers",
            "title": "",
            "round": "",
            "named": False,
            "more": False,
        }
        return self.show(visit, "questions", sheet)

    async def answers(self, visit: Visit) -> Answer:
        """The answers go into the box, and the record is shown."""
        guest = self.guest(visit)
        if isinstance(guest, Answer):
            return guest
        if visit.switched:
            return self._questions_page(visit, guest, visit.fields)
        number = self.desk.gate.check_ballot(visit.fields.get("b", ""), self.desk.hand.clock())
        given = answers_of(questions(self.desk.room.event), visit.fields)
        if number is not None and given and not visit.fields.get("skip") and self.desk.room.event.closed_at is None:
            try:
                await asyncio.to_thread(self.cast, number, given)
            except Refused:
                return self.notice(visit, "not_saved", 503)
        self.forms.pop(guest.person.id, None)
        self.done.add(guest.person.id)
        return self.end(visit, guest)

    # -- the page to take home -------------------------------------------------------------------------------------------

    def end(self, visit: Visit, guest: Guest) -> Answer:
        """What stands after all steps."""
        return self._record_page(visit, guest)

    async def record(self, visit: Visit) -> Answer:
        """The page to take home; `save` = as a file."""
        guest = self.guest(visit)
        if isinstance(guest, Answer):
            return guest
        return self._record_page(visit, guest, saved=bool(visit.fields.get("save")))

    def _record_page(self, visit: Visit, guest: Guest, *, saved: bool = False) -> Answer:
        room, pages, person = self.desk.room, self.desk.pages(visit), guest.person
        now, event = self.desk.hand.clock(), room.event
        credit = room.credit(person, now)
        line = credit.lines[0].line
        counts = event.plan.approved_hundredths > 0
        asked, chosen = room.fold.request(person.id), room.choice(person.id)
        choice = str(chosen.body.get("choice")) if chosen and len(event.plan.choice) > 1 else ""
        sheet = {
            "ticket": guest.text,
            "person": person.id,
            "name": plain(person.spoken),
            "day": f"{long_day(event.day, pages.speech)} {event.day.year}",
            "in_service": plain(event.in_service),
            "stays": times(pages, room.presence(person.id)),
            "early": self.early,
            "count": count_of(pages, line) if counts else None,
            "asked": hours_text(asked.hundredths) if asked else "",
            "chosen": next((pages.say(text) for one, text in CHOICES.items() if one == choice), ""),
            "rule": credit.office.rule,
            "claim": self._claim(person, line, now) if counts and not self.early else None,
            "mail": plain(masked(person.email)) if person.email else "",
            "correction": plain(credit.office.correction),
            "saved": saved,
            "again": Again("post", "/record", {"l": guest.text, "p": person.id}),
        }
        return Answer(pages.after("record", sheet), file=f"clock-hours-{event.day.isoformat()}.html" if saved else "")

    def _claim(self, person: Person, line: Line, now: datetime) -> dict[str, str] | None:
        """What to type into the platform; None while the hours are not settled."""
        event = self.desk.room.event
        if len(event.plan.sessions) > 1:
            line = self.desk.room.series_line(person, now)
        if line.status != "earned":
            return None
        platform = plain(str(event.office.get("platform", "")))
        return {"code": plain(event.claim_code), "platform": platform, "hours": hours_text(line.hundredths)}


def times(pages: Pages, presence: Presence) -> list[tuple[str, str]]:
    """When somebody came and left, as the clock on the wall shows it; "" = still in."""
    return [(pages.time(stay.came.at), pages.time(stay.left.at) if stay.left else "") for stay in presence.stays]
