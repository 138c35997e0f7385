"""The office's clock is years off, one way or the other: nothing that counts hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.laptops import Laptop
from tests.played import Chance, Clock

MARIA, DANA = "maria.alvarez@renton.example.org", "dana.brown@renton.example.org"


@pytest.fixture
def office(laptops: Callable[[str], Laptop], tmp_path: Path) -> Laptop:
    """An office with a clock of its own."""
    return Laptop.new(tmp_path / "office", Clock(laptops("laptop").played()), Chance(50))


def test_bundles_receipts_and_hours_hang_on_no_clock_of_the_office(
    laptop: Laptop, office: Laptop, clock: Clock, tmp_path: Path
) -> None:
    """Taken ten years late, ten years early, then rightly: accepted each time, each receipt believed and built upon, and
    what the laptop notes is its own time. The roll is the same whenever it is read.
    """
    url = f"sqlite:///{tmp_path / 'register' / 'register.db'}"
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:30,")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    for years, out in ((10, "15:00"), (-10, "14:30"), (0, "14:00")):
        laptop.do("attendance", "correct", event, DANA, "--out", out, "--reason", "seen")
        clock.forward(minutes=5)
        mail = tmp_path / f"mail {years}"
        laptop.hand_in(event, mail)
        office.played.set(clock().replace(year=clock().year + years))
        answers = office.json("office", "receive", mail, "--register", url)
        assert [(one["verdict"], one["credit_differs"]) for one in answers] == [("accepted", [])] * 2
        assert [one["verdict"] for one in laptop.json("receipts")["receipts"]] == ["accepted"] * 2
    noted = laptop.ledger().entries(kinds=("receipted",))
    assert {one.at.date() for one in noted} == {clock().date()}
    built = [laptop.json("verify", one)["builds_on"] for one in sorted(laptop.outbox)]
    assert len([one for one in built if one is None]) == 2
    rolls: list[Any] = []
    for years in (10, -10, 0):
        office.played.set(clock().replace(year=clock().year + years))
        rolls.append(office.json("office", "roll", "--register", url, "--person", MARIA))
    assert rolls[0] == rolls[1] == rolls[2]
    assert "14:00" in str(office.json("office", "roll", "--register", url, "--person", DANA))


def test_a_laptop_is_retired_by_what_is_known_and_not_by_the_day(
    laptop: Laptop, office: Laptop, clock: Clock, tmp_path: Path
) -> None:
    """Retired with a clock ten years behind: what came stands, what it wrote since is refused. Accepted again: taken."""
    url = f"sqlite:///{tmp_path / 'register' / 'register.db'}"
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.finish(event, tmp_path / "first")
    receive = ("office", "receive", "--register", url, "--json")
    assert office.run(*receive, tmp_path / "first").document[0]["verdict"] == "accepted"
    office.played.set("2013-12-06T16:10:00-08:00")
    office.do("office", "laptop", "retire", "laptop", "--register", url)
    laptop.do("attendance", "correct", event, MARIA, "--out", "15:00", "--reason", "seen")
    laptop.hand_in(event, tmp_path / "second")
    assert {one["verdict"] for one in office.run(*receive, tmp_path / "first").document} == {"already-here"}
    assert {one["verdict"] for one in office.run(*receive, tmp_path / "second").document} == {"refused"}
    office.played.set("2012-12-06T16:10:00-08:00")
    office.do("office", "laptop", "accept", "laptop", "--register", url)
    assert {one["verdict"] for one in office.run(*receive, tmp_path / "second").document} == {"accepted"}
