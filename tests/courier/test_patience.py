"""How long is waited before the next try."""

from __future__ import annotations

import random

from plfacilitate.courier.patience import FIRST, LONGEST, pause_after


def test_pauses_grow_and_end_growing() -> None:
    """Twice as long each time up to a quarter of an hour, by half less or more."""
    chance = random.Random(3).randbytes
    for tried in (*range(1, 30), 10_000):
        base = min(LONGEST, FIRST * 2 ** min(tried - 1, 20))
        assert base / 2 <= pause_after(tried, chance) < base * 1.5


def test_two_laptops_do_not_come_back_together() -> None:
    """Chance keeps those apart that lost one place together."""
    chance = random.Random(4).randbytes
    assert len({round(pause_after(5, chance), 3) for _ in range(50)}) > 45
