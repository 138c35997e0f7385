"""Real processes: several that write at once, and one that is killed while it writes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from plfacilitate.store.doctor import examine
from tests.store.kit import Laptop

_WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from plfacilitate.core.entry import Draft
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.marker import Marker
from tests.played import Chance

path, state, machine, name, count, batch = sys.argv[1:]
ledger = Ledger.open(
    Path(path), clock=lambda: datetime(2023, 12, 6, 17, tzinfo=UTC), chance=Chance(int(name)),
    marker=Marker(Path(state), machine),
)
print("ready", flush=True)
sys.stdin.readline()
for first in range(0, int(count), int(batch)):
    drafts = [
        Draft(f"{name}-{n}", "sign-in", ledger._clock(), "door", "kiosk", bytes(16), f"p{n}", "e")
        for n in range(first, first + int(batch))
    ]
    for outcome in ledger.append(drafts):
        assert outcome.status == "new"
    print(first + int(batch), flush=True)
ledger.close()
"""


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that a test starts; none of them outlives it."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


def _start(laptop: Laptop, name: int, count: int, batch: int) -> subprocess.Popen[str]:
    where = [str(laptop.path), str(laptop.marker.folder), laptop.marker.machine]
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, *where, str(name), str(count), str(batch)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_two_processes_give_no_number_twice(laptop: Laptop, processes: list[subprocess.Popen[str]]) -> None:
    """A thousand entries each, one by one, into a file that neither has opened before: one chain without a gap."""
    processes += [_start(laptop, 1, 1000, 1), _start(laptop, 2, 1000, 1)]
    for process in processes:
        assert _line(process) == "ready"
    for process in processes:
        _go(process)
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    ledger = laptop.open(marker=None)
    assert [entry.number for entry in ledger.entries()] == list(range(1, 2002))
    assert {entry.id for entry in ledger.entries(event="e")} == {f"{one}-{n}" for one in (1, 2) for n in range(1000)}
    report = examine(ledger.connection)
    assert (report.entries, report.findings, report.remarks) == (2001, (), ())


@pytest.mark.parametrize("batch", [1, 20])
def test_whatever_was_acknowledged_survives_a_kill(
    laptop: Laptop, processes: list[subprocess.Popen[str]], batch: int
) -> None:
    """`kill -9` while it writes: every entry that was answered for is there, and the chain holds."""
    process = _start(laptop, 1, 1_000_000, batch)
    processes.append(process)
    assert _line(process) == "ready"
    _go(process)
    answered = 0
    while answered < 400:
        answered = int(_line(process))
    if sys.platform == "win32":
        process.kill()
    else:
        os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate()
    answered = max([answered, *map(int, rest.split()[:-1])])
    ledger = laptop.open()
    there = {entry.id for entry in ledger.entries(event="e")}
    assert {f"1-{n}" for n in range(answered)} <= there
    assert len(there) % batch == 0, "a batch is in whole or not at all"
    ledger.append([laptop.sign_in("ada")])  # it goes on; as a new device where the marker was just ahead
    report = examine(ledger.connection)
    assert (report.findings, report.remarks) == ((), ())


def test_a_ledger_is_durable_in_every_commit(laptop: Laptop) -> None:
    """Write-ahead log, and each commit waits for the disk."""
    connection = laptop.open().connection

    def setting(name: str) -> object:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert setting("journal_mode") == "wal"
    assert setting("synchronous") == 2
    assert setting("fullfsync") == 1
    assert setting("foreign_keys") == 1
    assert setting("secure_delete") == 1
    assert setting("busy_timeout") == 0


def test_new_files_opened_at_once_are_made_once(tmp_path: Path, processes: list[subprocess.Popen[str]]) -> None:
    """Desk and door started together in a fresh workspace."""
    laptop = Laptop(tmp_path)
    processes += [_start(laptop, name, 10, 10) for name in range(1, 5)]
    assert [_line(process) for process in processes] == ["ready"] * 4
    for process in processes:
        process.communicate("go\n")
        assert process.returncode == 0
    ledger = laptop.open()
    assert len(list(ledger.entries(kinds={"device-started"}))) == 1
    assert ledger.count() == 41
    laptop.close()
