"""Which device is a kiosk: its pass, and the tickets of its forms.

Owns what a kiosk's cookie says (its name, its language) and that nobody can make one without the PIN. Never keeps a
list: door and kiosk go on after a restart.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from plfacilitate.core.entry import Chance
from plfacilitate.core.refusal import Refusal
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.door.languages import SOURCE
from plfacilitate.front.door.tickets import Admission
from plfacilitate.seal import tickets
from plfacilitate.seal.codes import pin_of

LIFETIME = timedelta(hours=24)  # a kiosk is set up in the morning and stands all day
MOST_NAME = 40
_FORM = "kiosk form"


@dataclass(frozen=True, slots=True)
class Device:
    """A kiosk. `mark` tells two of one name apart; `language` is the one that it returns to."""

    name: str
    language: str
    mark: str

    @property
    def by(self) -> str:
        """As entries name who recorded them."""
        return f"kiosk {self.name}"


@dataclass(frozen=True, slots=True)
class KioskPasses:
    """The secret and the event that kiosks are good for."""

    secret: bytes
    event: str

    @property
    def cookie(self) -> str:
        """The name of a kiosk's cookie."""
        return f"kiosk_{self.event[:8]}"

    def is_pin(self, typed: str) -> bool:
        """Whether this is the PIN; blanks between its digits are forgiven."""
        return hmac.compare_digest("".join(typed.split()).encode(), pin_of(self.secret, self.event).encode())

    def give(self, name: str, language: str, now: datetime, chance: Chance) -> str:
        """The Set-Cookie header that makes a device a kiosk."""
        said = f"{language or SOURCE} {plain(tidy(name))[:MOST_NAME]}"
        text = tickets.issue(self.secret, self.event, f"kiosk {said}", now, LIFETIME, chance)
        words = base64.urlsafe_b64encode(said.encode("utf-8", "replace")).decode().rstrip("=")
        return f"{self.cookie}={text}.{words}; Max-Age={int(LIFETIME.total_seconds())}; {_KEPT}"

    def take(self) -> str:
        """The Set-Cookie header that makes it one no longer."""
        return f"{self.cookie}=; Max-Age=0; {_KEPT}"

    def device(self, cookie: str, now: datetime) -> Device | None:
        """The kiosk whose cookie this is; None for every other device."""
        text, dot, words = cookie.partition(".")
        if not dot or len(words) > 8 * MOST_NAME:
            return None
        try:
            said = base64.urlsafe_b64decode(words + "=" * (-len(words) % 4)).decode()
        except (binascii.Error, ValueError):
            return None
        found = tickets.check(self.secret, text, self.event, f"kiosk {said}", now)
        if isinstance(found, Refusal):
            return None
        language, _, name = said.partition(" ")
        return Device(name, language, found.nonce.hex())

    def ticket(self, now: datetime, chance: Chance) -> str:
        """A ticket for the next form of a kiosk; it may stand on the screen for hours until somebody comes."""
        return tickets.issue(self.secret, self.event, _FORM, now, LIFETIME, chance)

    def check(self, text: str, now: datetime) -> Admission | None:
        """What a form's ticket says; None where it is no good."""
        found = tickets.check(self.secret, text, self.event, _FORM, now)
        return None if isinstance(found, Refusal) else Admission(text, found.nonce, 0, behind=False, ticket=found)


_KEPT = "Path=/; HttpOnly; SameSite=Strict"
