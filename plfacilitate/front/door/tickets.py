"""From a code on the screen to a form ticket, and back.

Owns how late a code may come and what a ticket remembers of it: the number of steps stands behind the ticket, and the
ticket's purpose says the same, so nobody can change it. Never keeps a list of tickets.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from plfacilitate.core.entry import Chance
from plfacilitate.core.refusal import Refusal
from plfacilitate.seal import codes, tickets

LIFETIME = timedelta(minutes=15)
FAREWELL = timedelta(hours=12)  # who is out may read and answer in peace; it opens nothing but that person's own record
LATEST_STEPS = 10  # a code five minutes old still opens the page
FLAGGED_STEPS = 2  # but from a minute on with a doubt: somebody may have sent a photograph of it
SPOKEN_LATEST = 1


@dataclass(frozen=True, slots=True)
class Admission:
    """A good ticket: its nonce, its text for the next form, and how late its code came (0 = in time).

    `behind` = the laptop's clock went back since the code was shown or the ticket was signed.
    """

    text: str
    nonce: bytes
    late_steps: int
    behind: bool
    ticket: tickets.Ticket

    @property
    def mark(self) -> str:
        """What an entry says of the ticket that it came by: enough to see that two came by one."""
        return self.nonce[:8].hex()


@dataclass(frozen=True, slots=True)
class Gate:
    """The secret and the event that codes and tickets are good for."""

    secret: bytes
    event: str

    def admit(self, code: str, now: datetime, chance: Chance) -> str | None:
        """A ticket for a code from the QR; None for a wrong or old one."""
        return self._issue(codes.code_check(self.secret, self.event, code, now, LATEST_STEPS), now, chance)

    def admit_spoken(self, code: str, now: datetime, chance: Chance) -> str | None:
        """A ticket for the six letters; None for wrong or old ones. They stand for ten minutes, so none is late."""
        late = codes.spoken_check(self.secret, self.event, code, now, SPOKEN_LATEST)
        return self._issue(None if late is None else min(late, 0), now, chance)

    def _issue(self, late: int | None, now: datetime, chance: Chance) -> str | None:
        if late is None:
            return None
        suffix = f"~{late}" if late < 0 or late >= FLAGGED_STEPS else ""
        return tickets.issue(self.secret, self.event, f"form{suffix}", now, LIFETIME, chance) + suffix

    def check(self, text: str, now: datetime) -> Admission | Refusal:
        """What a form's ticket says; its Refusal where it is no good any more or never was."""
        ticket_text, tilde, steps = text.partition("~")
        found = tickets.check(self.secret, ticket_text, self.event, f"form{tilde}{steps}", now)
        if isinstance(found, Refusal):
            return found
        late = int(steps) if steps else 0
        return Admission(text, found.nonce, max(late, 0), late < 0 or found.from_future, found)

    # -- leaving: what a phone gets that has just signed somebody out ---------------------------------------------------

    def farewell(self, person: str, now: datetime, chance: Chance) -> str:
        """A ticket for this person's own hours, questions and record."""
        return tickets.issue(self.secret, self.event, f"farewell {person}", now, FAREWELL, chance)

    def check_farewell(self, text: str, person: str, now: datetime) -> tickets.Ticket | Refusal:
        """What such a ticket says, for that person only."""
        return tickets.check(self.secret, text, self.event, f"farewell {person}", now)

    # -- POP-ups and polls -----------------------------------------------------------------------------------------------

    def guest(self, person: str, now: datetime, chance: Chance) -> str:
        """A ticket for what people in the room are asked for, for somebody who is in."""
        return tickets.issue(self.secret, self.event, f"popup {person}", now, FAREWELL, chance)

    def check_guest(self, text: str, person: str, now: datetime) -> tickets.Ticket | Refusal:
        """What such a ticket says, for that person only."""
        return tickets.check(self.secret, text, self.event, f"popup {person}", now)

    def slip(self, now: datetime, chance: Chance) -> str:
        """The random number of one form, signed: it says nothing of who gets it."""
        return tickets.issue(self.secret, self.event, "slip", now, FAREWELL, chance)

    def check_slip(self, text: str, now: datetime) -> str | None:
        """The number of such a form; None where it is not ours or too old."""
        found = tickets.check(self.secret, text, self.event, "slip", now)
        return None if isinstance(found, Refusal) else found.nonce.hex()

    def dots(self, round_id: str, now: datetime, chance: Chance) -> str:
        """The random number of what somebody gives in one round, signed: it says nothing of whose it is."""
        return tickets.issue(self.secret, self.event, f"dots {round_id}", now, FAREWELL, chance)

    def check_dots(self, text: str, round_id: str, now: datetime) -> str | None:
        """The number that it lies under; None where it is not ours, too old, or of another round."""
        found = tickets.check(self.secret, text, self.event, f"dots {round_id}", now)
        return None if isinstance(found, Refusal) else found.nonce.hex()

    def voter(self, person: str, round_id: str) -> str:
        """What stands for a person in the box of one vote: who has not the door's secret can't tell whose it is."""
        return hmac.digest(self.secret, f"voter {round_id} {person}".encode(), "sha256").hex()[:32]

    # -- questions -------------------------------------------------------------------------------------------------------

    def ballot(self, now: datetime, chance: Chance) -> str:
        """The random number of one set of questions, signed: it says nothing of who gets it."""
        return tickets.issue(self.secret, self.event, "ballot", now, FAREWELL, chance)

    def check_ballot(self, text: str, now: datetime) -> str | None:
        """The number that a ballot lies under; None where the form is not ours or too old."""
        found = tickets.check(self.secret, text, self.event, "ballot", now)
        return None if isinstance(found, Refusal) else found.nonce.hex()
