"""Cohorts read out of the ledger: what was said of them, and what happened at the events that are theirs.

Owns which entries that takes, and that a second look costs only what is new. Never writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from plfacilitate.core.cohort.around import Around, Happening
from plfacilitate.core.cohort.fold import COHORT_KINDS, SAID_KINDS, CohortFold
from plfacilitate.core.cohort.picture import CohortPicture, picture
from plfacilitate.core.cohort.values import CohortFacts
from plfacilitate.core.entry import EVENT_KINDS, Entry
from plfacilitate.core.fold import MARK_KINDS, EventFold
from plfacilitate.core.problems.fold import PROBLEM_KINDS
from plfacilitate.core.refusal import Refused
from plfacilitate.core.scheduled import event_of
from plfacilitate.core.text import fold as folded
from plfacilitate.core.text import plain
from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.steps.merge import merged_people
from plfacilitate.steps.problem_bank import ProblemReader
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import people

_TOLD_KINDS = {*EVENT_KINDS, "visit-planned"}
_KINDS = COHORT_KINDS | set(EVENT_KINDS) | PROBLEM_KINDS | {"visit-planned"}


class CohortReader:
    """All cohorts of one ledger, and what they are seen among. Call `refresh`, then ask for pictures."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._begin()

    def _begin(self) -> None:
        self.seq = 0  # the newest entry that was looked at
        self.fold = CohortFold()
        self._told: dict[str, dict[str, Entry]] = {}  # event → what was said of it
        self._problems = ProblemReader()
        self._rooms: dict[str, EventFold] = {}
        self._happenings: dict[str, Happening] = {}
        self._observed: dict[str, tuple[str, str]] = {}
        self._merged: Mapping[str, str] = {}
        self._around = Around(date.min)

    def refresh(self, ledger: Ledger) -> bool:
        """Read what is new; True when a picture may look different now."""
        head = ledger.head_seq()
        if head == self.seq:
            return False
        new = list(ledger.entries(since=self.seq, kinds=_KINDS))
        if self.seq and any(entry.kind == "erased" for entry in new):
            self._begin()  # what was erased must not stay behind in a list here
            new = list(ledger.entries(kinds=_KINDS))
        touched = self._take(new)
        self._problems.take(ledger, new, head)
        self._rooms_now(ledger, touched)
        self._observed |= _observed(ledger, self.cohorts, self._observed)
        persons = {one.person for facts in self.cohorts for team in facts.members.values() for one in team}
        ids = {self._merged.get(person, person) for person in persons}
        self._around = Around(
            today=date.min,
            happenings=dict(self._happenings),
            promises=self._problems.promises,
            people={one.id: one for one in people(ledger.connection, ids)},
            merged=self._merged,
            observed=dict(self._observed),
            by_school=self._by_school(ledger),
        )
        self.seq = max([head, *(entry.seq for entry in new[-1:])])
        return True

    def _take(self, new: Iterable[Entry]) -> set[str]:
        """Sort what is new by what it is about; returns the events that may look different."""
        touched = set()
        about_cohorts = []
        for entry in new:
            if entry.kind in SAID_KINDS:
                about_cohorts.append(entry)
            elif entry.event is not None and entry.kind in _TOLD_KINDS:
                self._told.setdefault(entry.event, {})[entry.id] = entry
                touched.add(entry.event)
            if entry.kind == "undo":
                about_cohorts.append(entry)
        self.fold.apply(about_cohorts)
        return touched

    @property
    def cohorts(self) -> list[CohortFacts]:
        """What stands of each cohort, by the days they start."""
        return list(self.fold.cohorts.values())

    def find(self, name: str) -> CohortFacts:
        """The cohort of an id or title, or the beginning of one. Refused: `cohort-unknown`."""
        facts, asked = self.cohorts, folded(name)
        exact = [one for one in facts if one.cohort.id == name]
        close = [one for one in facts if asked in (folded(one.cohort.id), folded(one.cohort.title))]
        begun = [one for one in facts if asked and folded(one.cohort.id).startswith(asked)]
        for found in (exact, close, begun):
            if len(found) == 1:
                return found[0]
        known = ", ".join(plain(one.cohort.id) for one in facts) or "none yet"
        raise Refused("cohort-unknown", cohort=plain(name), known=known)

    def around(self, today: date) -> Around:
        """What cohorts are seen among, on a day."""
        return self._around._replace(today=today)

    def picture(self, facts: CohortFacts, today: date) -> CohortPicture:
        """A cohort as it stands on a day."""
        return picture(facts, self.cohorts, self.around(today))

    # -- events ------------------------------------------------------------------------------------------------------

    def _rooms_now(self, ledger: Ledger, touched: set[str]) -> None:
        """Read again who was at the events that matter, and what they are."""
        merged = merged_people(ledger)
        anew = merged != self._merged
        self._merged = merged
        linked = {link.event for facts in self.cohorts for link in facts.links}
        visits = {event for event, told in self._told.items() if any(e.kind == "visit-planned" for e in told.values())}
        for event in linked | visits:
            room = self._rooms.setdefault(event, EventFold(event))
            marks = list(ledger.entries(event=event, kinds=MARK_KINDS | {"undo"}, since=room.seq))
            if anew:
                room.read_as_one(merged)
            room.apply(marks)
            if marks or anew or event in touched or event not in self._happenings:
                found = self._happening(event, room)
                if found is not None:
                    self._happenings[event] = found
        for event in self._happenings.keys() - linked - visits:
            del self._happenings[event]

    def _by_school(self, ledger: Ledger) -> dict[str, dict[str, frozenset[str]]]:
        """Who came to what is a cohort's, school by school; of people without a school nothing is said."""
        events = {link.event for facts in self.cohorts for link in facts.links}
        came = {event: self._happenings[event].came for event in events if event in self._happenings}
        persons = set().union(*came.values())
        schools = {one.id: folded(one.school) for one in people(ledger.connection, persons)} if persons else {}
        found: dict[str, dict[str, set[str]]] = {event: {} for event in came}
        for event, there in came.items():
            for person in there:
                if schools.get(person):
                    found[event].setdefault(schools[person], set()).add(person)
        return {event: {key: frozenset(some) for key, some in groups.items()} for event, groups in found.items()}

    def _happening(self, event_id: str, room: EventFold) -> Happening | None:
        told = list(self._told.get(event_id, {}).values())
        event = event_of(one for one in told if one.kind in EVENT_KINDS)
        if event is None:
            self._happenings.pop(event_id, None)
            return None
        visit = VisitFold(event_id)
        visit.apply(one for one in told if one.kind in ("visit-planned", "undo"))
        return Happening(
            event=event_id,
            title=event.title,
            day=event.day,
            minutes=event.session.minutes,
            opened=event.opened_at is not None,
            school=visit.visit.school if visit.visit else "",
            came=frozenset(person for person in room.persons() if room.presence(person).stays),
        )


def _observed(
    ledger: Ledger, cohorts: Iterable[CohortFacts], known: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """The observations that goals rest on: their event, and the title of what was filled in."""
    ids = {one.id for facts in cohorts for one in facts.pointers if one.what == "observation"}
    found = {}
    for one in sorted(ids - known.keys()):
        entry = ledger.entry(one)
        if entry is not None and entry.kind == "observation-started":
            found[one] = (str(entry.event), str(entry.body["protocol"].get("title", "")))
    return found


def read_cohorts(ledger: Ledger) -> CohortReader:
    """A reader that has read what there is."""
    reader = CohortReader()
    reader.refresh(ledger)
    return reader
