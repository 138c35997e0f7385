"""Form tickets of the door: what a page carries so that a slow typist is never turned away.

Owns the bytes of a ticket and what makes it good. Never keeps one: whatever is needed stands in its 56 letters.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta

from plfacilitate.core.entry import Chance, stable_id
from plfacilitate.core.refusal import Refusal

NONCE_BYTES = 16
LETTERS = 56  # 24 bytes of facts and 18 of signature, without a spare bit
_FACTS = struct.Struct(">II16s")
_EXPIRED = Refusal("ticket-expired", {})
_FOREIGN = Refusal("ticket-foreign", {})


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket that is ours. Moments in seconds since 1970 by the laptop's clock.

    `from_future` = it was signed later than now: the laptop's clock went back meanwhile. It is good all the same.
    """

    nonce: bytes
    issued_at: int
    expires_at: int
    from_future: bool = False


def issue(secret: bytes, event: str, purpose: str, now: datetime, lifetime: timedelta, chance: Chance) -> str:
    """A ticket for one form of one event, as 56 letters that an address or a form field can carry."""
    at = int(now.timestamp())
    facts = _FACTS.pack(at, at + int(lifetime.total_seconds()), chance(NONCE_BYTES))
    return base64.urlsafe_b64encode(facts + _seal(secret, facts, event, purpose)).decode()


def check(secret: bytes, text: str, event: str, purpose: str, now: datetime) -> Ticket | Refusal:
    """The ticket, or why not: Refusal `ticket-expired`, or `ticket-foreign` (another event or purpose, or not ours)."""
    if len(text) != LETTERS or not text.isascii():
        return _FOREIGN
    try:
        data = base64.urlsafe_b64decode(text)
    except binascii.Error:
        return _FOREIGN
    facts = data[: _FACTS.size]
    if not hmac.compare_digest(data[_FACTS.size :], _seal(secret, facts, event, purpose)):
        return _FOREIGN
    issued_at, expires_at, nonce = _FACTS.unpack(facts)
    at = int(now.timestamp())
    if at > expires_at:
        return _EXPIRED
    return Ticket(nonce, issued_at, expires_at, issued_at > at)


def entry_id(ticket: Ticket, person: str, purpose: str) -> str:
    """The id of what a ticket does for a person: the same post sent again is the same entry."""
    return stable_id("door", ticket.nonce.hex(), person, purpose)


def _seal(secret: bytes, facts: bytes, event: str, purpose: str) -> bytes:
    # The length keeps an event that ends like a purpose from being taken for another pair.
    return hmac.digest(secret, b"%bticket %d %b%b" % (facts, len(event), event.encode(), purpose.encode()), "sha256")[
        :18
    ]
