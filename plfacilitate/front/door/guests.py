"""Who takes part from a phone: somebody who is in, by a ticket that lasts the day, and the number of what they give.

Owns those two checks for every page on which people in the room are asked for something. Keeps the numbers in memory
only, and in the person's own phone: nothing on the disk says whose a ballot is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refusal
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.visits import Answer, Visit


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is in the room, with the ticket that says so."""

    person: Person
    ticket: str


async def guest_of(desk: Reception, visit: Visit, *, coming: bool = False) -> Guest | Answer:
    """Who this is, by a ticket of these pages and only while they are in; `coming` = that of the page before does too."""
    no = desk.shut(visit)
    if no is not None:
        return no
    now, text = desk.hand.clock(), visit.fields.get("l", "")
    if text or not coming:
        found = desk.gate.check_guest(text, visit.fields.get("p", ""), now)
        if isinstance(found, Refusal):
            return desk.notice(visit, "scan_form", 410 if found.code == "ticket-expired" else 403)
    else:
        admission = desk.admission(visit)
        if isinstance(admission, Answer):
            return admission
    person = await desk.named(visit)
    if isinstance(person, Answer):
        return person
    if not desk.room.presence(person.id).is_in:
        return desk.notice(visit, "not_in", 409)
    return Guest(person, text or desk.gate.guest(visit.fields.get("p", ""), now, desk.hand.chance))


@dataclass(slots=True)
class Numbers:
    """The number under which somebody's ballot of a round lies, so that a second one replaces the first.

    What a door that began anew has forgotten the person's own phone knows by a cookie, which it sends below `path`. Any
    other phone of theirs can look, and is told that their ballot is in.
    """

    desk: Reception
    path: str
    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, visit: Visit, person: str, round_id: str) -> tuple[str, str]:
        """The signed number, and the cookie that lets their own phone keep it when the door begins anew."""
        name = f"dots_{hashlib.sha256(f'{person} {round_id}'.encode()).hexdigest()[:12]}"
        now, place, gate = self.desk.hand.clock(), (person, round_id), self.desk.gate
        number = visit.cookie(name)  # before what was kept: it may be older than this door
        if gate.check_dots(number, round_id, now) is None:
            number = self.kept.get(place) or gate.dots(round_id, now, self.desk.hand.chance)
        self.kept.setdefault(place, number)
        return number, f"{name}={number}; Max-Age=43200; Path={self.path}; HttpOnly; SameSite=Lax"

    def mark(self, person: str, round_id: str) -> str:
        """What stands for them beside the ballots of a round, so that they have one there."""
        return self.desk.gate.voter(person, round_id)

    def check(self, text: str, round_id: str) -> str | None:
        """The number that a ballot lies under; None where it is not ours, too old, or of another round."""
        return self.desk.gate.check_dots(text, round_id, self.desk.hand.clock())
