"""Whatever happened on a day, the hours come out the same everywhere: laptop, other laptop, office, in any order."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.entry import Draft, Entry, Sealed
from plfacilitate.core.fold import EventFold
from plfacilitate.core.people import person_id
from plfacilitate.core.tally import CreditLine, credit_sheet
from plfacilitate.office.receive import receive
from plfacilitate.seal.keys import load_or_make
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.steps import capture
from plfacilitate.steps.approve import approve
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import Schedule, close_event, open_event, read_event, read_fold, schedule_event
from plfacilitate.steps.merge import merge_people
from plfacilitate.steps.pack import pack
from plfacilitate.steps.tally import event_credit, series_credit
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.register import open_register
from plfacilitate.store.search import catch_up, person
from plfacilitate.store.workspace import Workspace
from tests.played import Chance, Clock

PEOPLE = [person_id({"email": f"p{number}@example.org"}) for number in range(4)]
Act = Literal["in", "out", "correct", "undo", "ask", "choose", "everyone", "merge people", "hear the other"]


@dataclass(frozen=True)
class Deed:
    """Something that somebody does at one of two laptops. `minute` counts from 7:30; `pick` chooses among what is there."""

    laptop: int
    act: Act
    who: int
    minute: int
    pick: int


ACTS: Sequence[Act] = (
    "in",
    "in",
    "out",
    "out",
    "correct",
    "undo",
    "ask",
    "choose",
    "everyone",
    "merge people",
    "hear the other",
)
deeds = st.lists(
    st.builds(
        Deed,
        laptop=st.integers(0, 1),
        act=st.sampled_from(ACTS),
        who=st.integers(0, len(PEOPLE) - 1),
        minute=st.integers(0, 540),
        pick=st.integers(0, 30),
    ),
    max_size=30,
)
plans = st.sampled_from(["pscpl-cohort", "pspl-institute"])


class Side:
    """One laptop with its own ledger."""

    def __init__(self, folder: Path, number: int, plan: str) -> None:
        self.clock = Clock(datetime(2023, 12, 6, 15, 0, tzinfo=UTC))
        self.chance = Chance(number)
        self.hand = Hand(f"laptop {number}", "facilitator", self.clock, self.chance)
        self.workspace = Workspace(folder / f"laptop {number}").create()
        self.ledger = Ledger.open(self.workspace.ledger, clock=self.clock, chance=self.chance)
        self.plan = find_plan(plan, self.workspace.sessions, offices=self.workspace.exports)
        self.office = find_office(self.plan.office, self.workspace.exports)
        self.event = ""

    def begin(self) -> None:
        """The people and the event, as every laptop has them by itself."""
        when = Schedule(self.plan.sessions[0].id, self.clock().date(), "America/Los_Angeles", "Renton", "77")
        self.event = schedule_event(self.ledger, self.hand, self.plan, self.office, when)
        fields = [{"last_name": f"Person{n}", "email": f"p{n}@example.org"} for n in range(len(PEOPLE))]
        records = [
            self.hand.draft("person", person=one, body={"fields": said})
            for one, said in zip(PEOPLE, fields, strict=True)
        ]
        self.ledger.append(records)
        open_event(self.ledger, self.hand, read_event(self.ledger, self.event), self.plan, self.office)

    def at(self, minute: int) -> datetime:
        """A moment of the day."""
        return datetime(2023, 12, 6, 15, 30, tzinfo=UTC) + timedelta(minutes=minute)

    def do(self, deed: Deed, other: Side) -> None:
        """Do it, where it can be done."""
        self.clock.forward(seconds=1)
        if deed.act == "hear the other":
            self.ledger.receive(other.ledger.sealed())
        elif deed.act == "merge people":
            self._merge(deed)
        else:
            self.ledger.append(list(self._drafts(deed)))

    def _drafts(self, deed: Deed) -> Iterator[Draft]:
        who, at, event = PEOPLE[deed.who], self.at(deed.minute), self.event
        if deed.act == "in":
            yield capture.sign_in(self.hand, event, who, at=at)
        elif deed.act == "out":
            yield capture.sign_out(self.hand, event, who, at=at)
        elif deed.act == "ask":
            yield capture.request(self.hand, event, who, deed.minute, reason="asked")
        elif deed.act == "choose":
            choice = self.plan.choice[deed.pick % len(self.plan.choice)]
            yield capture.choose(self.hand, event, who, choice, offering="x", reason="asked")
        elif deed.act == "everyone":
            yield from capture.everyone_out(self.hand, read_fold(self.ledger, event), at=at, reason="seen")
        elif deed.act == "undo":
            if entries := self._entries("undo"):
                yield capture.undo(self.hand, entries[deed.pick % len(entries)], reason="wrong")
        elif marks := read_fold(self.ledger, event).marks(who):
            mark = marks[deed.pick % len(marks)]
            yield capture.correct_mark(self.hand, event, who, mark, at=at, reason="better")

    def _entries(self, *more: str) -> list[Entry]:
        kinds = ("sign-in", "sign-out", "request", "choice", *more)
        return sorted(self.ledger.entries(event=self.event, kinds=kinds), key=lambda entry: entry.id)

    def _merge(self, deed: Deed) -> None:
        catch_up(self.ledger.connection)
        one, two = (person(self.ledger.connection, PEOPLE[at % len(PEOPLE)]) for at in (deed.who, deed.pick))
        if one is not None and two is not None and one.id != two.id:
            merge_people(self.ledger, self.hand, one, two, reason="one person")

    def lines(self) -> list[tuple[object, ...]]:
        """Everybody's figures for the event and for the series."""
        at = self.at(600)
        return [*_figures(event_credit(self.ledger, self.event, at=at).lines), *self.series()]

    def series(self) -> list[tuple[object, ...]]:
        """Those of the series alone."""
        series = read_event(self.ledger, self.event).series
        return _figures(series_credit(self.ledger, series, at=self.at(600)).lines)


def _figures(lines: Sequence[CreditLine]) -> list[tuple[object, ...]]:
    return [
        (
            one.person.id,
            one.line.minutes,
            one.line.hundredths,
            one.line.status,
            [reason.code for reason in one.line.reasons],
        )
        for one in lines
    ]


@contextmanager
def day(plan: str, told: Sequence[Deed]) -> Iterator[tuple[Side, Side, Path]]:
    """Two laptops on which all of that was done."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, two = Side(folder, 1, plan), Side(folder, 2, plan)
        try:
            for side in (one, two):
                side.begin()
            for deed in told:
                sides = (one, two) if deed.laptop == 0 else (two, one)
                sides[0].do(deed, sides[1])
            yield one, two, folder
        finally:
            one.ledger.close()
            two.ledger.close()


@given(plan=plans, told=deeds)
@settings(max_examples=25)
def test_credit_never_exceeds_what_was_approved_and_every_minute_is_explained(plan: str, told: list[Deed]) -> None:
    """Whatever was signed, corrected, undone, asked for and merged."""
    with day(plan, told) as (one, _, _):
        for sheet in (
            event_credit(one.ledger, one.event, at=one.at(600)),
            series_credit(one.ledger, read_event(one.ledger, one.event).series, at=one.at(600)),
        ):
            for found in sheet.lines:
                line = found.line
                assert 0 <= line.hundredths <= line.eligible <= one.plan.approved_hundredths
                assert 0 <= line.minutes <= one.plan.approved_hundredths * 60 // 100
                assert line.hundredths * 60 <= line.minutes * 100
                assert line.minutes == line.agenda_minutes - sum(reason.minutes for reason in line.reasons)
                assert line.status != "none" or line.hundredths == 0


@given(plan=plans, told=deeds, seed=st.integers(0, 99))
@settings(max_examples=15)
def test_merging_in_any_order_gives_the_same_credit(plan: str, told: list[Deed], seed: int) -> None:
    """Each hears the other; a third laptop gets everything shuffled and some of it twice."""
    with day(plan, told) as (one, two, folder):
        entries = [*one.ledger.sealed(), *two.ledger.sealed()]
        one.ledger.receive(two.ledger.sealed())
        two.ledger.receive(one.ledger.sealed())
        third = Side(folder, 3, plan)
        third.event = one.event
        shuffled: list[Sealed] = [*entries, *entries[: len(entries) // 3]]
        random.Random(seed).shuffle(shuffled)
        for start in range(0, len(shuffled), 7):
            third.ledger.receive(shuffled[start : start + 7])
        try:
            assert one.lines() == two.lines() == third.lines()
        finally:
            third.ledger.close()


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets are not what this is about, and each takes half a second."""
    monkeypatch.setattr("plfacilitate.steps.pack_beside.write_sheet", lambda path, *sheet: path.write_bytes(b"%PDF"))


@pytest.mark.usefixtures("unprinted")
@given(plan=plans, told=deeds, later=deeds, seed=st.integers(0, 99))
@settings(max_examples=10)
def test_laptop_and_office_agree(plan: str, told: list[Deed], later: list[Deed], seed: int) -> None:
    """Both laptops pack, more happens, they pack again; the bundles arrive in any order. Every one agrees at its own
    point, and in the end the register's figures are those of the merged ledgers.
    """
    with day(plan, told) as (one, two, folder):
        mail = folder / "mail"
        mail.mkdir()
        for side in (one, two):
            _hand_in(side, mail)
        for deed in later:
            sides = (one, two) if deed.laptop == 0 else (two, one)
            sides[0].do(deed, sides[1])
        for side in (one, two):
            _hand_in(side, mail)
        bundles = sorted(mail.glob("*.zip"))
        random.Random(seed).shuffle(bundles)
        url = f"sqlite:///{folder / 'register' / 'register.db'}"
        for bundle in [*bundles, *bundles[:2]]:
            answers = receive(url, [bundle], clock=one.clock, chance=one.chance, office="office")
            assert all(answer.differs == () for answer in answers)
            assert all(answer.verdict in ("accepted", "already-here") for answer in answers)
        one.ledger.receive(two.ledger.sealed())
        register = open_register(url, one.chance)
        try:
            fold = EventFold(one.event)
            fold.read_as_one(register.merged())
            fold.apply(register.entries(one.event))
            known = register.people(fold.persons())
            event, series = (
                credit_sheet([fold], known, event=which, as_of={}, at=one.at(600)) for which in (one.event, None)
            )
            assert [*_figures(event.lines), *_figures(series.lines)] == one.lines()
        finally:
            register.close()


def _hand_in(side: Side, mail: Path) -> None:
    event = read_event(side.ledger, side.event)
    if event.closed_at is None:
        side.clock.set(side.at(580))
        close_event(side.ledger, side.hand, event)
    approve(side.ledger, side.hand, side.event)
    key = load_or_make(side.workspace.keys, side.ledger.device, side.chance)
    packed = pack(side.ledger, side.workspace, side.hand, key, side.event)
    for bundle in packed.bundles:
        shutil.copy(bundle.path, mail)
