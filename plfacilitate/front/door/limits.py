"""How often is too often.

Owns the counters: searches per ticket, wrong codes per address, wrong spoken codes over all phones, wrong PINs. A whole school
shares one address, so nobody who holds a ticket is counted by address. Never remembers a phone for long.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime

SEARCHES = 40  # per ticket: a name takes a few
WRONG_CODES = 300  # per address and minute
WRONG_SPOKEN = 100  # per minute, over all phones
FREE_TRIES = 3  # wrong PINs before one waits
LONGEST_PAUSE = 60  # seconds: some hundred tries a day at a million PINs
QUIET_SECONDS = 15 * 60
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


class Patience:
    """Somebody tries a PIN: after a few wrong ones they wait, each time twice as long, up to a minute."""

    def __init__(self) -> None:
        self._wrong: dict[Hashable, tuple[int, datetime]] = {}  # key → wrong tries in a row, the last of them

    def waits(self, key: Hashable, now: datetime) -> int:
        """Seconds until the next try is looked at; 0 = now. A clock that was put back makes nobody wait longer."""
        wrong, last = self._wrong.get(key, (0, now))
        if wrong < FREE_TRIES:
            return 0
        pause = min(LONGEST_PAUSE, 2 ** (wrong - FREE_TRIES + 1))
        gone = int((now - last).total_seconds())
        return 0 if gone < 0 else max(0, pause - gone)

    def wrong(self, key: Hashable, now: datetime) -> None:
        """One more wrong try; after a quiet quarter of an hour counting begins anew."""
        wrong, last = self._wrong.get(key, (0, now))
        quiet = abs((now - last).total_seconds()) > QUIET_SECONDS
        self._wrong[key] = (1 if quiet else wrong + 1, now)

    def right(self, key: Hashable) -> None:
        """The right one: nothing is held against them."""
        self._wrong.pop(key, None)


class Limits:
    """All counters of one door."""

    def __init__(self) -> None:
        self.searches = Limit(SEARCHES, seconds=15 * _MINUTE)
        self.wrong_codes = Limit(WRONG_CODES)
        self.wrong_spoken = Limit(WRONG_SPOKEN)
        self.wrong_pins = Patience()
