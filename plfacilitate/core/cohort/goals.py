"""Action plans: each goal with what points at it, and what a school promised.

Owns whose a commitment is and whether it is overdue. Never lets a goal vanish that something points at: a dropped one
stays with its reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from plfacilitate.core.cohort.around import Around
from plfacilitate.core.cohort.gatherings import Gathering
from plfacilitate.core.cohort.teams import Mate
from plfacilitate.core.cohort.values import CohortFacts, Goal, Pointer
from plfacilitate.core.problems.standing import standing
from plfacilitate.core.problems.values import WAITING, Promise, State
from plfacilitate.core.text import fold


class Commitment(NamedTuple):
    """A promise of a school, as it stands in the problem bank too (`core.problems.standing`).

    `due` None = no day can be read out of `due_text`; `goals` = ids of goals it points at; `note` = what was heard last.
    """

    id: str
    who: str
    what: str
    first_step: str
    due_text: str
    due: date | None
    state: State
    goals: tuple[str, ...] = ()
    note: str = ""

    @property
    def waits(self) -> bool:
        """Nobody has said what became of it."""
        return self.state in WAITING


class Evidence(NamedTuple):
    """An observation or a visit that points at a goal. `words` names no teacher; `day` None = nothing is known of it."""

    what: Literal["observation", "visit"]
    id: str
    day: date | None
    words: str


class Aim(NamedTuple):
    """A goal with all that points at it."""

    goal: Goal
    evidence: tuple[Evidence, ...]
    commitments: tuple[Commitment, ...]

    @property
    def doubtful(self) -> bool:
        """Two laptops changed it at once, and somebody has to decide."""
        return len(self.goal.heads) > 1

    @property
    def pointed_at(self) -> int:
        """How many things point at it."""
        return len(self.evidence) + len(self.commitments)


def commitments(
    facts: CohortFacts, key: str, name: str, mates: Sequence[Mate], meetings: Iterable[Gathering], around: Around
) -> tuple[Commitment, ...]:
    """What a school promised, what is due first before the rest.

    A commitment is a school's if it points at one of its goals, if the school or somebody of its team made it or owns
    the problem, or if it was made at an event of that school alone.
    """
    theirs = {goal.id for goal in facts.goals if goal.school == key}
    pointed: dict[str, list[str]] = {}
    for one in facts.pointers:
        if one.what == "commitment":
            pointed.setdefault(one.id, []).append(one.goal)
    names = {key, fold(name)} | {fold(word) for mate in mates for word in _spoken(mate, around)}
    events = {one.event for one in meetings if one.event and one.school == key}
    found = []
    for promise in around.promises:
        goals = tuple(goal for goal in pointed.get(promise.id, ()) if goal in theirs)
        others = bool(pointed.get(promise.id)) and not goals
        said = {fold(promise.owner), fold(promise.who), fold(promise.school)} - {""}
        if goals or (not others and (said & names or promise.event in events)):
            found.append(_commitment(promise, goals, around.today))
    return tuple(sorted(found, key=lambda one: (not one.waits, one.due or date.max, one.what, one.id)))


def _spoken(mate: Mate, around: Around) -> Iterator[str]:
    known = around.people.get(mate.person)
    if known is not None:
        yield from (known.spoken, known.name)


def _commitment(promise: Promise, goals: tuple[str, ...], today: date) -> Commitment:
    now = standing(promise, today)
    return Commitment(
        promise.id, promise.who or promise.owner, promise.what, promise.first_step, now.due_text, now.due, now.state,
        goals, now.last.happened if now.last else "",
    )  # fmt: skip


def aims(facts: CohortFacts, key: str, promised: Sequence[Commitment], around: Around) -> tuple[Aim, ...]:
    """The goals of a school in the order in which they were set, dropped ones among them."""
    by_id = {one.id: one for one in promised}
    pointers: Mapping[str, list[Pointer]] = {goal.id: [] for goal in facts.goals}
    for one in facts.pointers:
        pointers.get(one.goal, []).append(one)
    return tuple(
        Aim(
            goal,
            tuple(sorted(_evidence(pointers[goal.id], around), key=lambda one: (one.day or date.max, one.id))),
            tuple(by_id[one.id] for one in pointers[goal.id] if one.what == "commitment" and one.id in by_id),
        )
        for goal in facts.goals
        if goal.school == key
    )


def _evidence(pointers: Iterable[Pointer], around: Around) -> Iterator[Evidence]:
    for one in pointers:
        if one.what == "commitment":
            continue
        event, words = around.observed.get(one.id, ("", "")) if one.what == "observation" else (one.id, "")
        known = around.happenings.get(event)
        yield Evidence(one.what, one.id, known.day if known else None, words or (known.title if known else ""))


def pointed_at(cohorts: Iterable[CohortFacts], ids: Collection[str]) -> tuple[str, ...]:
    """The goals that one of these commitments points at, as `School: goal`, in the order in which they were set."""
    return tuple(
        f"{facts.spells[goal.school][-1].name if goal.school in facts.spells else goal.school}: {goal.text}"
        + (f" (dropped: {goal.dropped})" if goal.dropped else "")
        for facts in cohorts
        for goal in facts.goals
        if any(one.what == "commitment" and one.goal == goal.id and one.id in ids for one in facts.pointers)
    )
