"""A cohort begun from its file, and brought up to date from it.

Owns what a file may change: it adds schools, people and days, and never takes away what was recorded. What it leaves
out, or says otherwise than somebody did by hand, is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plfacilitate.core.cohort.teams import team
from plfacilitate.core.cohort.values import ROLE_WORDS, CohortFacts, Member, Part
from plfacilitate.core.directory import Directory
from plfacilitate.core.entry import Draft
from plfacilitate.core.minutes import day_text
from plfacilitate.core.people import Person, person_id
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Fault, Refused, refuse_faults
from plfacilitate.core.text import fold, plain
from plfacilitate.core.versions import person_of
from plfacilitate.shelf.cohorts import CohortFile, Named, SchoolFile
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.cohort_reading import CohortReader, read_cohorts
from plfacilitate.steps.events import events
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import catch_up, people

_KINDS_OF: dict[Part, str] = {"session": "cohort", "academy": "academy", "network-meeting": "network"}


@dataclass(frozen=True, slots=True)
class Started:
    """What a start did: how much was written, and what somebody should know. `new` = the cohort was not here before."""

    cohort: str
    new: bool
    planned: bool
    schools: int
    people: int
    members: int
    events: int
    remarks: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Anything was written."""
        return self.planned or bool(self.schools or self.people or self.members or self.events)


def start(ledger: Ledger, hand: Hand, file: CohortFile, today: date) -> Started:
    """Begin a cohort, or bring it up to date; twice with one file changes nothing. Refused: `faults`."""
    catch_up(ledger.connection)
    reader = read_cohorts(ledger)
    facts = reader.fold.cohorts.get(file.cohort.id)
    who = _persons(ledger, file)
    made = _Made(hand, reader, facts, file, today, [])
    drafts = [*made.plan(), *made.schools()]
    persons = [
        hand.draft("person", person=one.id, body={"fields": one.fields()})
        for one in who.persons.values()
        if one.id in who.new
    ]
    members = [draft for school in file.schools for draft in made.team(school, who)]
    links = list(made.links(events(ledger)))
    written(ledger.append([*persons, *drafts, *members, *links]))
    if persons:
        catch_up(ledger.connection)
    planned = sum(draft.kind == "cohort-planned" for draft in drafts)
    return Started(
        file.cohort.id, facts is None, bool(planned), len(drafts) - planned, len(persons), len(members), len(links),
        tuple(made.remarks),
    )  # fmt: skip


def _persons(ledger: Ledger, file: CohortFile) -> _Persons:
    """Whom the file means. Refused: `faults`, where a name fits several people or an e-mail is another one's."""
    known = Directory(people(ledger.connection))
    found = _Persons({}, {}, set())
    faults = []
    for school in file.schools:
        for one in school.team:
            try:
                found.take(one, school, known)
            except Refused as no:
                faults.append(Fault(file.name, one.line, one.key, str(no)))
    if faults:
        raise refuse_faults(file.name, faults)
    return found


@dataclass(slots=True)
class _Persons:
    """People of a file: place in it → person, record → person, and the records that are not known yet."""

    places: dict[tuple[int, str], Person]
    persons: dict[str, Person]
    new: set[str]

    def take(self, one: Named, school: SchoolFile, known: Directory) -> None:
        """Find a person among those who are known, or make them. Refused as `Directory.find`."""
        person = self._known(one, school, known)
        if person is None:
            fields = one.fields(school.name)
            person = person_of(person_id(fields), fields)
            self.new.add(person.id)
        self.persons[person.id] = self.places[one.line, one.key] = person

    def _known(self, one: Named, school: SchoolFile, known: Directory) -> Person | None:
        named = [person for person in known.named(one.name) if fold(person.school) == fold(school.name)]
        if not one.email and len(named) == 1:
            return named[0]
        try:
            return known.find(email=one.email, name=one.name)
        except Refused as no:
            if no.refusal.code != "person-unknown":
                raise
            return None

    def of(self, one: Named) -> Person:
        """The person at a place of the file."""
        return self.places[one.line, one.key]


@dataclass(slots=True)
class _Made:
    """What a file comes to, beside what stands already."""

    hand: Hand
    reader: CohortReader
    facts: CohortFacts | None
    file: CohortFile
    today: date
    remarks: list[str]

    def plan(self) -> Iterator[Draft]:
        """The plan, where it says anything new."""
        cohort = self.file.cohort
        if self.facts is None or self.facts.cohort != cohort:
            heads = [head.id for head in self.reader.fold.heads(cohort.id, "cohort-planned")]
            body = {"cohort": cohort.id, "plan": cohort.to_json()}
            yield self.hand.draft("cohort-planned", body=body, replaces=heads)

    def schools(self) -> Iterator[Draft]:
        """Schools that were never in the cohort."""
        cohort, spells = self.file.cohort, self.facts.spells if self.facts else {}
        joins = cohort.starts if self.facts is None else max(cohort.starts, self.today)
        for school in self.file.schools:
            spell = spells.get(fold(school.name), ())[-1:]
            if not spell:
                body = {"cohort": cohort.id, "school": school.name, "date": joins.isoformat(), "file": True}
                yield self.hand.draft("school-joined", body=body)
            elif spell[0].left is not None:
                self.remarks.append(f"{plain(school.name)} left on {day_text(spell[0].left)}, and stays out.")
        named = {fold(school.name) for school in self.file.schools}
        for key, some in spells.items():
            if key not in named and some[-1].left is None:
                self.remarks.append(f"{plain(some[-1].name)} is not in the file, and stays in the cohort.")

    def team(self, school: SchoolFile, who: _Persons) -> Iterator[Draft]:
        """People who were never in this team, and roles that an earlier file said otherwise."""
        key = fold(school.name)
        around = self.reader.around(self.today)
        before = self.facts.members.get(key, ()) if self.facts else ()
        said: dict[str, list[Named]] = {}
        for one in school.team:
            said.setdefault(around.one(who.of(one).id), []).append(one)
        for person, places in said.items():
            yield from self._member(school, person, places, [m for m in before if around.one(m.person) == person])
        for mate in team(before, around):
            if mate.person not in said:
                self.remarks.append(f"{plain(mate.words)} at {plain(school.name)}, is not in the file, and stays.")

    def _member(self, school: SchoolFile, person: str, places: list[Named], before: list[Member]) -> Iterator[Draft]:
        standing = [one for one in before if one.until is None]
        if before and not standing:
            self.remarks.append(f"{plain(places[0].name)} left the team of {plain(school.name)}, and stays out.")
            return
        roles = list(dict.fromkeys(one.role for one in places))
        other = [one for one in standing if one.role not in roles]
        for role in roles:
            if any(one.role == role for one in standing):
                continue
            if other and not other[0].file:
                words = f"is {ROLE_WORDS[other[0].role]} by hand, {ROLE_WORDS[role]} in the file: that stays."
                self.remarks.append(f"{plain(places[0].name)} at {plain(school.name)} {words}")
                continue
            since = other[0].since if other else self._since()
            body = {
                "cohort": self.file.cohort.id,
                "school": school.name,
                "part": role,
                "date": since.isoformat(),
                "file": True,
            }
            replaces = [other.pop(0).entry] if other else []
            yield self.hand.draft("team-joined", person=person, body=body, replaces=replaces)

    def _since(self) -> date:
        """A team that is written down for the first time has been one from the first day on."""
        starts = self.file.cohort.starts
        return starts if self.facts is None else max(starts, self.today)

    def links(self, known: list[Event]) -> Iterator[Draft]:
        """Events on days of the plan that are made of the plan's kind, where one alone fits."""
        cohort = self.file.cohort
        said = {link.event for link in self.facts.links} if self.facts else set()
        for day in cohort.days:
            kind = _KINDS_OF.get(day.part)
            fits = [one for one in known if one.plan.kind == kind and one.day == day.day]
            if len(fits) == 1 and fits[0].id not in said:
                said.add(fits[0].id)
                body = {"cohort": cohort.id, "event": fits[0].id, "part": day.part, "school": ""}
                yield self.hand.draft("cohort-event", body=body)
