"""What screens and orders ask the reader, each answered once out of the ledger or the workspace's files.

Owns the questions; `Feed.ask` puts them. None of them keeps anything, none is loaded before it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plfacilitate.core.refusal import Refused
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.core.cohort.values import Goal
    from plfacilitate.core.drawn import Drawing
    from plfacilitate.core.evaluation import Evaluation
    from plfacilitate.core.insights.attending import Course
    from plfacilitate.core.insights.whole import Insights
    from plfacilitate.core.keeping.past import Name, Past
    from plfacilitate.core.plan import Event, Plan
    from plfacilitate.core.problems.bank import Bank, Row
    from plfacilitate.core.problems.story import Story
    from plfacilitate.core.protocol import Protocol
    from plfacilitate.core.running.run import Run
    from plfacilitate.core.visiting.fold import VisitFold, VisitPicture
    from plfacilitate.steps.clear import Chosen, Preview

Answer = TypeVar("Answer")
Question = Callable[[Ledger, Surroundings], Answer]

VISITS_BEFORE = 5  # visits that are looked at for what nobody ended


class Protocols(NamedTuple):
    """All protocols, and what is wrong with other files, a sentence each."""

    known: Sequence[Protocol]
    broken: Sequence[str]


class Plans(NamedTuple):
    """All plans that can be scheduled, and what is wrong with other files, a sentence each."""

    known: Sequence[Plan]
    broken: Sequence[str]


def protocols(ledger: Ledger, around: Surroundings) -> Protocols:
    """The protocols of the workspace and those that are shipped."""
    from plfacilitate.shelf.protocols import list_protocols

    known, broken = list_protocols(around.workspace.protocols)
    return Protocols(known, [str(no) for no in broken])


def protocol_of(protocol: str) -> Question[Protocol | Refused]:
    """The protocol of that id, or why it can't be used."""

    def question(ledger: Ledger, around: Surroundings) -> Protocol | Refused:
        from plfacilitate.shelf.protocols import find_protocol

        try:
            return find_protocol(protocol, around.workspace.protocols)
        except Refused as no:
            return no

    return question


def past_minutes(plan: str, session: str, but: str = "") -> Question[Mapping[Name, Past]]:
    """How long the segments of a session took before; `but` is an event that is left out."""

    def question(ledger: Ledger, around: Surroundings) -> Mapping[Name, Past]:
        from plfacilitate.steps.keeping import past_of

        return past_of(ledger, plan, session, but=but)

    return question


class Leading(NamedTuple):
    """What is led at an event: the run that has not ended (None = none), and how many groups are drawn (0 = none).

    `past` = how long the protocol that was asked for took before, None = it was never led to its end.
    """

    going: Run | None
    groups: int
    past: Past | None


def leading_at(event: str, protocol: str = "") -> Question[Leading]:
    """Whether a protocol is led at an event, for how many groups one would be, and how long it took before."""

    def question(ledger: Ledger, around: Surroundings) -> Leading:
        from plfacilitate.steps.groups import groups_drawn
        from plfacilitate.steps.run import past_of, read_runs

        before = past_of(ledger, protocol) if protocol else None
        return Leading(read_runs(ledger, event).going, groups_drawn(ledger, event), before)

    return question


def drawn_groups(event: str) -> Question[Drawing | None]:
    """The groups that were drawn at an event and count now; None = none were."""

    def question(ledger: Ledger, around: Surroundings) -> Drawing | None:
        from plfacilitate.steps.popup_groups import drawn_at

        return drawn_at(ledger, event)

    return question


def plans(ledger: Ledger, around: Surroundings) -> Plans:
    """The plans of the workspace and those that are shipped."""
    from plfacilitate.shelf.plans import list_plans

    place = around.workspace
    known, broken = list_plans(place.sessions, offices=place.exports, protocols=place.protocols)
    return Plans(known, [str(no) for no in broken])


def visit_of(event: str) -> Question[VisitFold]:
    """The whole visit of an event; nobody else has this fold."""

    def question(ledger: Ledger, around: Surroundings) -> VisitFold:
        from plfacilitate.steps.observe import read_visit

        return read_visit(ledger, event)

    return question


def visits_before(ledger: Ledger, around: Surroundings) -> list[VisitPicture]:
    """The newest visits in which somebody has observed."""
    from plfacilitate.steps.observe import read_visit

    began = [entry.event for entry in ledger.entries(kinds=("observation-started",)) if entry.event]
    newest = list(dict.fromkeys(reversed(began)))[:VISITS_BEFORE]
    return [read_visit(ledger, event).picture() for event in newest]


class More(NamedTuple):
    """What is read of insights when somebody wants it: how far observers agreed, and who came to the sessions."""

    agreement: Insights
    courses: Sequence[Course]


def insights_more(ledger: Ledger, around: Surroundings) -> More:
    """Both as they stand now."""
    from plfacilitate.steps.insights import read_courses, read_insights

    now = around.clock()
    return More(read_insights(ledger, now=now), read_courses(ledger, at=now))


def clearing_of(chosen: Chosen) -> Question[Preview]:
    """What clearing would take from this laptop, asked for in this way."""

    def question(ledger: Ledger, around: Surroundings) -> Preview:
        from plfacilitate.steps.clear import preview

        return preview(ledger, around.workspace, around.clock(), chosen)

    return question


def evaluation_of(event: Event) -> Question[Evaluation]:
    """What was answered at the end of an event."""

    def question(ledger: Ledger, around: Surroundings) -> Evaluation:
        from plfacilitate.steps.evaluation import read_evaluation

        return read_evaluation(ledger, event)

    return question


def events(ledger: Ledger, around: Surroundings) -> list[Event]:
    """All events, in order of days."""
    from plfacilitate.steps.events import events as all_events

    return sorted(all_events(ledger), key=lambda one: (one.day, one.starts_at))


def story_of(bank: Bank, row: Row) -> Question[Story]:
    """A problem of the bank with its ideas, its dots, and what came before and after."""

    def question(ledger: Ledger, around: Surroundings) -> Story:
        from plfacilitate.steps.problem_bank import read_story

        return read_story(ledger, bank, row)

    return question


def problem_bank(ledger: Ledger, around: Surroundings) -> Bank:
    """The whole bank of today."""
    from plfacilitate.steps.problem_bank import read_bank

    return read_bank(ledger, around.today)


class AGoal(NamedTuple):
    """A goal of a school that a promise can point at; `points` = ids of the promises that do already."""

    cohort: str
    school: str
    goal: Goal
    points: frozenset[str]


def goals(ledger: Ledger, around: Surroundings) -> list[AGoal]:
    """The goals that stand in the action plans of all schools."""
    from plfacilitate.steps.cohort_reading import read_cohorts

    reader = read_cohorts(ledger)
    pictures = [reader.picture(facts, around.today) for facts in reader.cohorts]
    return [
        AGoal(one.cohort.id, school.name, aim.goal, frozenset(each.id for each in aim.commitments))
        for one in pictures
        for school in one.schools
        for aim in school.standing_goals
    ]


class Observed(NamedTuple):
    """Something that was filled in at a visit; `words` name no teacher."""

    id: str
    event: str
    words: str


def observed_at(visits: Sequence[str]) -> Question[list[Observed]]:
    """What was observed or asked at these events."""

    def question(ledger: Ledger, around: Surroundings) -> list[Observed]:
        from plfacilitate.steps.observe import read_visit

        pictures = [read_visit(ledger, event).picture() for event in visits]
        return [
            Observed(one.id, picture.event, f"{one.protocol.title}, {_place(picture, one.stop)}{one.observer}")
            for picture in pictures
            for one in picture.observations
        ]

    return question


def _place(picture: VisitPicture, stop: str) -> str:
    return f"{picture.visit.label(stop)}, " if picture.visit is not None and picture.visit.stop(stop) else ""
