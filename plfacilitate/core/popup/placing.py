"""Who works on which problem where nobody chose: the smallest group first, and in it whoever brings another view.

Owns the sentence that says why; the rule is that of latecomers (`core.grouping`). Never moves anybody who is somewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
