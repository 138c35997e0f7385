"""Whatever is lost, repeated, overtaken or put back from a copy: the register ends as if all had gone in order."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plfacilitate.core.entry import Sealed
from plfacilitate.core.verdicts import Verdict
from plfacilitate.store.register import Register, open_register
from plfacilitate.store.register.keeping import backup_register, new_epoch, restore_register
from tests.played import Chance, Clock
from tests.postgres import Server
from tests.store.registers import Packed, Paper, told

SCHEDULES = int(os.environ.get("PLFACILITATE_SCHEDULES", "60"))  # more of them prove more, and take longer
EVENTS = ["e0", "e1"]
OPS = (
    "write", "write", "write", "merge", "pack", "pack", "pack all", "bring", "bring", "bring", "hear", "hear",
    "lose bundle", "lose answer", "copy register", "restore register", "copy laptop", "restore laptop", "fork laptop",
)  # fmt: skip
schedules = st.lists(st.tuples(st.sampled_from(OPS), st.integers(0, 7), st.integers(0, 7)), max_size=40)
_names = count(1)


@dataclass(frozen=True)
class Answer:
    """A receipt on its way: what it answers, in which epoch, and how far each device is known."""

    bundle: Packed
    epoch: str
    verdict: Verdict
    heads: Mapping[str, int]


@dataclass
class Laptop:
    """One that writes, knows what others wrote, and believes receipts as `steps.deliver.known_there` does."""

    paper: Paper
    known: dict[str, Paper] = field(default_factory=dict)
    heard: list[Answer] = field(default_factory=list)

    def copied(self) -> Laptop:
        """As it is now, on another disk."""
        return Laptop(self.paper.copied(), {name: one.copied() for name, one in self.known.items()}, [*self.heard])

    def merge(self, other: Laptop) -> None:
        """Know what another one knows; whoever is ahead is right, for forks hand in for themselves."""
        for paper in (other.paper, *other.known.values()):
            mine = self.known.get(paper.device)
            behind = len(mine.digests) if mine else 0
            if paper.device != self.paper.device and behind < len(paper.digests):
                self.known[paper.device] = paper.copied()

    def believes(self) -> dict[str, int]:
        """What the office has, by the answers of the epoch of the last one."""
        have: dict[str, int] = {}
        for one in self.heard:
            if one.epoch == self.heard[-1].epoch and one.verdict in ("accepted", "already-here"):
                for device, (_, last, _) in one.bundle.covers.items():
                    have[device] = max(have.get(device, 0), last)
        return {device: min(last, self.heard[-1].heads.get(device, last)) for device, last in have.items()}

    def pack(self, clock: Clock, *, everything: bool = False) -> Packed:
        """A bundle on top of what it believes; like every deed it is written down first."""
        self.paper.write(clock, "e0", text="packed")
        have = {} if everything else self.believes()
        covers: dict[str, tuple[int, int, str]] = {}
        entries: list[Sealed] = []
        for paper in (*self.known.values(), self.paper):
            one = paper.packed(have.get(paper.device, 0))
            covers |= one.covers
            entries += one.entries
        return Packed(f"bundle-{next(_names)}", covers, entries)


class Office:
    """A register at an address, its backup, and every bundle that it has accepted since."""

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.folder = folder
        self.url = f"sqlite:///{folder / 'register.db'}"
        self.chance = Chance(next(_names))
        self.register = open_register(self.url, self.chance)
        self.accepted: list[Packed] = []
        self.kept: list[Packed] | None = None

    def take(self, bundle: Packed) -> Answer:
        """Take it, and answer."""
        taken = bundle.brought_to(self.register)
        if taken.verdict == "accepted":
            self.accepted.append(bundle)
        heads = {device: number for device, (number, _) in self.register.heads(bundle.covers).items()}
        return Answer(bundle, self.register.epoch, taken.verdict, heads)

    def copy(self) -> None:
        """Back it up."""
        self.kept = [*self.accepted]
        self._copy()

    def put_back(self) -> None:
        """Lose it, and put back the last copy."""
        if self.kept is not None:
            self.register.close()
            self._put_back()
            self.accepted = [*self.kept]
            self.register = open_register(self.url, self.chance)

    def _copy(self) -> None:
        backup_register(self.url, self.folder / "copy.db")

    def _put_back(self) -> None:
        restore_register(self.url, self.folder / "copy.db", self.chance, str(next(_names)))


class Region(Office):
    """The same on a server: its own tools copy a database and put it back."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.url = server.database()
        self.chance = Chance(next(_names))
        self.register = open_register(self.url, self.chance)
        self.accepted = []
        self.kept = None

    def _copy(self) -> None:
        self.register.close()
        self.copied = self.server.database(self.url)
        self.register = open_register(self.url, self.chance)

    def _put_back(self) -> None:
        self.url = self.server.database(self.copied)
        new_epoch(self.url, self.chance)


class Day:
    """Two laptops and an office, and what is on its way between them."""

    def __init__(self, office: Office) -> None:
        self.clock = Clock(datetime(2023, 12, 6, 16, tzinfo=UTC))
        self.office = office
        self.laptops = [Laptop(Paper(f"{name}{next(_names)}")) for name in "ab"]
        self.copies = [laptop.copied() for laptop in self.laptops]
        self.place: list[Packed] = []
        self.answers: list[tuple[int, Answer]] = []
        self.forked = False

    def do(self, op: str, which: int, what: int) -> None:
        """One step."""
        me = which % 2
        laptop = self.laptops[me]
        if op == "write":
            laptop.paper.write(self.clock, EVENTS[what % 2], text=str(what))
        elif op == "merge":
            laptop.merge(self.laptops[1 - me])
        elif op in ("pack", "pack all"):
            self.place.append(laptop.pack(self.clock, everything=op == "pack all"))
        elif op == "bring" and self.place:
            self.answers.append((me, self.office.take(self.place[what % len(self.place)])))
        elif op == "hear" and self.answers:
            self.laptops[self.answers[0][0]].heard.append(self.answers.pop(what % len(self.answers))[1])
        elif op == "lose bundle" and self.place:
            self.place.pop(what % len(self.place))
        elif op == "lose answer" and self.answers:
            self.answers.pop(what % len(self.answers))
        else:
            self.lose_a_disk(op, me)

    def lose_a_disk(self, op: str, me: int) -> None:
        """Copies, and what becomes of them."""
        if op.endswith("register"):
            (self.office.copy if op.startswith("copy") else self.office.put_back)()
        elif op == "copy laptop":
            self.copies[me] = self.laptops[me].copied()
        elif op in ("restore laptop", "fork laptop"):
            self.restore(me, fork=op.startswith("fork"))

    def restore(self, me: int, *, fork: bool) -> None:
        """Back to the copy: it writes on as a new device, or, where nobody notices, under the old name."""
        laptop = self.copies[me].copied()
        if fork:
            self.forked = True
        else:
            if laptop.paper.digests:
                laptop.known[laptop.paper.device] = laptop.paper
            laptop.paper = Paper(f"restored-{next(_names)}")
        self.laptops[me] = laptop

    def settle(self) -> None:
        """The evening: everybody hands in and hears, until there is nothing left to be said."""
        for _ in range(3):
            for laptop in self.laptops:
                bundle = laptop.pack(self.clock, everything=self.forked)
                self.place.append(bundle)
                laptop.heard.append(self.office.take(bundle))
        for _ in range(len(self.place) + 1):
            if {self.office.take(one).verdict for one in self.place} <= {"already-here"}:
                break


def ideal(day: Day, register: Register) -> None:
    """The same bundles at another register, each in its turn."""
    found = {one.name: one for one in (*day.office.accepted, *day.place)}
    bundles = sorted(found.values(), key=lambda one: int(one.name.removeprefix("bundle-")))
    for _ in range(len(bundles) + 1):
        if {one.brought_to(register).verdict for one in bundles} <= {"already-here"}:
            return


def doubled(register: Register) -> frozenset[str]:
    """The ids of all entries that share device and number with another one."""
    places: dict[tuple[str, int], set[str]] = {}
    for event in EVENTS:
        for entry in register.entries(event):
            places.setdefault((entry.device, entry.number), set()).add(entry.id)
    return frozenset(one for ids in places.values() if len(ids) > 1 for one in ids)


def played(day: Day, steps: list[tuple[str, int, int]], other: Register) -> None:
    """Play a schedule, settle, and hold the register against the ideal one."""
    for op, which, what in steps:
        day.do(op, which, what)
    day.settle()
    register = day.office.register
    for laptop in day.laptops:
        wanted = {sealed.content for paper in (laptop.paper, *laptop.known.values()) for sealed in paper.written}
        assert wanted <= {content for _, content in told(register, EVENTS)}, "the office lacks what a laptop has"
    ideal(day, other)
    devices = {device for one in (*day.office.accepted, *day.place) for device in one.covers}
    assert told(register, EVENTS) == told(other, EVENTS)
    assert {one: number for one, (number, _) in register.heads(devices).items()} == {
        one: number for one, (number, _) in other.heads(devices).items()
    }
    assert frozenset().union(*map(register.forked, EVENTS)) == doubled(register)
    assert register.held() == other.held()
    assert day.forked or not any(register.forked(event) for event in EVENTS)


@pytest.mark.timeout(36_000)
@settings(max_examples=SCHEDULES)
@example(
    [
        ("pack", 0, 0),
        ("copy register", 0, 0),
        ("bring", 0, 0),
        ("hear", 0, 0),
        ("restore register", 0, 0),
        ("pack", 0, 0),
    ]
)
@given(schedules)
def test_any_schedule_ends_as_the_ideal_one(tmp_path: Path, steps: list[tuple[str, int, int]]) -> None:
    """Loss, repetition, another order, two laptops that merge, restored or copied, a register put back."""
    office, other = Office(tmp_path / "office"), Office(tmp_path / "ideal")
    try:
        played(Day(office), steps, other.register)
    finally:
        office.register.close()
        other.register.close()


@settings(max_examples=max(4, SCHEDULES // 200))
@given(schedules)
def test_any_schedule_ends_the_same_on_postgresql(postgres: Server, steps: list[tuple[str, int, int]]) -> None:
    """A few of them: what decides is the same code."""
    region, other = Region(postgres), Region(postgres)
    try:
        played(Day(region), steps, other.register)
    finally:
        region.register.close()
        other.register.close()
