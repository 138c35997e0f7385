"""The office's register is put back from an old copy: what it lacks comes back by itself."""

from __future__ import annotations

from pathlib import Path

from plfacilitate.store.register import open_register
from tests.laptops import Laptop
from tests.played import Chance, Clock

MARIA = "maria.alvarez@renton.example.org"


def test_a_register_put_back_gets_what_it_lacks(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """The second bundle is lost with the disk; the third is held, its receipt names the new epoch, and the laptop packs
    from there: the register ends as if nothing had happened, and the hours agree.
    """
    register = tmp_path / "office" / "register.db"
    url, copy = f"sqlite:///{register}", tmp_path / "copy.db"
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)

    def hand_in(number: int) -> set[str]:
        mail = tmp_path / f"mail {number}"
        clock.forward(minutes=5)
        laptop.hand_in(event, mail)
        said = laptop.json("office", "receive", "--register", url, mail)
        assert not any(one["credit_differs"] for one in said)
        laptop.json("receive", mail)
        return {one["verdict"] for one in said}

    def correct(out: str) -> None:
        laptop.do("attendance", "correct", event, MARIA, "--out", out, "--reason", "seen")

    assert hand_in(1) == {"accepted"}
    laptop.do("office", "register", "backup", copy, "--register", url)
    correct("15:00")
    assert hand_in(2) == {"accepted"}
    assert "new epoch" in laptop.do("office", "register", "restore", copy, "--register", url)
    correct("15:10")
    assert hand_in(3) == {"held"}
    assert hand_in(4) == {"accepted"}
    opened = open_register(url, Chance())
    assert opened.heads([laptop.ledger().device])[laptop.ledger().device][0] > 0
    there = {entry.id for entry in opened.entries(event)}
    opened.close()
    assert {one.id for one in laptop.ledger().entries(event=event, kinds={"sign-in", "sign-out"})} <= there
