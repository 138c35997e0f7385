"""A POP-up as a screen shows it: problems, who works on which, ideas, clusters, rounds, commitments.

Owns the frozen values. Never says who wrote an idea that was asked for without names: nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

RoundKind = Literal["ideas", "vote"]


class Member(NamedTuple):
    """Somebody who works on a problem. `why` = how they came to it, as they and the room are told."""

    person: str
    how: str
    why: str = ""


class Idea(NamedTuple):
    """One idea. `who` = the name that it was given with, "" = without one."""

    id: str
    text: str
    who: str = ""


class Cluster(NamedTuple):
    """Ideas that belong together. An empty name = set aside: nobody is asked about them."""

    id: str
    name: str
    ideas: tuple[Idea, ...]


class Option(NamedTuple):
    """What a dot can be put on. `dots` = how many it has; None while the vote is hidden."""

    id: str
    text: str
    dots: int | None = None


class Round(NamedTuple):
    """A time in which phones are asked for something. `ballots` = how many answered as far as the ledger knows.

    `named` = what is given carries the giver's name. `dots` = how many each may put; `stacking` = several on one.
    """

    id: str
    kind: RoundKind
    named: bool
    open: bool
    ballots: int = 0
    options: tuple[Option, ...] = ()
    dots: int = 0
    stacking: bool = False

    @property
    def by_dots(self) -> list[Option]:
        """The options, those with most dots first."""
        return sorted(self.options, key=lambda one: -(one.dots or 0))


class Commitment(NamedTuple):
    """What somebody will try. `due` = an ISO day, or the words that were written down for it; `root` = its first version."""

    id: str
    who: str
    what: str
    first_step: str
    due: str
    root: str = ""


class Problem(NamedTuple):
    """One problem of practice as it stands.

    `loose` = ideas that lie in no cluster. `ideas_round`, `vote` = the newest of its kind, None = there was none.
    `taken_down` = it was written down afterwards in one piece: no phone takes part. `root` = its first version.
    `before` = what was promised and tried when it was here before, in a line that names nobody; "" = it is new.
    """

    id: str
    owner: str
    school: str
    problem: str
    data: str
    how_might_we: str
    test: str
    segment: str
    opened_at: str
    members: tuple[Member, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    loose: tuple[Idea, ...] = ()
    ideas_round: Round | None = None
    vote: Round | None = None
    commitments: tuple[Commitment, ...] = ()
    taken_down: bool = False
    root: str = ""
    before: str = ""

    @property
    def ideas(self) -> tuple[Idea, ...]:
        """All ideas, those of a cluster together."""
        return (*(idea for one in self.clusters for idea in one.ideas), *self.loose)

    @property
    def open_round(self) -> Round | None:
        """What phones are asked for now; None = nothing."""
        return next((one for one in (self.vote, self.ideas_round) if one is not None and one.open), None)


class PopupPicture(NamedTuple):
    """All problems of an event in the order in which they were opened. `where` = person → the problem they work on."""

    event: str
    problems: tuple[Problem, ...]
    where: Mapping[str, str]

    def problem(self, problem: str) -> Problem | None:
        """The problem of that id, or None."""
        return next((one for one in self.problems if one.id == problem), None)

    def of(self, person: str) -> Problem | None:
        """The problem that a person works on; None = none yet."""
        return self.problem(self.where.get(person, ""))


class PopupBoard(NamedTuple):
    """The same as a desk sees it. `lying` = round → how many ideas or votes lie in the box, `names` = person → name."""

    picture: PopupPicture
    lying: Mapping[str, int] = {}
    names: Mapping[str, str] = {}

    def came(self, one: Round) -> int:
        """How many ideas or votes have come in a round so far, wherever they lie."""
        return one.ballots + self.lying.get(one.id, 0)
