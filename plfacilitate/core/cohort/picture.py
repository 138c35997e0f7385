"""One cohort at one moment: the frozen picture that a board, a command and insights read.

Owns how facts, events and promises become one line a school. Never reads a ledger: `steps.cohorts` hands everything in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from plfacilitate.core.cohort.around import Around, Happening
from plfacilitate.core.cohort.coming import Step, Where, steps_of
from plfacilitate.core.cohort.gatherings import Gathering, gatherings, strays
from plfacilitate.core.cohort.goals import Aim, Commitment, aims, commitments
from plfacilitate.core.cohort.standing import Attended, Stage, attended, concerns, stage
from plfacilitate.core.cohort.teams import Mate, TeamWarning, in_teams, team, warnings
from plfacilitate.core.cohort.values import Cohort, CohortFacts, Contact, ContactKind, Spell
from plfacilitate.core.minutes import day_text
from plfacilitate.core.text import plain


class SchoolPicture(NamedTuple):
    """One school of a cohort. `key` is the folded name; `left` None = it is in the cohort today.

    `sessions` and `academy` are those held so far, each with who came of the team (of its administrators, for an Academy
    day). `visits` are all site visits of this school, held, planned or passed; `wanted` how many it was promised, 0 =
    nobody said. Minutes are of contacts, `planning_minutes` also of planning events where somebody of the team was.
    `goals` hold dropped ones too (`Aim.goal.dropped`). `next` is never empty for a school that is in.
    """

    key: str
    name: str
    joined: date
    left: date | None
    reason: str
    stage: Stage
    team: tuple[Mate, ...]
    warnings: tuple[TeamWarning, ...]
    sessions: tuple[Attended, ...]
    academy: tuple[Attended, ...]
    visits: tuple[Gathering, ...]
    wanted: int
    planning_minutes: int
    coaching_minutes: int
    support_minutes: int
    contacts: tuple[Contact, ...]
    goals: tuple[Aim, ...]
    commitments: tuple[Commitment, ...]
    next: tuple[Step, ...]

    @property
    def visits_held(self) -> int:
        """Site visits that took place."""
        return sum(one.state == "held" for one in self.visits)

    @property
    def visits_planned(self) -> int:
        """Site visits in all: as many as were promised, or have a day."""
        return max(self.wanted, sum(one.state != "passed" for one in self.visits))

    @property
    def standing_goals(self) -> tuple[Aim, ...]:
        """The goals that were not dropped."""
        return tuple(one for one in self.goals if not one.goal.dropped)

    @property
    def with_evidence(self) -> int:
        """How many standing goals an observation or a visit points at."""
        return sum(bool(one.evidence) for one in self.standing_goals)

    @property
    def waiting(self) -> int:
        """Commitments of which nobody has said what became."""
        return sum(one.waits for one in self.commitments)

    @property
    def overdue(self) -> int:
        """Those of them whose day has passed."""
        return sum(one.state == "overdue" for one in self.commitments)


class CohortPicture(NamedTuple):
    """A cohort as it stands on `today`. `schools` are in it today, by name; `left` went on without it.

    `meetings` are all its gatherings in order of days. `remarks` are sentences about what does not fit together.
    """

    cohort: Cohort
    today: date
    stage: Stage
    schools: tuple[SchoolPicture, ...]
    left: tuple[SchoolPicture, ...]
    meetings: tuple[Gathering, ...]
    remarks: tuple[str, ...]

    @property
    def fellows(self) -> int:
        """Teacher Leadership Fellows: the teacher leaders of schools that are in, each once."""
        teams = (mate for one in self.schools for mate in one.team)
        return len({mate.person for mate in teams if "teacher-leader" in mate.roles})

    def school(self, key: str) -> SchoolPicture | None:
        """The school of that key, also one that left; None = it never was in the cohort."""
        return next((one for one in (*self.schools, *self.left) if one.key == key), None)


def picture(facts: CohortFacts, all_facts: Sequence[CohortFacts], around: Around) -> CohortPicture:
    """The cohort of these facts as it stands; `all_facts` are those of all cohorts, this one among them."""
    meetings = tuple(gatherings(facts, around))
    when = stage(facts.cohort, meetings, around.today)
    teams = in_teams(all_facts, around)
    shown = [_school(facts, key, spells, meetings, when, teams, around) for key, spells in facts.spells.items()]
    return CohortPicture(
        cohort=facts.cohort,
        today=around.today,
        stage=when,
        schools=tuple(one for one in shown if one.left is None),
        left=tuple(one for one in shown if one.left is not None),
        meetings=meetings,
        remarks=tuple(_remarks(facts, meetings, strays(all_facts, around), around)),
    )


def _school(
    facts: CohortFacts,
    key: str,
    spells: Sequence[Spell],
    meetings: Sequence[Gathering],
    when: Stage,
    teams: Mapping[str, Mapping[str, str]],
    around: Around,
) -> SchoolPicture:
    """A school; of one that left, as it was when it left, and with nothing that is next."""
    spell = spells[-1]
    left = spell.left if spell.left is not None and spell.left <= around.today else None
    members = facts.members.get(key, ())
    mates = team(members, around)
    elsewhere = {
        mate.person: sorted(name for other, name in teams.get(mate.person, {}).items() if other != key)
        for mate in mates
    }
    theirs = [one for one in meetings if one.school in ("", key) and concerns(one, spells)]
    own = [one for one in theirs if one.school == key]
    contacts = tuple(one for one in facts.contacts if one.school == key)
    promised = commitments(facts, key, spell.name, mates, own, around)
    shown = SchoolPicture(
        key=key,
        name=spell.name,
        joined=spell.joined,
        left=left,
        reason=spell.reason if left is not None else "",
        stage=when,
        team=mates,
        warnings=() if left is not None else warnings(mates, elsewhere),
        sessions=attended("session", theirs, key, spells, members, around),
        academy=attended("academy", theirs, key, spells, members, around, role="administrator"),
        visits=tuple(one for one in own if one.part == "site-visit"),
        wanted=facts.cohort.visits,
        planning_minutes=_minutes(contacts, "planning") + _planned_together(theirs, key, mates),
        coaching_minutes=_minutes(contacts, "coaching"),
        support_minutes=_minutes(contacts, "support"),
        contacts=contacts,
        goals=aims(facts, key, promised, around),
        commitments=promised,
        next=(),
    )
    return shown if left is not None else shown._replace(next=steps_of(_where(shown, theirs, around.today)))


def _minutes(contacts: Iterable[Contact], kind: ContactKind) -> int:
    return sum(one.minutes for one in contacts if one.kind == kind)


def _planned_together(theirs: Iterable[Gathering], key: str, mates: Sequence[Mate]) -> int:
    """Minutes of planning events that were held: of the school's own, and of common ones where its team was."""
    persons = {mate.person for mate in mates}
    held = [one for one in theirs if one.part == "planning" and one.state == "held"]
    return sum(one.minutes for one in held if one.school == key or persons & one.came)


def _where(shown: SchoolPicture, theirs: Sequence[Gathering], today: date) -> Where:
    touched = [one.day for one in shown.contacts] + [
        one.day for one in theirs if one.state == "held" and (one.school == shown.key or _was_there(shown, one))
    ]
    return Where(
        today=today,
        stage=shown.stage,
        warnings=shown.warnings,
        sessions=shown.sessions,
        visits_held=shown.visits_held,
        visits_wanted=shown.wanted,
        goals=shown.goals,
        commitments=shown.commitments,
        coming=[one for one in theirs if one.state == "planned"],
        passed=[one for one in theirs if one.state == "passed" and one.school == shown.key],
        touched=max((day for day in touched if day <= today), default=None),
        since=shown.joined,
    )


def _was_there(shown: SchoolPicture, one: Gathering) -> bool:
    return any(mate.person in one.came for mate in shown.team)


def _remarks(
    facts: CohortFacts, meetings: Iterable[Gathering], strange: Iterable[Happening], around: Around
) -> Iterator[str]:
    """What does not fit together, and what nobody would see on a line of a school."""
    for one in meetings:
        if one.state == "passed" and not one.school:
            what = "was never opened" if one.event else "has no event"
            yield f"{one.name} of {day_text(one.day)} {what}: was it held?"
        if one.school and one.school not in facts.spells:
            yield f"{one.name} of {day_text(one.day)}: its school is not in this cohort"
    for link in facts.links:
        if link.event not in around.happenings:
            yield f"an event that belongs to this cohort is not known here: {link.event[:8]}"
    for stray in strange:
        if facts.cohort.starts <= stray.day <= facts.cohort.ends:
            yield f"site visit of {day_text(stray.day)}: {plain(stray.school)} is in no cohort"
    known = {goal.id for goal in facts.goals}
    astray = sum(one.goal not in known for one in facts.pointers)
    if astray:
        yield f"{astray} of what points at goals points at one that is not here"
