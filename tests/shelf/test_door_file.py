"""What a running door says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.shelf import door_file
from plfacilitate.shelf.door_file import DoorFile

DOOR = DoorFile(4711, 8101, "event", "nonce", "http://192.168.1.20:8101", "2023-12-06T16:00:00.000000Z")


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """All of it, and the file is for its owner."""
    door_file.write(tmp_path, DOOR)
    assert door_file.read(tmp_path) == DOOR


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"pid": 1}', '{"pid": "x", "port": 1}', "\x00\xff"])
def test_what_cannot_be_read_is_no_door(tmp_path: Path, text: str) -> None:
    """Half a file, another file, no file: never an error."""
    (tmp_path / door_file.NAME).write_text(text, "utf-8")
    assert door_file.read(tmp_path) is None
    assert door_file.read(tmp_path / "nowhere") is None


def test_only_the_own_file_is_removed(tmp_path: Path) -> None:
    """A door that ends late leaves its successor's file alone."""
    door_file.write(tmp_path, DOOR)
    door_file.remove(tmp_path, "another")
    assert door_file.read(tmp_path) == DOOR
    door_file.remove(tmp_path, "nonce")
    assert door_file.read(tmp_path) is None
    door_file.remove(tmp_path, "nonce")


def test_the_lock_is_held_by_one(tmp_path: Path) -> None:
    """The second is refused with the address of the first; afterwards it is free."""
    assert not door_file.is_locked(tmp_path)
    with door_file.lock(tmp_path):
        door_file.write(tmp_path, DOOR)
        assert door_file.is_locked(tmp_path)
        with pytest.raises(Refused) as no, door_file.lock(tmp_path):
            pytest.fail("two doors hold one lock")
        assert no.value.refusal.code == "door-taken"
        assert "http://192.168.1.20:8101" in str(no.value)
    assert not door_file.is_locked(tmp_path)


def test_a_folder_that_takes_no_lock_is_a_sentence(tmp_path: Path) -> None:
    """Missing, for instance."""
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(Refused) as no, door_file.lock(tmp_path / "file"):
        pytest.fail("a lock in a file")
    assert no.value.refusal.code == "not-written"
