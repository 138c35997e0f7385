"""Which device writes: a copy of a ledger never goes on under the name of the one that it was copied from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.store.ledger import Identity, Ledger
from plfacilitate.store.marker import Mark, Marker
from tests.store.kit import Laptop, all_of

Make = Callable[[str], Laptop]


def _copy(laptop: Laptop, target: Path) -> Path:
    laptop.close()
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(laptop.path, target)
    return target


def _begun(ledger: Ledger) -> list[dict[str, Any]]:
    return [dict(entry.body) for entry in ledger.entries(kinds={"device-started"})]


def test_the_same_laptop_goes_on_as_the_same_device(laptop: Laptop) -> None:
    """Closed and opened again, in one process or in several at a time."""
    device = laptop.open().device
    laptop.open().append([laptop.sign_in("ada")])
    laptop.close()
    assert laptop.open().device == laptop.open().device == device
    assert len(_begun(laptop.open())) == 1


def test_a_device_says_who_it_is(laptop: Laptop) -> None:
    """Its name for people, and the key that will sign for it."""
    ledger = laptop.open(identity=Identity("ruths-laptop", lambda device: "key of " + device[:4]))
    assert _begun(ledger) == [
        {
            "name": "ruths-laptop", "public_key": "key of " + ledger.device[:4], "parent_device": None,
            "parent_digest": None,
        }
    ]  # fmt: skip


def _somewhere_else(laptop: Laptop) -> dict[str, Any]:
    return {"path": _copy(laptop, laptop.folder / "copy" / "ledger.db")}


def _on_another_machine(laptop: Laptop) -> dict[str, Any]:
    laptop.close()
    return {"marker": Marker(laptop.marker.folder, "another-machine")}


def _without_marker(laptop: Laptop) -> dict[str, Any]:
    laptop.close()
    shutil.rmtree(laptop.marker.folder)
    return {}


def _with_a_broken_marker(laptop: Laptop) -> dict[str, Any]:
    laptop.close()
    for file in laptop.marker.folder.iterdir():
        file.write_bytes(b"\x00" * 40)
    return {}


def _put_back(laptop: Laptop) -> dict[str, Any]:
    copy = _copy(laptop, laptop.folder / "copy.db")
    laptop.open().append([laptop.note("written after the copy")])
    laptop.close()
    shutil.copy(copy, laptop.path)
    return {}


@pytest.mark.parametrize(
    "happens", [_somewhere_else, _on_another_machine, _without_marker, _with_a_broken_marker, _put_back]
)
def test_a_copy_starts_a_device_that_names_its_parent(
    laptop: Laptop, happens: Callable[[Laptop], dict[str, Any]]
) -> None:
    """Copied away, moved to another machine, put back, or the marker is gone: an honest new beginning, once."""
    before = laptop.open()
    before.append([laptop.sign_in("ada")])
    parent, (number, digest) = before.device, before.heads()[before.device]
    options = happens(laptop)
    ledger = laptop.open(**options)
    assert ledger.device != parent
    assert {key: _begun(ledger)[-1][key] for key in ("parent_device", "parent_digest")} == {
        "parent_device": parent,
        "parent_digest": digest,
    }
    assert ledger.append_one(laptop.sign_in("ben")).number == 2
    assert ledger.heads()[parent] == (number, digest)
    assert ledger.forks() == {}
    assert laptop.open(**options).device == ledger.device
    assert len(_begun(ledger)) == 2


def test_a_copy_that_holds_another_entry_of_the_last_number_is_told_from_the_ledger(laptop: Laptop) -> None:
    """It reached the same number by itself: what counts is which entry stands there."""
    laptop.open().append([laptop.sign_in("ada")])
    copy = _copy(laptop, laptop.folder / "copy.db")
    laptop.open().append([laptop.sign_in("ben")])
    laptop.close()
    shutil.copy(copy, laptop.path)
    unnoticed = laptop.open(marker=None)
    last = unnoticed.append_one(laptop.sign_in("cy"))
    laptop.close()
    assert last.number == 3
    assert laptop.open().device != last.device


def test_a_marker_behind_the_ledger_is_no_copy(laptop: Laptop) -> None:
    """The power failed between two files: the ledger has more than the marker says."""
    ledger = laptop.open()
    (file,) = laptop.marker.folder.iterdir()
    early = file.read_bytes()
    ledger.append([laptop.sign_in("ada")])
    file.write_bytes(early)
    laptop.close()
    assert laptop.open().device == ledger.device


def test_a_marker_without_its_blanks_is_read(laptop: Laptop) -> None:
    """A tool that carries the home folder along may trim the file: what it says is what counts."""
    device = laptop.open().device
    laptop.close()
    (file,) = laptop.marker.folder.iterdir()
    file.write_bytes(file.read_bytes().rstrip())
    assert laptop.open().device == device


def test_a_shorter_mark_leaves_nothing_of_a_longer_one(tmp_path: Path) -> None:
    """It is written over it in place."""
    marker = Marker(tmp_path / "markers", "m")
    marker.write("d", Path("a/long/way/down/to/ledger.db"), 1000, "f" * 64)
    marker.write("d", Path("ledger.db"), 1, "0" * 64)
    assert marker.read("d") == Mark("m", "ledger.db", 1, "0" * 64)


def test_a_folder_of_markers_that_cannot_be_written_costs_no_entry(laptop: Laptop, tmp_path: Path) -> None:
    """Only a new device at the next start."""
    blocked = tmp_path / "a-file"
    blocked.write_text("x")
    marker = Marker(blocked / "markers", "m")
    ledger = laptop.open(marker=marker)
    assert ledger.append_one(laptop.sign_in("ada")).number == 2
    assert laptop.open(marker=marker).device != ledger.device


def test_without_a_marker_a_ledger_goes_on(laptop: Laptop) -> None:
    """Tests and tools that hand none in."""
    assert laptop.open(marker=None).device == laptop.open(marker=None).device


def test_both_of_two_processes_follow_a_new_device(laptop: Laptop) -> None:
    """The door learns in its next transaction that the desk began a new one."""
    door = laptop.open()
    laptop.marker.write(door.device, laptop.path.resolve(), 99, "f" * 64)  # something newer was written elsewhere
    desk = laptop.open()
    assert desk.device != door.device
    door.append([laptop.sign_in("ada")])
    assert door.device == desk.device
    assert desk.forks() == {}


def test_a_copy_that_wrote_on_unnoticed_is_a_fork_of_which_both_ends_count(laptops: Make) -> None:
    """Two entries with one number: both kept, both credited, both flagged; and this laptop takes a new name."""
    a = laptops("a")
    ours = a.open(marker=None)
    ours.append([a.sign_in("ada")])
    copied = _copy(a, a.folder / "copy.db")
    ours, theirs = a.open(marker=None), a.open(copied, marker=None)
    device = ours.device
    assert theirs.device == device
    mine = ours.append_one(a.sign_in("ben"))
    his = theirs.append_one(a.sign_in("cy"))
    later = theirs.append_one(a.sign_in("dan"))
    assert mine.number == his.number == 3
    assert ours.receive(all_of(theirs)).new == 2
    assert ours.forks() == {device: [3]}
    assert ours.forked("e") == {mine.id, his.id}
    assert ours.forked("f") == frozenset()
    assert {entry.person for entry in ours.entries(event="e")} == {"ada", "ben", "cy", "dan"}
    assert ours.device != device
    assert ours.append_one(a.sign_in("eve")).device == ours.device
    assert ours.heads()[device] == (4, theirs.heads()[device][1])
    late = laptops("b").open()
    late.receive(reversed(all_of(ours)))
    assert late.forks() == {device: [3]}
    assert later.id in {entry.id for entry in late.entries(event="e")}


def test_of_two_ends_with_one_number_every_laptop_names_the_same(laptops: Make) -> None:
    """Whichever of them came first: two laptops that hold the same entries are at the same point."""
    a = laptops("a")
    ours = a.open(marker=None)
    copied = _copy(a, a.folder / "copy.db")
    ours, theirs = a.open(marker=None), a.open(copied, marker=None)
    device = ours.device
    ours.append_one(a.sign_in("ben"))
    theirs.append_one(a.sign_in("cy"))
    ends = [ours.heads()[device], theirs.heads()[device]]
    assert [number for number, _ in ends] == [2, 2]
    for name, order in (("b", (ours, theirs)), ("c", (theirs, ours))):
        other = laptops(name).open()
        for one in order:
            other.receive(all_of(one))
        assert other.heads()[device] == min(ends)
