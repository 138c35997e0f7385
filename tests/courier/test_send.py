"""Sending to a folder: read back, never over another file, one sentence when it can't be, and nothing lost."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.courier import folder
from plfacilitate.courier.folder import Folder
from plfacilitate.courier.place import Place, Told, quietly
from plfacilitate.courier.places import place_of
from plfacilitate.courier.send import Delivered, bring, deliver

DATA = b"a bundle\n" * 1000
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A bundle that waits in the outbox."""
    path = tmp_path / "outbox" / "hours.zip"
    path.parent.mkdir()
    path.write_bytes(DATA)
    return path


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The folder that the office shares."""
    path = tmp_path / "office"
    path.mkdir()
    return path


def names(path: Path) -> list[str]:
    """What lies in a folder, hidden files too."""
    return sorted(file.name for file in path.iterdir())


def code(work: Callable[[], object]) -> str:
    """Why it is refused."""
    with pytest.raises(Refused) as caught:
        work()
    assert "\n" not in str(caught.value)
    return caught.value.refusal.code


def test_a_file_arrives_whole_and_under_its_name(source: Path, office: Path) -> None:
    """What is said of it is what lies there; what waited still waits; nothing temporary is left."""
    assert deliver(source, str(office)) == Delivered(str(office), "hours.zip", len(DATA), SHA256)
    assert (office / "hours.zip").read_bytes() == source.read_bytes() == DATA
    assert names(office) == ["hours.zip"]


def test_a_file_address_is_a_folder_too(source: Path, office: Path) -> None:
    """As a file manager shows it, with a blank in its name."""
    (office / "clock hours").mkdir()
    assert deliver(source, (office / "clock hours").as_uri()).place == str(office / "clock hours")


def test_sending_again_is_delivered_already(source: Path, office: Path) -> None:
    """The same bytes under the same name: nothing is written a second time."""
    deliver(source, str(office))
    before = (office / "hours.zip").stat().st_mtime_ns
    assert deliver(source, str(office)).already
    assert (office / "hours.zip").stat().st_mtime_ns == before


def test_another_file_of_that_name_is_never_written_over(source: Path, office: Path) -> None:
    """Ours takes a name of its own, also when it is sent again."""
    (office / "hours.zip").write_bytes(b"another")
    delivered = deliver(source, str(office))
    assert delivered.name == f"hours-{SHA256[:8]}.zip"
    assert deliver(source, str(office)) == Delivered(str(office), delivered.name, len(DATA), SHA256, already=True)
    assert names(office) == [f"hours-{SHA256[:8]}.zip", "hours.zip"]
    assert (office / "hours.zip").read_bytes() == b"another"


def test_when_both_names_are_taken_a_person_is_asked(source: Path, office: Path) -> None:
    """Somebody has made a file of that very name."""
    for name in ("hours.zip", f"hours-{SHA256[:8]}.zip"):
        (office / name).write_bytes(b"another")
    assert code(lambda: deliver(source, str(office))) == "name-taken"


def test_a_leftover_of_a_killed_run_is_no_obstacle(source: Path, office: Path) -> None:
    """The half file is written anew and gets its name."""
    (office / f".hours.zip.{SHA256[:12]}.part").write_bytes(DATA[:100])
    deliver(source, str(office))
    assert names(office) == ["hours.zip"]


def test_a_folder_that_is_not_there_is_not_made(source: Path, tmp_path: Path) -> None:
    """A stick that is not plugged in must not become a folder on the disk."""
    assert code(lambda: deliver(source, str(tmp_path / "stick"))) == "not-sent"
    assert not (tmp_path / "stick").exists()
    with pytest.raises(Refused, match="the folder is not there"):
        deliver(source, str(tmp_path / "stick"))


def test_a_file_where_the_folder_should_be_is_one_sentence(source: Path) -> None:
    """Somebody named the bundle instead of the folder."""
    assert code(lambda: deliver(source, str(source))) == "not-sent"


@pytest.mark.parametrize(
    "number, words",
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "read only"),
        (errno.EACCES, "not allowed"),
        (errno.EIO, "error"),
    ],
)
def test_a_disk_that_says_no_is_one_sentence(
    source: Path, office: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    """Nothing half is left, what waits stays, and the next try goes through."""

    def no(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", no)
    with pytest.raises(Refused, match=words) as caught:
        deliver(source, str(office))
    assert caught.value.refusal.code == "not-sent"
    assert names(office) == []
    assert source.read_bytes() == DATA
    monkeypatch.undo()
    assert not deliver(source, str(office)).already


def test_what_waits_must_be_there(office: Path, tmp_path: Path) -> None:
    """A name that is wrong, or a folder."""
    assert code(lambda: deliver(tmp_path / "none.zip", str(office))) == "file-missing"
    assert code(lambda: deliver(tmp_path, str(office))) == "file-is-folder"


@pytest.mark.parametrize(
    "address",
    ["", "  ", "file://elsewhere/in", "mailto:a@b", "memory://in", "https://office/in", "s3:", "zip://a::s3://b/c"],
)
def test_an_address_that_is_no_folder_is_one_sentence(source: Path, address: str) -> None:
    """No road leads there."""
    assert code(lambda: deliver(source, address)) == "address-unknown"


def test_a_drive_of_windows_is_a_folder() -> None:
    """One letter and a colon are no kind of address."""
    assert folder.folder_of("E:\\hours") == Path("E:\\hours")


@dataclass
class Forgetful:
    """A place that loses the last byte of what it is given, or gives a name away meanwhile."""

    shown: str = "a bad stick"
    lost: int = 1
    held: dict[str, bytes] = field(default_factory=dict)

    def digest(self, name: str) -> str | None:
        """What it holds under a name."""
        return hashlib.sha256(self.held[name]).hexdigest() if name in self.held else None

    def put(self, name: str, source: Path, told: Told = quietly) -> None:
        """Keep most of it."""
        data = source.read_bytes()
        self.held[name] = data[: len(data) - self.lost]

    def rename(self, old: str, new: str) -> None:
        """Somebody was faster."""
        raise FileExistsError(new)

    def remove(self, name: str) -> None:
        """Let go of it."""
        self.held.pop(name, None)

    def names(self) -> list[str]:
        """What it holds."""
        return [*self.held]

    def get(self, name: str, target: Path) -> None:
        """Give it back."""
        target.write_bytes(self.held[name])

    def close(self) -> None:
        """Nothing to let go of."""


def test_what_is_read_back_otherwise_is_not_delivered(source: Path) -> None:
    """A medium that says yes and keeps something else."""
    place = Forgetful()
    assert code(lambda: bring(source, place)) == "not-sent"
    assert place.held == {}


def test_a_name_that_is_taken_in_the_last_moment_is_not_written_over(source: Path) -> None:
    """Another laptop sent a file of that name between the look and the rename."""
    place: Forgetful = Forgetful(lost=0)
    assert code(lambda: bring(source, place)) == "name-taken"
    assert place.held == {}


def test_a_folder_takes_no_name_from_another_file(office: Path) -> None:
    """Also where the system itself would write over it."""
    (office / "there").write_text("theirs")
    (office / ".part").write_text("ours")
    with pytest.raises(FileExistsError):
        Folder(office).rename(".part", "there")
    assert (office / "there").read_text() == "theirs"


def test_the_folder_is_one_place_of_many(office: Path) -> None:
    """Other roads need these five things and nothing else."""
    place: Place = place_of(str(office))
    assert place.shown == str(office)
    assert place.digest("none") is None
