"""What happens when a phone comes: arrive, find, choose. And what every step after it needs.

Owns the order of the first pages, which "no" leads where, and the checks that all steps share. Signing in is
`signing`, leaving is `leaving`. Never writes an entry.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refusal, Refused
from plfacilitate.core.text import MOST_LETTERS, plain, tidy
from plfacilitate.front.door.languages import mark
from plfacilitate.front.door.limits import Limits
from plfacilitate.front.door.pages import Again, Card, Library, Pages, Shown, masked, shown
from plfacilitate.front.door.passes import Passes
from plfacilitate.front.door.room import LETTERS, Room
from plfacilitate.front.door.tickets import Admission, Gate
from plfacilitate.front.door.turns import Turns
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.front.door.writer import Writer
from plfacilitate.steps.capture import Hand


@dataclass(slots=True)
class Reception:
    """The door's desk. One a process; everything in it belongs to the loop's thread."""

    room: Room
    writer: Writer
    passes: Passes
    gate: Gate
    hand: Hand
    library: Library
    limits: Limits
    changes: int = 0
    turns: Turns = field(default_factory=Turns)

    # -- coming ----------------------------------------------------------------------------------------------------------

    async def start(self, visit: Visit) -> Answer:
        """The bare address: scan the code, or type the letters; a phone that was here sees its own state."""
        no = self.shut(visit)
        if no is not None:
            return no
        return self.notice(visit, "start", greeting=self._greeting(visit), spoken=True)

    async def nothing(self, visit: Visit) -> Answer:
        """An address that is none."""
        return self.notice(visit, "nothing", 404)

    async def arrive(self, visit: Visit) -> Answer:
        """A scanned code, traded for a ticket."""
        now = self.hand.clock()
        no = self.shut(visit)
        if no is not None:
            return no
        if self.limits.wrong_codes.full(visit.address, now):
            return self.notice(visit, "wait", 429)
        ticket = self.gate.admit(visit.code, now, self.hand.chance)
        if ticket is None:
            self.limits.wrong_codes.count(visit.address, now)
            return self.notice(visit, "scan", 410, spoken=True)
        return self._welcome(visit, ticket)

    async def spoken(self, visit: Visit) -> Answer:
        """The six letters, traded for a ticket."""
        now = self.hand.clock()
        no = self.shut(visit)
        if no is not None:
            return no
        if self.limits.wrong_spoken.full("", now):
            return self.notice(visit, "wait", 429)
        ticket = self.gate.admit_spoken(visit.fields.get("code", "")[:MOST_LETTERS], now, self.hand.chance)
        if ticket is None:
            self.limits.wrong_spoken.count("", now)
            return self.notice(visit, "scan", 410, spoken=True)
        return self._welcome(visit, ticket)

    def _welcome(self, visit: Visit, ticket: str) -> Answer:
        person = self.known_phone(visit)
        if person is None:
            return self._search(visit, ticket)
        return Answer(self.person_page(visit, ticket, person))

    # -- choosing --------------------------------------------------------------------------------------------------------

    async def find(self, visit: Visit) -> Answer:
        """People whose names begin with what was typed."""
        admission = self.admission(visit)
        if isinstance(admission, Answer):
            return admission
        typed = tidy(visit.fields.get("q", ""))[:MOST_LETTERS]
        if not typed:
            return self._search(visit, admission.text)
        now = self.hand.clock()
        if self.limits.searches.full(admission.mark, now):
            return self.notice(visit, "wait", 429)
        self.limits.searches.count(admission.mark, now)
        await self.fresh_search()
        found = self.room.find(typed)
        hint = _TOO_SHORT if len(typed) < LETTERS else _NONE_FOUND
        pages = self.pages(visit)
        page = pages.search(admission.text, typed=typed, found=shown(found), hint="" if found else pages.say(hint))
        return Answer(page)

    def _search(self, visit: Visit, ticket: str) -> Answer:
        return Answer(self.pages(visit).search(ticket, ending=self.room.ending(self.hand.clock())))

    async def choose(self, visit: Visit) -> Answer:
        """The chosen person: sign in, or leave."""
        admission = self.admission(visit)
        if isinstance(admission, Answer):
            return admission
        person = await self.named(visit)
        if isinstance(person, Answer):
            return person
        return Answer(self.person_page(visit, admission.text, person))

    def person_page(
        self, visit: Visit, ticket: str, person: Person, *, faults: Mapping[str, str] | None = None
    ) -> bytes:
        """The page of one person, with what they typed; `faults` = what can't be taken."""
        presence, pages = self.room.presence(person.id), self.pages(visit)
        mine = self.holder(visit) == person.id
        asks = self.room.asks if presence.is_in else ""
        shows = bool(mine and presence.stays and not presence.is_in)
        card = Card(
            ticket=ticket,
            who=Shown(person.id, "") if mine else shown([person, *self.room.namesakes(person)])[0],
            first=plain(person.first_name or person.last_name) if mine else "",
            since=pages.time(presence.stays[-1].came.at) if presence.is_in else "",
            left=pages.time(presence.last_out) if presence.last_out else "",
            ending=self.room.ending(self.hand.clock()),
            signs=not presence.is_in and self.room.signs(person.id),
            mail=plain(masked(person.email)) if person.email else "",
            record=self.gate.farewell(person.id, self.hand.clock(), self.hand.chance) if shows else "",
            asks=asks,
            guest=self.gate.guest(person.id, self.hand.clock(), self.hand.chance) if asks else "",
            values={name: plain(visit.fields.get(name, "")[:MOST_LETTERS]) for name in ("signed", "email")},
            faults=faults or {},
        )
        return pages.person(card)

    # -- shared ----------------------------------------------------------------------------------------------------------

    def admission(self, visit: Visit) -> Admission | Answer:
        """The ticket of a form, or the page that says why it is no good."""
        no = self.shut(visit)
        if no is not None:
            return no
        found = self.gate.check(visit.fields.get("t", ""), self.hand.clock())
        if isinstance(found, Refusal):
            return self.notice(visit, "scan_form", 410 if found.code == "ticket-expired" else 403)
        return found

    def shut(self, visit: Visit) -> Answer | None:
        """The page for an event that nobody can sign in to now; None while it is open."""
        self.refresh()
        event = self.room.event
        if event.closed_at is not None:
            return self.notice(visit, "closed", 403, time=self.pages(visit).time(event.closed_at))
        if event.opened_at is None:
            return self.notice(visit, "not_open", 403)
        return None

    def refresh(self) -> None:
        """Take in what others wrote; new pages where the event has another title or place now."""
        if self.room.behind or not self.writer.telling:  # what the door itself wrote need not be read
            self.room.refresh()
        if self.room.changes != self.changes:
            self.changes = self.room.changes
            self.library = Library(self.room.event, popup=self.room.popup)

    async def named(self, visit: Visit) -> Person | Answer:
        """The person that a form chose, or the page for one whom nobody knows."""
        return await self.chosen(visit) or self.notice(visit, "unknown", 404)

    async def chosen(self, visit: Visit) -> Person | None:
        """The person whom a form names; None where nobody has that id."""
        chosen = visit.fields.get("p", "")
        person = self.room.person(chosen)
        if person is None and self.room.stale:  # somebody may have written them down a moment ago
            await self.fresh_search()
            person = self.room.person(chosen)
        return person

    async def fresh_search(self) -> None:
        """Bring the search up to date where people may have changed."""
        if not self.room.stale:
            return
        self.room.stale = False
        try:
            await self.writer.tidy()
        except Refused:
            self.room.stale = True
        else:
            self.room.forget()

    def notice(
        self, visit: Visit, what: str, status: int = 200, *, again: Again | None = None, **details: Any
    ) -> Answer:
        """A page that says one thing, in the phone's language."""
        return Answer(self.pages(visit).notice(what, again or visit.again, **details), status)

    def pages(self, visit: Visit) -> Pages:
        """The pages in the phone's language."""
        return self.library.of(visit.language)

    def of(self, language: str) -> Pages:
        """The pages in a language."""
        return self.library.of(language)

    @property
    def languages(self) -> Collection[str]:
        """The codes of the languages that there are."""
        return self.library.languages.keys()

    def holder(self, visit: Visit) -> str | None:
        """The id of the person whose phone this is."""
        holder = self.passes.holder(visit.cookie(self.passes.cookie)) if visit.cookies else None
        return self.room.read_as(holder) if holder else None

    def known_phone(self, visit: Visit) -> Person | None:
        """The person whose phone this is; None for a phone that was not here."""
        holder = self.holder(visit)
        return self.room.person(holder) if holder else None

    def _greeting(self, visit: Visit) -> str:
        person = self.known_phone(visit)
        if person is None:
            return ""
        presence, name = self.room.presence(person.id), plain(person.first_name or person.last_name)
        pages = self.pages(visit)
        if presence.is_in:
            since = pages.time(presence.stays[-1].came.at)
            return pages.say(mark("%(name)s, you are in since %(time)s."), name=name, time=since)
        if presence.last_out is not None:
            left = pages.time(presence.last_out)
            return pages.say(mark("%(name)s, you are out since %(time)s."), name=name, time=left)
        return pages.say(mark("Hello %(name)s"), name=name)


_TOO_SHORT = mark("Please type at least three letters of your name.")
_NONE_FOUND = mark("Nobody of that name is on the list.")
