"""Who is meant by a name or an e-mail on a list.

Owns how a person is found by what stands on paper and how one is told apart from another of the same name. Never
guesses: where two fit, it says so and names them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import fold, plain

_SHOWN = 4  # candidates named in a sentence


def masked(email: str) -> str:
    """An e-mail that its owner recognises and nobody else can write to: `m…a@example.org`."""
    local, at, domain = email.partition("@")
    if not at:
        return f"{local[:1]}…"
    return f"{local[:1]}…{local[-1] if len(local) > 2 else ''}@{domain}"


def described(person: Person) -> str:
    """A person as a sentence tells them from others: `Garcia, Maria (Dimmitt, m…a@example.org)`; safe to show."""
    marks = [mark for mark in (person.school, masked(person.email) if person.email else "") if mark]
    return plain(f"{person.name} ({', '.join(marks)})" if marks else person.name)


class Directory:
    """People, found by e-mail or by name; case, accents and apostrophes are forgiven. Made once for many questions."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._emails: dict[str, list[Person]] = defaultdict(list)
        self._spoken: dict[str, list[Person]] = defaultdict(list)
        self._listed: dict[str, list[Person]] = defaultdict(list)
        self._former: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            if person.email:
                self._emails[person.email.casefold()].append(person)
            self._spoken[fold(person.spoken)].append(person)
            self._listed[fold(person.name)].append(person)
            if person.former_name:
                for name in (f"{person.first_name} {person.former_name}", f"{person.former_name} {person.first_name}"):
                    self._former[fold(name)].append(person)

    def named(self, name: str) -> tuple[Person, ...]:
        """All whom a name fits, as `First Last` or `Last, First`; who once bore it only if nobody does now."""
        key = fold(name)
        orders = [self._listed, self._spoken] if "," in name else [self._spoken, self._listed]
        for index in (*orders, self._former):
            if key in index:
                return tuple(sorted(index[key], key=lambda person: person.order))
        return ()

    def find(self, *, email: str = "", name: str = "") -> Person:
        """The one person meant; the e-mail counts before the name.

        Refused: `person-unknown`, `person-several`, `email-unknown` where the name fits only people whose e-mail is
        another one.
        """
        owners = tuple(self._emails.get(email.casefold(), ())) if email else ()
        named = self.named(name) if name else ()
        if owners:
            both = [person for person in owners if person in named]
            return _only(tuple(both) or owners, name or email)
        if not email:
            return _only(named, name)
        if not named:
            raise Refused("person-unknown", person=plain(name or email))
        without = tuple(person for person in named if not person.email)
        if not without:
            raise Refused("email-unknown", email=plain(email), candidates=_listing(named))
        return _only(without, name)


def _only(people: tuple[Person, ...], asked: str) -> Person:
    if not people:
        raise Refused("person-unknown", person=plain(asked))
    if len(people) > 1:
        raise Refused("person-several", person=plain(asked), who=_listing(people))
    return people[0]


def _listing(people: tuple[Person, ...]) -> str:
    more = f" and {len(people) - _SHOWN} more" if len(people) > _SHOWN else ""
    return "; ".join(described(person) for person in people[:_SHOWN]) + more
