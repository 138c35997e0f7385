"""How far a cohort's year is, and who of a team came to what.

Owns the stages and the counting. Never says what a school should do (`core.cohort.coming`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from plfacilitate.core.cohort.around import Around
from plfacilitate.core.cohort.gatherings import Gathering
from plfacilitate.core.cohort.teams import team
from plfacilitate.core.cohort.values import Cohort, Member, Part, Role, Spell

SESSIONS = 4
"""PD sessions of a cohort's year where its plan fixes none (PSESD memo of June 2017)."""


class Stage(NamedTuple):
    """Where in its year a cohort is. `held` = sessions that took place, `of` = those that there are to be."""

    code: Literal["before", "year", "network"]
    held: int
    of: int

    @property
    def words(self) -> str:
        """`before the year`, `session 2 of 4`, `year over: network`."""
        if self.code == "network":
            return "year over: network"
        if self.code == "before":
            return "before the year"
        if not self.held:
            return f"before session 1 of {self.of}"
        return f"session {self.held} of {self.of}"


class Attended(NamedTuple):
    """A gathering that was held, and which persons of a team came, out of those who were in it on that day.

    `others` = how many more people of the school came who are not in the team.
    """

    gathering: Gathering
    came: tuple[str, ...]
    team: tuple[str, ...]
    others: int = 0

    @property
    def words(self) -> str:
        """`4 of 5`."""
        return f"{len(self.came)} of {len(self.team)}"

    @property
    def beside(self) -> str:
        """`, 2 more of the school`; "" = nobody else of it came."""
        return f", {self.others} more of the school" if self.others else ""


def stage(cohort: Cohort, meetings: Iterable[Gathering], today: date) -> Stage:
    """The stage of a cohort: its year begins with its first day or its first session, and ends with its months."""
    sessions = [one for one in meetings if one.part == "session" and not one.school]
    held = sum(one.state == "held" for one in sessions)
    of = len(sessions) or cohort.sessions or SESSIONS
    if today > cohort.ends:
        return Stage("network", held, of)
    return Stage("before" if today < cohort.starts and not held else "year", held, of)


def attended(
    part: Part,
    meetings: Iterable[Gathering],
    key: str,
    spells: Sequence[Spell],
    members: Sequence[Member],
    around: Around,
    *,
    role: Role | None = None,
) -> tuple[Attended, ...]:
    """What was held of a part while a school was in, with who of its team came; of one `role` only where given."""
    found = []
    for one in meetings:
        theirs = one.part == part and one.state == "held" and one.school in ("", key)
        if theirs and concerns(one, spells):
            mates = team(members, around, day=one.day)
            wanted = tuple(mate.person for mate in mates if role is None or role in mate.roles)
            came = tuple(person for person in wanted if person in one.came)
            inside = {mate.person for mate in mates}
            others = sum(person not in inside for person in around.of_school(one.event, key))
            found.append(Attended(one, came, wanted, others))
    return tuple(found)


def concerns(one: Gathering, spells: Iterable[Spell]) -> bool:
    """Whether a gathering falls into a time that a school was, or will be, in the cohort: also before it left and came back."""
    return any(each.joined <= one.day and (each.left is None or one.day < each.left) for each in spells)
