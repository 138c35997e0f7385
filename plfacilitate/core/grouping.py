"""People in groups: by chance, evenly mixed by school and role, by count or by size; and where a latecomer goes.

Owns the arithmetic, and the words for why a mix is even. Chance is handed in as the seed of a drawing, so that a drawing
can be made again and looked at; never knows a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import combinations
from typing import Literal, NamedTuple, get_args

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import fold

Way = Literal["mix", "random", "choice"]
WAYS: tuple[Way, ...] = get_args(Way)
SEED_BYTES = 16


class Member(NamedTuple):
    """Somebody to be put into a group. School and role may be unknown: ""."""

    id: str
    school: str = ""
    role: str = ""

    @property
    def keys(self) -> tuple[str, str]:
        """School and role as they are compared: another case or accent is the same one."""
        return (fold(self.school), fold(self.role))


Groups = list[list[Member]]


def how_many(people: int, *, count: int | None = None, size: int | None = None) -> int:
    """How many groups: as many as are named, or so many that none has more than `size`.

    Refused: `groups-nobody`, `groups-number`, `groups-too-many` (more groups than people).
    """
    number = count if count is not None else size
    if number is None or number < 1:
        raise Refused("groups-number", number=number if number is not None else "no")
    if people < 1:
        raise Refused("groups-nobody")
    groups = count if count is not None else -(-people // number)
    if groups > people:
        raise Refused("groups-too-many", groups=groups, people=people)
    return groups


def drawn_order(members: Iterable[Member], seed: bytes) -> list[Member]:
    """The members in the order of a drawing: the same for the same seed, in whatever order they are handed in."""
    return sorted(members, key=lambda one: sha256(seed + one.id.encode()).digest())


def by_chance(members: Iterable[Member], groups: int, seed: bytes) -> Groups:
    """So many groups, dealt out in the order of the drawing: sizes differ by one at most."""
    order = drawn_order(members, seed)
    return [order[at::groups] for at in range(groups)]


def mixed(members: Iterable[Member], groups: int, seed: bytes) -> Groups:
    """So many groups, as evenly mixed as it is possible.

    In any two groups the numbers of people, of people of each school and of people of each role differ by one at most.
    That can always be had for both at once: people are the edges between schools and roles, and the edges of such a
    graph can be coloured so that each colour is met equally often at every corner (de Werra, 1971). Two groups are taken
    together and dealt out again until no two are uneven; chance decides which of the even mixes it is.
    """
    found = by_chance(members, groups, seed)
    rank = {one.id: at for at, one in enumerate(drawn_order((one for group in found for one in group), seed))}
    uneven = True
    while uneven:
        uneven = False
        for one, other in combinations(range(groups), 2):
            if not _even(found[one], found[other]):
                found[one], found[other] = _dealt(found[one], found[other], rank)
                uneven = True
    return found


def _even(one: Sequence[Member], other: Sequence[Member]) -> bool:
    """Whether sizes, schools and roles of two groups differ by one at most."""
    if abs(len(one) - len(other)) > 1:
        return False
    for side in (0, 1):
        gap = Counter(member.keys[side] for member in one)
        gap.subtract(Counter(member.keys[side] for member in other))
        if any(abs(count) > 1 for count in gap.values()):
            return False
    return True


def _dealt(
    one: Sequence[Member], other: Sequence[Member], rank: Mapping[str, int]
) -> tuple[list[Member], list[Member]]:
    """Two groups of the people of two: each goes to the other side than the one with whom they are paired.

    At each school people are paired two by two, at each role too; so they hang together in chains, and a chain that is
    closed has an even length. Chains of odd length give their one more to either side in turn.
    """
    people = sorted((*one, *other), key=lambda member: rank[member.id])
    paired = [_pairs(people, side) for side in (0, 1)]
    halves: tuple[list[Member], list[Member]] = ([], [])
    placed: set[int] = set()
    first = 0
    for at in sorted(range(len(people)), key=lambda at: all(at in pairs for pairs in paired)):  # ends of chains first
        if at in placed:
            continue
        chain = _chain(at, paired)
        for place, member in enumerate(chain):
            halves[(first + place) % 2].append(people[member])
        placed |= set(chain)
        first = (first + len(chain)) % 2
    return halves


def _pairs(people: Sequence[Member], side: int) -> dict[int, int]:
    """Who is paired with whom at the same school (side 0) or role (side 1); the last of an odd number with nobody."""
    waiting: dict[str, int] = {}
    pairs: dict[int, int] = {}
    for at, member in enumerate(people):
        partner = waiting.pop(member.keys[side], None)
        if partner is None:
            waiting[member.keys[side]] = at
        else:
            pairs[at], pairs[partner] = partner, at
    return pairs


def _chain(start: int, paired: Sequence[Mapping[int, int]]) -> list[int]:
    """All who hang together from an end of a chain, or all around one that is closed."""
    side = 0 if start in paired[0] else 1
    chain, at = [start], start
    while (following := paired[side].get(at)) is not None and following != start:
        chain.append(following)
        at, side = following, 1 - side
    return chain


def place_for(member: Member, groups: Sequence[Sequence[Member]]) -> int:
    """The number (from 1) of the group for a latecomer: the smallest, then where their school and role are fewest.

    Refused: `groups-none` where there is none.
    """
    if not groups:
        raise Refused("groups-none")
    school, role = member.keys

    def cost(at: int) -> tuple[int, int, int, int]:
        keys = [one.keys for one in groups[at]]
        return (len(keys), sum(key[0] == school for key in keys), sum(key[1] == role for key in keys), at)

    return 1 + min(range(len(groups)), key=cost)


class Share(NamedTuple):
    """How a school or a role is spread: its name, how many there are, how many in each group."""

    name: str
    people: int
    each: tuple[int, ...]


def shares(groups: Sequence[Sequence[Member]], of: Callable[[Member], str]) -> list[Share]:
    """How every school (or role) is spread over the groups, the largest first; the unknown one is called ""."""
    names: dict[str, str] = {}
    counts: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        for member in group:
            key = fold(of(member))
            names.setdefault(key, of(member) if key else "")
            counts.setdefault(key, [0] * len(groups))[at] += 1
    found = [Share(names[key], sum(each), tuple(each)) for key, each in counts.items()]
    return sorted(found, key=lambda one: (-one.people, not one.name, fold(one.name)))


def why(groups: Sequence[Sequence[Member]]) -> str:
    """How even it is, in one sentence: `3 to 4 people in each group; from any one school at most 1 more than in another`."""
    sizes = [len(group) for group in groups]
    if not any(sizes):
        return ""
    least, most = min(sizes), max(sizes)
    each = str(most) if least == most else f"{least} to {most}"
    parts = [f"{each} {'person' if most == 1 else 'people'} in each group"]
    for name, of in (("school", school_of), ("role", role_of)):
        known = [one for one in shares(groups, of) if one.name]
        if known:
            gap = max(max(one.each) - min(one.each) for one in known)
            parts.append(
                f"of any one {name} at most {gap} more than in another" if gap else f"of each {name} equally many"
            )
    return "; ".join(parts)


def school_of(member: Member) -> str:
    """What `shares` counts by schools."""
    return member.school


def role_of(member: Member) -> str:
    """What `shares` counts by roles."""
    return member.role
