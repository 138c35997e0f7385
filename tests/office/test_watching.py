"""A place that is watched: what comes whole is taken, what still grows is waited for, the answer lies where it came."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.courier.folder import Folder
from plfacilitate.front.commands import office_watch
from plfacilitate.office.receive import Answer, answering, receive
from plfacilitate.office.watching import Watch
from tests.laptops import Laptop
from tests.office.test_receive import Office, chain, made, office

__all__ = ["chain", "made", "office"]


def watching(office: Office, address: str, inbox: Path) -> Watch:
    """The office, watching."""

    def take(files: object) -> list[Answer]:
        assert isinstance(files, list)
        return receive(office.url, files, clock=office.clock, chance=office.chance, office="Office")

    return Watch(address, take, lambda: answering(office.url, None, office.chance), inbox)


def test_what_comes_is_taken_once_it_lies_still(office: Office, chain: list[Path], tmp_path: Path) -> None:
    """Half of a bundle is waited for, however often it is looked at while it grows; afterwards nothing is done twice."""
    folder = tmp_path / "in"
    folder.mkdir()
    watch = watching(office, str(folder), tmp_path / "inbox")
    data = chain[0].read_bytes()
    for share in (10, 5, 2, 1):
        (folder / chain[0].name).write_bytes(data[: len(data) // share])
        assert watch.look() == []
    (answer,) = watch.look()
    assert (answer.verdict, answer.receipt) == ("accepted", folder / chain[0].name.replace(".zip", ".receipt.json"))
    assert answer.receipt is not None
    assert answer.receipt.exists()
    assert watch.look() == []
    assert watching(office, str(folder), tmp_path / "inbox").look() == []  # a receipt lies beside it
    assert not (tmp_path / "inbox").exists()


def test_a_copy_that_stood_still_for_a_while_is_taken_when_it_is_whole(
    office: Office, chain: list[Path], tmp_path: Path
) -> None:
    """Refused once, not at every look; and looked at anew when its bytes change. What is no bundle is passed over."""
    folder = tmp_path / "in"
    folder.mkdir()
    watch = watching(office, str(folder), tmp_path / "inbox")
    (folder / "notes.txt").write_text("for Ruth")
    (folder / f".{chain[0].name}.part").write_bytes(b"under way")
    (folder / chain[0].name).write_bytes(chain[0].read_bytes()[:5000])
    assert [[one.verdict for one in watch.look()] for _ in range(4)] == [[], ["refused"], [], []]
    shutil.copyfile(chain[0], folder / chain[0].name)
    assert [[one.verdict for one in watch.look()] for _ in range(3)] == [[], ["accepted"], []]


class Far:
    """A place that is no folder of this machine, though it is one."""

    def __init__(self, path: Path) -> None:
        self.folder = Folder(path)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.folder, name)


def test_a_store_far_away_gets_its_receipts_too(
    office: Office, chain: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held, then taken when what it builds on came: the newer receipt takes the older one's place; no copy stays here."""
    folder = tmp_path / "far"
    folder.mkdir()
    inbox = tmp_path / "inbox"
    monkeypatch.setattr("plfacilitate.office.watching.place_of", lambda address, access: Far(folder))
    watch = watching(office, "sftp://office.example.org/in", inbox)
    shutil.copy(chain[1], folder)
    assert [[one.verdict for one in watch.look()] for _ in range(2)] == [[], ["held"]]
    receipt = folder / chain[1].name.replace(".zip", ".receipt.json")
    held = receipt.read_bytes()
    shutil.copy(chain[0], folder)
    assert [sorted(one.verdict for one in watch.look()) for _ in range(2)] == [[], ["accepted", "accepted"]]
    assert receipt.read_bytes() != held
    assert sorted(folder.glob("*.receipt.json")) == sorted(
        folder / one.name.replace(".zip", ".receipt.json") for one in chain[:2]
    )
    assert not [path for path in inbox.rglob("*") if path.is_file()]


def test_a_place_that_is_gone_is_one_sentence(office: Office, tmp_path: Path) -> None:
    """A stick that was pulled out; it may be there again later."""
    with pytest.raises(Refused) as no:
        watching(office, str(tmp_path / "gone"), tmp_path / "inbox").look()
    assert no.value.refusal.code == "place-not-seen"


def test_watching_waits_between_two_looks_and_ends_with_one_sentence(
    laptop: Laptop, office: Office, chain: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is not there at first, then there, then a bundle comes, then somebody presses ctrl+c."""
    folder = tmp_path / "in"
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            folder.mkdir()
            shutil.copy(chain[0], folder)
        if len(waited) == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(office_watch, "pause", pause)
    ran = laptop.run("office", "receive", "--watch", folder, "--every", "7", "--register", office.url)
    assert ran.code == 130
    assert ran.out.count("accepted") == 1
    assert ran.err.count("can't be looked at") == 2
    assert ran.err.strip().splitlines()[-1] == "plfacilitate: stopped; what was saved before is saved."
    assert waited[2:] == [7, 7, 7]
    assert 0 < waited[0] < 8 < 3 * waited[1]


def test_files_or_a_place_but_not_both(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    """And no JSON document, which would never end."""
    for arguments in ([], [tmp_path, "--watch", tmp_path], ["--watch", tmp_path, "--json"]):
        ran = laptop.run("office", "receive", "--register", office.url, *arguments)
        assert ran.code == 2
        assert "name the files, or one place with --watch" in " ".join(ran.err.replace("│", " ").split())
