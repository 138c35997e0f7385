"""A cohort's picture as JSON.

Owns the names of its keys. Never works anything out.
"""

from __future__ import annotations

from datetime import date

from plfacilitate.core.cohort.gatherings import Gathering
from plfacilitate.core.cohort.goals import Aim, Commitment
from plfacilitate.core.cohort.picture import CohortPicture, SchoolPicture
from plfacilitate.core.cohort.standing import Attended


def picture_facts(found: CohortPicture) -> dict[str, object]:
    """The whole board."""
    one = found.cohort
    return {
        "cohort": one.id,
        "title": one.title,
        "starts": one.starts.isoformat(),
        "ends": one.ends.isoformat(),
        "today": found.today.isoformat(),
        "stage": found.stage.words,
        "fellows": found.fellows,
        "schools": [school_facts(school) for school in found.schools],
        "left": [school_facts(school) for school in found.left],
        "meetings": [_meeting(meeting) for meeting in found.meetings],
        "remarks": list(found.remarks),
    }


def school_facts(one: SchoolPicture) -> dict[str, object]:
    """One school, with everything that is known of it."""
    return {
        "school": one.name,
        "joined": one.joined.isoformat(),
        "left": _day(one.left),
        "reason": one.reason,
        "team": [
            {"person": mate.person, "name": mate.name, "roles": list(mate.roles), "since": mate.since.isoformat()}
            for mate in one.team
        ],
        "warnings": [{"code": warning.code, "words": warning.words} for warning in one.warnings],
        "sessions": [_attended(each) for each in one.sessions],
        "academy": [_attended(each) for each in one.academy],
        "visits": [_meeting(visit) for visit in one.visits],
        "visits_held": one.visits_held,
        "visits_planned": one.visits_planned,
        "planning_minutes": one.planning_minutes,
        "coaching_minutes": one.coaching_minutes,
        "support_minutes": one.support_minutes,
        "contacts": [
            {
                "contact": contact.kind, "date": contact.day.isoformat(), "minutes": contact.minutes, "by": contact.by,
                "with": contact.among, "note": contact.note, "entry": contact.entry,
            }
            for contact in one.contacts
        ],
        "goals": [_aim(aim) for aim in one.goals],
        "commitments": [_commitment(commitment) for commitment in one.commitments],
        "next": [{"code": step.code, "words": step.words, "date": _day(step.day)} for step in one.next],
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _meeting(one: Gathering) -> dict[str, object]:
    return {
        "part": one.part, "number": one.number or None, "date": one.day.isoformat(), "title": one.title,
        "event": one.event or None, "state": one.state,
    }  # fmt: skip


def _attended(one: Attended) -> dict[str, object]:
    return {**_meeting(one.gathering), "came": len(one.came), "of": len(one.team), "others": one.others}


def _commitment(one: Commitment) -> dict[str, object]:
    return {
        "commitment": one.id, "who": one.who, "what": one.what, "first_step": one.first_step, "due": one.due_text,
        "due_date": _day(one.due), "state": one.state, "note": one.note, "goals": list(one.goals),
    }  # fmt: skip


def _aim(one: Aim) -> dict[str, object]:
    goal = one.goal
    return {
        "goal": goal.id, "text": goal.text, "attribute": goal.attribute or None, "facet": goal.facet or None,
        "measure": goal.measure, "due": _day(goal.due), "dropped": goal.dropped or None, "undecided": one.doubtful,
        "evidence": [{"from": each.what, "id": each.id, "date": _day(each.day), "words": each.words} for each in one.evidence],
        "commitments": [commitment.id for commitment in one.commitments],
    }  # fmt: skip
