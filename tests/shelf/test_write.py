"""Files come into being whole, or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.write import write_bytes, writing


def failing(number: int) -> Callable[..., int]:
    """A call of the system that answers with that error."""

    def call(*_: object, **__: object) -> int:
        raise OSError(number, os.strerror(number))

    return call


def refused(path: Path) -> str:
    """The sentence with which writing to a path is refused."""
    with pytest.raises(Refused) as no:
        write_bytes(path, b"new")
    assert no.value.refusal.code == "not-written"
    assert "\n" not in str(no.value)
    return str(no.value)


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    """No line end is changed on any system."""
    write_bytes(tmp_path / "a.csv", b"a\r\nb\n")
    assert (tmp_path / "a.csv").read_bytes() == b"a\r\nb\n"


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    """The folder holds the new file alone."""
    write_bytes(tmp_path / "a.csv", b"old")
    write_bytes(tmp_path / "a.csv", b"new")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"new"


def test_nobody_sees_half_a_file(tmp_path: Path) -> None:
    """While it is written the old one stands."""
    path = tmp_path / "a.csv"
    write_bytes(path, b"old")
    with writing(path) as file:
        file.write(b"half")
        file.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"half"


def test_a_failure_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    """The fault comes through, and no temporary file stays behind."""
    path = tmp_path / "a.csv"
    write_bytes(path, b"old")
    with pytest.raises(TypeError), writing(path) as file:
        file.writelines([b"half", cast("bytes", "no bytes")])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.glob(".*.part")) == []


def test_two_writers_do_not_share_a_temporary_file(tmp_path: Path) -> None:
    """Each of two at once writes its own bytes; the last to end wins whole."""
    path = tmp_path / "a.csv"
    with writing(path) as first, writing(path) as second:
        first.write(b"first first")
        second.write(b"second")
    assert path.read_bytes() == b"first first"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG], ids=["full", "over-quota"])
def test_a_full_disk_is_one_sentence_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """A disk that fills up while the file is written."""
    path = tmp_path / "a.csv"
    write_bytes(path, b"old")
    monkeypatch.setattr(os, "fsync", failing(number))
    assert "is full: make room" in refused(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.glob(".*.part")) == []


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_read_only_folder_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A folder that may not be written to."""
    monkeypatch.setattr(os, "open", failing(number))
    assert f"{tmp_path} can't be written to" in refused(tmp_path / "a.csv")


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    """The folder is named, not made: a mistyped name would hide the file."""
    assert f"the folder {tmp_path / 'none'} is not there" in refused(tmp_path / "none" / "a.csv")


def test_a_folder_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    """A folder that has the file's name stays."""
    (tmp_path / "a.csv").mkdir()
    assert "is a folder: give the file another name" in refused(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").is_dir()


def test_a_fault_of_the_source_is_not_blamed_on_the_target(tmp_path: Path) -> None:
    """What the block reads may fail too, and then it isn't the disk written to."""
    with pytest.raises(FileNotFoundError), writing(tmp_path / "a.csv"):
        (tmp_path / "source").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_a_private_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    """Keys are private from their first byte, tables follow the user's own setting."""
    before = os.umask(0o022)
    try:
        write_bytes(tmp_path / "key", b"secret", private=True)
        write_bytes(tmp_path / "table", b"rows")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "table").stat().st_mode) == 0o644
