"""Out: the sign-out, the hours that go with it, the questions at the end, and the page to take home.

Owns the steps after a tap on *leaving now*. The sign-out is durable before anything is asked; whatever is not answered
afterwards is simply not there. An answer to a question goes into the ballot box without a name and nowhere else.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from plfacilitate.core.entry import Draft
from plfacilitate.core.line import Line
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Choice
from plfacilitate.core.presence import Presence
from plfacilitate.core.refusal import Refusal, Refused
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.door.counting import count_of
from plfacilitate.front.door.doubts import doubts
from plfacilitate.front.door.languages import mark
from plfacilitate.front.door.pages import MOST_LETTERS, Again, long_day, masked
from plfacilitate.front.door.questions import answers_of, asked_in
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.tickets import Admission
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.front.door.words import FAULTS
from plfacilitate.seal.tickets import Ticket, entry_id
from plfacilitate.steps.evaluation import questions

Cast = Callable[[str, Mapping[str, str | int]], None]
"""Puts a ballot into the box: its number and its answers. Durable when it returns; raises Refused."""

_CHOICES: Mapping[Choice, str] = {
    "clock-hours": mark("Clock hours"),
    "quarter-credits": mark("Quarter credits from the college, instead of clock hours"),
}
_HOURS = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is out, with the ticket that says so."""

    person: Person
    ticket: Ticket
    text: str


@dataclass(slots=True)
class Leaving:
    """The steps that sign somebody out. Who was asked is kept in memory only, so that a reload is one ballot."""

    desk: Reception
    cast: Cast
    forms: dict[str, str] = field(default_factory=dict)  # person → the form they have open; gone once it is sent
    done: set[str] = field(default_factory=set)  # who has answered or did not want to
    withdrawn: Counter[str] = field(default_factory=Counter)  # how often a person took a wish back

    async def sign_out(self, visit: Visit) -> Answer:
        """Out; never before in."""
        desk = self.desk
        admission = desk.admission(visit)
        if isinstance(admission, Answer):
            return admission
        person = await desk.chosen(visit)
        if person is None:
            return desk.notice(visit, "unknown", 404)
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
        if not own and desk.holder(visit) != person.id:
            again = Again("post", "/out", {"t": admission.text, "p": person.id})
            return Answer(desk.pages(visit).out(plain(person.spoken), left, self._times(visit, presence), again))
        now = desk.hand.clock()
        text = desk.gate.farewell(person.id, now, desk.hand.chance)
        ticket = desk.gate.check_farewell(text, person.id, now)
        assert not isinstance(ticket, Refusal), "it was signed a moment ago"
        guest = Guest(person, ticket, text)
        if desk.room.event.plan.approved_hundredths <= 0:
            return self._next(visit, guest)
        return self._hours_page(visit, guest, {}, {})

    # -- hours -----------------------------------------------------------------------------------------------------------

    async def hours(self, visit: Visit) -> Answer:
        """The hours are right, or fewer are asked for; hours or credits."""
        guest = self._guest(visit)
        if isinstance(guest, Answer):
            return guest
        values = {name: tidy(visit.fields.get(name, ""))[:MOST_LETTERS] for name in ("hours", "reason", "choice")}
        line = self._line(guest.person)
        if visit.switched:
            return self._hours_page(visit, guest, values, {})
        faults = self._faults(visit, guest, line, values) if self._open else {}
        if faults:
            return self._hours_page(visit, guest, values, faults, 422)
        try:
            await self.desk.writer.append(self._said(guest, line, values if self._open else {}))
        except Refused:
            return self.desk.notice(visit, "not_saved", 503)
        return self._next(visit, guest)

    @property
    def _open(self) -> bool:
        """Whether wishes still count: nobody has approved the sheet."""
        return not self.desk.room.fold.facts("approved")

    def _choices(self) -> Sequence[Choice]:
        offered = self.desk.room.event.plan.choice
        return offered if len(offered) > 1 and self._open else ()

    def _faults(self, visit: Visit, guest: Guest, line: Line, values: Mapping[str, str]) -> dict[str, str]:
        say, found = self.desk.pages(visit).say, dict[str, str]()
        if self._choices() and values["choice"] not in self._choices():
            found["choice"] = say(FAULTS["choose"])
        asked = _hundredths(values["hours"])
        if values["hours"] and (asked is None or asked > line.eligible):
            found["hours"] = say(FAULTS["hours_odd"])
        elif asked is not None and asked < line.eligible and not values["reason"]:
            found["reason"] = say(FAULTS["reason_missing"])
        return found

    def _said(self, guest: Guest, line: Line, values: Mapping[str, str]) -> list[Draft]:
        """What the form says and the ledger does not say yet."""
        room, person = self.desk.room, guest.person.id
        drafts = []
        asked, before = _hundredths(values.get("hours", "")), room.fold.request(person)
        wish = (asked, values.get("reason", "")) if asked is not None and asked < line.eligible else None
        standing = before.entry if before else str(self.withdrawn[person] or "")
        if wish is not None and (before is None or (before.hundredths, before.reason) != wish):
            body = {"hundredths": wish[0], "reason": wish[1]}
            drafts.append(self._draft(guest, "request", body, f"request {wish} {standing}"))
        elif wish is None and before is not None and "hours" in values:
            body = {"undoes": before.entry, "reason": "asked for all hours at the door"}
            drafts.append(self._draft(guest, "undo", body, f"request none {standing}"))
            self.withdrawn[person] += 1
        choice, chosen = values.get("choice", ""), room.choice(person)
        if choice in self._choices() and (chosen is None or chosen.body.get("choice") != choice):
            body = {"offering": room.event.series, "choice": choice, "reason": "chosen at the door"}
            drafts.append(self._draft(guest, "choice", body, f"choice {choice} {chosen.id if chosen else ''}"))
        worth = min(line.eligible, wish[0]) if wish else line.eligible
        body = {"hundredths": worth, "minutes": line.minutes}
        last = room.fold.latest("attested", person)
        if last is None or dict(last.body) != body:
            drafts.append(self._draft(guest, "attested", body, f"attested {worth} {line.minutes} {last and last.id}"))
        return drafts

    def _draft(self, guest: Guest, kind: str, body: Mapping[str, object], purpose: str) -> Draft:
        event, person = self.desk.room.event_id, guest.person.id
        made = entry_id(guest.ticket, person, purpose)
        return self.desk.hand.draft(kind, event=event, person=person, body=body, entry_id=made)

    def _hours_page(
        self, visit: Visit, guest: Guest, values: Mapping[str, str], faults: Mapping[str, str], status: int = 200
    ) -> Answer:
        room, pages = self.desk.room, self.desk.pages(visit)
        presence, line = room.presence(guest.person.id), self._line(guest.person)
        asked, chosen = room.fold.request(guest.person.id), room.choice(guest.person.id)
        if not values:
            values = {"hours": hours_text(asked.hundredths), "reason": plain(asked.reason)} if asked else {}
            values = {**values, "choice": str(chosen.body.get("choice", ""))} if chosen else values
        sheet = {
            "ticket": guest.text,
            "person": guest.person.id,
            "time": pages.time(presence.last_out or self.desk.hand.clock()),
            "stays": self._times(visit, presence),
            "early": self._early,
            "count": count_of(pages, line),
            "choices": [(one, pages.say(_CHOICES[one])) for one in self._choices()],
            "changes": self._open,
            "values": {name: plain(value) for name, value in values.items()},
            "faults": faults,
        }
        return Answer(pages.hours(sheet), status)

    def _line(self, person: Person) -> Line:
        return self.desk.room.credit(person, self.desk.hand.clock()).lines[0].line

    @property
    def _early(self) -> bool:
        """Whether the session is still going on: then hours are so far, and no claim code is given."""
        event = self.desk.room.event
        return event.closed_at is None and self.desk.hand.clock() < self.desk.room.ends_at

    def _times(self, visit: Visit, presence: Presence) -> list[tuple[str, str]]:
        time = self.desk.pages(visit).time
        return [(time(stay.came.at), time(stay.left.at) if stay.left else "") for stay in presence.stays]

    # -- questions -------------------------------------------------------------------------------------------------------

    def _next(self, visit: Visit, guest: Guest) -> Answer:
        asked = questions(self.desk.room.event)
        if asked and guest.person.id not in self.done and self.desk.room.event.closed_at is None:
            return self._questions_page(visit, guest, {})
        return self._record_page(visit, guest)

    def _questions_page(self, visit: Visit, guest: Guest, values: Mapping[str, str]) -> Answer:
        desk = self.desk
        ballot = self.forms.setdefault(guest.person.id, desk.gate.ballot(desk.hand.clock(), desk.hand.chance))
        pages = desk.pages(visit)
        asked = asked_in(pages.speech, questions(desk.room.event))
        return Answer(pages.questions(guest.text, guest.person.id, ballot, asked, values))

    async def answers(self, visit: Visit) -> Answer:
        """The answers go into the box, and the record is shown."""
        guest = self._guest(visit)
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
                return self.desk.notice(visit, "not_saved", 503)
        self.forms.pop(guest.person.id, None)
        self.done.add(guest.person.id)
        return self._record_page(visit, guest)

    # -- the page to take home -------------------------------------------------------------------------------------------

    async def record(self, visit: Visit) -> Answer:
        """The page to take home; `save` = as a file."""
        guest = self._guest(visit)
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
            "stays": self._times(visit, room.presence(person.id)),
            "early": self._early,
            "count": count_of(pages, line) if counts else None,
            "asked": hours_text(asked.hundredths) if asked else "",
            "chosen": next((pages.say(text) for one, text in _CHOICES.items() if one == choice), ""),
            "rule": credit.office.rule,
            "claim": self._claim(person, line, now) if counts and not self._early else None,
            "mail": plain(masked(person.email)) if person.email else "",
            "correction": plain(credit.office.correction),
            "saved": saved,
            "again": Again("post", "/record", {"l": guest.text, "p": person.id}),
        }
        return Answer(pages.record(sheet), file=f"clock-hours-{event.day.isoformat()}.html" if saved else "")

    def _claim(self, person: Person, line: Line, now: datetime) -> dict[str, str] | None:
        """What to type into the platform; None while the hours are not settled."""
        event = self.desk.room.event
        if len(event.plan.sessions) > 1:
            line = self.desk.room.series_line(person, now)
        if line.status != "earned":
            return None
        platform = plain(str(event.office.get("platform", "")))
        return {"code": plain(event.claim_code), "platform": platform, "hours": hours_text(line.hundredths)}

    # -- shared ----------------------------------------------------------------------------------------------------------

    def _guest(self, visit: Visit) -> Guest | Answer:
        """Whose page this is; a closed event does not take it away from them."""
        self.desk.refresh()
        who, text = visit.fields.get("p", ""), visit.fields.get("l", "")
        found = self.desk.gate.check_farewell(text, who, self.desk.hand.clock())
        person = self.desk.room.person(who)
        if isinstance(found, Refusal) or person is None or not self.desk.room.presence(person.id).stays:
            return self.desk.notice(visit, "scan_form", 403)
        return Guest(person, found, text)


def _hundredths(text: str) -> int | None:
    """`4.5` or `4,5` → 450; None where no such number stands."""
    found = _HOURS.fullmatch(text)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None
