"""Who is really here: what somebody should look at before a day is closed.

Owns which pairs of records are asked about, and what was decided about them already. Never merges anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plfacilitate.core.doubles import REASONS, doubles
from plfacilitate.core.entry import Draft
from plfacilitate.core.fold import EventFold, Request
from plfacilitate.core.likeness import likely
from plfacilitate.core.people import Person
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.review_visit import VisitReview

TWO_PEOPLE = "two-people"  # the code of a doubt about a pair that was settled: they are two
_EXACT = frozenset({"email", "certificate"})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person: the one that would stay, the other, and why. `exact` = as good as sure.

    `walk_in` = the other one walked in and the first is on the list.
    """

    stays: Person
    other: Person
    why: str
    exact: bool
    walk_in: bool


@dataclass(frozen=True, slots=True)
class Review:
    """What is to be looked at: pairs, the sure ones first, and requests for fewer hours by person.

    `visit` is what a site visit leaves open; None = it is none. `asked` is what phones are still asked for, in words.
    """

    pairs: tuple[Pair, ...] = ()
    requests: tuple[tuple[Person, Request], ...] = ()
    visit: VisitReview | None = None
    asked: tuple[str, ...] = ()


def review(fold: EventFold, people: Mapping[str, Person]) -> Review:
    """An event's pairs and requests; `people` are all of its persons."""
    settled = apart(fold)
    pairs = [one for one in _pairs(fold, people) if frozenset((one.stays.id, one.other.id)) not in settled]
    asked = [(people[one], wish) for one in people if (wish := fold.request(one)) is not None]
    pairs.sort(key=lambda one: (not one.exact, not one.walk_in, one.other.order))
    return Review(tuple(pairs), tuple(sorted(asked, key=lambda one: one[0].order)))


def _pairs(fold: EventFold, people: Mapping[str, Person]) -> Iterator[Pair]:
    unseen = [people[one] for one in fold.expected if one in people and not fold.marks(one)]
    asked: set[str] = set()
    for person in people.values():
        like = likely(person, unseen) if fold.walk_in(person.id) else None
        if like is not None:
            asked |= {person.id, like.listed.id}
            yield Pair(like.listed, person, like.why, exact=like.rank == 0, walk_in=True)
    for double in doubles(people, dict.fromkeys(people, 0)):
        if not {double.one, double.other} <= asked:
            stays, other = sorted((people[double.one], people[double.other]), key=lambda one: _better(fold, one))
            yield Pair(stays, other, REASONS[double.code], exact=double.code in _EXACT, walk_in=False)


def _better(fold: EventFold, one: Person) -> tuple[bool, int, str]:
    """Of two records the one on the list stays, else the one that knows more."""
    return (one.id not in fold.expected, -len(one.fields()), one.id)


def apart(fold: EventFold) -> set[frozenset[str]]:
    """The pairs of which somebody said that they are two people."""
    decided = {flag.entry for flag in fold.flags() if flag.code == TWO_PEOPLE and flag.accepted}
    return {frozenset(map(str, one.body.get("pair", ()))) for one in fold.facts("flag") if one.id in decided}


def keep_apart(hand: Hand, event: str, pair: Pair) -> list[Draft]:
    """They are two people: a doubt that is raised and settled, so that nobody is asked again."""
    body = {
        "code": TWO_PEOPLE,
        "text": f"{pair.stays.name} and {pair.other.name}: {pair.why}",
        "about": [],
        "pair": [pair.stays.id, pair.other.id],
    }
    flag = hand.draft("flag", event=event, person=pair.other.id, body=body)
    decided = {"flag": flag.id, "accepted": True, "reason": "two people, looked at"}
    return [flag, hand.draft("flag-decided", event=event, body=decided)]
