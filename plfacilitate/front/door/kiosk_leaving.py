"""Leaving at a kiosk: the phones' steps after a sign-out, one decision a page, and no record to take home.

Owns which part of the hours' form a kiosk shows and that only who still stands there sees it. Never shows hours to the
next person: once the kiosk has gone back to its start, an older form leads there too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plfacilitate.core.line import Line
from plfacilitate.front.door.farewell import Farewell, Guest
from plfacilitate.front.door.hours_asked import HoursAsked
from plfacilitate.front.door.kiosk import Kiosk
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.steps.capture import Hand

_STEPS = ("fewer", "choice")


@dataclass
class KioskFarewell(Farewell):
    """The questions at a kiosk, and the field for the next person in place of the record."""

    kiosk: Kiosk = field(kw_only=True)

    def guest(self, visit: Visit) -> Guest | Answer:
        """Who still stands at this kiosk; any other form leads to its start."""
        device = self.kiosk.device(visit)
        who, stands = super().guest(visit), self.kiosk.leaving_now.get(device.mark) if device else None
        if isinstance(who, Answer) or who.person.id != stands:
            return Answer(b"", 303, location=self.kiosk.face(visit, device).home)
        return who

    def hand(self, visit: Visit) -> Hand:
        """The kiosk's."""
        device = self.kiosk.device(visit)
        return self.kiosk.hand(device) if device else self.desk.hand

    def show(self, visit: Visit, what: str, sheet: Mapping[str, Any], status: int = 200) -> Answer:
        """The kiosk's own page, with a way to the next person."""
        face = self.kiosk.face(visit, self.kiosk.device(visit))
        return Answer(face.show(f"kiosk_{what}", **sheet, next_ticket=self.kiosk.ticket()), status)

    def notice(self, visit: Visit, what: str, status: int) -> Answer:
        """A page that says one thing and goes back."""
        return Answer(self.kiosk.face(visit, self.kiosk.device(visit)).notice(what, visit.again), status)

    def end(self, visit: Visit, guest: Guest) -> Answer:
        """Out, and nothing of theirs is left: the next person may come."""
        device, left = self.kiosk.device(visit), self.desk.room.presence(guest.person.id).last_out
        return self.kiosk.done(self.kiosk.face(visit, device), guest.person, left or self.desk.hand.clock(), out=True)


class KioskHours(HoursAsked):
    """The hours at a kiosk: they are right, or fewer with a reason; then clock hours or credits."""

    async def _say(self, visit: Visit, guest: Guest) -> Answer:
        if visit.fields.get("show"):  # another part of the form is asked for: nothing is said yet
            visit = visit._replace(switched=True)
        return await super()._say(visit, guest)

    def _faults(self, visit: Visit, line: Line, values: Mapping[str, str]) -> dict[str, str]:
        found = super()._faults(visit, line, values)
        found.pop("choice", None)  # it has a page of its own
        return found

    def _next(self, visit: Visit, guest: Guest, values: Mapping[str, str]) -> Answer:
        if self._choices() and values["choice"] not in self._choices():
            return self._page(visit._replace(fields={"step": "choice"}), guest, {}, {})
        return super()._next(visit, guest, values)

    def _step(self, visit: Visit, faults: Mapping[str, str]) -> str:
        asked = visit.fields.get("show") or visit.fields.get("step", "")
        return "fewer" if faults else asked if asked in _STEPS else ""
