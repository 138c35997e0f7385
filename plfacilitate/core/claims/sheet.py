"""The people of an offering, found by what a claim says of its claimant.

Owns when a claim is somebody's without a question. Never decides where there is one: it proposes, with score and reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from plfacilitate.core.claims.values import Claim, OnSheet
from plfacilitate.core.likeness import likeness, near
from plfacilitate.core.people import Person, certificate_key, is_email
from plfacilitate.core.text import fold as _folded

fold = lru_cache(maxsize=8192)(_folded)  # names and schools come again and again

_COMPARED = 60  # people of one block that a claim is held against: a thousand of one name give no million pairs


class Likely(NamedTuple):
    """Somebody a claimant may be, how much of 100 speaks for it, and what."""

    found: OnSheet
    score: int
    why: str


class People:
    """Everybody of one offering. Made once for many claims."""

    def __init__(self, everybody: Iterable[OnSheet]) -> None:
        """Out of those with a line and those who were only expected."""
        self.everybody = sorted(everybody, key=lambda one: one.person.order)
        self.by_id: Mapping[str, OnSheet] = {one.person.id: one for one in self.everybody}
        self._emails: dict[str, list[OnSheet]] = defaultdict(list)
        self._certificates: dict[str, list[OnSheet]] = defaultdict(list)
        self._names: dict[tuple[str, str], list[OnSheet]] = defaultdict(list)
        self._blocks: dict[str, list[OnSheet]] = defaultdict(list)
        for one in self.everybody:
            for email in {one.person.email.casefold(), *one.emails} - {""}:
                self._emails[email].append(one)
            if one.person.certificate:
                self._certificates[certificate_key(one.person.certificate)].append(one)
            self._names[_name(one.person)].append(one)
            for block in _blocks(one.person, one.emails):
                self._blocks[block].append(one)

    def sure(self, claim: Claim) -> tuple[OnSheet, str] | None:
        """Whose claim it is without a question, and by what; None = nobody's, or that is a question.

        An e-mail or a certificate number counts where the name goes with it and the other one does not name somebody
        else; a name alone where it is one person's and nothing speaks against it.
        """
        person = claim.person
        sure: dict[str, tuple[OnSheet, str]] = {}
        for found, how in (
            (self._emails.get(claim.email.casefold(), ()) if claim.email else (), "the same e-mail"),
            (
                self._certificates.get(certificate_key(claim.certificate), ()) if claim.certificate else (),
                "the same certificate number",
            ),
        ):
            fits = [one for one in found if _goes_with(person, one.person)]
            if len(fits) == 1 and not certificate_differs(person, fits[0].person):
                sure.setdefault(fits[0].person.id, (fits[0], how))
        if sure:
            return next(iter(sure.values())) if len(sure) == 1 else None
        named = self._names.get(_name(person), ())
        if len(named) == 1 and claim.last_name and claim.first_name and not _against(claim, named[0]):
            return named[0], "the same name"
        return None

    def likely(self, claim: Claim) -> list[Likely]:
        """Whom a claimant may be, the likeliest first."""
        person = claim.person
        seen = {one.person.id: one for block in _blocks(person, ()) for one in self._of(block)}
        for one in (*self._emails.get(claim.email.casefold(), ()), *self._names.get(_name(person), ())):
            seen[one.person.id] = one
        if claim.certificate:
            seen |= {one.person.id: one for one in self._certificates.get(certificate_key(claim.certificate), ())}
        found = [alike for one in seen.values() if (alike := _near(person, one)) is not None]
        return sorted(found, key=lambda one: (-one.score, one.found.person.order))

    def _of(self, block: str) -> Iterator[OnSheet]:
        return islice(self._blocks.get(block, ()), _COMPARED)


def _name(person: Person) -> tuple[str, str]:
    return (fold(person.last_name), fold(person.first_name))


def _local(email: str) -> str:
    return email.casefold().partition("@")[0] if is_email(email) else ""


def _blocks(person: Person, emails: Iterable[str]) -> set[str]:
    """Under what somebody is looked up: nobody who is alike in no such thing is ever held against them."""
    last, first = _name(person)
    former = fold(person.former_name)
    blocks = {f"e {_local(email)}" for email in (person.email, *emails) if _local(email)}
    for name in filter(None, (last, former)):
        blocks |= {f"l {name} {first[:1]}", f"l {name} {first[-1:]}"}
        blocks |= {f"f {first} {name[:1]}", f"f {first} {name[-1:]}"} if first else {f"l {name}"}
        blocks |= {f"p {part} {first[:2]}" for part in name.split() if len(part) > 2}
    if first:
        blocks.add("s " + " ".join(sorted((last, first))))
    return blocks


def _goes_with(one: Person, other: Person) -> bool:
    """Whether two names can be one person's, once an e-mail says that they are.

    A family may share an e-mail: the same last name with another first name is not enough.
    """
    if not one.last_name and not one.first_name:
        return True
    mine = {*fold(one.last_name).split(), *fold(one.former_name).split()}
    theirs = {*fold(other.last_name).split(), *fold(other.former_name).split()}
    if mine & theirs and _first_goes_with(fold(one.first_name), fold(other.first_name)):
        return True
    return fold(one.first_name) == fold(other.first_name) != "" or _name(one) == _name(other)[::-1]


def _first_goes_with(mine: str, theirs: str) -> bool:
    """`jo` with `jonas`, `m` with `maria`, `jose mari` with `mari`, a slip of the finger; and none with any."""
    same = mine.startswith(theirs) or theirs.startswith(mine) or bool({*mine.split()} & {*theirs.split()})
    return same or near(mine, theirs)


def _against(claim: Claim, one: OnSheet) -> bool:
    """Whether something that both have differs."""
    other = one.person
    email = bool(claim.email and other.email and claim.email.casefold() not in {other.email.casefold(), *one.emails})
    certificate = bool(
        claim.certificate
        and other.certificate
        and certificate_key(claim.certificate) != certificate_key(other.certificate)
    )
    return email or certificate or bool(claim.school and other.school and fold(claim.school) != fold(other.school))


def _near(person: Person, one: OnSheet) -> Likely | None:
    """How much speaks for two being one; None = too little to be asked about."""
    other = one.person
    alike = likeness(person, other)
    if alike is not None and alike.rank:
        score, words = 90 - 10 * alike.rank, [alike.why]
        if not person.school or not other.school:
            score += 10  # what isn't said speaks against nobody
    elif (why := _key(person, one)) or (why := _double_name(person, other)):
        score, words = 60, [why]
    else:
        return None
    if "@" in person.email and _local(person.email) == _local(other.email) and person.email != other.email:
        score, words = score + 10, [*words, "the same letters before the @"]
    if person.district and fold(person.district) == fold(other.district):
        score, words = score + 5, [*words, "the same employer"]
    return Likely(one, min(score, 95), ", ".join(words))


def certificate_differs(one: Person, other: Person) -> bool:
    """Whether both say a certificate number, and not the same one."""
    keys = {certificate_key(who.certificate) for who in (one, other)}
    return "" not in keys and len(keys) == 2


def _key(person: Person, one: OnSheet) -> str:
    other, email = one.person, person.email.casefold()
    name = "" if _goes_with(person, other) else " and another name"
    if email and email in {other.email.casefold(), *one.emails}:
        number = " and another certificate number" if certificate_differs(person, other) else ""
        return f"the same e-mail{name or number}"
    if person.certificate and certificate_key(person.certificate) == certificate_key(other.certificate):
        return f"the same certificate number{name or (' and another e-mail' if email and other.email else '')}"
    return ""


def _double_name(one: Person, other: Person) -> str:
    if certificate_differs(one, other):
        return ""
    mine, theirs = fold(one.last_name).split(), fold(other.last_name).split()
    if fold(one.first_name) == fold(other.first_name) != "" and len(mine) != len(theirs) and set(mine) & set(theirs):
        return "the same first name and a part of a double last name"
    if _local(one.email) and _local(one.email) == _local(other.email) and len(_local(one.email)) > 5:
        return "e-mails with the same letters before the @"
    return ""
