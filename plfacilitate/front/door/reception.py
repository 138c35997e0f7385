"""What happens when a phone comes: arrive, find, choose, sign in, sign out.

Owns the order of the pages and which "no" leads where. Never says "you are in" before the writer has said that it is
durable; doubts become flags and stop nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from plfacilitate.core.people import Person
from plfacilitate.core.presence import Presence
from plfacilitate.core.refusal import Refusal, Refused
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.door import walk_in
from plfacilitate.front.door.doubts import doubts
from plfacilitate.front.door.limits import Limits
from plfacilitate.front.door.pages import MOST_LETTERS, Pages, Shown, shown
from plfacilitate.front.door.passes import Passes
from plfacilitate.front.door.room import LETTERS, Room
from plfacilitate.front.door.tickets import Admission, Gate
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.front.door.writer import Writer
from plfacilitate.seal.tickets import entry_id
from plfacilitate.steps.capture import Hand


@dataclass(slots=True)
class Reception:
    """The door's desk. One a process; everything in it belongs to the loop's thread."""

    room: Room
    writer: Writer
    passes: Passes
    gate: Gate
    hand: Hand
    pages: Pages
    limits: Limits
    changes: int = 0

    # -- coming ----------------------------------------------------------------------------------------------------------

    async def start(self, visit: Visit) -> Answer:
        """The bare address: scan the code, or type the letters; a phone that was here sees its own state."""
        no = self._shut()
        if no is not None:
            return no
        return Answer(self.pages.notice("start", greeting=self._greeting(visit), spoken=True))

    async def nothing(self, visit: Visit) -> Answer:
        """An address that is none."""
        return Answer(self.pages.notice("nothing"), 404)

    async def arrive(self, visit: Visit) -> Answer:
        """A scanned code, traded for a ticket."""
        now = self.hand.clock()
        no = self._shut()
        if no is not None:
            return no
        if self.limits.wrong_codes.full(visit.address, now):
            return Answer(self.pages.notice("wait"), 429)
        ticket = self.gate.admit(visit.code, now, self.hand.chance)
        if ticket is None:
            self.limits.wrong_codes.count(visit.address, now)
            return Answer(self.pages.notice("scan", spoken=True), 410)
        return self._welcome(visit, ticket)

    async def spoken(self, visit: Visit) -> Answer:
        """The six letters, traded for a ticket."""
        now = self.hand.clock()
        no = self._shut()
        if no is not None:
            return no
        if self.limits.wrong_spoken.full("", now):
            return Answer(self.pages.notice("wait"), 429)
        ticket = self.gate.admit_spoken(visit.fields.get("code", "")[:MOST_LETTERS], now, self.hand.chance)
        if ticket is None:
            self.limits.wrong_spoken.count("", now)
            return Answer(self.pages.notice("scan", spoken=True), 410)
        return self._welcome(visit, ticket)

    def _welcome(self, visit: Visit, ticket: str) -> Answer:
        person = self._known_phone(visit)
        if person is None:
            return Answer(self.pages.search(ticket))
        return Answer(self._person_page(ticket, person, first=plain(person.first_name or person.last_name)))

    # -- choosing --------------------------------------------------------------------------------------------------------

    async def find(self, visit: Visit) -> Answer:
        """People whose names begin with what was typed."""
        admission = self._admission(visit)
        if isinstance(admission, Answer):
            return admission
        typed = tidy(visit.fields.get("q", ""))[:MOST_LETTERS]
        if not typed:
            return Answer(self.pages.search(admission.text))
        now = self.hand.clock()
        if self.limits.searches.full(admission.mark, now):
            return Answer(self.pages.notice("wait"), 429)
        self.limits.searches.count(admission.mark, now)
        await self._fresh_search()
        found = self.room.find(typed)
        words = self.pages.words
        hint = "" if found else words["too_short" if len(typed) < LETTERS else "none_found"]
        return Answer(self.pages.search(admission.text, typed=typed, found=shown(found), hint=hint))

    async def choose(self, visit: Visit) -> Answer:
        """The chosen person: sign in, or leave."""
        admission = self._admission(visit)
        if isinstance(admission, Answer):
            return admission
        person = await self._chosen(visit)
        if person is None:
            return Answer(self.pages.notice("unknown"), 404)
        return Answer(self._person_page(admission.text, person))

    def _person_page(self, ticket: str, person: Person, *, first: str = "") -> bytes:
        presence = self.room.presence(person.id)
        time = self.pages.time
        since = time(presence.stays[-1].came.at) if presence.is_in else ""
        left = time(presence.last_out) if presence.last_out else ""
        who = Shown(person.id, "") if first else shown([person, *self.room.namesakes(person)])[0]
        return self.pages.person(ticket, who, first=first, since=since, left=left)

    # -- signing ---------------------------------------------------------------------------------------------------------

    async def sign_in(self, visit: Visit) -> Answer:
        """In. A resend finds the person in, or finds its own entry, and gets the same page."""
        admission = self._admission(visit)
        if isinstance(admission, Answer):
            return admission
        person = await self._chosen(visit)
        if person is None:
            return Answer(self.pages.notice("unknown"), 404)
        presence = self.room.presence(person.id)
        if presence.is_in:
            return self._is_in(admission, person, presence)
        draft = self.hand.draft(
            "sign-in",
            event=self.room.event_id,
            person=person.id,
            body={"ticket": admission.mark},
            entry_id=entry_id(admission.ticket, person.id, "sign-in"),
        )
        flags = doubts(self.hand, self.room, admission, draft, self._holder(visit))
        try:
            outcomes = await self.writer.append([draft, *flags])
        except Refused:
            return Answer(self.pages.notice("not_saved"), 503)
        if outcomes[0].status != "new":
            presence = self.room.presence(person.id)
            return self._is_in(admission, person, presence) if presence.is_in else self._used()
        return self._now_in(visit, admission, person, draft.happened_at)

    async def sign_out(self, visit: Visit) -> Answer:
        """Out; never before in."""
        admission = self._admission(visit)
        if isinstance(admission, Answer):
            return admission
        person = await self._chosen(visit)
        if person is None:
            return Answer(self.pages.notice("unknown"), 404)
        presence = self.room.presence(person.id)
        if not presence.is_in:
            return self._is_out(person, presence)
        # A clock that was put back would have them leave before they came.
        at = max(self.hand.clock(), presence.stays[-1].came.at)
        draft = self.hand.draft(
            "sign-out",
            event=self.room.event_id,
            person=person.id,
            at=at,
            body={"ticket": admission.mark},
            entry_id=entry_id(admission.ticket, person.id, "sign-out"),
        )
        flags = doubts(self.hand, self.room, admission, draft, self._holder(visit))
        try:
            outcomes = await self.writer.append([draft, *flags])
        except Refused:
            return Answer(self.pages.notice("not_saved"), 503)
        presence = self.room.presence(person.id)
        if outcomes[0].status != "new" and presence.is_in:
            return self._used()
        return self._is_out(person, presence, at)

    def _is_in(self, admission: Admission, person: Person, presence: Presence) -> Answer:
        came = presence.stays[-1].came
        resent = came.entry == entry_id(admission.ticket, person.id, "sign-in")
        return Answer(self.pages.signed_in(plain(person.spoken), came.at, before=not resent))

    def _now_in(
        self, visit: Visit, admission: Admission, person: Person, at: datetime, *, new_here: bool = False
    ) -> Answer:
        """The page, and a pass for a phone that has none."""
        cookie = "" if self._holder(visit) else self.passes.give(admission.nonce, person.id)
        return Answer(self.pages.signed_in(plain(person.spoken), at, walk_in=new_here), cookie=cookie)

    def _is_out(self, person: Person, presence: Presence, at: datetime | None = None) -> Answer:
        left = at or presence.last_out
        if left is None:
            return Answer(self.pages.notice("before"), 409)
        stays = [(stay.came.at, stay.left.at) for stay in presence.stays if stay.left is not None]
        return Answer(self.pages.signed_out(plain(person.spoken), left, stays))

    # -- not on the list -------------------------------------------------------------------------------------------------

    async def new(self, visit: Visit) -> Answer:
        """The form for who is not on the list; what was searched for is filled in."""
        admission = self._admission(visit)
        if isinstance(admission, Answer):
            return admission
        return Answer(self.pages.new(admission.text, walk_in.guess(visit.fields.get("q", "")[:MOST_LETTERS])))

    async def add(self, visit: Visit) -> Answer:
        """Write them down and sign them in, in one transaction; once, however often the form comes."""
        admission = self._admission(visit)
        if isinstance(admission, Answer):
            return admission
        values = walk_in.values(visit.fields)
        faults = walk_in.faults(values, self.pages.words)
        if faults:
            return Answer(self.pages.new(admission.text, values, faults=faults), 422)
        person = walk_in.person(admission.ticket, values)
        await self._fresh_search()
        known = self.room.person(person.id)
        if known is not None:
            person = replace(person, id=known.id)
        elif not visit.fields.get("sure"):
            alike = self.room.alike(person.last_name, person.first_name)
            if alike:
                return Answer(self.pages.new(admission.text, values, alike=shown(alike)))
        return await self._add(visit, admission, person, known, values)

    async def _add(
        self, visit: Visit, admission: Admission, person: Person, known: Person | None, values: Mapping[str, str]
    ) -> Answer:
        presence = self.room.presence(person.id)
        if presence.is_in:
            return self._is_in(admission, known or person, presence)
        drafts = walk_in.drafts(self.hand, self.room, admission, person, known)
        sign_in = next(draft for draft in drafts if draft.kind == "sign-in")
        flags = doubts(self.hand, self.room, admission, sign_in, self._holder(visit))
        try:
            outcomes = await self.writer.append([*drafts, *flags])
        except Refused:
            return Answer(self.pages.notice("not_saved"), 503)
        self.room.remember(known or person)
        if outcomes[drafts.index(sign_in)].status != "new":
            presence = self.room.presence(person.id)
            return self._is_in(admission, known or person, presence) if presence.is_in else self._used()
        return self._now_in(visit, admission, known or person, sign_in.happened_at, new_here=known is None)

    # -- shared ----------------------------------------------------------------------------------------------------------

    def _admission(self, visit: Visit) -> Admission | Answer:
        """The ticket of a form, or the page that says why it is no good."""
        no = self._shut()
        if no is not None:
            return no
        found = self.gate.check(visit.fields.get("t", ""), self.hand.clock())
        if isinstance(found, Refusal):
            return Answer(self.pages.notice("scan_form"), 410 if found.code == "ticket-expired" else 403)
        return found

    def _shut(self) -> Answer | None:
        """The page for an event that nobody can sign in to now; None while it is open."""
        self.refresh()
        event = self.room.event
        if event.closed_at is not None:
            return Answer(self.pages.notice("closed", time=self.pages.time(event.closed_at)), 403)
        if event.opened_at is None:
            return Answer(self.pages.notice("not_open"), 403)
        return None

    def refresh(self) -> None:
        """Take in what others wrote; new pages where the event has another title or place now."""
        if self.room.behind or not self.writer.telling:  # what the door itself wrote need not be read
            self.room.refresh()
        if self.room.changes != self.changes:
            self.changes = self.room.changes
            self.pages = Pages(self.room.event, self.pages.words)

    async def _chosen(self, visit: Visit) -> Person | None:
        """The person whom a form names; None where nobody has that id."""
        chosen = visit.fields.get("p", "")
        person = self.room.person(chosen)
        if person is None and self.room.stale:  # somebody may have written them down a moment ago
            await self._fresh_search()
            person = self.room.person(chosen)
        return person

    async def _fresh_search(self) -> None:
        if not self.room.stale:
            return
        self.room.stale = False
        try:
            await self.writer.tidy()
        except Refused:
            self.room.stale = True
        else:
            self.room.forget()

    def _used(self) -> Answer:
        return Answer(self.pages.notice("scan_used"), 409)

    def _holder(self, visit: Visit) -> str | None:
        """The id of the person whose phone this is."""
        holder = self.passes.holder(visit.cookie(self.passes.cookie)) if visit.cookies else None
        return self.room.read_as(holder) if holder else None

    def _known_phone(self, visit: Visit) -> Person | None:
        holder = self._holder(visit)
        return self.room.person(holder) if holder else None

    def _greeting(self, visit: Visit) -> str:
        person = self._known_phone(visit)
        if person is None:
            return ""
        presence, name = self.room.presence(person.id), plain(person.first_name or person.last_name)
        if presence.is_in:
            return self.pages.words["pass_in"].format(name=name, time=self.pages.time(presence.stays[-1].came.at))
        if presence.last_out is not None:
            return self.pages.words["pass_out"].format(name=name, time=self.pages.time(presence.last_out))
        return self.pages.words["hello"].format(name=name)
