"""Action plans, written down: goals set, changed, dropped; what points at them; what became of a promise.

Owns that a goal never vanishes which something points at. Never judges a goal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plfacilitate.core.cohort.picture import SchoolPicture
from plfacilitate.core.cohort.values import Goal, Pointer, Pointing
from plfacilitate.core.entry import Draft
from plfacilitate.core.problems.values import Promise
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import cut, plain, tidy
from plfacilitate.steps.capture import undo
from plfacilitate.steps.cohorts import LEAST_OF_ID, Writing
from plfacilitate.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Wording:
    """What a goal says; None = leave it as it is. `due` None and `no_due` = without a day from now on."""

    text: str | None = None
    attribute: str | None = None
    facet: str | None = None
    measure: str | None = None
    due: date | None = None
    no_due: bool = False


def set_goal(on: Writing, school: str, words: Wording) -> Draft:
    """A goal of a school's action plan. Refused: `cohort-school-unknown`, `goal-empty`."""
    _, spell = on.school(school)
    return on.draft("goal", _body(spell.name, None, words))


def change_goal(on: Writing, school: str, goal: Goal, words: Wording) -> Draft:
    """Other words for a goal; what points at it stays. Refused: `goal-empty`, `goal-dropped`, `nothing-to-do`.

    Of two versions that stand side by side, the change follows both and settles it.
    """
    if goal.dropped:
        raise Refused("goal-dropped", goal=shown(goal), reason=plain(goal.dropped))
    _, spell = on.school(school)
    body = _body(spell.name, goal, words)
    same = (goal.text, goal.attribute, goal.facet, goal.measure, goal.due.isoformat() if goal.due else "")
    if len(goal.heads) == 1 and same == tuple(body[key] for key in ("text", "attribute", "facet", "measure", "due")):
        raise Refused("nothing-to-do", what="the goal says that already")
    return on.draft("goal", body, of=goal.heads)


def drop_goal(on: Writing, school: str, goal: Goal, reason: str) -> Draft:
    """A goal is dropped: it stays with its reason and with all that points at it. Refused: `reason-missing`, `goal-dropped`."""
    if not tidy(reason):
        raise Refused("reason-missing")
    if goal.dropped:
        raise Refused("goal-dropped", goal=shown(goal), reason=plain(goal.dropped))
    _, spell = on.school(school)
    return on.draft("goal", {**_body(spell.name, goal, Wording()), "dropped": tidy(reason)}, of=goal.heads)


def _body(school: str, goal: Goal | None, words: Wording) -> dict[str, str]:
    def said(new: str | None, old: str) -> str:
        return old if new is None else tidy(new)

    text = said(words.text, goal.text if goal else "")
    if not text:
        raise Refused("goal-empty")
    due = None if words.no_due else words.due or (goal.due if goal else None)
    return {
        "school": school,
        "text": text,
        "attribute": said(words.attribute, goal.attribute if goal else ""),
        "facet": said(words.facet, goal.facet if goal else ""),
        "measure": said(words.measure, goal.measure if goal else ""),
        "due": due.isoformat() if due else "",
        "dropped": "",
    }


def shown(goal: Goal) -> str:
    """A goal in a sentence, cut if it is long."""
    return cut(goal.text, 50).rstrip()


def find_goal(school: SchoolPicture, name: str) -> Goal:
    """A goal by its number in the list of its school, or the beginning of its id. Refused: `goal-unknown`."""
    goals = [aim.goal for aim in school.goals]
    if name.isdecimal() and len(name) < LEAST_OF_ID and 0 < int(name) <= len(goals):
        return goals[int(name) - 1]
    found = [goal for goal in goals if len(name) >= LEAST_OF_ID and goal.id.startswith(name)]
    if len(found) != 1:
        raise Refused("goal-unknown", goal=plain(name), school=school.name, count=len(goals))
    return found[0]


# -- what points at a goal -------------------------------------------------------------------------------------------


def point(on: Writing, goal: Goal, what: Pointing, which: str) -> Draft:
    """Something points at a goal from now on. Refused: `nothing-to-do`, `goal-dropped`."""
    if goal.dropped:
        raise Refused("goal-dropped", goal=shown(goal), reason=plain(goal.dropped))
    if pointing(on, goal, what, which):
        raise Refused("nothing-to-do", what="that points at the goal already")
    return on.draft("pointed", {"goal": goal.id, "from": what, "id": which})


def point_away(on: Writing, ledger: Ledger, goal: Goal, what: Pointing, which: str) -> list[Draft]:
    """It points at the goal no more. Refused: `nothing-to-do`."""
    found = pointing(on, goal, what, which)
    entries = [
        entry for entry in (ledger.entry(one) for pointer in found for one in pointer.entries) if entry is not None
    ]
    if not entries:
        raise Refused("nothing-to-do", what="that does not point at the goal")
    return [undo(on.hand, entry) for entry in entries]


def pointing(on: Writing, goal: Goal, what: Pointing, which: str) -> list[Pointer]:
    """What was said of this pointing."""
    return [one for one in on.facts.pointers if (one.goal, one.what, one.id) == (goal.id, what, which)]


def find_observation(ledger: Ledger, name: str) -> str:
    """An observation by the beginning of its id. Refused: `observation-unknown`."""
    known = (entry.id for entry in ledger.entries(kinds=("observation-started",)))
    found = [one for one in known if len(name) >= LEAST_OF_ID and one.startswith(name)]
    if len(found) != 1:
        raise Refused("observation-unknown", id=plain(name))
    return found[0]


def find_promise(promises: Iterable[Promise], name: str) -> str:
    """A commitment by the beginning of its id in any version, or of its problem's. Refused: `commitment-unknown`."""
    found = {
        one.id
        for one in promises
        if len(name) >= LEAST_OF_ID and any(key.startswith(name) for key in (one.id, one.entry, one.problem))
    }
    if len(found) != 1:
        raise Refused("commitment-unknown", commitment=plain(name))
    return found.pop()


def settle(on: Writing, commitment: str, *, kept: bool, note: str = "") -> Draft:
    """What became of a commitment, in short: kept, or dropped without having been tried; the last word counts."""
    body = {"popup": commitment, "kept": kept, "note": tidy(note), "date": on.today.isoformat()}
    return on.draft("commitment-settled", body)
