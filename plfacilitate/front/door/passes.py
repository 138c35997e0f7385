"""A phone that has been here: one tap instead of a search.

Owns the numbers in the phones' cookies and whose they are, for one series. A pass alone opens nothing: a fresh code is
needed as ever, and it shows a first name and own times at most.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

from plfacilitate.shelf.passes import PassFile

COOKIE_DAYS = 300  # a series lasts a school year at most


class Passes:
    """The passes of one series."""

    def __init__(self, secret: bytes, series: str, file: PassFile, known: Callable[[str], bool]) -> None:
        """Load what was given before; passes of people who are not `known` any more are forgotten."""
        self._secret = secret
        self._file = file
        self._holders = file.load(known)
        self._given: dict[str, str] = {}  # number → the address that it was given to since the door began
        self.cookie = f"pass_{series[:8]}"

    def holder(self, number: str) -> str | None:
        """The id of the person whose phone this is; None for a phone that was not here."""
        return self._holders.get(number) if number else None

    def save(self) -> None:
        """Bring the passes that were given since the last time into the file."""
        self._file.save()

    def close(self) -> None:
        """Save, and let go of the file."""
        self._file.close()

    def give(self, nonce: bytes, person: str, address: str) -> str:
        """The Set-Cookie header of a new pass for the phone at this address."""
        number = self._number(nonce, person)
        if number not in self._holders:
            self._holders[number] = person
            self._file.add(number, person)
        self._given[number] = address
        return self._header(number)

    def give_again(self, nonce: bytes, person: str, address: str) -> str:
        """The same header once more, for a phone whose first answer was lost; "" for any other address."""
        number = self._number(nonce, person)
        return self._header(number) if self._given.get(number) == address else ""

    def _header(self, number: str) -> str:
        return f"{self.cookie}={number}; Max-Age={COOKIE_DAYS * 86400}; Path=/; HttpOnly; SameSite=Lax"

    def _number(self, nonce: bytes, person: str) -> str:
        words = nonce + person.encode("utf-8", "replace")
        seal = hashlib.blake2b(words, digest_size=15, key=self._secret, person=b"pass").digest()
        return base64.urlsafe_b64encode(seal).decode()
