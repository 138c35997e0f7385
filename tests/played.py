"""A clock and a chance that play along: what tests hand in where the program would read the real ones."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that stands still until it is told otherwise. Called, it gives an aware UTC moment."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def __call__(self) -> datetime:
        """Now, as this clock stands."""
        return self.at

    def set(self, at: datetime | str) -> datetime:
        """Put the clock to a moment: an aware datetime, or its ISO text with an offset."""
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        if moment.tzinfo is None:
            message = f"{moment} names no zone"
            raise ValueError(message)
        self.at = moment.astimezone(UTC)
        return self.at

    def forward(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        """Let time pass; gives the new moment. Negative amounts put the clock back."""
        self.at += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.at


class Chance:
    """Bytes that look like chance and are the same in every run. Two seeds give two streams."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed
        self.drawn = 0

    def __call__(self, count: int) -> bytes:
        """The next `count` bytes of the stream."""
        out = b""
        while len(out) < count:
            out += hashlib.sha256(f"{self.seed}:{self.drawn}".encode()).digest()
            self.drawn += 1
        return out[:count]
