"""What happens at a kiosk: who scanned a badge or chose their name is signed in or out.

Owns the entries that a kiosk writes: `means` is kiosk and `by` names it. Many people use one kiosk, so no doubt is
raised for that. Never says "you are in" before it is durable.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from plfacilitate.core.entry import Draft
from plfacilitate.core.people import Person
from plfacilitate.core.presence import Presence
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import MOST_LETTERS, plain, tidy
from plfacilitate.front.door import walk_in
from plfacilitate.front.door.kiosk import NO_BADGE, Form, Kiosk
from plfacilitate.front.door.kiosk_leaving import KioskHours
from plfacilitate.front.door.kiosk_pages import HOME
from plfacilitate.front.door.pages import Again, shown
from plfacilitate.front.door.signatures import signature
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.front.door.words import FAULTS
from plfacilitate.seal.tickets import entry_id

TWICE = timedelta(minutes=2)  # a badge that is scanned again so soon was held too long: nobody leaves by that


@dataclass(frozen=True, slots=True)
class KioskSigning:
    """The steps on a kiosk that lead to an entry."""

    kiosk: Kiosk
    hours: KioskHours

    async def find(self, visit: Visit) -> Answer:
        """A name is looked for; a badge is enough by itself."""
        form = self.kiosk.form(visit)
        if isinstance(form, Answer):
            return form
        typed = tidy(visit.fields.get("q", ""))[:MOST_LETTERS]
        if not typed:
            return Answer(self.kiosk.start_page(visit, form.device))
        self.kiosk.leaving_now.pop(form.device.mark, None)
        await self.kiosk.desk.fresh_search()
        number = self.kiosk.badge(typed)
        if not number:
            return self.kiosk.listed(form, typed)
        person = self.kiosk.desk.room.by_badge(number)
        if person is None:
            return Answer(self.kiosk.start_page(visit, form.device, hint=NO_BADGE))
        async with self.kiosk.desk.turns.of(person.id):
            return await self._scanned(form, person)

    async def _scanned(self, form: Form, person: Person) -> Answer:
        room, now = self.kiosk.desk.room, self.kiosk.desk.hand.clock()
        presence = room.presence(person.id)
        if form.visit.switched:
            return self._person_page(form, person)
        if not presence.is_in:
            return await self._in(form, person, presence)
        if now - presence.stays[-1].came.at < TWICE:
            return self.kiosk.done(form.face, person, presence.stays[-1].came.at, before=True)
        return await self._out(form, person, presence) if room.ending(now) else self._person_page(form, person)

    async def choose(self, visit: Visit) -> Answer:
        """The chosen person: sign in, or leave."""
        found = await self._chosen(visit)
        return found if isinstance(found, Answer) else self._person_page(*found)

    async def sign_in(self, visit: Visit) -> Answer:
        """In."""
        return await self._marked(visit, self._in)

    async def sign_out(self, visit: Visit) -> Answer:
        """Out; never before in."""
        return await self._marked(visit, self._out)

    async def _chosen(self, visit: Visit) -> tuple[Form, Person] | Answer:
        form = self.kiosk.form(visit)
        if isinstance(form, Answer):
            return form
        person = await self.kiosk.named(form)
        return person if isinstance(person, Answer) else (form, person)

    async def _marked(self, visit: Visit, write: Callable[[Form, Person, Presence], Awaitable[Answer]]) -> Answer:
        """What was chosen is written, one form of a person after the other; a switched language writes nothing."""
        found = await self._chosen(visit)
        if isinstance(found, Answer):
            return found
        form, person = found
        if visit.switched:
            return self._person_page(form, person)
        async with self.kiosk.desk.turns.of(person.id):
            return await write(form, person, self.kiosk.desk.room.presence(person.id))

    # -- writing ---------------------------------------------------------------------------------------------------------

    async def _in(self, form: Form, person: Person, presence: Presence) -> Answer:
        room = self.kiosk.desk.room
        if presence.is_in:
            came = presence.stays[-1].came
            resent = came.entry == entry_id(form.admission.ticket, person.id, "sign-in")
            return self.kiosk.done(form.face, person, came.at, before=not resent)
        draft = self._mark(form, person, "sign-in")
        more = self._signature(form, person, draft) if room.signs(person.id) else []
        no = await self._append(form, [draft, *more])
        presence = room.presence(person.id)
        if no is not None or not presence.is_in:
            return no or self.kiosk.notice(form.visit, form.device, "again", 409)
        return self.kiosk.done(form.face, person, presence.stays[-1].came.at)

    async def _out(self, form: Form, person: Person, presence: Presence) -> Answer:
        if presence.is_in:
            # A clock that was put back would have them leave before they came.
            at = max(self.kiosk.desk.hand.clock(), presence.stays[-1].came.at)
            no = await self._append(form, [self._mark(form, person, "sign-out", at)])
            presence = self.kiosk.desk.room.presence(person.id)
            if no is not None or presence.is_in:
                return no or self.kiosk.notice(form.visit, form.device, "again", 409)
            self.kiosk.leaving_now[form.device.mark] = person.id
        if presence.last_out is None:
            return self.kiosk.notice(form.visit, form.device, "before", 409)
        if self.kiosk.leaving_now.get(form.device.mark) == person.id:
            return self.hours.ask(form.visit, person)
        return self.kiosk.done(form.face, person, presence.last_out, out=True)

    def _mark(self, form: Form, person: Person, kind: str, at: datetime | None = None) -> Draft:
        room, made = self.kiosk.desk.room, entry_id(form.admission.ticket, person.id, kind)
        return self.kiosk.hand(form.device).draft(kind, event=room.event_id, person=person.id, at=at, entry_id=made)

    def _signature(self, form: Form, person: Person, sign_in: Draft) -> list[Draft]:
        event = self.kiosk.desk.room.event
        ticket, fields = form.admission.ticket, form.visit.fields
        return signature(self.kiosk.hand(form.device), event, person, ticket, fields, sign_in.id)

    async def _append(self, form: Form, drafts: list[Draft]) -> Answer | None:
        """None = it is durable, or was already."""
        try:
            await self.kiosk.desk.writer.append(drafts)
        except Refused:
            return self.kiosk.notice(form.visit, form.device, "not_saved", 503)
        return None

    # -- not on the list -------------------------------------------------------------------------------------------------

    async def new(self, visit: Visit) -> Answer:
        """The form for who is not on the list; what was searched for is filled in."""
        form = self.kiosk.form(visit)
        if isinstance(form, Answer):
            return form
        return self._new_page(form, walk_in.guess(visit.fields.get("q", "")[:MOST_LETTERS]))

    async def add(self, visit: Visit) -> Answer:
        """Write them down and sign them in, in one transaction; once, however often the form comes."""
        form = self.kiosk.form(visit)
        if isinstance(form, Answer):
            return form
        typed = walk_in.values(visit.fields)
        say = form.face.pages.say
        faults = {name: say(FAULTS[code], most=MOST_LETTERS) for name, code in walk_in.faults(typed).items()}
        if visit.switched or faults:
            return self._new_page(form, typed, {} if visit.switched else faults, 200 if visit.switched else 422)
        person = walk_in.person(form.admission.ticket, typed)
        async with self.kiosk.desk.turns.of(person.id):
            return await self._known_or_new(form, person, typed)

    async def _known_or_new(self, form: Form, person: Person, typed: dict[str, str]) -> Answer:
        await self.kiosk.desk.fresh_search()
        room = self.kiosk.desk.room
        known = room.person(person.id)
        if known is None and not form.visit.fields.get("sure"):
            alike = room.alike(person.last_name, person.first_name)
            if alike:
                again = Again("post", f"{HOME}/find", {"t": form.admission.text, "q": person.spoken})
                values: dict[str, Any] = {
                    "found": shown(alike),
                    "typed": "",
                    "ticket": form.admission.text,
                    "again": again,
                }
                return Answer(form.face.show("kiosk_found", **values, sure=typed))
        return await self._add(form, replace(person, id=known.id) if known else person, known)

    async def _add(self, form: Form, person: Person, known: Person | None) -> Answer:
        room = self.kiosk.desk.room
        presence = room.presence(person.id)
        if presence.is_in:
            return await self._in(form, known or person, presence)
        drafts = walk_in.drafts(self.kiosk.hand(form.device), room, form.admission, person, known)
        sign_in = next(draft for draft in drafts if draft.kind == "sign-in")
        more = self._signature(form, person, sign_in) if room.signs(person.id) else []
        no = await self._append(form, [*drafts, *more])
        room.remember(known or person)
        presence = room.presence(person.id)
        if no is not None or not presence.is_in:
            return no or self.kiosk.notice(form.visit, form.device, "again", 409)
        return self.kiosk.done(form.face, known or person, presence.stays[-1].came.at, new_here=known is None)

    # -- pages -----------------------------------------------------------------------------------------------------------

    def _person_page(self, form: Form, person: Person) -> Answer:
        room, now = self.kiosk.desk.room, self.kiosk.desk.hand.clock()
        presence, pages = room.presence(person.id), form.face.pages
        values: dict[str, Any] = {
            "ticket": form.admission.text,
            "who": shown([person, *room.namesakes(person)])[0],
            "since": pages.time(presence.stays[-1].came.at) if presence.is_in else "",
            "left": pages.time(presence.last_out) if presence.last_out else "",
            "ending": room.ending(now),
            "signs": not presence.is_in and room.signs(person.id),
            "signed": plain(form.visit.fields.get("signed", "")[:MOST_LETTERS]),
            "again": Again("post", f"{HOME}/me", {"t": form.admission.text, "p": person.id}),
        }
        return Answer(form.face.show("kiosk_person", **values))

    def _new_page(
        self, form: Form, typed: dict[str, str], faults: dict[str, str] | None = None, status: int = 200
    ) -> Answer:
        shown_values = {name: plain(value) for name, value in typed.items()}
        shown_values["signed"] = plain(form.visit.fields.get("signed", "")[:MOST_LETTERS])
        values: dict[str, Any] = {"ticket": form.admission.text, "values": shown_values, "faults": faults or {}}
        signs = self.kiosk.desk.room.event.plan.wants_signature
        return Answer(form.face.show("kiosk_new", **values, signs=signs), status)
