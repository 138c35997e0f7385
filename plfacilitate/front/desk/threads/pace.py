"""How often a picture may be drawn anew: seldom enough that a key always finds the screen idle.

Owns these seconds; knows nothing of what is drawn. Times are those of a monotonic clock, in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

# Keys go first: while somebody presses one after another, what comes in waits for a pause, but never longer than this.
PAUSE_SECONDS = 0.4
PATIENCE_SECONDS = 1.5


@dataclass(slots=True)
class Pace:
    """One kind of picture; `seconds` = the least time between two of them."""

    seconds: float
    _due: float = 0.0

    def allows(self, now: float, pressed: float) -> bool:
        """Whether a new picture may be shown; `pressed` = when the newest key was pressed."""
        if now < self._due:
            return False
        return now >= pressed + PAUSE_SECONDS or now >= self._due + PATIENCE_SECONDS

    def shown(self, now: float) -> None:
        """A picture was shown: the next one waits."""
        self._due = now + self.seconds

    def hurry(self) -> None:
        """The next picture may be shown at once: whoever has written something wants to see it."""
        self._due = float("-inf")
