"""How often is too often.

Owns the counters: searches per ticket, wrong codes per address, wrong spoken codes over all phones. A whole school
shares one address, so nobody who holds a ticket is counted by address. Never remembers a phone for long.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime

SEARCHES = 40  # per ticket: a name takes a few
WRONG_CODES = 300  # per address and minute
WRONG_SPOKEN = 100  # per minute, over all phones
_MINUTE = 60
_MOST_KEYS = 20_000


class Limit:
    """At most `most` times for each key within `seconds`."""

    def __init__(self, most: int, seconds: int = _MINUTE) -> None:
        self._most = most
        self._seconds = seconds
        self._counts: dict[Hashable, tuple[int, int]] = {}  # key → window, count

    def full(self, key: Hashable, now: datetime) -> bool:
        """Whether this key has used up its tries."""
        window, count = self._counts.get(key, (0, 0))
        return window == self._window(now) and count >= self._most

    def count(self, key: Hashable, now: datetime) -> None:
        """One more try."""
        window = self._window(now)
        known, count = self._counts.get(key, (window, 0))
        if len(self._counts) >= _MOST_KEYS and key not in self._counts:
            self._counts = {k: v for k, v in self._counts.items() if v[0] == window}
            if len(self._counts) >= _MOST_KEYS:
                self._counts.clear()
        self._counts[key] = (window, count + 1 if known == window else 1)

    def _window(self, now: datetime) -> int:
        return int(now.timestamp()) // self._seconds


class Limits:
    """All counters of one door."""

    def __init__(self) -> None:
        self.searches = Limit(SEARCHES, seconds=15 * _MINUTE)
        self.wrong_codes = Limit(WRONG_CODES)
        self.wrong_spoken = Limit(WRONG_SPOKEN)
