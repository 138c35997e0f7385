"""The tables of a cohort in the programme parcel, row by row: schools, teams, events, contacts, goals, what points.

Owns which facts stand in which table. Nobody of a team is in them by name or id: teams are counted by role, and of a
contact there is neither with whom it was nor what was noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plfacilitate.core.cohort.picture import CohortPicture, SchoolPicture
from plfacilitate.core.cohort.values import Role

Row = Sequence[str | int]

SCHOOLS = (
    ("cohort", "the cohort's id"),
    ("title", "what it is called"),
    ("school", "the school's name"),
    ("joined", "since when it is in the cohort"),
    ("left", "when it went on without it; empty = it is in"),
    ("reason", "why it left"),
    ("stage", "how far the cohort's year is"),
    ("visits_held", "site visits that took place"),
    ("visits_planned", "site visits in all: promised, or with a day"),
    ("planning_minutes", "design and planning time, events and contacts together"),
    ("coaching_minutes", ""),
    ("support_minutes", ""),
    ("goals", "goals that stand"),
    ("with_evidence", "how many of them an observation or a visit points at"),
    ("commitments_waiting", "commitments of which nobody has said what became"),
    ("commitments_overdue", "those of them whose day has passed"),
    ("next", "the most urgent step: a code"),
)
TEAMS = (
    ("cohort", "the cohort's id"),
    ("school", "the school's name"),
    ("people", "people in the leadership team"),
    ("administrators", ""),
    ("teacher_leaders", "the Teacher Leadership Fellows"),
    ("others", ""),
    ("warnings", "codes of what is odd about it, a blank between them"),
)
EVENTS = (
    ("cohort", "the cohort's id"),
    ("event", "the event's id; empty = only the plan has the day"),
    ("part", "session, academy, site-visit, planning or network-meeting"),
    ("number", "of a session or an Academy day, from 1; empty for others"),
    ("date", ""),
    ("school", "whose it is; empty = of the whole cohort"),
    ("state", "held, planned, or passed: its day is over and nobody opened it"),
)
CONTACTS = (
    ("contact", "the entry"),
    ("cohort", "the cohort's id"),
    ("school", "the school's name"),
    ("kind", "coaching, planning or support"),
    ("date", ""),
    ("minutes", ""),
)
GOALS = (
    ("goal", "the entry that set it"),
    ("cohort", "the cohort's id"),
    ("school", "the school's name"),
    ("text", ""),
    ("attribute", "which of the four attributes it is about; may be empty"),
    ("facet", "which part of the lens it is about; may be empty"),
    ("measure", "how one will see it"),
    ("due", ""),
    ("dropped", "why it was dropped; empty = it stands"),
    ("undecided", "yes where two laptops changed it at once"),
)
POINTING = (
    ("cohort", "the cohort's id"),
    ("goal", "the entry that set the goal"),
    ("from", "observation, visit or commitment"),
    ("id", "the observation, the visit's event, or the problem of practice"),
)


def schools(cohorts: Iterable[CohortPicture]) -> Iterator[Row]:
    """Each school, those that left after those that are in."""
    for found, one in _schools(cohorts):
        yield (
            found.cohort.id, found.cohort.title, one.name, one.joined.isoformat(), one.left.isoformat() if one.left else "",
            one.reason, one.stage.words, one.visits_held, one.visits_planned, one.planning_minutes, one.coaching_minutes,
            one.support_minutes, len(one.standing_goals), one.with_evidence, one.waiting, one.overdue,
            one.next[0].code if one.next else "",
        )  # fmt: skip


def teams(cohorts: Iterable[CohortPicture]) -> Iterator[Row]:
    """Each team in numbers."""
    for found, one in _schools(cohorts):
        codes = " ".join(dict.fromkeys(warning.code for warning in one.warnings))
        counts = [_count(one, role) for role in ("administrator", "teacher-leader", "other")]
        yield (found.cohort.id, one.name, len(one.team), *counts, codes)


def _count(one: SchoolPicture, role: Role) -> int:
    return sum(role in mate.roles for mate in one.team)


def events(cohorts: Iterable[CohortPicture]) -> Iterator[Row]:
    """What a cohort met for and will meet for, in order of days."""
    for found in cohorts:
        names = {one.key: one.name for one in (*found.schools, *found.left)}
        for one in found.meetings:
            school = names.get(one.school, one.school)
            yield (found.cohort.id, one.event, one.part, one.number or "", one.day.isoformat(), school, one.state)


def contacts(cohorts: Iterable[CohortPicture]) -> Iterator[Row]:
    """Coaching, planning and support outside of events."""
    for found, one in _schools(cohorts):
        for contact in one.contacts:
            day = contact.day.isoformat()
            yield (contact.entry, found.cohort.id, one.name, contact.kind, day, contact.minutes)


def goals(cohorts: Iterable[CohortPicture]) -> Iterator[Row]:
    """Action plans, dropped goals among them."""
    for found, one in _schools(cohorts):
        for aim in one.goals:
            goal = aim.goal
            yield (
                goal.id, found.cohort.id, one.name, goal.text, goal.attribute, goal.facet, goal.measure,
                goal.due.isoformat() if goal.due else "", goal.dropped, "yes" if aim.doubtful else "no",
            )  # fmt: skip


def pointing(cohorts: Iterable[CohortPicture]) -> Iterator[Row]:
    """What points at which goal."""
    for found, one in _schools(cohorts):
        for aim in one.goals:
            yield from ((found.cohort.id, aim.goal.id, each.what, each.id) for each in aim.evidence)
            yield from ((found.cohort.id, aim.goal.id, "commitment", each.id) for each in aim.commitments)


def _schools(cohorts: Iterable[CohortPicture]) -> Iterator[tuple[CohortPicture, SchoolPicture]]:
    for found in cohorts:
        yield from ((found, one) for one in (*found.schools, *found.left))
