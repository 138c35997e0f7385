"""The laptop fell into the coffee: the backup of noon goes on, and what came after is not lost where it is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.laptops import Laptop
from tests.played import Clock

MARIA, DANA, WEI = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown", "wei.chen"))
Laptops = Callable[[str], Laptop]


def test_a_backup_goes_on_where_it_was_made(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """The present ledger is kept beside it; read back in, the day is whole again and no number stands twice."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    laptop.do("backup", tmp_path / "noon.db")
    laptop.attend(event, f"{DANA}, 8:37, 15:31")
    clock.set("2023-12-06T16:10:00-08:00")
    said = laptop.do("restore", tmp_path / "noon.db")
    assert "What stood there is" in said
    (kept,) = laptop.workspace.root.glob("ledger-*.db")
    assert laptop.lines(event)[DANA]["minutes"] == 0
    laptop.attend(event, f"{WEI}, 8:20, 15:45")
    assert laptop.json("receive", kept)["conflicts"] == []
    assert [laptop.lines(event)[who]["minutes"] for who in (MARIA, DANA, WEI)] == [360, 339, 360]
    ledger = laptop.ledger()
    assert ledger.forks() == {}
    assert len({entry.device for entry in ledger.entries(kinds={"device-started"})}) == 2
    ledger.close()
    assert laptop.json("doctor")["findings"] == []


def test_the_office_takes_what_a_restored_laptop_packs(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """It had the whole day already; the new device follows without a gap, and the figures agree."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    laptop.do("backup", tmp_path / "noon.db")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.finish(event, tmp_path / "mail")
    register = tmp_path / "register.db"
    assert {one["verdict"] for one in laptop.receive_at_office(register, tmp_path / "mail")} == {"accepted"}
    laptop.do("restore", tmp_path / "noon.db")
    laptop.attend(event, f"{DANA}, 8:37, 15:31")
    laptop.finish(event, tmp_path / "again")
    answers = laptop.receive_at_office(register, tmp_path / "again")
    assert {one["verdict"] for one in answers} == {"accepted"}
    assert [one["credit_differs"] for one in answers if "-hours-" in one["file"]] == [[]]


def test_a_new_laptop_begins_with_the_backup(laptops: Laptops, clock: Clock, tmp_path: Path) -> None:
    """Nothing of the old one is needed but that file."""
    old, new = laptops("old"), laptops("new")
    event = old.opened()
    old.attend(event, f"{MARIA}, 8:20, 15:50")
    old.do("backup", tmp_path / "noon.db")
    assert new.do("restore", tmp_path / "noon.db") == f"Restored from {tmp_path / 'noon.db'}.\n"
    new.attend(event, f"{DANA}, 8:37, 15:31")
    clock.set("2023-12-06T16:10:00-08:00")
    assert [new.lines(event)[who]["minutes"] for who in (MARIA, DANA)] == [360, 339]


def test_a_backup_that_was_touched_is_refused(laptop: Laptop, tmp_path: Path) -> None:
    """In one sentence, and the ledger stays as it is."""
    event = laptop.opened()
    laptop.do("backup", tmp_path / "noon.db")
    whole = bytearray((tmp_path / "noon.db").read_bytes())
    at = whole.index(b'"kind":"event-opened"')
    whole[at + 9] ^= 1
    (tmp_path / "noon.db").write_bytes(whole)
    assert "damaged" in laptop.no("restore", tmp_path / "noon.db")
    assert laptop.json("event", "show", event)["state"] == "open"
