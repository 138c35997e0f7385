"""A process that has a ledger open keeps its locks, whatever else it does: nobody deletes the log from under it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.intake import receive_file
from plfacilitate.store.backup import backup
from plfacilitate.store.connection import connect
from plfacilitate.store.doctor import examine, place_warnings
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import catch_up
from tests.played import Chance, Clock

_COME_AND_GO = """
import sys
from pathlib import Path
from plfacilitate.store.connection import connect, set_up
connection = connect(Path(sys.argv[1]))
set_up(connection)
print(connection.execute("SELECT count(*) FROM entry").fetchone()[0])
connection.close()
"""


def another_comes_and_goes(path: Path) -> int:
    """Another program opens the ledger, counts its entries and closes it again, as `event list` does."""
    run = subprocess.run([sys.executable, "-c", _COME_AND_GO, path], capture_output=True, text=True, check=True)
    return int(run.stdout)


def log_of(path: Path) -> int:
    """Which file the log is."""
    return path.with_name(path.name + "-wal").stat().st_ino


@pytest.fixture
def opened(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """A ledger as a desk has it: one that writes, and one that reads."""
    path = tmp_path / "ledger.db"
    with (
        closing(Ledger.open(path, clock=clock, chance=Chance())) as ledger,
        closing(Ledger.open(path, clock=clock, chance=Chance(), readonly=True)) as reader,
    ):
        assert list(reader.entries())
        yield ledger


def _refused(ledger: Ledger, hand: Hand) -> None:
    with pytest.raises(Refused, match="the ledger that is open here"):
        receive_file(ledger, hand, ledger.path)


WHAT: dict[str, Callable[[Ledger, Hand, Path], object]] = {
    "another connection": lambda ledger, hand, folder: connect(ledger.path).close(),
    "one that reads": lambda ledger, hand, folder: connect(ledger.path, readonly=True).close(),
    "search": lambda ledger, hand, folder: catch_up(ledger.connection),
    "doctor": lambda ledger, hand, folder: examine(ledger.connection),
    "places": lambda ledger, hand, folder: place_warnings(folder),
    "backup": lambda ledger, hand, folder: backup(ledger.path, folder / "copy.db"),
    "receive itself": lambda ledger, hand, folder: _refused(ledger, hand),
}  # fmt: skip


@pytest.mark.parametrize("what", WHAT)
def test_the_log_stays_whatever_this_process_does(opened: Ledger, clock: Clock, tmp_path: Path, what: str) -> None:
    """What is written afterwards is there for everybody."""
    hand = Hand("desk", "facilitator", clock, Chance(9))
    WHAT[what](opened, hand, tmp_path)
    log, before = log_of(opened.path), another_comes_and_goes(opened.path)
    assert log_of(opened.path) == log
    opened.append_one(hand.draft("note", body={"text": "written after somebody came and went", "tag": "note"}))
    assert another_comes_and_goes(opened.path) == before + 1


def test_nothing_is_called_saved_in_a_log_that_was_taken_away(tmp_path: Path, clock: Clock) -> None:
    """A tool that moves files took it: one sentence instead of an acknowledgement; said again it is one entry."""
    path = tmp_path / "ledger.db"
    hand = Hand("desk", "facilitator", clock, Chance(9))
    note = hand.draft("note", body={"text": "the log has gone", "tag": "note"})
    with closing(Ledger.open(path, clock=clock, chance=Chance())) as ledger:
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).rename(tmp_path / f"elsewhere{end}")
        with pytest.raises(Refused, match="Not saved: another program moved or deleted"):
            ledger.append([note])
    with closing(Ledger.open(path, clock=clock, chance=Chance())) as again:
        assert again.append([note])[0].entry is not None
        assert sum(1 for entry in again.entries() if entry.id == note.id) == 1
