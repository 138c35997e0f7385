"""How long to wait before a place is tried again.

Owns the pauses. Never sleeps: whoever waits does, and can be told to stop.
"""

from __future__ import annotations

from collections.abc import Iterator

from plfacilitate.core.entry import Chance

FIRST, LONGEST = 5.0, 900.0  # seconds


def pauses(chance: Chance, tried: int = 0) -> Iterator[float]:
    """Seconds to wait after each failure, without end: twice as long each time up to a quarter of an hour.

    Each is half to one and a half times that by chance, so that laptops that lost one place together don't return
    together. `tried` failures lie behind already.
    """
    while True:
        base = min(LONGEST, FIRST * 2 ** min(tried, 10))
        yield base * (0.5 + int.from_bytes(chance(2), "big") / 65_536)
        tried += 1
