"""The hours that one attests after leaving, fewer of them with a reason, and clock hours or credits.

Owns that form and the entries that come of it. Never touches a time: whatever is asked for, the sign-out stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plfacilitate.core.entry import Draft
from plfacilitate.core.line import Line
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Choice
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import MOST_LETTERS, plain, tidy
from plfacilitate.front.door.counting import count_of
from plfacilitate.front.door.farewell import CHOICES, Farewell, Guest, times
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.front.door.words import FAULTS
from plfacilitate.seal.tickets import entry_id

_HOURS = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?", re.ASCII)


@dataclass(slots=True)
class HoursAsked:
    """The hours of who is out."""

    desk: Reception
    farewell: Farewell
    withdrawn: Counter[str] = field(default_factory=Counter)  # how often a person took a wish back

    def ask(self, visit: Visit, person: Person) -> Answer:
        """The form for somebody who is out; where no hours were approved, what comes after it."""
        guest = self.farewell.welcome(visit, person)
        if self.desk.room.event.plan.approved_hundredths <= 0:
            return self.farewell.after_hours(visit, guest)
        return self._page(visit, guest, {}, {})

    async def say(self, visit: Visit) -> Answer:
        """The hours are right, or fewer are asked for; hours or credits."""
        guest = self.farewell.guest(visit)
        if isinstance(guest, Answer):
            return guest
        async with self.desk.turns.of(guest.person.id):
            return await self._say(visit, guest)

    async def _say(self, visit: Visit, guest: Guest) -> Answer:
        values = {name: tidy(visit.fields.get(name, ""))[:MOST_LETTERS] for name in ("hours", "reason", "choice")}
        line = self._line(guest.person)
        if visit.switched:
            return self._page(visit, guest, values, {})
        faults = self._faults(visit, line, values) if self._open else {}
        if faults:
            return self._page(visit, guest, values, faults, 422)
        try:
            await self.desk.writer.append(self._said(guest, line, values if self._open else {}))
        except Refused:
            return self.farewell.notice(visit, "not_saved", 503)
        return self._next(visit, guest, values)

    def _next(self, visit: Visit, guest: Guest, values: Mapping[str, str]) -> Answer:
        return self.farewell.after_hours(visit, guest)

    @property
    def _open(self) -> bool:
        """Whether wishes still count: nobody has approved the sheet."""
        return not self.desk.room.fold.facts("approved")

    def _choices(self) -> Sequence[Choice]:
        offered = self.desk.room.event.plan.choice
        return offered if len(offered) > 1 and self._open else ()

    def _line(self, person: Person) -> Line:
        return self.desk.room.credit(person, self.desk.hand.clock()).lines[0].line

    def _faults(self, visit: Visit, line: Line, values: Mapping[str, str]) -> dict[str, str]:
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
        return guest.hand.draft(kind, event=event, person=person, body=body, entry_id=made)

    def _page(
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
            "name": plain(guest.person.spoken),
            "step": self._step(visit, faults),
            "time": pages.time(presence.last_out or self.desk.hand.clock()),
            "stays": times(pages, presence),
            "early": self.farewell.early,
            "count": count_of(pages, line),
            "choices": [(one, pages.say(CHOICES[one])) for one in self._choices()],
            "changes": self._open,
            "values": {name: plain(value) for name, value in values.items()},
            "faults": faults,
        }
        return self.farewell.show(visit, "hours", sheet, status)

    def _step(self, visit: Visit, faults: Mapping[str, str]) -> str:
        """Which part of the form is shown; "" = all of it, or its beginning where it is shown in parts."""
        return ""


def _hundredths(text: str) -> int | None:
    """`4.5` or `4,5` → 450; None where no such number stands."""
    found = _HOURS.fullmatch(text)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None
