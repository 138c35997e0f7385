"""What a claim is, and what is said about one.

Owns the values and the words for each verdict. Never decides which one holds (`core.claims.reckoned`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal, NamedTuple

from plfacilitate.core.people import Person, certificate_key
from plfacilitate.core.text import fold

Code = Literal["match", "more", "fewer", "waiting", "twice", "decide", "absent", "elsewhere", "unread"]
WORDS: Mapping[Code, str] = {
    "match": "matches",
    "more": "claimed more than earned",
    "fewer": "claimed fewer, which is fine",
    "waiting": "the sheet waits for a decision",
    "twice": "same person twice",
    "decide": "maybe somebody on the sheet: decide",
    "absent": "claimed and not on the sheet",
    "elsewhere": "another offering",
    "unread": "could not be read",
}
"""Every verdict on a claim, in the order of a summary."""


class Claim(NamedTuple):
    """One row of what people claim. "" = not known.

    `line` is where it stands in its file, `hundredths` what is claimed (None = not read: `unread` says why).
    """

    line: int
    last_name: str
    first_name: str
    email: str = ""
    former_name: str = ""
    certificate: str = ""
    school: str = ""
    district: str = ""
    in_service: str = ""
    hundredths: int | None = None
    unread: str = ""

    @property
    def person(self) -> Person:
        """The claimant, as one who may be somebody on the sheet."""
        return Person(
            "", self.last_name, self.first_name, self.email, self.school, self.district,
            certificate=self.certificate, former_name=self.former_name,
        )  # fmt: skip

    @property
    def key(self) -> str:
        """What is remembered a claimant by, whatever the file or row: a digest, so that nobody's name is kept by it."""
        said = (
            fold(self.last_name), fold(self.first_name), self.email.casefold(), fold(self.former_name),
            certificate_key(self.certificate),
        )  # fmt: skip
        return hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def order(self) -> tuple[str, str, str, int]:
        """The key of the last-name order."""
        return (fold(self.last_name), fold(self.first_name), self.email.casefold(), self.line)


class OnSheet(NamedTuple):
    """Somebody of an offering. `emails` = others that their records had, folded.

    `status` is the roll's (`earned`, `pending`, `none`, `credits`), "" = on the list and was never there; `why` says how
    the figure came about, `rule` by which rule.
    """

    person: Person
    minutes: int = 0
    hundredths: int = 0
    status: str = ""
    why: str = ""
    rule: str = ""
    emails: frozenset[str] = frozenset()

    @property
    def was_there(self) -> bool:
        """Whether they have a line on the sheet."""
        return bool(self.status)


Says = Literal["same", "other", "open"]


class Decision(NamedTuple):
    """What a person decided about a claimant and somebody on the sheet: one person, two, or (again) open. `at` is UTC."""

    claim: str
    person: str
    says: Says
    at: str
    by: str


class Judged(NamedTuple):
    """A claim with its one verdict. `found` = who it is, or for `decide` may be; `score` is of 100, 0 = nobody proposed.

    `how` says by what they were matched, `reason` what the verdict rests on, both in words.
    """

    claim: Claim
    code: Code
    reason: str
    found: OnSheet | None = None
    how: str = ""
    score: int = 0
    decision: Decision | None = None
    series: str = ""


class Reconciled(NamedTuple):
    """All claims with their verdicts in last-name order, and who is on the sheet and has not claimed yet."""

    judged: tuple[Judged, ...]
    unclaimed: tuple[OnSheet, ...]
