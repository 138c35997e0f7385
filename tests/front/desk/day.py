"""A day for the desk's tests: a workspace with people and an event, made through the steps like a real one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import Means, stable_id
from plfacilitate.core.office import Column, Office
from plfacilitate.core.people import Person, person_id
from plfacilitate.core.plan import Plan, Segment, SegmentKind, Session
from plfacilitate.steps import capture, events
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.merge import person_heads
from plfacilitate.store import search
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace
from tests.played import Chance, Clock

TZ = "America/Los_Angeles"
DAY = date(2023, 12, 6)
PLACE = "Renton"

AGENDA: tuple[tuple[int, SegmentKind, str], ...] = (
    (15, "instruction", "Welcome and purpose"),
    (75, "instruction", "Student ownership in practice"),
    (15, "break", "Break"),
    (75, "protocol", "Consultancy in groups of six"),
    (45, "meal", "Lunch"),
    (90, "work-time", "Plan your next unit together"),
    (15, "break", "Break"),
    (90, "work-time", "Try it and give feedback"),
    (15, "instruction", "Commitments and closing"),
)
SESSIONS = ("Learner profiles", "Voice and choice", "Student ownership", "Flexible paths", "Models of practice")
NAMES = (
    ("Alvarez", "Maria", "Campbell Hill"), ("Brown", "Dana", "Dimmitt"), ("Chen", "Wei", "Dimmitt"),
    ("Diaz", "Rosa", "Lakeridge"), ("Evans", "Pat", "Bryn Mawr"), ("Fischer", "Jonas", "Bryn Mawr"),
    ("Garcia", "Maria", "Campbell Hill"), ("Garcia", "Maria", "Lakeridge"), ("Hassan", "Amina", "Dimmitt"),
    ("Ito", "Kenji", "Campbell Hill"), ("Johnson", "Tasha", "Lakeridge"), ("Kowalski", "Ewa", "Bryn Mawr"),
    ("Lakshmi", "", "Dimmitt"), ("Núñez", "Sofía", "Campbell Hill"), ("Nguyễn", "Lan", "Dimmitt"),
    ("O'Leary", "Siobhán", "Lakeridge"), ("Park", "Min-jun", "Sierra Heights"), ("Quispe", "Inés", "Sierra Heights"),
    ("Robinson", "Marcus", "Sierra Heights"), ("Smith", "Lee", "Lakeridge"), ("Tran", "Bao", "Sierra Heights"),
    ("Usman", "Bilal", "Campbell Hill"), ("van der Berg", "Anneke", "Bryn Mawr"), ("Washington", "Keisha", "Dimmitt"),
    ("Yamamoto", "Yuki", "Sierra Heights"), ("Zieliński", "Tomasz", "Bryn Mawr"),
)  # fmt: skip


def institute() -> Plan:
    """Five sessions of six creditable hours."""
    agenda = tuple(Segment(*segment) for segment in AGENDA)
    return Plan(
        id="pspl-institute",
        title="Puget Sound Personalized Learning Institute",
        kind="institute",
        office="psesd",
        approved_hundredths=3000,
        credit="all-sessions",
        attended_at_least=75,
        choice=("clock-hours", "quarter-credits"),
        sessions=tuple(Session(f"s{n}", title, "08:30", agenda) for n, title in enumerate(SESSIONS, 1)),
    )


def psesd() -> Office:
    """The office's rule, short."""
    return Office(
        id="psesd", version="2026-1", title="PSESD", counts=("instruction", "work-time", "protocol"),
        minutes_per_hour=60, round_step_minutes=30, round="total", offering_minimum_minutes=60, person_minimum=None,
        day_cap=None, evaluation="provider", sheet_due_days=10, transcript_approved=False,
        columns=(Column("Name", "name"),),
    )  # fmt: skip


@dataclass
class Day:
    """A workspace that is being lived in. Times are local, `8:07`."""

    around: Surroundings
    clock: Clock
    ledger: Ledger
    event: str = ""
    plan: Plan = field(default_factory=lambda: institute())  # noqa: PLW0108 (a test may put another one in its place)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(TZ))

    @classmethod
    def begin(cls, folder: Path, at: str = "8:00", *, chance: Chance | None = None, machine: str = "laptop") -> Day:
        """An empty workspace."""
        clock = Clock(datetime(2023, 12, 6, 16, 0, tzinfo=UTC))
        workspace = Workspace(folder / "workspace").create()
        around = Surroundings(
            workspace=workspace, clock=clock, chance=chance or Chance(), by="R. Facilitator", machine=machine,
            state=folder / "state", tz=TZ,
        )  # fmt: skip
        day = cls(around, clock, around.open_ledger(), plan=institute())
        day.at(at)
        return day

    def moment(self, at: str) -> datetime:
        """`8:07` on the day."""
        hour, minute = map(int, at.split(":"))
        return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=self.zone).astimezone(UTC)

    def at(self, at: str) -> Day:
        """Put the clock to this time."""
        self.clock.set(self.moment(at))
        return self

    def hand(self, means: str = "facilitator") -> Hand:
        """Somebody who writes."""
        by = "door" if means == "own-phone" else self.around.by
        return Hand(by, cast(Means, means), self.around.clock, self.around.chance)

    def people(self, names: Sequence[tuple[str, str, str]] = NAMES) -> list[str]:
        """These people are known; gives their ids."""
        ids = []
        drafts = []
        for last, first, school in names:
            fields = {"last_name": last, "first_name": first, "school": school, "district": "Renton"}
            person = person_id(fields)
            ids.append(person)
            drafts.append(self.hand().draft("person", person=person, body={"fields": fields}))
        self.ledger.append(drafts)
        search.catch_up(self.ledger.connection)
        return ids

    def schedule(self, session: str = "s3", day: date = DAY) -> str:
        """A session of the institute is on this day."""
        chosen = events.Schedule(session=session, day=day, tz=TZ, place=PLACE, in_service="IS-4711")
        self.event = events.schedule_event(self.ledger, self.hand(), self.plan, psesd(), chosen)
        return self.event

    def expect(self, ids: Sequence[str]) -> None:
        """They are on the list."""
        events.expect(self.ledger, self.hand(), self.event, ids)

    def open(self) -> None:
        """The doors are open."""
        events.open_event(self.ledger, self.hand(), events.read_event(self.ledger, self.event), self.plan, psesd())

    def comes(self, person: str, at: str, means: str = "own-phone") -> str:
        """A person signs in; gives the entry's id."""
        draft = capture.sign_in(self.hand(means), self.event, person, at=self.moment(at))
        return self.ledger.append_one(draft).id

    def leaves(self, person: str, at: str, means: str = "own-phone") -> str:
        """A person signs out; gives the entry's id."""
        draft = capture.sign_out(self.hand(means), self.event, person, at=self.moment(at))
        return self.ledger.append_one(draft).id

    def badge(self, name: str, number: str) -> str:
        """Give somebody a badge; gives their id."""
        person = self.person(name).id
        replaces = person_heads(self.ledger, person)
        self.ledger.append_one(
            self.hand().draft("person", person=person, body={"fields": {"badge": number}}, replaces=replaces)
        )
        search.catch_up(self.ledger.connection)
        return person

    def person(self, name: str) -> Person:
        """The known person of this last name (and first name after a comma)."""
        found = [one for one in search.people(self.ledger.connection) if one.name.startswith(name)]
        return found[0]


def busy_day(folder: Path, at: str = "10:42", *, of: Plan | None = None) -> Day:
    """A room in the middle of the morning: most are in, some late, one left, one walked in, one doubt."""
    day = Day.begin(folder, "7:50")
    day.plan = of or day.plan
    ids = day.people()
    day.schedule()
    day.expect(ids)
    day.open()
    means = ("own-phone", "own-phone", "badge", "own-phone", "facilitator", "paper")
    came_in = []
    for number, person in enumerate(ids):
        if number in (3, 17, 24):
            continue
        at_minute = 31 if number == 2 else (number * 7) % 29
        came = f"9:{at_minute:02}" if number == 2 else f"8:{at_minute:02}"
        hand = day.hand(means[number % len(means)])
        came_in.append(capture.sign_in(hand, day.event, person, at=day.moment(came)))
    capture.written(day.ledger.append(came_in))
    day.leaves(ids[9], "10:05")
    walked, drafts = capture.walk_in(
        day.hand(), day.event, {"last_name": "Evers", "first_name": "Ingrid", "email": "ingrid@example.org"},
        at=day.moment("8:11"),
    )  # fmt: skip
    written = capture.written(day.ledger.append(drafts))
    search.catch_up(day.ledger.connection)
    flag = capture.flag(
        day.hand("own-phone"), day.event, walked, "same-phone", "same phone as Brown, Dana", [written[1].id]
    )
    day.ledger.append_one(flag)
    day.at(at)
    day.ledger.append_one(capture.head_count(day.hand(), day.event, 24))
    return day


def crowd(folder: Path, count: int, *, seen: int = 0, at: str = "8:10") -> Day:
    """A big room: `count` expected people, of whom the first `seen` are in."""
    day = Day.begin(folder, "7:50")
    names = [(f"Person{number:05}", f"First{number % 97}", f"School {number % 40}") for number in range(count)]
    ids = day.people(names)
    day.schedule()
    day.expect(ids)
    day.open()
    drafts = [capture.sign_in(day.hand("own-phone"), day.event, person, at=day.moment("8:05")) for person in ids[:seen]]
    for start in range(0, len(drafts), 500):
        day.ledger.append(drafts[start : start + 500])
    return day.at(at)


def other_entry(number: int) -> str:
    """An id for filling entries."""
    return stable_id("filling", str(number))
