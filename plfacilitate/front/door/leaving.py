"""Out: the sign-out, durable before anything is asked.

Owns the step after a tap on *leaving now*. The hours that go with it are `hours_asked`, what follows is `farewell`.
Never signs out who is not in.
"""

from __future__ import annotations

from dataclasses import dataclass

from plfacilitate.core.entry import Draft
from plfacilitate.core.people import Person
from plfacilitate.core.presence import Presence
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.door.doubts import doubts
from plfacilitate.front.door.farewell import times
from plfacilitate.front.door.hours_asked import HoursAsked
from plfacilitate.front.door.pages import Again
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.tickets import Admission
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.seal.tickets import entry_id


@dataclass(frozen=True, slots=True)
class Leaving:
    """The step that signs somebody out."""

    desk: Reception
    hours: HoursAsked

    async def sign_out(self, visit: Visit) -> Answer:
        """Out; never before in."""
        desk = self.desk
        admission = desk.admission(visit)
        if isinstance(admission, Answer):
            return admission
        person = await desk.named(visit)
        if isinstance(person, Answer):
            return person
        async with desk.turns.of(person.id):
            return await self._chosen(visit, admission, person)

    async def _chosen(self, visit: Visit, admission: Admission, person: Person) -> Answer:
        desk = self.desk
        presence = desk.room.presence(person.id)
        if visit.switched and presence.is_in:
            return Answer(desk.person_page(visit, admission.text, person))
        if not presence.is_in:
            return self._is_out(visit, admission, person, presence)
        draft, flags = self._sign_out(visit, admission, person, presence)
        try:
            outcomes = await desk.writer.append([draft, *flags])
        except Refused:
            return desk.notice(visit, "not_saved", 503)
        presence = desk.room.presence(person.id)
        if outcomes[0].status != "new" and presence.is_in:
            return desk.notice(visit, "scan_used", 409)
        return self._is_out(visit, admission, person, presence)

    def _sign_out(
        self, visit: Visit, admission: Admission, person: Person, presence: Presence
    ) -> tuple[Draft, list[Draft]]:
        desk = self.desk
        draft = desk.hand.draft(
            "sign-out",
            event=desk.room.event_id,
            person=person.id,
            # A clock that was put back would have them leave before they came.
            at=max(desk.hand.clock(), presence.stays[-1].came.at),
            body={"ticket": admission.mark},
            entry_id=entry_id(admission.ticket, person.id, "sign-out"),
        )
        return draft, doubts(desk.hand, desk.room, admission, draft, desk.holder(visit))

    def _is_out(self, visit: Visit, admission: Admission, person: Person, presence: Presence) -> Answer:
        """The hours, to the phone that has signed them out or is theirs; to any other the time alone."""
        desk, left = self.desk, presence.last_out
        if left is None:
            return desk.notice(visit, "before", 409)
        by = presence.stays[-1].left
        own = by is not None and by.entry == entry_id(admission.ticket, person.id, "sign-out")
        if own or desk.holder(visit) == person.id:
            return self.hours.ask(visit, person)
        pages, again = desk.pages(visit), Again("post", "/out", {"t": admission.text, "p": person.id})
        return Answer(pages.out(plain(person.spoken), left, times(pages, presence), again))
