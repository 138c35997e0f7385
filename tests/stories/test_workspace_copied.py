"""Somebody copies the workspace to a second laptop and both go on: nothing is lost, and it is seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader

from tests.laptops import Laptop
from tests.played import Clock

MARIA, DANA, WEI = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown", "wei.chen"))
Laptops = Callable[[str], Laptop]


def test_a_copied_workspace_goes_on_as_a_laptop_of_its_own(laptops: Laptops, clock: Clock) -> None:
    """The copy's first entry names what it was copied from; merged, both halves of the day count once."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    one.attend(event, f"{MARIA}, 8:20, 15:50")
    shutil.copytree(one.workspace.root, two.workspace.root)
    two.attend(event, f"{DANA}, 8:37, 15:31")
    one.attend(event, f"{WEI}, 8:20, 15:45")
    original, copy = one.ledger(), two.ledger()
    assert copy.device != original.device
    begun = [entry.body for entry in copy.entries(kinds={"device-started"})]
    assert [body["parent_device"] for body in begun] == [None, original.device]
    original.close()
    copy.close()
    assert one.json("receive", two.workspace.ledger)["conflicts"] == []
    clock.set("2023-12-06T16:10:00-08:00")
    assert [one.lines(event)[who]["minutes"] for who in (MARIA, DANA, WEI)] == [360, 339, 360]
    assert one.json("doctor") == {
        "entries": one.json("doctor")["entries"],
        "findings": [],
        "remarks": [],
        "warnings": [],
    }


def test_a_copy_that_nobody_noticed_is_a_fork_that_everybody_sees(
    laptops: Laptops, clock: Clock, tmp_path: Path
) -> None:
    """Its markers were copied too and it bears the machine's name: two entries have one number. Both count."""
    one = laptops("one")
    event = one.opened()
    shutil.copytree(one.folder, tmp_path / "image")
    one.attend(event, f"{MARIA}, 8:20, 15:50")
    other = Laptop(one.folder, clock, laptops("two").chance, "one")
    aside = tmp_path / "aside"
    one.folder.rename(aside)
    shutil.copytree(tmp_path / "image", one.folder)
    other.attend(event, f"{DANA}, 8:37, 15:31")
    ran = other.run("receive", aside / "workspace" / "ledger.db")
    assert ran.code == 0
    assert "twice (a copied workspace): both are kept" in ran.err
    clock.set("2023-12-06T16:10:00-08:00")
    lines = other.lines(event)
    assert [lines[who]["minutes"] for who in (MARIA, DANA)] == [360, 339]
    ledger = other.ledger()
    assert len(ledger.forked(event)) == 4
    assert len({entry.device for entry in ledger.entries(kinds={"device-started"})}) == 2
    ledger.close()
    doctor = other.json("doctor")
    assert doctor["findings"] == []
    assert any("fork" in remark for remark in doctor["remarks"])
    for step in (("event", "close"), ("approve",), ("pack",)):
        other.do(*step, event)
    (sheet,) = other.workspace.outbox.glob("*.pdf")
    assert "Two copies of one ledger were written to: 4 entries" in _text(sheet)
    answers = other.receive_at_office(tmp_path / "office" / "register.db", *other.outbox)
    assert sum("Two copies of one ledger were written to: 4 entries" in one["remark"] for one in answers) == 1
    asked = ("office", "roll", "--register", f"sqlite:///{tmp_path / 'office' / 'register.db'}", "--series", event)
    assert other.json(*asked)["forked_entries"] == 4
    assert "⚑ Two copies of one ledger were written to" in other.do(*asked)


def _text(sheet: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(sheet).pages)
