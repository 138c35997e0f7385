"""When the disk says no: one sentence, nothing half-written, nothing lost that was acknowledged."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.store.doctor import examine
from tests.store.kit import Laptop, told

_TRY = """
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from plfacilitate.core.entry import Draft
from plfacilitate.core.refusal import Refused
from plfacilitate.store.ledger import Ledger
from tests.played import Chance

def now():
    return datetime(2023, 12, 6, 17, tzinfo=UTC)

if "full" not in sys.argv and os.geteuid() == 0:
    os.setuid(65534)  # who may write everywhere can't be told no
acknowledged = 0
try:
    ledger = Ledger.open(Path(sys.argv[1]), clock=now, chance=Chance(9), readonly="readonly" in sys.argv)
    print("open", ledger.count(), flush=True)
    if "full" in sys.argv:
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = sum(path.stat().st_size for path in Path(sys.argv[1]).parent.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 300_000, size + 300_000))
    for n in range(3000):
        body = {"text": "x" * 300}
        (outcome,) = ledger.append([Draft(f"n-{n}", "note", now(), "Ruth", "facilitator", bytes(16), None, "e", (), body)])
        acknowledged += 1
except Refused as no:
    print(acknowledged, no.refusal.code, no)
"""


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that another user of this machine may enter."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        yield place
        place.chmod(0o755)


def _told(path: Path, *words: str) -> list[str]:
    """What a process says that works on the ledger as a user who is not all-powerful."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", _TRY, str(path), *words], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(laptop: Laptop) -> None:
    """SQLite's own limit stands for the disk: the batch that does not fit is not in, all before it are."""
    ledger = laptop.open()
    ledger.append([laptop.note("before")])
    pages = ledger.connection.execute("PRAGMA page_count").fetchone()[0]
    ledger.connection.execute(f"PRAGMA max_page_count = {pages + 12}")
    acknowledged = 0
    said = ""
    while not said:
        try:
            ledger.append([laptop.note("x" * 300) for _ in range(3)])
            acknowledged += 3
        except Refused as no:
            said = str(no)
    assert said == "Not saved: the disk is full. Nothing that was saved before is lost."
    assert acknowledged > 0
    assert ledger.count() == 2 + acknowledged
    other = laptop.open()
    assert len(list(other.entries(event="e"))) == 1 + acknowledged
    assert examine(other.connection).findings == ()
    ledger.connection.execute("PRAGMA max_page_count = 1000000")
    assert ledger.append_one(laptop.note("there is room again")).number == 3 + acknowledged


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a process' files")
def test_a_disk_that_fills_up_in_a_write_loses_nothing(public: Path) -> None:
    """The operating system refuses in the middle of a commit; whoever opens the ledger next finds all that was told."""
    public.chmod(0o777)
    path = public / "ledger.db"
    opened, refused = _told(path, "full")
    acknowledged, code, *_ = refused.split()
    assert opened == "open 1"
    assert code == "not-written"
    assert int(acknowledged) > 3
    laptop = Laptop(public, "again")
    ledger = laptop.open(path)
    there = {entry.id for entry in ledger.entries(event="e")}
    assert {f"n-{n}" for n in range(int(acknowledged))} <= there
    assert examine(ledger.connection).findings == ()
    laptop.close()


@pytest.mark.skipif(sys.platform == "win32", reason="on Windows a folder's read-only mark does not bind its files")
def test_a_folder_open_to_read_only_is_said_in_one_sentence(public: Path) -> None:
    """No new ledger can be made there, an old one not written; it can be read all the same."""
    path = public / "ledger.db"
    public.chmod(0o555)
    (said,) = _told(path)
    assert said.startswith("0 not-written Not saved: ")
    public.chmod(0o755)
    laptop = Laptop(public, "again")
    ledger = laptop.open(path)
    ledger.append([laptop.note("before")])
    before = told(ledger)
    laptop.close()
    path.chmod(0o444)
    public.chmod(0o555)
    said = _told(path)[-1]
    assert said.startswith("0 not-written Not saved: ")
    opened, refused = _told(path, "readonly")
    assert opened == "open 2"
    assert "read only" in refused
    public.chmod(0o755)
    assert told(laptop.open(path, readonly=True)) == before
    laptop.close()


@pytest.mark.skipif(sys.platform == "win32", reason="on Windows a folder's read-only mark does not bind its files")
def test_a_stick_that_holds_a_ledger_and_its_log_is_not_read_by_half(public: Path) -> None:
    """What stands in the log alone was acknowledged: rather no picture than one without it."""
    laptop = Laptop(public, "again")
    ledger = laptop.open()
    ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.append([laptop.note("in the log alone")])
    stick = public / "stick"
    stick.mkdir()
    for side in ("", "-wal"):
        shutil.copy(laptop.path.with_name(laptop.path.name + side), stick)
    laptop.close()
    stick.chmod(0o555)
    (said,) = _told(stick / "ledger.db", "readonly")
    assert said.startswith("0 not-written Not saved: ")
    stick.chmod(0o777)
    assert _told(stick / "ledger.db", "readonly")[0] == "open 2"
