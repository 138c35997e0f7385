"""Several receivers at one register, as real processes; and a server that goes away in the middle."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from plfacilitate.core.entry import Sealed, digest
from plfacilitate.core.refusal import Refused
from plfacilitate.store.register import open_register, taking
from tests.played import Chance, Clock
from tests.postgres import Server, durable
from tests.store.registers import Packed, Paper, told

_RECEIVER = """
import sys
from datetime import UTC, datetime
from plfacilitate.store.register import open_register, taking
from tests.played import Chance, Clock
from tests.store.registers import Paper

url, me, order = sys.argv[1:]
clock = Clock(datetime(2023, 12, 6, 16, tzinfo=UTC))
papers = {name: Paper(name) for name in "abc"}
for paper in papers.values():
    for number in range(600):
        paper.write(clock, f"event-{number % 3}", text=f"{paper.name} {number}")
print("ready", flush=True)
sys.stdin.readline()
register = open_register(url, Chance(int(me)))  # made now by whoever is first
for step in order.split():
    paper = papers[step[0]]
    if step[0] == "a" and step[1:] == "+":
        paper.write(clock, "event-0", kind="erased", ids=[])
    taken = paper.packed(name=step if step[1:] else "").brought_to(register)
    print(taken.verdict, taken.new, taken.known, flush=True)
register.close()
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a register that nobody has made yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.db'}"
    server: Server = request.getfixturevalue("postgres")
    return server.database()


def _together(url: str, *orders: str) -> list[list[list[str]]]:
    """What each of several receivers says that all begin at the same moment."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _RECEIVER, url, str(me), order],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for me, order in enumerate(orders)
    ]  # fmt: skip
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate()[0] for process in processes]
        assert [process.returncode for process in processes] == [0] * len(processes)
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return [[line.split() for line in text.splitlines()] for text in said]


def test_several_receivers_at_once_end_as_one_would(url: str) -> None:
    """The same bundles in other orders, one of them under two names, a register that all of them make; one erases."""
    said = _together(url, "a b c a+", "c b a", "b a2 c2 a+")
    assert {line[0] for lines in said for line in lines} <= {"accepted", "already-here"}
    assert sum(int(line[1]) for lines in said for line in lines) == 3 * 600 + 1, "each entry was new once"
    register = open_register(url, Chance(9))
    events = [f"event-{number}" for number in range(3)]
    assert len(told(register, events)) == 3 * 600 + 1
    assert sorted(number for number, _ in register.heads(Paper(name).device for name in "abc").values()) == [
        600,
        600,
        601,
    ]
    assert all(register.forked(event) == frozenset() for event in events)
    register.close()


def test_two_devices_that_gave_out_one_id_at_once(
    postgres: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes second waits, begins anew, and keeps its own aside: no error, whatever the moment."""
    monkeypatch.setattr(taking, "BATCH", 1)
    one, two = Paper("one"), Paper("two")
    for paper in (one, two):
        paper.write(clock, "event", text="x")
    words = one.written[0].envelope.replace(one.device.encode(), two.device.encode())
    two.written, two.digests = [], []
    two.written.append(Sealed(words, one.written[0].salt, one.written[0].content))
    two.digests.append(digest(words))
    url = postgres.database()
    registers = [open_register(url, Chance(5)) for _ in range(2)]
    started, go_on = threading.Event(), threading.Event()

    def slowly() -> Iterator[Sealed]:
        yield from one.written
        started.set()
        go_on.wait(20)

    first = one.packed()
    thread = threading.Thread(target=lambda: registers[0].take(first.arrival(), slowly))
    thread.start()
    assert started.wait(20)
    threading.Timer(0.3, go_on.set).start()
    taken = two.packed().brought_to(registers[1])
    thread.join()
    assert (taken.verdict, taken.new, len(taken.conflicts)) == ("accepted", 0, 1)
    assert len(told(registers[1], ["event"])) == 1
    for register in registers:
        register.close()


@pytest.fixture(scope="module")
def lasting() -> Iterator[Server]:
    """A server of its own, to be stopped and crashed, that keeps what it committed."""
    with durable() as server:
        yield server


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_goes_away_in_the_middle(
    lasting: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """Stopped, or crashed: one sentence, nothing half taken; when it is back, the same bundle is taken."""
    monkeypatch.setattr(taking, "BATCH", 100)
    paper = Paper("one")
    for number in range(300):
        paper.write(clock, "event", text=str(number))
    url = lasting.database()
    register = open_register(url, Chance(5))
    Packed("first", {paper.device: (1, 10, paper.digests[9])}, paper.written[:10]).brought_to(register)
    whole = paper.packed(name="whole")

    def interrupted() -> Iterator[Sealed]:
        yield from whole.entries[:250]  # more than a batch: some of it is on the server already
        lasting.stop(mode)
        yield from whole.entries[250:]

    with pytest.raises(Refused) as no:
        register.take(whole.arrival(), interrupted)
    assert no.value.refusal.code == "register-away"
    assert "nothing of this was taken" in str(no.value)
    with pytest.raises(Refused, match="no server answers there"):
        open_register(url, Chance(5))
    register.close()
    lasting.start()
    again = open_register(url, Chance(5))
    assert len(again.entries("event")) == 10
    assert whole.brought_to(again).new == 290
    assert again.heads([paper.device]) == {paper.device: (300, paper.digests[-1])}
    again.close()
