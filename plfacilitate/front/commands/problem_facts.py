"""Problems of practice as plain values, for `--json`.

Owns the names of the keys. Never works anything out.
"""

from __future__ import annotations

from collections.abc import Iterable

from plfacilitate.core.problems.bank import Held, Row
from plfacilitate.core.problems.story import Story
from plfacilitate.core.problems.values import FollowUp


def row_facts(row: Row) -> dict[str, object]:
    """A line of the bank."""
    one = row.problem
    return {
        "problem": one.id, "state": row.state, "due_date": row.due.isoformat() if row.due else None, "day": one.day.isoformat(),
        "event": one.event, "title": one.title, "source": one.source, "owner": one.owner, "school": one.school,
        "theme": one.theme, "attribute": one.attribute or None, "text": one.problem, "continues": one.continues or None,
        "goes_on": list(one.goes_on), "commitments": [_held(held) for held in row.held],
    }  # fmt: skip


def _held(held: Held) -> dict[str, object]:
    one, now = held.promise, held.standing
    return {
        "commitment": one.id, "who": one.who, "what": one.what, "first_step": one.first_step, "due": one.due,
        "due_now": now.due_text, "due_date": now.due.isoformat() if now.due else None, "state": now.state,
        "followed": [_heard(each) for each in one.followed],
    }  # fmt: skip


def _heard(one: FollowUp) -> dict[str, object]:
    return {
        "entry": one.entry, "day": one.day.isoformat(), "tried": one.tried, "happened": one.happened,
        "then": one.then or None, "who": one.who, "again": one.due, "by": one.by,
    }  # fmt: skip


def story_facts(told: Story) -> dict[str, object]:
    """Everything of one problem."""
    one = told.row.problem
    return row_facts(told.row) | {
        "data": one.data, "how_might_we": one.how_might_we, "test": one.test,
        "backed": [{"text": each.text, "dots": each.dots, "ideas": list(each.ideas)} for each in told.backed],
        "ideas": list(told.ideas), "resources": [{"entry": each.entry, "title": each.title, "where": each.where} for each in one.helps],
        "goals": list(told.goals), "before": _rows(told.before), "after": _rows(told.after),
    }  # fmt: skip


def _rows(rows: Iterable[Row]) -> list[dict[str, object]]:
    return [row_facts(row) for row in rows]
