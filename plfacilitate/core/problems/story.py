"""One problem of practice from beginning to end: what was brought, thought of, tried, promised, and heard since.

Owns what belongs to the story and in which order. Never says who gave an idea or a dot, named or not: it goes home with
the owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from plfacilitate.core.popup.picture import Problem
from plfacilitate.core.problems.bank import Bank, Row


class Backed(NamedTuple):
    """An option that got dots; `ideas` = those of its cluster, () = it is a single idea."""

    text: str
    dots: int
    ideas: tuple[str, ...] = ()


class Story(NamedTuple):
    """A problem with all that belongs to it. `before`, `after` = problems that it goes on from, and that go on from it.

    `backed` = the options that got dots, most first; `ideas` = all ideas where there was no closed vote. `goals` = what it
    points at of the action plans of schools, `School: goal`.
    """

    row: Row
    backed: tuple[Backed, ...] = ()
    ideas: tuple[str, ...] = ()
    before: tuple[Row, ...] = ()
    after: tuple[Row, ...] = ()
    goals: tuple[str, ...] = ()


def story(bank: Bank, row: Row, at_work: Problem | None, goals: tuple[str, ...] = ()) -> Story:
    """The story of a problem; `at_work` = what its POP-up knows of it, None = it had none."""
    after = tuple(found for key in row.problem.goes_on if (found := bank.row(key)) is not None)
    before = bank.before(row.problem.id)
    if at_work is None:
        return Story(row, before=before, after=after, goals=goals)
    backed = tuple(_backed(at_work))
    ideas = () if backed else tuple(one.text for one in at_work.ideas)
    return Story(row, backed, ideas, before, after, goals)


def _backed(problem: Problem) -> Iterator[Backed]:
    if problem.vote is None or problem.vote.open:
        return
    clusters = {one.id: tuple(idea.text for idea in one.ideas) for one in problem.clusters}
    for option in problem.vote.by_dots:
        if option.dots:
            yield Backed(option.text, option.dots, clusters.get(option.id, ()))
