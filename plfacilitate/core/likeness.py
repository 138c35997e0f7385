"""Which person on a list somebody who walked in most likely is.

Owns when two names are near enough to be asked about. Only proposes: a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from plfacilitate.core.people import Person, certificate_key
from plfacilitate.core.text import fold as _folded

fold = lru_cache(maxsize=8192)(_folded)  # the same names are held against one another again and again


@dataclass(frozen=True, slots=True)
class Likeness:
    """A walk-in and the listed person they may be. `why` in words; `rank` 0 is as good as sure."""

    walk_in: Person
    listed: Person
    rank: int
    why: str


def likely(walk_in: Person, listed: Iterable[Person]) -> Likeness | None:
    """The one on the list who is most like them, None = nobody is."""
    found = [one for person in listed if (one := likeness(walk_in, person)) is not None]
    return min(found, key=lambda one: (one.rank, one.listed.order), default=None)


def likeness(one: Person, other: Person) -> Likeness | None:
    """How much two records look like one person; None = not at all, or both say who they are and differ."""
    if one.email and one.email.casefold() == other.email.casefold():
        return Likeness(one, other, 0, "the same e-mail")
    if one.certificate and certificate_key(one.certificate) == certificate_key(other.certificate):
        return Likeness(one, other, 0, "the same certificate number")
    if one.certificate and other.certificate:
        return None
    why, rank = _names(one, other)
    if not why:
        return None
    school = bool(one.school) and fold(one.school) == fold(other.school)
    differ = bool(one.email) and bool(other.email)
    words = [why, *(["the same school"] if school else []), *(["another e-mail"] if differ else [])]
    return Likeness(one, other, rank * 2 + (not school) + differ, ", ".join(words))


def _names(one: Person, other: Person) -> tuple[str, int]:
    last, first, old = fold(one.last_name), fold(one.first_name), fold(one.former_name)
    their_last, their_first, their_old = fold(other.last_name), fold(other.first_name), fold(other.former_name)
    if (last, first) == (their_last, their_first):
        return "the same name", 1
    if first and (last, first) == (their_first, their_last):
        return "first and last name in each other's place", 1
    if first == their_first and ((old and old in (their_last, their_old)) or (their_old and their_old == last)):
        return "a name that one of them used to have", 1
    if last == their_last and _short(first, their_first):
        return "the same last name and a shorter first name", 2
    if first and first == their_first and near(last, their_last):
        return "the same first name and nearly the same last name", 2
    if last == their_last and near(first, their_first):
        return "the same last name and nearly the same first name", 2
    return "", 0


def _short(one: str, other: str) -> bool:
    """`jo` for `jonas`, `m` for `maria`; and no first name at all."""
    return one.startswith(other) or other.startswith(one)


def near(one: str, other: str) -> bool:
    """One letter wrong, missing, too many, or two in each other's place; two of them in a long word."""
    if min(len(one), len(other)) < 3 or abs(len(one) - len(other)) > 2:
        return False
    slips = 2 if min(len(one), len(other)) >= 8 else 1
    if len(set(one) ^ set(other)) > 2 * slips:  # most names are told apart by this alone, at a tenth of the cost
        return False
    return _distance(one, other) <= slips


def _distance(one: str, other: str) -> int:
    """Slips between two words, by the rule of Damerau and Levenshtein."""
    older: Sequence[int] = ()
    before: Sequence[int] = range(len(other) + 1)
    for at, letter in enumerate(one, 1):
        row = [at]
        for to, their in enumerate(other, 1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != their))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == their:
                cost = min(cost, older[to - 2] + 1)
            row.append(cost)
        older, before = before, row
    return before[-1]
