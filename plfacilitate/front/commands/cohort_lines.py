"""Everything of one school of a cohort, line by line.

Owns the words of `plfacilitate cohort school`. Never works anything out.
"""

from __future__ import annotations

from collections.abc import Iterator

from plfacilitate.core.cohort.goals import Aim, Commitment, Evidence
from plfacilitate.core.cohort.picture import CohortPicture, SchoolPicture
from plfacilitate.core.minutes import day_text, length
from plfacilitate.core.problems.standing import STATE_WORDS
from plfacilitate.core.protocol import TITLES


def school_lines(found: CohortPicture, one: SchoolPicture) -> Iterator[str]:
    """The school from its team to what is next."""
    yield f"{one.name} · {found.cohort.title} · {one.stage.words} · since {day_text(one.joined)}"
    if one.left is not None:
        yield f"left on {day_text(one.left)}: {one.reason}"
    yield f"team: {len(one.team) or 'nobody yet'}"
    yield from (f"  {mate.words}" for mate in one.team)
    yield from (f"  ! {warning.words}" for warning in one.warnings)
    for title, held in (("sessions", one.sessions), ("Academy days, administrators", one.academy)):
        if held:
            yield f"{title}:"
            yield from (
                f"  {each.gathering.name}, {day_text(each.gathering.day)}: {each.words}{each.beside}" for each in held
            )
    yield f"site visits: {one.visits_held} of {one.visits_planned}" if one.visits_planned else "site visits: none yet"
    yield from (f"  {day_text(visit.day)}: {_state(visit.state)}" for visit in one.visits)
    yield from _work(one)
    yield from _goals(one)
    if one.commitments:
        yield "commitments:"
        yield from (f"  [{each.id[:8]}] {commitment_words(each)}" for each in one.commitments)
    if one.next:
        yield "next:"
        yield from (f"  {step.words}" for step in one.next)


def _state(state: str) -> str:
    return "never opened" if state == "passed" else state


def _work(one: SchoolPicture) -> Iterator[str]:
    minutes = (("planning", one.planning_minutes), ("coaching", one.coaching_minutes), ("support", one.support_minutes))
    told = [f"{what} {length(count)}" for what, count in minutes if count]
    yield f"worked with: {', '.join(told) or 'not yet'}"
    for contact in one.contacts:
        among = f" with {contact.among}" if contact.among else ""
        note = f": {contact.note}" if contact.note else ""
        yield f"  {day_text(contact.day)}, {contact.kind}, {length(contact.minutes)}, {contact.by}{among}{note}"


def _goals(one: SchoolPicture) -> Iterator[str]:
    yield "action plan:" if one.goals else "action plan: no goal yet"
    for place, aim in enumerate(one.goals, start=1):
        goal = aim.goal
        about = [TITLES.get(tag, tag) for tag in (goal.attribute, goal.facet) if tag]
        due = [f"by {day_text(goal.due)} {goal.due.year}"] if goal.due else []
        yield " · ".join([f"  {place} [{goal.id[:8]}] {goal.text}", *about, *due])
        if goal.measure:
            yield f"      seen by: {goal.measure}"
        if goal.dropped:
            yield f"      dropped: {goal.dropped}"
        if aim.doubtful:
            yield "      changed on two laptops at once: change it once more to say which holds"
        yield from (f"      {line}" for line in pointing_lines(aim))


def pointing_lines(aim: Aim) -> Iterator[str]:
    """What points at a goal."""
    yield from map(_evidence, aim.evidence)
    yield from (f"commitment: {commitment_words(one)}" for one in aim.commitments)


def _evidence(one: Evidence) -> str:
    when = day_text(one.day) if one.day else "a day that is not known here"
    return f"{one.what} of {when}{': ' + one.words if one.words else ''}"


def commitment_words(one: Commitment) -> str:
    """A promise with who, by when, and what became of it."""
    who = f" ({one.who})" if one.who else ""
    due = f", due {day_text(one.due)}" if one.due else f", due {one.due_text}" if one.due_text else ""
    return f"{one.what}{who}{due}: {STATE_WORDS[one.state]}{' · ' + one.note if one.note else ''}"
