"""All cohorts of a ledger as they stand, folded out of what was written of them.

Owns which version of each fact counts, and who is in a school or a team after all that was said: any order, any
repetition of entries gives the same. Never reads a ledger by itself, and knows nothing of what happened at an event.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from plfacilitate.core.cohort.values import (
    Cohort,
    CohortFacts,
    Contact,
    ContactKind,
    Goal,
    Link,
    Member,
    Part,
    Pointer,
    Pointing,
    Role,
    Spell,
)
from plfacilitate.core.entry import Entry
from plfacilitate.core.kept import Fold
from plfacilitate.core.sequence import as_it_went
from plfacilitate.core.text import fold
from plfacilitate.core.versions import Family, families

SAID_KINDS = frozenset(
    {
        "cohort-planned", "school-joined", "school-left", "team-joined", "team-left", "cohort-event", "contact", "goal",
        "pointed", "commitment-settled",
    }
)  # fmt: skip
TAKEN_BACK = "taken back"
"""Why a goal is shown as dropped that nobody dropped."""
COHORT_KINDS = SAID_KINDS | {"undo", "erased"}


class CohortFold(Fold):
    """The facts of all cohorts. Feed it with `apply`; `cohorts` gives frozen values, made when asked for."""

    def __init__(self) -> None:
        """No cohort is known yet."""
        super().__init__(lambda entry: entry.kind in COHORT_KINDS)
        self._made: dict[str, CohortFacts] | None = None

    def apply(self, entries: Iterable[Entry]) -> bool:
        """Take entries in; True when anything may look different now."""
        changed = bool(self._kept.take(entries))
        if changed:
            self._made = None
        return changed

    @property
    def cohorts(self) -> Mapping[str, CohortFacts]:
        """Cohort → what stands of it, by the days they start; one that was never planned, or no more, is left out."""
        if self._made is None:
            void = self._kept.void
            groups: dict[str, list[Entry]] = {}
            for entry in self._kept.entries.values():
                groups.setdefault(str(entry.body["cohort"]), []).append(entry)
            made = (facts for key, group in groups.items() if (facts := _facts(key, group, void)) is not None)
            self._made = {
                one.cohort.id: one for one in sorted(made, key=lambda one: (one.cohort.starts, one.cohort.id))
            }
        return self._made

    def newest(self, cohort: str) -> list[Entry]:
        """What was written of a cohort and stands, the newest first: what an undo takes back."""
        return as_it_went(one for one in self._kept.standing() if one.body["cohort"] == cohort)[::-1]

    def heads(self, cohort: str, kind: str) -> list[Entry]:
        """The versions of a kind's facts that nobody replaced: what a change follows."""
        of = [one for one in self._kept.entries.values() if one.kind == kind and one.body["cohort"] == cohort]
        return [head for family in families(of, self._kept.void) for head in family.heads]


def _facts(cohort: str, entries: Iterable[Entry], void: set[str]) -> CohortFacts | None:
    kinds: dict[str, list[Entry]] = {}
    for entry in entries:
        kinds.setdefault(str(entry.kind), []).append(entry)
    found = {kind: families(group, void) for kind, group in kinds.items()}
    plans = as_it_went(head for family in found.get("cohort-planned", ()) for head in family.heads)
    if not plans:
        return None
    pointers = _pointers(_standing(found, "pointed"))
    goals = {one.id: one for one in kinds.get("goal", ())}
    return CohortFacts(
        cohort=replace(Cohort.from_json(plans[-1].body["plan"]), id=cohort),
        spells=_spells(_standing(found, "school-joined", "school-left")),
        members=_members(_standing(found, "team-joined", "team-left")),
        links=_links(_standing(found, "cohort-event")),
        contacts=tuple(sorted(map(_contact, _standing(found, "contact")), key=lambda one: one.day)),
        goals=tuple(_goals(found.get("goal", ()), goals, {pointer.goal for pointer in pointers})),
        pointers=pointers,
    )


def _standing(found: Mapping[str, list[Family]], *kinds: str) -> list[Entry]:
    """What counts of these kinds, in the order in which it was done."""
    return as_it_went(one.current for kind in kinds for one in found.get(kind, ()) if one.current is not None)


def school_of(entry: Entry) -> str:
    """The key of the school that an entry is about; "" = of none."""
    return fold(str(entry.body.get("school", "")))


def _day(entry: Entry) -> date:
    return date.fromisoformat(entry.body["date"])


def _spells(entries: Iterable[Entry]) -> dict[str, tuple[Spell, ...]]:
    """Who is in already does not join again, and who is out does not leave: two laptops may have said it both.

    A file brings nobody back who left: what was said by hand beats it, on whichever laptop the file was taken in.
    """
    found: dict[str, tuple[Spell, ...]] = {}
    for entry in entries:
        key = school_of(entry)
        spells = found.get(key, ())
        inside = bool(spells) and spells[-1].left is None
        if entry.kind == "school-joined":
            if inside:
                last = spells[-1]._replace(entries=(*spells[-1].entries, entry.id))
                found[key] = (*spells[:-1], last)
            elif not (spells and entry.body.get("file")):
                found[key] = (*spells, Spell(str(entry.body["school"]), _day(entry), entries=(entry.id,)))
        elif inside:
            last = spells[-1]
            left = last._replace(left=_day(entry), reason=str(entry.body["reason"]), entries=(*last.entries, entry.id))
            found[key] = (*spells[:-1], left)
    return dict(sorted(found.items()))


def _members(entries: Iterable[Entry]) -> dict[str, tuple[Member, ...]]:
    """The teams of all schools, those who have left among them. In the same role again changes nothing.

    A file brings nobody back who left, as with schools.
    """
    found: dict[str, list[Member]] = {}
    for entry in entries:
        team = found.setdefault(school_of(entry), [])
        person = str(entry.person)
        if entry.kind == "team-left":
            gone = _day(entry)
            team[:] = [one._replace(until=gone) if one.person == person and one.until is None else one for one in team]
            continue
        role = cast(Role, entry.body["part"])
        before = [one.until for one in team if one.person == person]
        if entry.body.get("file") and before and None not in before:
            continue
        if not any((one.person, one.role, one.until) == (person, role, None) for one in team):
            team.append(Member(person, role, _day(entry), None, entry.id, bool(entry.body.get("file"))))
    return {key: tuple(team) for key, team in sorted(found.items()) if team}


def _links(entries: Iterable[Entry]) -> tuple[Link, ...]:
    """One an event, the last word."""
    found: dict[str, Link] = {}
    for entry in entries:
        event = str(entry.body["event"])
        found[event] = Link(event, cast(Part, entry.body["part"]), school_of(entry), entry.id)
    return tuple(found[event] for event in sorted(found))


def _contact(entry: Entry) -> Contact:
    body = entry.body
    kind, among, note = cast(ContactKind, body["contact"]), str(body.get("with", "")), str(body.get("note", ""))
    return Contact(school_of(entry), kind, _day(entry), int(body["minutes"]), entry.by, among, note, entry.id)


def _goals(found: Iterable[Family], entries: Mapping[str, Entry], pointed: Collection[str]) -> list[Goal]:
    """The goals in the order in which they were set; `entries` = all their versions, `pointed` = what is pointed at.

    A goal of which every version was taken back, while something elsewhere pointed at it, stays as one that was dropped.
    """
    goals = []
    for family in found:
        if family.current is not None:
            goals.append(_goal(family.root, family.current, family.heads))
        elif family.root in pointed and family.root in entries:
            first = entries[family.root]
            goals.append(_goal(family.root, first, [first])._replace(dropped=TAKEN_BACK))
    first_said = {key: entry.happened_at for key, entry in entries.items()}
    # Of a goal that was said anew the first words are gone: then the moment counts that its new ones kept.
    return sorted(
        goals,
        key=lambda goal: (first_said.get(goal.id) or min((first_said[one] for one in goal.heads), default=""), goal.id),
    )


def _goal(root: str, entry: Entry, heads: Iterable[Entry]) -> Goal:
    body = entry.body
    return Goal(
        id=root,
        school=school_of(entry),
        text=str(body["text"]),
        attribute=str(body.get("attribute", "")),
        facet=str(body.get("facet", "")),
        measure=str(body.get("measure", "")),
        due=date.fromisoformat(body["due"]) if body["due"] else None,
        dropped=str(body["dropped"]),
        heads=tuple(head.id for head in heads),
    )


def _pointers(entries: Iterable[Entry]) -> tuple[Pointer, ...]:
    """Each once, however often it was said."""
    found: dict[tuple[str, str, str], Pointer] = {}
    for entry in entries:
        goal, what, one = str(entry.body["goal"]), str(entry.body["from"]), str(entry.body["id"])
        before = found.get((goal, what, one), Pointer(goal, cast(Pointing, what), one, ()))
        found[goal, what, one] = before._replace(entries=(*before.entries, entry.id))
    return tuple(found[key] for key in sorted(found))
