"""In: the sign-in itself, the signature that goes with the first of an offering, and who is not on the list.

Owns what is written when somebody comes. Never says "you are in" before the writer has said that it is durable; doubts
become flags and stop nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from plfacilitate.core.entry import Draft
from plfacilitate.core.people import Person, is_email
from plfacilitate.core.presence import Presence
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import MOST_LETTERS, plain, tidy
from plfacilitate.front.door import walk_in
from plfacilitate.front.door.doubts import doubts
from plfacilitate.front.door.pages import shown
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.signatures import signature
from plfacilitate.front.door.tickets import Admission
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.front.door.words import FAULTS
from plfacilitate.seal.tickets import entry_id


@dataclass(frozen=True, slots=True)
class Signing:
    """The steps that sign somebody in."""

    desk: Reception

    async def sign_in(self, visit: Visit) -> Answer:
        """In. A resend finds the person in, or finds its own entry, and gets the same page."""
        admission = self.desk.admission(visit)
        if isinstance(admission, Answer):
            return admission
        person = await self.desk.named(visit)
        if isinstance(person, Answer):
            return person
        async with self.desk.turns.of(person.id):
            return await self._chosen(visit, admission, person)

    async def _chosen(self, visit: Visit, admission: Admission, person: Person) -> Answer:
        presence = self.desk.room.presence(person.id)
        if presence.is_in:
            return self._is_in(visit, admission, person, presence)
        typed = tidy(visit.fields.get("email", ""))
        wrong = bool(typed) and not is_email(typed)
        if visit.switched or wrong:
            faults = {"email": self.desk.pages(visit).say(FAULTS["email_odd"])} if wrong else {}
            page = self.desk.person_page(visit, admission.text, person, faults=faults)
            return Answer(page, 422 if wrong and not visit.switched else 200)
        return await self._sign_in(visit, admission, person, typed)

    async def _sign_in(self, visit: Visit, admission: Admission, person: Person, email: str) -> Answer:
        hand, room = self.desk.hand, self.desk.room
        draft = hand.draft(
            "sign-in",
            event=room.event_id,
            person=person.id,
            body={"ticket": admission.mark, **({"initial": True} if room.has_signed(person.id) else {})},
            entry_id=entry_id(admission.ticket, person.id, "sign-in"),
        )
        flags = doubts(hand, room, admission, draft, self.desk.holder(visit))
        more = self._signature(visit, admission, person, draft) if room.signs(person.id) else []
        more += self._email(admission, person, email)
        try:
            outcomes = await self.desk.writer.append([draft, *flags, *more])
        except Refused:
            return self.desk.notice(visit, "not_saved", 503)
        if outcomes[0].status != "new":
            presence = room.presence(person.id)
            if not presence.is_in:
                return self.desk.notice(visit, "scan_used", 409)
            return self._is_in(visit, admission, person, presence)
        return self._now_in(visit, admission, person, draft.happened_at)

    def _signature(self, visit: Visit, admission: Admission, person: Person, sign_in: Draft) -> list[Draft]:
        event = self.desk.room.event
        return signature(self.desk.hand, event, person, admission.ticket, visit.fields, sign_in.id)

    def _email(self, admission: Admission, person: Person, email: str) -> list[Draft]:
        """Another e-mail than the one we hold: the new one counts, and the facilitator is shown that it changed."""
        if not email or email.casefold() == person.email.casefold():
            return []
        hand, ticket = self.desk.hand, admission.ticket
        changed = hand.draft(
            "person",
            person=person.id,
            body={"fields": {"email": email}, "reason": "typed at the door"},
            replaces=self.desk.room.heads(person.id) if person.email else (),
            entry_id=entry_id(ticket, person.id, f"email {email}"),
        )
        if not person.email:
            return [changed]
        body = {"code": "email-changed", "text": "Another e-mail was typed at the door.", "about": [changed.id]}
        system = replace(hand, means="system")
        flag_id = entry_id(ticket, changed.id, "email-changed")
        event = self.desk.room.event_id
        return [changed, system.draft("flag", event=event, person=person.id, body=body, entry_id=flag_id)]

    def _is_in(self, visit: Visit, admission: Admission, person: Person, presence: Presence) -> Answer:
        came = presence.stays[-1].came
        resent = came.entry == entry_id(admission.ticket, person.id, "sign-in")
        cookie = self.desk.passes.give_again(admission.nonce, person.id, visit.address) if resent else ""
        return Answer(self._page(visit, admission, person, came.at, before=not resent), cookie=cookie)

    def _now_in(
        self, visit: Visit, admission: Admission, person: Person, at: datetime, *, new_here: bool = False
    ) -> Answer:
        """The page, and a pass for a phone that has none."""
        known = self.desk.holder(visit)
        cookie = "" if known else self.desk.passes.give(admission.nonce, person.id, visit.address)
        return Answer(self._page(visit, admission, person, at, new_here=new_here), cookie=cookie)

    def _page(
        self, visit: Visit, admission: Admission, person: Person, at: datetime, *, before: bool = False,
        new_here: bool = False,
    ) -> bytes:  # fmt: skip
        asks, gate, hand = self.desk.room.asks, self.desk.gate, self.desk.hand
        return self.desk.pages(visit).signed_in(
            plain(person.spoken), at, ticket=admission.text, person=person.id, before=before, walk_in=new_here,
            asks=asks, guest=gate.guest(person.id, hand.clock(), hand.chance) if asks else "",
        )  # fmt: skip

    # -- not on the list -------------------------------------------------------------------------------------------------

    async def new(self, visit: Visit) -> Answer:
        """The form for who is not on the list; what was searched for is filled in."""
        admission = self.desk.admission(visit)
        if isinstance(admission, Answer):
            return admission
        guessed = walk_in.guess(visit.fields.get("q", "")[:MOST_LETTERS])
        return Answer(self.desk.pages(visit).new(admission.text, guessed))

    async def add(self, visit: Visit) -> Answer:
        """Write them down and sign them in, in one transaction; once, however often the form comes."""
        admission = self.desk.admission(visit)
        if isinstance(admission, Answer):
            return admission
        pages = self.desk.pages(visit)
        values = walk_in.values(visit.fields)
        signed = {"signed": tidy(visit.fields.get("signed", ""))}
        if visit.switched:
            return Answer(pages.new(admission.text, values | signed))
        faults = {name: pages.say(FAULTS[code], most=MOST_LETTERS) for name, code in walk_in.faults(values).items()}
        if faults:
            return Answer(pages.new(admission.text, values | signed, faults=faults), 422)
        person = walk_in.person(admission.ticket, values)
        async with self.desk.turns.of(person.id):
            return await self._known_or_new(visit, admission, person, values | signed)

    async def _known_or_new(
        self, visit: Visit, admission: Admission, person: Person, typed: Mapping[str, str]
    ) -> Answer:
        await self.desk.fresh_search()
        room = self.desk.room
        known = room.person(person.id)
        if known is not None:
            person = replace(person, id=known.id)
        elif not visit.fields.get("sure"):
            alike = room.alike(person.last_name, person.first_name)
            if alike:
                return Answer(self.desk.pages(visit).new(admission.text, typed, alike=shown(alike)))
        return await self._add(visit, admission, person, known)

    async def _add(self, visit: Visit, admission: Admission, person: Person, known: Person | None) -> Answer:
        room, hand = self.desk.room, self.desk.hand
        presence = room.presence(person.id)
        if presence.is_in:
            return self._is_in(visit, admission, known or person, presence)
        drafts = walk_in.drafts(hand, room, admission, person, known)
        sign_in = next(draft for draft in drafts if draft.kind == "sign-in")
        flags = doubts(hand, room, admission, sign_in, self.desk.holder(visit))
        if room.signs(person.id):
            flags += self._signature(visit, admission, person, sign_in)
        try:
            outcomes = await self.desk.writer.append([*drafts, *flags])
        except Refused:
            return self.desk.notice(visit, "not_saved", 503)
        room.remember(known or person)
        if outcomes[drafts.index(sign_in)].status != "new":
            presence = room.presence(person.id)
            if not presence.is_in:
                return self.desk.notice(visit, "scan_used", 409)
            return self._is_in(visit, admission, known or person, presence)
        return self._now_in(visit, admission, known or person, sign_in.happened_at, new_here=known is None)
