"""When the running segment is heard: once as it turns orange, twice at red, three times at its end. Off until wanted.

Owns what was heard already. Never makes a sound itself, and never reads a clock.
"""

from __future__ import annotations

from dataclasses import dataclass

from plfacilitate.core.keeping.standing import Standing
from plfacilitate.core.timing import Urgency

_BEEPS: dict[Urgency, int] = {"calm": 0, "soon": 1, "close": 2, "over": 3}


@dataclass(slots=True)
class Chime:
    """One a desk. `on` = somebody wants to hear it."""

    on: bool = False
    _heard: tuple[int, int] = (-1, 0)  # the segment, and how often it was rung for last

    def rings(self, now: Standing | None) -> int:
        """How many beeps are due this second; what was passed while it was off, or asleep, is not made up for."""
        if now is None or now.running is None or not now.kept or now.paused:
            return 0
        place, beeps = now.running.place, _BEEPS[now.urgency]
        before, self._heard = self._heard, (place, beeps)
        return beeps if self.on and before[0] == place and beeps > before[1] else 0
