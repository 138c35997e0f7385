"""A cohort's year, written down: schools in and out, teams, events, contacts; and one thing taken back.

Owns what may be said of a cohort and how it becomes a draft. Never decides where a school stands (`core.cohort`); goals
and what points at them stand in `steps.cohort_goals`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plfacilitate.core.cohort.around import Around
from plfacilitate.core.cohort.values import CohortFacts, ContactKind, Member, Part, Role, Spell
from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.minutes import day_text
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import cut, fold, plain, tidy
from plfacilitate.steps.capture import Hand, undo
from plfacilitate.steps.cohort_reading import CohortReader

LEAST_OF_ID = 4
"""Letters of an id from which on its beginning is enough."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes of which cohort, and what stands of it. `today` is the day at this laptop."""

    hand: Hand
    facts: CohortFacts
    around: Around
    today: date

    def draft(self, kind: str, body: Mapping[str, Any], *, person: str | None = None, of: Sequence[str] = ()) -> Draft:
        """A draft about this cohort; `of` = what it replaces."""
        cohort = self.facts.cohort.id
        return self.hand.draft(kind, person=person, body={"cohort": cohort, **body}, replaces=of)

    def school(self, name: str) -> tuple[str, Spell]:
        """The school of a name, as `school_named`."""
        return school_named(self.facts, name)

    def not_to_come(self, day: date) -> str:
        """A day that is over or on, as the ledger has it. Refused: `day-to-come`."""
        if day > self.today:
            raise Refused("day-to-come", day=day_text(day))
        return day.isoformat()


def school_named(facts: CohortFacts, name: str) -> tuple[str, Spell]:
    """The school of a name or the beginning of one, also one that left. Refused: `cohort-school-unknown`."""
    key, spells = fold(name), facts.spells
    found = [key] if key in spells else [one for one in spells if key and one.startswith(key)]
    if len(found) != 1:
        known = ", ".join(plain(some[-1].name) for some in spells.values()) or "no school yet"
        raise Refused("cohort-school-unknown", school=plain(name), title=facts.cohort.title, known=known)
    return found[0], spells[found[0]][-1]


def join(on: Writing, name: str, day: date) -> Draft:
    """A school is in from a day on, for the first time or once more. Refused: `name-missing`, `school-in-already`."""
    name = tidy(name)
    if not fold(name):
        raise Refused("name-missing")
    spells = on.facts.spells.get(fold(name), ())
    if spells and spells[-1].left is None:
        said = day_text(spells[-1].joined)
        raise Refused("school-in-already", school=spells[-1].name, title=on.facts.cohort.title, day=said)
    return on.draft("school-joined", {"school": name, "date": day.isoformat()})


def leave(on: Writing, name: str, day: date, reason: str) -> Draft:
    """A school goes on without the cohort from a day on; all that was recorded stays.

    Refused: `cohort-school-unknown`, `reason-missing`, `school-out-already`, `left-before-joined`.
    """
    _, spell = on.school(name)
    if not tidy(reason):
        raise Refused("reason-missing")
    if spell.left is not None:
        raise Refused("school-out-already", school=spell.name, title=on.facts.cohort.title, day=day_text(spell.left))
    if day < spell.joined:
        raise Refused("left-before-joined", school=spell.name, day=day_text(spell.joined))
    return on.draft("school-left", {"school": spell.name, "date": day.isoformat(), "reason": tidy(reason)})


def add_member(on: Writing, name: str, who: Person, role: Role, day: date) -> Draft:
    """A person is in a school's team, or in it in another role. Refused: `cohort-school-unknown`, `nothing-to-do`."""
    key, spell = on.school(name)
    standing = _standing(on, key, who)
    if any(one.role == role for one in standing):
        raise Refused("nothing-to-do", what=f"{plain(who.spoken)} is in the team of {plain(spell.name)} as that")
    since = standing[0].since if standing else day
    body = {"school": spell.name, "part": role, "date": since.isoformat()}
    return on.draft("team-joined", body, person=who.id, of=[one.entry for one in standing])


def remove_member(on: Writing, name: str, who: Person, day: date, reason: str = "") -> Draft:
    """A person is in the team no more; that they were stays. Refused: `cohort-school-unknown`, `team-not-in`."""
    key, spell = on.school(name)
    standing = _standing(on, key, who)
    if not standing:
        raise Refused("team-not-in", name=plain(who.spoken), school=plain(spell.name))
    body = {"school": spell.name, "date": day.isoformat(), "reason": tidy(reason)}
    return on.draft("team-left", body, person=standing[0].person)


def _standing(on: Writing, key: str, who: Person) -> list[Member]:
    team = on.facts.members.get(key, ())
    return [one for one in team if one.until is None and on.around.one(one.person) == on.around.one(who.id)]


def link(on: Writing, event: str, part: Part, name: str = "") -> Draft:
    """An event is this to the cohort, for all or for one school. A visit is always one school's.

    It belongs to the school that it was announced for, unless another one is named. Refused: `cohort-school-unknown`,
    `visit-school-missing`, `nothing-to-do`.
    """
    happening = on.around.happenings.get(event)
    name = name or (happening.school if happening is not None and part == "site-visit" else "")
    if part == "site-visit" and not name:
        raise Refused("visit-school-missing")
    key, school = ("", "")
    if name:
        key, spell = on.school(name)
        school = spell.name
    before = next((one for one in on.facts.links if one.event == event), None)
    if before is not None and (before.part, before.school) == (part, key):
        raise Refused("nothing-to-do", what="the event belongs to the cohort as that already")
    of = [before.entry] if before is not None else []
    return on.draft("cohort-event", {"event": event, "part": part, "school": school}, of=of)


def contact(
    on: Writing, name: str, kind: ContactKind, day: date, minutes: int, *, among: str = "", note: str = ""
) -> Draft:
    """Somebody worked with a school outside of an event. Refused: `cohort-school-unknown`, `day-to-come`."""
    _, spell = on.school(name)
    body = {
        "school": spell.name, "contact": kind, "date": on.not_to_come(day), "minutes": minutes, "with": tidy(among),
        "note": note.strip(),
    }  # fmt: skip
    return on.draft("contact", body)


def take_back(on: Writing, reader: CohortReader, entry: str = "") -> tuple[Draft, Entry]:
    """Void what was written of a cohort last, or the entry whose id begins so.

    Refused: `nothing-noted`, and `goal-pointed-at` for the only version of a goal that something points at.
    """
    for one in reader.fold.newest(on.facts.cohort.id):
        if not entry or one.id == entry or (len(entry) >= LEAST_OF_ID and one.id.startswith(entry)):
            _check_vanishing(on, one)
            return undo(on.hand, one), one
    raise Refused("nothing-noted")


def _check_vanishing(on: Writing, entry: Entry) -> None:
    """A goal does not vanish while something points at it. Refused: `goal-pointed-at`."""
    goal = next((one for one in on.facts.goals if entry.id in (one.id, *one.heads)), None)
    if goal is None or entry.replaces:
        return
    count = sum(pointer.goal == goal.id for pointer in on.facts.pointers)
    if count and goal.heads == (entry.id,):
        raise Refused("goal-pointed-at", goal=cut(goal.text, 50).rstrip(), count=count)
