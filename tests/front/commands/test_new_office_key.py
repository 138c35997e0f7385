"""The office's key is lost, or replaced on purpose: nothing happens in silence, and everybody is told the next step."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.laptops import Laptop

MARIA = "maria.alvarez@renton.example.org"


class Ends:
    """A laptop that holds the office's key and sent a sealed day, and the office where it waits."""

    def __init__(self, laptop: Laptop, office: Laptop, folder: Path) -> None:
        self.laptop, self.office, self.mail = laptop, office, folder / "mail"
        self.keys = folder / "register" / "keys"
        self.url = f"sqlite:///{folder / 'register' / 'register.db'}"
        self.mail.mkdir()
        laptop.do("key", "take", self.key_file("first"), "--yes")
        self.event = laptop.opened()
        laptop.attend(self.event, f"{MARIA}, 8:20, 15:50")
        laptop.played.set("2023-12-06T16:10:00-08:00")
        laptop.finish(self.event, self.mail)

    def key_file(self, name: str, *options: str) -> Path:
        """The office writes a key file."""
        path = self.mail.with_name(f"{name}.officekey")
        self.office.do("office", "key", "psesd", "--register", self.url, "--out", path, *options)
        return path

    def received(self) -> list[Any]:
        """What the office answers, by name."""
        ran = self.office.run("office", "receive", self.mail, "--register", self.url, "--json")
        answers: list[Any] = ran.document
        return answers

    def verdicts(self) -> list[str]:
        """The verdicts, sorted."""
        return sorted(one["verdict"] for one in self.received())


@pytest.fixture
def ends(laptops: Callable[[str], Laptop], tmp_path: Path) -> Ends:
    """Both."""
    return Ends(laptops("laptop"), laptops("office"), tmp_path)


def test_a_key_that_was_lost_is_never_replaced_in_silence(ends: Ends) -> None:
    """No laptop would believe the new one. The office is told; a new key refuses what only the old one opens, and says
    what that laptop does; the laptop takes the new key after comparing, packs what was not answered, and is answered.
    """
    shutil.rmtree(ends.keys)
    said = ends.office.no("office", "receive", ends.mail, "--register", ends.url)
    assert "put that folder back from its copy" in said
    assert "office key OFFICE --new" in said
    assert "is not in" in ends.office.no("office", "key", "psesd", "--register", ends.url)
    assert not ends.keys.exists()
    new = ends.key_file("new", "--new")
    answers = ends.received()
    assert [one["verdict"] for one in answers] == ["refused", "refused"]
    assert all("it takes that and packs again" in one["reason"] for one in answers)
    assert "another key of psesd" in ends.laptop.run("key", "take", new, "--yes").err
    said = ends.laptop.do("key", "take", new, "--yes", "--trust")
    assert f"plfacilitate pack {ends.event[:8]}" in said
    ends.laptop.do("pack", ends.event)
    ends.laptop.do("send", ends.mail)
    assert ends.verdicts() == ["accepted", "accepted", "refused", "refused"]
    assert [one["verdict"] for one in ends.laptop.json("receipts")["receipts"]] == ["accepted", "accepted"]


def test_a_key_that_is_replaced_on_purpose_still_opens_what_was_sealed_to_it(ends: Ends) -> None:
    """Its receipts are signed with the new one: the laptop believes them once it has taken that."""
    new = ends.key_file("new", "--new")
    assert len(list(ends.keys.glob("office-until-*.key"))) == 1
    assert ends.verdicts() == ["accepted", "accepted"]
    ran = ends.laptop.run("receipts")
    assert ran.code == 1
    assert "key take FILE --trust" in ran.err
    ends.laptop.do("key", "take", new, "--yes", "--trust")
    assert [one["verdict"] for one in ends.laptop.json("receipts")["receipts"]] == ["accepted", "accepted"]
    assert "pack it again" not in ends.laptop.do("key", "take", new, "--yes")


def test_another_machines_key_is_not_the_registers(ends: Ends, tmp_path: Path) -> None:
    """A register that was copied to a machine with a key of its own: it would answer in a voice that nobody knows."""
    ends.verdicts()
    other = tmp_path / "other"
    ends.office.do("office", "key", "psesd", "--register", f"sqlite:///{other / 'register.db'}")
    for path in (other / "keys").glob("office.*"):
        shutil.copy(path, ends.keys)
    said = ends.office.no("office", "receive", ends.mail, "--register", ends.url)
    assert "put that one's office.key there" in said


def test_a_register_of_before_the_new_key_goes_on_with_it(ends: Ends, tmp_path: Path) -> None:
    """The copy knows the old one; what lies beside it is the office's key now."""
    ends.office.do("office", "register", "backup", tmp_path / "copy.db", "--register", ends.url)
    ends.key_file("new", "--new")
    ends.office.do("office", "register", "restore", tmp_path / "copy.db", "--register", ends.url)
    assert ends.verdicts() == ["accepted", "accepted"]


def test_a_clerk_verifies_what_was_sealed_to_the_office_and_what_lies_beside_it(ends: Ends) -> None:
    """With the register's keys, an earlier one too: sheet, tables and pages are those that were packed; one that was
    changed or is not here is named.
    """
    hours = next(ends.mail.glob("*-hours-*.zip.age"))
    assert "no key here opens it" in ends.office.no("verify", hours)
    ends.key_file("new", "--new")
    for who, options in ((ends.office, ("--register", ends.url)), (ends.laptop, ())):
        told = who.json("verify", hours, *options)
        beside = {path.name for path in ends.mail.iterdir()} - {path.name for path in ends.mail.glob("*.age")}
        assert {
            text.split(" is the one")[0] for text in told["right"] if "is the one that was packed" in text
        } == beside
        assert (told["wrong"], told["not_seen"]) == ([], [])
        assert len(told["sealed_to"]) == 2
    next(ends.mail.glob("*-hours.csv")).write_text("other hours", "utf-8")
    next(ends.mail.glob("*-sign-in-sheet.pdf")).unlink()
    ran = ends.office.run("verify", hours, "--register", ends.url)
    assert ran.code == 1
    assert "WRONG" in ran.out
    assert "-hours.csv is not the one that was packed with it" in ran.out
    assert "sign-in-sheet.pdf is not here" in ran.out
    (altered := hours.with_name("altered.zip.age")).write_bytes(hours.read_bytes()[:-40])
    assert "changed on the way" in ends.office.no("verify", altered, "--register", ends.url)
