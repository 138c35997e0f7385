"""One of two laptops has a wrong clock: corrections follow what their authors saw, and both laptops agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.laptops import Laptop
from tests.played import Clock

MARIA, DANA = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown"))
Laptops = Callable[[str], Laptop]


@pytest.mark.parametrize("hours", [-30, -3, 3, 24 * 400])
def test_who_saw_the_other_word_has_the_last_one(laptops: Laptops, clock: Clock, hours: int) -> None:
    """Whether the wrong clock is behind or far ahead, and whoever merges first."""
    right = laptops("right")
    wrong = replace(laptops("wrong"), played=Clock(clock() + timedelta(hours=hours)))
    event = right.opened()
    right.attend(event, f"{MARIA}, 8:20, 15:50")
    wrong.json("receive", right.workspace.ledger)
    wrong.do("attendance", "correct", event, MARIA, "--out", "12:00", "--reason", "seen leaving")
    right.json("receive", wrong.workspace.ledger)
    clock.set("2023-12-06T16:10:00-08:00")
    assert right.lines(event)[MARIA]["minutes"] == 190
    right.do("attendance", "correct", event, MARIA, "--out", "15:45", "--reason", "came back at once")
    wrong.json("receive", right.workspace.ledger)
    wrong.played.set("2023-12-06T16:10:00-08:00")
    for laptop in (right, wrong):
        assert laptop.lines(event)[MARIA]["minutes"] == 360


def test_a_list_that_was_changed_here_stays_changed(laptops: Laptops, clock: Clock) -> None:
    """A laptop that is a day ahead put a school on the list; the other one sees the same people expected."""
    right = laptops("right")
    ahead = replace(laptops("ahead"), played=Clock(clock() + timedelta(days=1)))
    event = right.opened()
    assert ahead.opened() == event
    ahead.attend(event, f"{DANA}, 8:37, 15:31")
    for one, other in ((right, ahead), (ahead, right), (right, ahead)):
        one.json("receive", other.workspace.ledger)
    shown = [laptop.json("event", "show", event) for laptop in (right, ahead)]
    assert shown[0] == shown[1]
    assert shown[0]["expected"] == 52
    clock.set("2023-12-06T16:10:00-08:00")
    ahead.played.set("2023-12-06T16:10:00-08:00")
    assert right.json("credit", event)["lines"] == ahead.json("credit", event)["lines"]
