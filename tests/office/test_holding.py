"""An offering that is held for a dispute: by whom, since when, why, and released again."""

from __future__ import annotations

from pathlib import Path

from tests.laptops import Laptop


def test_an_offering_is_held_and_released(laptop: Laptop, tmp_path: Path) -> None:
    """It is named as anywhere else; who held it, when and why is listed until it is released."""
    register = _handed_in(laptop, tmp_path)
    assert laptop.do("office", "hold", "--list", *register) == "No offering is held.\n"
    said = laptop.do("office", "hold", "PS-4711", "--reason", " hours  are disputed ", *register)
    assert "PS-4711" in said
    assert said.endswith("is held: hours are disputed\n")
    assert "2023-12-06  PS-4711" in laptop.do("office", "hold", "--list", *register)  # the day there
    (found,) = laptop.json("office", "hold", "--list", *register)
    assert (found["by"], found["reason"], found["held"]) == ("facilitator of laptop", "hours are disputed", True)
    assert found["at"].startswith("2023-12-07T00:10")
    assert "held no longer; it was: hours are disputed" in laptop.do(
        "office", "hold", "--release", "PS-4711", *register
    )
    assert laptop.json("office", "hold", "--list", *register) == []


def test_two_disputes_are_released_together(laptop: Laptop, tmp_path: Path) -> None:
    """Each keeps its reason; whoever releases reads them all."""
    register = _handed_in(laptop, tmp_path)
    for hour, reason in enumerate(("the first", "the second"), start=9):
        laptop.played.set(f"2023-12-07T{hour:02}:00:00-08:00")
        laptop.do("office", "hold", "PS-4711", "--reason", reason, *register)
    assert [one["reason"] for one in laptop.json("office", "hold", "--list", *register)] == ["the first", "the second"]
    assert len(laptop.json("office", "hold", "--release", "PS-4711", *register)) == 2


def test_what_makes_no_sense_is_refused(laptop: Laptop, tmp_path: Path) -> None:
    """A hold without a reason, an offering that nobody knows, one that is not held, several things at once."""
    register = _handed_in(laptop, tmp_path)
    assert "why it is held" in laptop.no("office", "hold", "PS-4711", *register)
    assert "no offering PS-9" in laptop.no("office", "hold", "PS-9", "--reason", "x", *register)
    assert "is not held" in laptop.no("office", "hold", "--release", "PS-4711", *register)
    assert laptop.run("office", "hold", *register).code == 2
    assert laptop.run("office", "hold", "PS-4711", "--list", *register).code == 2


def _handed_in(laptop: Laptop, folder: Path) -> tuple[str, str]:
    """The option that names a register with one offering."""
    event = laptop.opened(in_service="PS-4711")
    laptop.attend(event, "maria.alvarez@renton.example.org, 8:20, 15:50")
    laptop.played.set("2023-12-06T16:10:00-08:00")
    laptop.finish(event, folder / "mail")
    laptop.receive_at_office(folder / "register.db", folder / "mail")
    return "--register", f"sqlite:///{folder / 'register.db'}"
