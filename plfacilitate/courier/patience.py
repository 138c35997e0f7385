"""How long to wait before a place is tried again.

Owns the pauses. Never sleeps: whoever waits does, and can be told to stop.
"""

from __future__ import annotations

from plfacilitate.core.entry import Chance

FIRST, LONGEST = 5.0, 900.0  # seconds


def pause_after(tried: int, chance: Chance) -> float:
    """Seconds to wait after `tried` failures (from 1): twice as long each time up to a quarter of an hour.

    It is half to one and a half times that by chance, so that laptops that lost one place together don't return together.
    """
    base: float = min(LONGEST, FIRST * 2 ** min(tried - 1, 10))
    return base * (0.5 + int.from_bytes(chance(2), "big") / 65_536)
