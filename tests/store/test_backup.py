"""Copies of a ledger: whole, checked, and honest about being copies."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.store.backup import backup, restore
from plfacilitate.store.connection import connect
from plfacilitate.store.doctor import examine
from plfacilitate.store.workspace import Workspace
from tests.store.kit import Laptop, all_of, told


@pytest.fixture
def workspace(laptop: Laptop) -> Workspace:
    """The laptop's workspace with a ledger in it."""
    place = Workspace(laptop.folder).create()
    assert place.ledger == laptop.path
    laptop.open().append([laptop.sign_in("ada"), laptop.note("before")])
    return place


def _refused(no: pytest.ExceptionInfo[Refused]) -> str:
    return no.value.refusal.code


def test_a_copy_is_one_file_that_says_the_same(laptop: Laptop, workspace: Workspace, tmp_path: Path) -> None:
    """Made while the ledger is open; nothing else is left beside it."""
    target = tmp_path / "usb" / "copy.db"
    target.parent.mkdir()
    backup(workspace.ledger, target)
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
    copy = laptop.open(target, readonly=True)
    assert told(copy) == told(laptop.open())
    assert examine(copy.connection).findings == ()
    backup(workspace.ledger, target)
    laptop.close()


def test_a_copy_is_made_while_others_write(laptop: Laptop, workspace: Workspace, tmp_path: Path) -> None:
    """It holds one moment of the ledger, from the beginning without a gap."""
    stop = threading.Event()

    def write() -> None:
        ledger = laptop.open(check_same_thread=False)
        while not stop.is_set():
            ledger.append([laptop.sign_in("ben")])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(5):
            backup(workspace.ledger, tmp_path / f"{n}.db")
    finally:
        stop.set()
        writer.join()
    ledger = laptop.open()
    copy = laptop.open(tmp_path / "4.db", readonly=True)
    assert all_of(copy) == all_of(ledger)[: copy.count()]


def test_whoever_writes_to_a_copy_begins_a_new_device(laptop: Laptop, workspace: Workspace, tmp_path: Path) -> None:
    """Even without a marker: the copy says of itself that it is one."""
    backup(workspace.ledger, tmp_path / "copy.db")
    original = laptop.open(marker=None)
    copy = laptop.open(tmp_path / "copy.db", marker=None)
    assert copy.device != original.device
    assert laptop.open(tmp_path / "copy.db", marker=None).device == copy.device


def test_a_backup_takes_the_place_of_the_ledger(laptop: Laptop, workspace: Workspace, tmp_path: Path) -> None:
    """What stood there is kept beside it, under a name that was handed in; a new device goes on."""
    backup(workspace.ledger, tmp_path / "copy.db")
    ledger = laptop.open()
    ledger.append([laptop.note("after")])
    parent, later = ledger.device, told(ledger)
    laptop.close()
    kept = restore(tmp_path / "copy.db", workspace, "20231206-170000")
    assert kept == workspace.root / "ledger-20231206-170000.db"
    restored = laptop.open()
    assert {entry.body["text"] for entry in restored.entries(kinds={"note"})} == {"before"}
    assert restored.device != parent
    assert told(laptop.open(kept, readonly=True)) == later
    restored.receive(laptop.open(kept, readonly=True).sealed())
    assert later <= told(restored)
    assert restored.forks() == {}
    assert examine(restored.connection).findings == ()
    assert (tmp_path / "copy.db").exists()


def test_nothing_that_is_kept_is_ever_overwritten(laptop: Laptop, workspace: Workspace, tmp_path: Path) -> None:
    """Restored twice in one second: three ledgers."""
    backup(workspace.ledger, tmp_path / "copy.db")
    laptop.close()
    kept = [restore(tmp_path / "copy.db", workspace, "now") for _ in range(3)]
    names = [path.name for path in kept if path is not None]
    assert names == ["ledger-now.db", "ledger-now-2.db", "ledger-now-3.db"]
    assert {path.name for path in workspace.root.glob("*.db*")} == {"ledger.db", *names}


def test_a_backup_fills_an_empty_workspace(laptop: Laptop, workspace: Workspace, tmp_path: Path) -> None:
    """A new laptop."""
    backup(workspace.ledger, tmp_path / "copy.db")
    fresh = Workspace(tmp_path / "new").create()
    assert restore(tmp_path / "copy.db", fresh, "now") is None
    assert told(laptop.open(fresh.ledger, readonly=True)) == told(laptop.open())


def test_a_ledger_in_use_is_not_replaced(laptop: Laptop, workspace: Workspace, tmp_path: Path) -> None:
    """A running door would write on into the one that was put aside."""
    backup(workspace.ledger, tmp_path / "copy.db")
    door = laptop.open()
    before = told(door)
    with pytest.raises(Refused, match="close other copies") as no:
        restore(tmp_path / "copy.db", workspace, "now")
    assert _refused(no) == "wait"
    door.append([laptop.sign_in("ben")])
    assert before < told(laptop.open())
    assert {path.suffix for path in workspace.root.iterdir() if path.name.startswith("ledger")} <= {
        ".db",
        ".db-wal",
        ".db-shm",
    }


def test_a_damaged_ledger_is_put_aside_with_all_that_lies_beside_it(
    laptop: Laptop, workspace: Workspace, tmp_path: Path
) -> None:
    """That is when one restores."""
    backup(workspace.ledger, tmp_path / "copy.db")
    laptop.close()
    workspace.ledger.write_bytes(b"\xff" * 5000)
    workspace.ledger.with_name("ledger.db-wal").write_bytes(b"rest")
    kept = restore(tmp_path / "copy.db", workspace, "now")
    assert kept is not None
    assert kept.read_bytes() == b"\xff" * 5000
    assert kept.with_name("ledger-now.db-wal").read_bytes() == b"rest"
    assert laptop.open().count() == 4


def test_a_backup_that_is_not_whole_changes_nothing(laptop: Laptop, workspace: Workspace, tmp_path: Path) -> None:
    """Missing, a folder, another program's, altered: each in one sentence, and the ledger stays."""
    copy, letter = tmp_path / "copy.db", tmp_path / "letter.txt"
    backup(workspace.ledger, copy)
    letter.write_text("Dear Ruth")
    laptop.close()
    before = told(laptop.open())
    with closing(connect(copy)) as connection:
        connection.execute("DROP TRIGGER content_stays")
        connection.execute("UPDATE content SET person = 'eve'")
    laptop.close()
    for path, code in (
        (tmp_path / "none.db", "file-missing"),
        (tmp_path, "file-is-folder"),
        (letter, "ledger-foreign"),
        (copy, "content-damaged"),
    ):
        with pytest.raises(Refused) as no:
            restore(path, workspace, "now")
        assert _refused(no) == code
        assert "\n" not in str(no.value)
    assert told(laptop.open()) == before


def test_a_copy_does_not_take_the_place_of_something_else(laptop: Laptop, workspace: Workspace, tmp_path: Path) -> None:
    """A letter, a folder, the ledger itself."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ruth")
    with pytest.raises(Refused, match="no backup"):
        backup(workspace.ledger, letter)
    with pytest.raises(Refused) as no:
        backup(workspace.ledger, tmp_path)
    assert _refused(no) == "file-is-folder"
    with pytest.raises(Refused, match="no backup"):
        backup(workspace.ledger, workspace.ledger)
    with pytest.raises(Refused) as no:
        backup(workspace.ledger, tmp_path / "nowhere" / "copy.db")
    assert _refused(no) == "not-written"
    assert letter.read_text() == "Dear Ruth"
    assert laptop.open().count() == 3


def test_a_copy_of_a_damaged_ledger_says_so(laptop: Laptop, workspace: Workspace, tmp_path: Path) -> None:
    """It is made all the same: a damaged copy is more than none."""
    with closing(connect(workspace.ledger)) as connection:
        connection.execute("DROP TRIGGER content_stays")
        connection.execute("UPDATE content SET person = 'eve'")
    with pytest.raises(Refused, match="damaged ledger"):
        backup(workspace.ledger, tmp_path / "copy.db")
    assert laptop.open(tmp_path / "copy.db", readonly=True).count() == 3
