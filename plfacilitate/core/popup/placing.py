"""Who works on which problem where nobody chose: the smallest group first, and in it whoever brings another view.

Owns the sentence that says why; the rule is that of latecomers (`core.grouping`). Never moves anybody who is somewhere,
unless whole groups that were drawn are taken over, and then never an owner away from their own problem.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from plfacilitate.core.grouping import Member, place_for


class Placing(NamedTuple):
    """Where somebody goes, and why in a few words."""

    person: str
    problem: str
    why: str


def placed(people: Iterable[Member], groups: Mapping[str, Sequence[Member]]) -> list[Placing]:
    """Each of these people in one of these groups (problem → who is there), one after the other; [] without groups."""
    problems, there = list(groups), [list(members) for members in groups.values()]
    found = []
    for one in people if problems else ():
        at = place_for(one, there) - 1
        found.append(Placing(one.id, problems[at], why(one, there[at])))
        there[at].append(one)
    return found


def why(one: Member, members: Sequence[Member]) -> str:
    """`smallest group, nobody else of their school`: what spoke for this group."""
    if not members:
        return "first in the group"
    views = ["smallest group"]
    if one.school and all(other.keys[0] != one.keys[0] for other in members):
        views.append("nobody else of their school")
    if one.role and all(other.keys[1] != one.keys[1] for other in members):
        views.append("nobody else in their role")
    return ", ".join(views)


def in_order(groups: int, problems: Sequence[str]) -> dict[str, int]:
    """Problem → the group that works on it, first with first; what is left over on either side has none."""
    return {problem: number for number, problem in enumerate(problems[:groups], 1)}


def taken_over(
    groups: Sequence[Sequence[str]], pairs: Mapping[str, int], where: Mapping[str, str], owners: Container[str]
) -> list[tuple[str, str]]:
    """Who goes to which problem, so that the groups (by number, from 1) work on the problems that `pairs` gives them.

    Whoever is there already, and an owner of a problem, stays where they are.
    """
    found = [(person, problem) for problem, number in pairs.items() for person in groups[number - 1]]
    return [(person, problem) for person, problem in found if person not in owners and where.get(person) != problem]
