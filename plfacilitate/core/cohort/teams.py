"""Leadership teams: who is in one on which day, and what is odd about it.

Owns the size and the roles that a team wants (the programme's own: five to six, administrators and teacher leaders).
Never forbids a team anything: it warns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from plfacilitate.core.cohort.around import Around
from plfacilitate.core.cohort.values import ROLE_WORDS, CohortFacts, Member, Role
from plfacilitate.core.text import fold

FEWEST, MOST = 5, 6
"""People of a leadership team (PSESD memo of June 2017)."""


class TeamWarning(NamedTuple):
    """Something odd about a team: a code, and a sentence about it that names no school."""

    code: str
    words: str


class Mate(NamedTuple):
    """A person of a team. `roles` are more than one where two laptops, or a file, said different things."""

    person: str
    name: str
    roles: tuple[Role, ...]
    since: date

    @property
    def words(self) -> str:
        """`Ana Silva, administrator`."""
        return f"{self.name}, {' and '.join(ROLE_WORDS[role] for role in self.roles)}"


def team(members: Iterable[Member], around: Around, *, day: date | None = None) -> tuple[Mate, ...]:
    """The people of a team today, or on a day: administrators first, then teacher leaders, each by name.

    Of a team that was written down only after that day the first members are taken to have been in it before.
    """
    members = list(members)
    first = min((one.since for one in members), default=None)
    found: dict[str, list[Member]] = {}
    for one in members:
        inside = one.until is None if day is None else _inside(one, day, first)
        if inside:
            found.setdefault(around.one(one.person), []).append(one)
    mates = [_mate(person, some, around) for person, some in found.items()]
    return tuple(sorted(mates, key=lambda mate: (list(ROLE_WORDS).index(mate.roles[0]), fold(mate.name), mate.person)))


def _inside(one: Member, day: date, first: date | None) -> bool:
    return (one.since <= day or one.since == first) and (one.until is None or one.until > day)


def _mate(person: str, some: Sequence[Member], around: Around) -> Mate:
    said = {one.role for one in some}
    roles = tuple(role for role in ROLE_WORDS if role in said)
    return Mate(person, around.name(person), roles, min(one.since for one in some))


def warnings(mates: Sequence[Mate], elsewhere: Mapping[str, Sequence[str]]) -> tuple[TeamWarning, ...]:
    """What is odd about a team; `elsewhere` = person → names of other schools whose team they are in."""
    return tuple(_warnings(mates, elsewhere))


def _warnings(mates: Sequence[Mate], elsewhere: Mapping[str, Sequence[str]]) -> Iterator[TeamWarning]:
    if not mates:
        yield TeamWarning("team-none", f"no team yet, {FEWEST} to {MOST} people wanted")
        return
    if not FEWEST <= len(mates) <= MOST:
        code = "team-small" if len(mates) < FEWEST else "team-large"
        yield TeamWarning(code, f"{len(mates)} in the team, {FEWEST} to {MOST} wanted")
    roles = {role for mate in mates for role in mate.roles}
    if "administrator" not in roles:
        yield TeamWarning("no-administrator", "no administrator in the team")
    if "teacher-leader" not in roles:
        yield TeamWarning("no-teacher-leader", "no teacher leader in the team")
    for mate in mates:
        if len(mate.roles) > 1:
            said = " and as ".join(ROLE_WORDS[role] for role in mate.roles)
            yield TeamWarning("person-twice", f"{mate.name} is in the team twice, as {said}")
        for school in elsewhere.get(mate.person, ()):
            yield TeamWarning("two-teams", f"{mate.name} is in the team of {school} too")
    for name, count in sorted(Counter(fold(mate.name) for mate in mates).items()):
        if count > 1 and name:
            known = next(mate.name for mate in mates if fold(mate.name) == name)
            yield TeamWarning(
                "person-twice", f"{known} is in the team {count} times: if that is one person, merge the records"
            )


def in_teams(all_facts: Iterable[CohortFacts], around: Around) -> dict[str, dict[str, str]]:
    """Person → schools (key → name) in whose team they are today, of cohorts whose year is not over."""
    found: dict[str, dict[str, str]] = {}
    for facts in all_facts:
        if around.today > facts.cohort.ends:
            continue
        for key, spells in facts.spells.items():
            if spells[-1].left is not None and spells[-1].left <= around.today:
                continue
            for mate in team(facts.members.get(key, ()), around):
                found.setdefault(mate.person, {})[key] = spells[-1].name
    return found
