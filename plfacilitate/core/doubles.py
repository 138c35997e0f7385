"""Records that may be one person.

Owns what makes two records look like one. Only proposes: a person decides, and until then both stay and both count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plfacilitate.core.directory import described
from plfacilitate.core.names import split_name
from plfacilitate.core.people import Person, certificate_key, is_email
from plfacilitate.core.text import fold

_COMPARED = 8  # others of one group that a record is held against: a thousand of one name give no million pairs

# code -> what the two have in common, the strongest first
REASONS: Mapping[str, str] = {
    "email": "have the same e-mail",
    "certificate": "have the same certificate number",
    "former-name": "share a name that one of them used to have",
    "same-name": "have the same name, and an e-mail that could tell them apart is missing",
}


@dataclass(frozen=True, slots=True)
class Double:
    """Two records that may be one person: why (a key of REASONS) and where the first stands in the list (0 = nowhere)."""

    code: str
    one: str
    other: str
    line: int
    sentence: str


def doubles(people: Mapping[str, Person], lines: Mapping[str, int]) -> tuple[Double, ...]:
    """Each pair once that may be one person and holds at least one of `lines` (id → line), in the order of `lines`."""
    groups = _Groups(people)
    seen: set[frozenset[str]] = set()
    found = []
    for one, line in lines.items():
        for code, other in groups.alike(people[one]):
            pair = frozenset((one, other))
            if len(pair) == 2 and pair not in seen:
                seen.add(pair)
                sentence = (
                    f"{described(people[one])} and {described(people[other])} {REASONS[code]}: one person, or two?"
                )
                found.append(Double(code, one, other, line, sentence))
    return tuple(found)


class _Groups:
    """People under each of the things that two records of one person can share."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self.people = people
        self.emails: dict[str, list[str]] = defaultdict(list)
        self.certificates: dict[str, list[str]] = defaultdict(list)
        self.names: dict[str, list[str]] = defaultdict(list)
        self.formers: dict[str, list[str]] = defaultdict(list)
        for person in people.values():
            self.names[_listed(person)].append(person.id)
            if is_email(person.email):
                self.emails[person.email.casefold()].append(person.id)
            if person.certificate:
                self.certificates[certificate_key(person.certificate)].append(person.id)
            for name in _formers(person):
                self.formers[name].append(person.id)

    def alike(self, person: Person) -> Iterator[tuple[str, str]]:
        """Reason and id of each record that may be this person, the strongest reason first."""
        if is_email(person.email):
            yield from self._others("email", self.emails[person.email.casefold()])
        if person.certificate:
            yield from self._others("certificate", self.certificates[certificate_key(person.certificate)])
        for name in _formers(person):
            yield from self._others("former-name", self.names.get(name, []))
        name = _listed(person)
        yield from self._others("former-name", self.formers.get(name, []))
        for code, other in self._others("same-name", self.names[name]):
            if not _told_apart(person, self.people[other]):
                yield code, other

    @staticmethod
    def _others(code: str, ids: list[str]) -> Iterator[tuple[str, str]]:
        return ((code, other) for other in ids[:_COMPARED])


def _listed(person: Person) -> str:
    return fold(person.name)


def _formers(person: Person) -> tuple[str, ...]:
    """Names that a person used to have, as lists have them: people write the last name alone or the whole name."""
    if not person.former_name:
        return ()
    last, first = split_name(person.former_name)
    names = (f"{person.former_name} {person.first_name}", person.former_name, f"{last} {first}")
    return tuple(dict.fromkeys(map(fold, names)))


def _told_apart(one: Person, other: Person) -> bool:
    """Two of one name with an e-mail each, or with certificates that differ, are two people."""
    if is_email(one.email) and is_email(other.email):
        return True
    return bool(
        one.certificate and other.certificate and certificate_key(one.certificate) != certificate_key(other.certificate)
    )
