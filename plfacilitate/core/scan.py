"""What a scanned badge does: in, out, or nothing because it is so already.

Owns that one rule. Never says whose a badge is and never writes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from plfacilitate.core.presence import Presence

AGAIN = timedelta(seconds=10)  # a scanner that reads a badge twice is not a person who comes and goes

Meaning = Literal["in", "out", "in-already", "out-already"]


def meaning(presence: Presence, now: datetime, *, out: bool) -> Meaning:
    """What a scan at `now` does to somebody with this presence; `out` = scans sign out at this time of the day.

    Whoever was never here comes in, at the end too: a sign-out needs a sign-in before it. Nobody comes back by a scan
    while scans sign out.
    """
    if not presence.stays:
        return "in"
    last = presence.stays[-1]
    if last.left is not None:
        return "out-already" if out or _just_now(last.left.at, now) else "in"
    return "out" if out and not _just_now(last.came.at, now) else "in-already"


def _just_now(at: datetime, now: datetime) -> bool:
    return abs(now - at) < AGAIN
