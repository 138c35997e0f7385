"""Who a person is, and when two records are the same one.

Owns the fields of a person and the ids made from their strongest key. Never merges two people: it only makes sure
that the same list gives the same ids on every laptop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from plfacilitate.core.entry import stable_id
from plfacilitate.core.text import fold, tidy

FIELDS = (
    "last_name", "first_name", "email", "school", "district", "role", "certificate", "former_name", "badge",
)  # fmt: skip
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(\.[^@\s,;<>\".]+)+")


_folded = lru_cache(maxsize=8192)(fold)  # the same names are put in order again and again


@dataclass(frozen=True, slots=True)
class Person:
    """A person as they stand now. Empty text = not known. `doubtful` names fields with two undecided versions."""

    id: str
    last_name: str = ""
    first_name: str = ""
    email: str = ""
    school: str = ""
    district: str = ""
    role: str = ""
    certificate: str = ""
    former_name: str = ""
    badge: str = ""
    doubtful: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As a sheet lists it: `Last, First`; a one-word name alone."""
        return f"{self.last_name}, {self.first_name}" if self.first_name else self.last_name

    @property
    def spoken(self) -> str:
        """As one says it: `First Last`."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def order(self) -> tuple[str, str, str]:
        """The key of the last-name order of every list and sheet."""
        return (_folded(self.last_name), _folded(self.first_name), self.id)

    def fields(self) -> dict[str, str]:
        """The known fields, without the empty ones."""
        return {name: getattr(self, name) for name in FIELDS if getattr(self, name)}


def is_email(text: str) -> bool:
    """Whether a text looks like one e-mail address; only then does it make a person's id in a list."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def certificate_key(text: str) -> str:
    """A certificate number as it is compared: people write it with and without blanks, in either case."""
    return text.upper().replace(" ", "")


def person_id(fields: Mapping[str, str], rank: int = 0) -> str:
    """The id of a person at first import: from the e-mail, else the certificate, else name, school and rank.

    `rank` counts the people of one name in one school in the order of their list, from 0.
    """
    email = fields.get("email", "")
    if email:
        return stable_id("person", "email", email.casefold())
    certificate = fields.get("certificate", "")
    if certificate:
        return stable_id("person", "certificate", certificate_key(certificate))
    name = fold(f"{fields.get('last_name', '')} {fields.get('first_name', '')}")
    return stable_id("person", "name", name, fold(fields.get("school", "")), str(rank))


def tidied(fields: Mapping[str, str]) -> dict[str, str]:
    """Fields as they are kept: known names only, tidied, empty ones left out, e-mail without outer brackets."""
    kept = {name: tidy(fields[name]) for name in FIELDS if fields.get(name)}
    return {name: value for name, value in kept.items() if value}
