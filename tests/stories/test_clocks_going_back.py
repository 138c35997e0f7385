"""A laptop's clock is put back in the middle of the day: what was done later still counts later."""

from __future__ import annotations

from collections.abc import Callable

from tests.laptops import Laptop
from tests.played import Clock

MARIA, DANA = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown"))
Laptops = Callable[[str], Laptop]


def test_an_event_that_was_opened_again_after_the_clock_went_back_is_open(laptop: Laptop, clock: Clock) -> None:
    """Closed at 15:50 by a clock that was an hour ahead, opened again at 14:55 by the right one."""
    event = laptop.opened()
    clock.set("2023-12-06T15:50:00-08:00")
    laptop.do("event", "close", event)
    clock.set("2023-12-06T14:55:00-08:00")
    laptop.do("event", "reopen", event, "--reason", "the clock was wrong")
    assert laptop.json("event", "show", event)["state"] == "open"
    clock.set("2023-12-06T14:57:00-08:00")
    laptop.do("event", "close", event)
    assert laptop.json("event", "show", event)["state"] != "open"


def test_a_correction_beats_what_it_corrects_whatever_the_clock_says(laptops: Laptops, clock: Clock) -> None:
    """On this laptop and on the next one."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    clock.set("2023-12-06T17:10:00-08:00")
    one.attend(event, f"{MARIA}, 8:20, 15:50")
    one.do("attendance", "correct", event, MARIA, "--out", "12:00", "--reason", "mixed up with somebody")
    clock.set("2023-12-06T16:10:00-08:00")
    one.do("attendance", "correct", event, MARIA, "--out", "15:45", "--reason", "it was she after all")
    two.json("receive", one.workspace.ledger)
    for laptop in (one, two):
        assert laptop.lines(event)[MARIA]["minutes"] == 360


def test_the_chain_holds_and_the_doctor_says_when_the_clock_went_back(laptop: Laptop, clock: Clock) -> None:
    """No fault: times of entries are as the clock said, their order is that of their numbers."""
    event = laptop.opened()
    clock.set("2023-12-06T10:00:00-08:00")
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-12-06T09:00:00-08:00")
    laptop.attend(event, f"{DANA}, 8:37, 15:31")
    doctor = laptop.json("doctor")
    assert doctor["findings"] == []
    (remark,) = doctor["remarks"]
    assert "went back" in remark
    assert "from 2023-12-06T18:00" in remark
    assert "to 2023-12-06T17:00" in remark


def test_the_night_when_clocks_are_put_back_has_its_extra_hour(laptop: Laptop, clock: Clock) -> None:
    """Minutes really pass: an attendance around it is as long as it was, and comes back as it was keyed in."""
    event = laptop.opened(on="2023-11-05")
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-11-05T16:10:00-08:00")
    assert laptop.lines(event)[MARIA]["minutes"] == 360
