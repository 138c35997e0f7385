"""What is purged from a register, on each engine: whole or not at all, in any order, and never again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plfacilitate.core.entry import digest, stable_id
from plfacilitate.office.purging import Done, Purging
from plfacilitate.store.register import Register, open_register
from plfacilitate.store.register.engine import NOWHERE
from plfacilitate.store.register.purging import Purge
from plfacilitate.store.register.retention import Hold
from plfacilitate.store.register.stored import StoredRegister
from tests.played import Chance, Clock
from tests.postgres import Server
from tests.store.registers import Packed, Paper, told

BEFORE, TODAY = date(2015, 1, 1), date(2023, 12, 6)
EVENTS = ["old-0", "old-1", "old-2", "young"]
PEOPLE = [stable_id("person", name) for name in ("Maria", "Dana", "Wei")]
_names = count(1)


def clock_of(event: str) -> Clock:
    """A clock that stands in the year of an event."""
    return Clock(datetime(2023 if event == "young" else 2010, 6, 1, 16, tzinfo=UTC))


def purge(register: Register) -> Done:
    """Take away what ended before 2015."""
    purging = Purging(register, TODAY, ZoneInfo("America/Los_Angeles"), lambda office: 0)
    run = Purge(f"purge-{next(_names)}", "2023-12-06T00:00:00Z", "Ruth", BEFORE.isoformat(), "every year")
    return purging.purge(purging.preview(BEFORE), run, lambda: run.at)


def known(register: Register) -> set[str]:
    """Of whom a record is here."""
    return set(register.person_ids())


OPS = ("write", "write", "write", "person", "pack", "pack all", "bring", "bring", "hold", "release", "purge", "purge")
schedules = st.lists(st.tuples(st.sampled_from(OPS), st.integers(0, 3), st.integers(0, 2)), max_size=30)


class Played:
    """A laptop, a register, and what ought to be in it."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.paper = Paper(f"laptop-{next(_names)}")
        self.bundles: list[Packed] = []
        self.contents: dict[str, set[tuple[str, bytes | None]]] = {event: set() for event in EVENTS}
        self.purged: set[str] = set()
        self.held: set[str] = set()
        self.sent = 0

    def do(self, op: str, what: int, who: int) -> None:
        """One step."""
        event = EVENTS[what]
        if op == "write":
            self.paper.write(clock_of(event), event, kind="sign-in", person=PEOPLE[who])
        elif op == "person":
            self.paper.write_person(clock_of(event), PEOPLE[who])
        elif op in ("pack", "pack all") and len(self.paper.written) > (self.sent if op == "pack" else 0):
            self.bundles.append(self.paper.packed(self.sent if op == "pack" else 0, f"b{next(_names)}"))
            self.sent = len(self.paper.written)
        elif op == "bring" and self.bundles:
            self.bring(self.bundles[what % len(self.bundles)])
        elif op == "hold":
            self.register.hold(Hold(event, "disputed", f"at {next(_names)}", "Ruth"))
            self.held.add(event)
        elif op == "release":
            self.register.release(event, "later", "Ruth")
            self.held.discard(event)
        elif op == "purge":
            self.purge()

    def bring(self, bundle: Packed) -> None:
        """A bundle comes; of what is purged nothing ought to stay."""
        if bundle.brought_to(self.register).verdict == "accepted":
            for one in self.paper.written[: bundle.covers[self.paper.device][1]]:
                self._take(one.envelope, one.content)

    def _take(self, envelope: bytes, content: bytes | None) -> None:
        for event in EVENTS:
            if f'"event":"{event}"'.encode() in envelope and event not in self.purged:
                entry_id = envelope.partition(b'"id":"')[2].partition(b'"')[0].decode()
                self.contents[event].add((entry_id, content))

    def purge(self) -> None:
        """Everything old goes that something is here of, unless it is held."""
        for event in EVENTS[:3]:
            if self.contents[event] and event not in self.held:
                self.purged.add(event)
                self.contents[event] = set()
        done = purge(self.register)
        assert [against for _, against in done.stayed] == []

    def check(self) -> None:
        """What was purged is gone, what stays is whole."""
        for event in EVENTS:
            assert told(self.register, [event]) == self.contents[event], event


def played(register: Register, steps: Sequence[tuple[str, int, int]]) -> None:
    """Play a schedule, then bring everything once more and purge at last."""
    day = Played(register)
    for op, what, who in steps:
        day.do(op, what, who)
        day.check()
    day.do("pack all", 0, 0)
    for bundle in day.bundles:
        day.bring(bundle)
        day.check()
    there = {person for event in EVENTS for person in register.people_at(event)}
    written = {person for person in PEOPLE if f'"person":"{person}","replaces":[]'.encode() in _records(day.paper)}
    assert there & written <= known(register), "who is somewhere has a name again"
    day.purge()
    day.check()
    left = {person for event in EVENTS for person in register.people_at(event)}
    ever = {person for person in written if _was_at(day.paper, person)}
    assert known(register) & ever == left & ever, "who was only at purged events is forgotten"


def _records(paper: Paper) -> bytes:
    return b"".join(one.content or b"" for one in paper.written if b'"kind":"person"' in (one.content or b""))


def _was_at(paper: Paper, person: str) -> bool:
    wanted = f'"person":"{person}"'.encode()
    return any(wanted in (one.content or b"") and b'"kind":"sign-in"' in (one.content or b"") for one in paper.written)


_LATE = [
    ("write", 0, 0), ("pack", 0, 0), ("bring", 0, 0), ("purge", 0, 0),
    ("person", 0, 1), ("write", 0, 1), ("pack", 0, 0), ("bring", 1, 0),
]  # fmt: skip
"""Somebody's record comes only when their one event is purged already."""


@settings(max_examples=int(os.environ.get("PLFACILITATE_SCHEDULES", "60")))
@example(_LATE)
@given(schedules)
def test_any_order_of_purge_hold_and_bundles(tmp_path: Path, steps: list[tuple[str, int, int]]) -> None:
    """What was purged never comes back, what is held or young stays whole, who is left somewhere keeps the name."""
    with closing(open_register(f"sqlite:///{tmp_path / f'{next(_names)}.db'}", Chance(1))) as register:
        played(register, steps)


@settings(max_examples=5)
@given(schedules)
def test_any_order_ends_the_same_on_postgresql(postgres: Server, steps: list[tuple[str, int, int]]) -> None:
    """A few of them: what decides is the same code."""
    with postgres.lent() as address, closing(open_register(address, Chance(1))) as register:
        played(register, steps)


def test_what_came_in_between_is_looked_at_again(register: Register) -> None:
    """A preview that is no longer true is not carried out: that offering stays, with the reason."""
    paper = Paper("one")
    paper.write(clock_of("old-0"), "old-0", kind="sign-in", person=PEOPLE[0])
    paper.packed().brought_to(register)
    purging = Purging(register, TODAY, ZoneInfo("America/Los_Angeles"), lambda office: 0)
    seen = purging.preview(BEFORE)
    paper.write(clock_of("old-0"), "old-0", kind="sign-out", person=PEOPLE[0])
    paper.packed(1).brought_to(register)
    run = Purge("p", "2023-12-06T00:00:00Z", "Ruth", BEFORE.isoformat(), "every year")
    assert [against for _, against in purging.purge(seen, run, lambda: run.at).stayed] == ["changed"]
    assert len(register.entries("old-0")) == 2
    register.hold(Hold("old-0", "disputed", "now", "Ruth"))
    assert [against for _, against in purging.purge(seen, run, lambda: run.at).stayed] == ["held"]
    register.release("old-0", "now", "Ruth")
    assert len(purge(register).gone) == 1


def test_nobody_is_forgotten_at_what_was_held_a_moment_ago(register: Register) -> None:
    """Between the look and the deed somebody holds the offering: nothing is done."""
    paper = Paper("one")
    ids = [paper.write(clock_of("young"), "young", kind="sign-in", person=PEOPLE[0])]
    paper.packed().brought_to(register)
    register.hold(Hold("young", "disputed", "now", "Ruth"))
    about = (PEOPLE[:1], ids, ["young"])
    assert register.forget(*about, at="2023-12-06T00:00:00Z", by="Ruth", reason="asked") is None
    assert len(register.entries("young")) == 1
    register.release("young", "now", "Ruth")
    assert register.forget(*about, at="2023-12-06T00:00:00Z", by="Ruth", reason="asked") == 1
    assert register.entries("young") == []
    assert [entries for *_, entries in register.forgotten()] == [1]


def test_what_was_said_later_of_a_purged_problem_goes_with_it(register: Register) -> None:
    """What became of a promise belongs to no event, and names people: it goes with the event of the promise."""
    paper = Paper("one")
    old = paper.write(clock_of("old-0"), "old-0", kind="popup", owner="Dana")
    young = paper.write(clock_of("young"), "young", kind="popup", owner="Dana")
    for popup in (old, young):
        paper.write(
            clock_of("young"), None, kind="commitment-settled", popup=popup, cohort="", kept=True, note="Maria tried it"
        )
    paper.packed().brought_to(register)
    purge(register)
    assert register.orphans(["commitment-settled"]) == []
    assert len(told(register, [NOWHERE])) == 1
    paper.packed(0, "again").brought_to(register)
    assert len(told(register, [NOWHERE])) == 1


def put_aside(register: Register) -> Paper:
    """Something about Maria at an old event, under an id that was known: it stands aside. Gives who wrote it."""
    paper, other = Paper("one"), Paper("two")
    paper.write(clock_of("old-0"), "old-0", kind="sign-in", person=PEOPLE[0])
    paper.packed().brought_to(register)
    other.write(clock_of("old-0"), "old-0", kind="note", person=PEOPLE[0], text="Maria Alvarez asked")
    one = other.written[0]
    named = paper.written[0].envelope.partition(b'"id":"')[2].partition(b'"')[0]
    mine = one.envelope.partition(b'"id":"')[2].partition(b'"')[0]
    other.written[0] = type(one)(one.envelope.replace(mine, named), one.salt, one.content)
    other.digests[0] = digest(other.written[0].envelope)
    assert other.packed().brought_to(register).conflicts
    assert _aside(register) == 1
    return other


def test_what_stands_aside_about_somebody_is_forgotten_with_them(register: Register) -> None:
    """Nobody has to decide any more about what somebody is forgotten for."""
    put_aside(register)
    register.forget([PEOPLE[0]], [], [], at="now", by="Ruth", reason="asked by letter")
    assert _aside(register) == 0


def test_what_stands_aside_goes_too(register: Register) -> None:
    """Another content under a known id is kept for a decision: not longer than its event."""
    other = put_aside(register)
    purge(register)
    assert _aside(register) == 0
    other.packed(0, "again").brought_to(register)
    assert _aside(register) == 0


def test_who_was_purged_and_then_asks_to_be_forgotten_never_comes_back(register: Register) -> None:
    """What waited to be laid down again once they came is erased too, whatever the laptop sends afterwards."""
    paper = Paper("one")
    paper.write(clock_of("old-0"), "old-0", kind="sign-in", person=PEOPLE[0])
    paper.write_person(clock_of("old-0"), PEOPLE[0])
    paper.packed().brought_to(register)
    purge(register)
    assert known(register) == set()
    newer = paper.write_person(clock_of("young"), PEOPLE[0])
    paper.packed(2, "newer").brought_to(register)
    assert known(register) == {PEOPLE[0]}
    register.forget([PEOPLE[0]], [newer], [], at="now", by="Ruth", reason="asked by letter")
    paper.write(clock_of("young"), "young", kind="note", text="everything once more")
    paper.packed(0, "all").brought_to(register)
    assert known(register) == set()


def _aside(register: Register) -> int:
    """How many contents stand aside."""
    assert isinstance(register, StoredRegister)
    return len(register._engine.rows("SELECT 1 FROM aside WHERE content IS NOT NULL"))


def _owes_wiping(register: Register) -> bool:
    """Whether something was deleted that could still be dug out of the file."""
    assert isinstance(register, StoredRegister)
    return bool(register._engine.rows("SELECT 1 FROM register WHERE key = 'wipe'"))


def test_what_a_laptop_erased_is_wiped_when_nobody_reads(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """An erasure that comes with a bundle while somebody reads the file is owed, and the next wiping pays it."""
    assert isinstance(register, StoredRegister)
    paper = Paper("one")
    note = paper.write(clock_of("young"), "young", text="Maria Alvarez asked")
    paper.write(clock_of("young"), None, kind="erased", ids=[note])
    with monkeypatch.context() as reading:
        reading.setattr(type(register._engine), "wipe", lambda engine: False)
        paper.packed().brought_to(register)
    assert _owes_wiping(register)
    assert register.wipe()
    assert not _owes_wiping(register)


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can be killed like that there")
def test_a_purge_that_is_killed_goes_on(tmp_path: Path) -> None:
    """Every offering is whole or gone; the next purge takes the rest, forgets the people and wipes the file."""
    url = f"sqlite:///{tmp_path / 'register.db'}"
    paper, events = Paper("killed"), [f"old-{number:03}" for number in range(120)]
    for number, event in enumerate(events):
        for kind in ("sign-in", "sign-out", "note"):
            paper.write(clock_of(event), event, kind=kind, person=PEOPLE[number % 3], text="maria.alvarez")
    for person in PEOPLE:
        paper.write_person(clock_of("old"), person)
    paper.write(clock_of("young"), "young", kind="sign-in", person=PEOPLE[2])
    with closing(open_register(url, Chance(1))) as register:
        paper.packed().brought_to(register)
    command = [sys.executable, "-m", "plfacilitate", "office", "purge", "--before", "2015-01-01", "--register", url]
    with subprocess.Popen([*command, "--yes"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as running:
        assert running.stderr is not None
        while "20 of 120" not in running.stderr.readline():
            assert running.poll() is None
        running.send_signal(signal.SIGKILL)
    with closing(open_register(url, Chance(2))) as register:
        left = [len(register.entries(event)) for event in events]
        assert set(left) == {0, 3}
        assert known(register) == set(PEOPLE)
        assert _owes_wiping(register)
        listed = [one.series for _, gone in register.purges() for one in gone]
        assert listed == [event for event, entries in zip(events, left, strict=True) if not entries]
    subprocess.run([*command, "--yes"], capture_output=True, check=True)
    with closing(open_register(url, Chance(3))) as register:
        assert not any(register.entries(event) for event in events)
        assert sorted(one.series for _, gone in register.purges() for one in gone) == events
        assert known(register) == {PEOPLE[2]}
        assert len(register.entries("young")) == 1
        assert not _owes_wiping(register)
    on_disk = b"".join(path.read_bytes() for path in tmp_path.glob("register.db*"))
    assert b"maria.alvarez" not in on_disk
    assert PEOPLE[0].encode() not in on_disk
