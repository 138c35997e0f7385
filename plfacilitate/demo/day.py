"""The ready-made day: session 3 of 5 of the Institute, half an hour under way, 52 people expected.

Owns what happened before it opens: two sessions that were held and handed in, the first of them answered, a site visit
the day before, a cohort some weeks into its year, and problems of practice of which something was promised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import Draft, Means
from plfacilitate.core.plan import Plan
from plfacilitate.demo.cohort import CohortYear
from plfacilitate.demo.problems import EarlierProblems
from plfacilitate.demo.site_visit import SiteVisit
from plfacilitate.office.receive import receive
from plfacilitate.seal.keys import load_or_make
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.shelf.shipped import folder
from plfacilitate.steps import capture
from plfacilitate.steps.approve import approve
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.deliver import take_receipt
from plfacilitate.steps.events import Schedule, close_event, expect, open_event, read_event, read_fold, schedule_event
from plfacilitate.steps.intake import import_people
from plfacilitate.steps.keeping import start
from plfacilitate.steps.pack import pack
from plfacilitate.steps.sending import send
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

PLACE = "Renton"
UNDER_WAY = timedelta(minutes=52)  # how long the demo's session has been running when it opens
LONGER = (3, 4, 0, -5, -2)  # minutes by which segments took longer than planned, one after the other
MEANS: Sequence[Means] = ("own-phone", "own-phone", "own-phone", "badge", "own-phone", "facilitator", "own-phone")


def build(around: Surroundings) -> str:
    """Write the demo day into an empty workspace; returns today's event."""
    around.workspace.create()
    ledger = around.open_ledger()
    try:
        return _Day(ledger, around).write()
    finally:
        ledger.close()


class _Day:
    """The demo day as it is written, step by step."""

    def __init__(self, ledger: Ledger, around: Surroundings) -> None:
        self.ledger = ledger
        self.around = around
        self.now = around.clock()
        self.plan = find_plan("pspl-institute", around.workspace.sessions, offices=around.workspace.exports)
        self.office = find_office(self.plan.office, around.workspace.exports)

    def write(self) -> str:
        people = import_people(self.ledger, self.hand(), folder("demo") / "people.csv").ids
        office = self.around.workspace.root / "the-office"
        office.mkdir(exist_ok=True)
        problems = EarlierProblems(self.ledger, self.around)
        for number, weeks in ((0, 8), (1, 4)):
            event = self.past(number, weeks, people)
            if number == 0:
                problems.talk(event, people)
            else:
                problems.feedback(event)
            self.hand_in(event, office)
            if number == 0:
                self.answered(office)
        yesterday = self.starts().date() - timedelta(days=1)
        visit = SiteVisit(self.ledger, self.around, self.office, yesterday).write()
        CohortYear(self.ledger, self.around, yesterday, visit).write()
        return self.today(people)

    def hand(self, means: Means = "facilitator") -> Hand:
        return Hand(self.around.by, means, self.around.clock, self.around.chance)

    def starts(self) -> datetime:
        """When today's session began, local, on a five-minute mark."""
        local = (self.now - UNDER_WAY).astimezone(ZoneInfo(self.around.tz))
        return local.replace(minute=local.minute // 5 * 5, second=0, microsecond=0)

    def event(self, plan: Plan, number: int, at: datetime, people: Sequence[str]) -> str:
        session = plan.sessions[number].id
        when = Schedule(session, at.date(), self.around.tz, PLACE, "2026-1187", "481516")
        event = schedule_event(self.ledger, self.hand(), plan, self.office, when)
        expect(self.ledger, self.hand(), event, people)
        open_event(self.ledger, self.hand(), read_event(self.ledger, event), plan, self.office)
        return event

    def hand_in(self, event: str, office: Path) -> None:
        """The end of a past day: approved, packed, handed over to a folder that plays the office's."""
        approve(self.ledger, self.hand(), event)
        key = load_or_make(self.around.workspace.keys, self.ledger.device, self.around.chance)
        pack(self.ledger, self.around.workspace, self.hand(), key, event)
        send(self.ledger, self.around.workspace, self.hand(), str(office))

    def answered(self, office: Path) -> None:
        """The office took in what lies there, and its receipts are here."""
        register = f"sqlite:///{(office / 'register' / 'register.db').as_posix()}"
        answers = receive(
            register, [office], clock=self.around.clock, chance=self.around.chance, office="Clock Hour Services"
        )
        for answer in answers:
            if answer.receipt is not None:
                take_receipt(self.ledger, self.around.workspace, self.hand("system"), answer.receipt)

    def past(self, number: int, weeks: int, people: Sequence[str]) -> str:
        """A session of some weeks ago: nearly everybody, a few late, one who left early, closed; gives the event."""
        event = self.event(self.plan, number, self.starts() - timedelta(weeks=weeks), people)
        found = read_event(self.ledger, event)
        drafts: list[Draft] = []
        for place, person in enumerate(people):
            if place % 17 == number + 5:
                continue
            late = timedelta(minutes=22 if place % 13 == 4 else -(place % 20))
            early = timedelta(minutes=35 if place % 19 == 7 else -(place % 6))
            writer = self.hand(MEANS[place % len(MEANS)])
            drafts.append(capture.sign_in(writer, event, person, at=found.starts_at + late))
            drafts.append(capture.sign_out(writer, event, person, at=found.ends_at - early))
        self.ledger.append(drafts)
        self.kept(event, found.ends_at)
        close_event(self.ledger, self.hand(), found)
        return event

    def kept(self, event: str, until: datetime) -> None:
        """The agenda of an event was kept at the desk, some segments a little longer or shorter than planned."""
        moment = read_event(self.ledger, event).starts_at + timedelta(minutes=2)
        for place, span in enumerate(read_event(self.ledger, event).spans):
            if moment >= until:
                return
            draft = start(self.hand(), event, read_fold(self.ledger, event).run, place)
            self.ledger.append_one(replace(draft, happened_at=moment))
            meal = span.segment.kind == "meal"
            moment += timedelta(minutes=span.segment.minutes + (0 if meal else LONGER[place % len(LONGER)]))
        self.ledger.append_one(replace(self.hand().draft("agenda-ended", event=event), happened_at=until))

    def today(self, people: Sequence[str]) -> str:
        """The session that runs: most are in, some late, a walk-in, a doubt, a note and a problem of practice."""
        began = self.starts()
        sessions = list(self.plan.sessions)
        sessions[2] = replace(sessions[2], starts=began.strftime("%H:%M"))
        event = self.event(replace(self.plan, sessions=tuple(sessions)), 2, began, people)
        starts = read_event(self.ledger, event).starts_at
        self.ledger.append(list(self.arrivals(event, starts, people)))
        self.kept(event, self.now)
        walked_in, drafts = capture.walk_in(
            self.hand("own-phone"),
            event,
            {"last_name": "Evans", "first_name": "Pat", "school": "Meadow Crest", "email": "pat.evans@example.org"},
            at=starts + timedelta(minutes=1),
        )
        text = "One phone was used for several people."
        doubt = capture.flag(self.hand("system"), event, walked_in, "same-phone", text, [drafts[-1].id])
        note = "Two teams ask for more time with the student-ownership examples before they plan."
        running = read_event(self.ledger, event).session.agenda[1].title
        problem = {
            "owner": "Lan Nguyễn",
            "problem": "Students choose what they work on, and the same few always choose first.",
            "how_might_we": "How might we make choosing fair without choosing for students?",
            "ideas": ["Choosing order by rotation", "Students write their reasons first"],
            "commitment": None,
            "segment": running,
        }
        self.ledger.append(
            [
                *drafts,
                doubt,
                capture.note(self.hand(), event, note, segment=running),
                capture.popup(self.hand(), event, problem),
                capture.head_count(self.hand(), event, 48),
            ]
        )
        return event

    def arrivals(self, event: str, starts: datetime, people: Sequence[str]) -> Iterator[Draft]:
        for place, person in enumerate(people):
            if place % 11 == 6:
                continue  # expected, and not here yet
            minutes = 31 if place == 20 else 12 if place % 23 == 9 else -(place % 26)
            at = starts + timedelta(minutes=minutes, seconds=place * 7 % 60)
            yield capture.sign_in(self.hand(MEANS[place % len(MEANS)]), event, person, at=at)
            if place == 33:
                yield capture.sign_out(self.hand("own-phone"), event, person, at=starts + timedelta(minutes=40))
