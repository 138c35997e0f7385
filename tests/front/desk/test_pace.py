"""Keys go first, and what comes in is seen all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import monotonic

from plfacilitate.core.entry import Entry
from plfacilitate.front.desk.threads.feed import Feed
from plfacilitate.front.desk.threads.pace import PATIENCE_SECONDS, PAUSE_SECONDS, Pace
from tests.laptops import Laptop
from tests.played import Chance, Clock

NOON = datetime(2023, 12, 6, 12, tzinfo=UTC)
LONG_AGO = -1000.0


def shown_at(pace: Pace, times: list[float], *, keys_every: float | None) -> list[float]:
    """When pictures are shown, if there is always something new and a key comes every so many seconds."""
    shown = []
    for now in times:
        pressed = LONG_AGO if keys_every is None else now - now % keys_every
        if pace.allows(now, pressed):
            pace.shown(now)
            shown.append(now)
    return shown


def every(seconds: float) -> list[float]:
    """Ten seconds, looked at that often."""
    return [100 + seconds * number for number in range(round(10 / seconds))]


def test_nobody_types_and_the_board_moves_at_its_own_pace() -> None:
    """Without keys a picture comes every half second: no more often, no less."""
    assert len(shown_at(Pace(0.5), every(0.05), keys_every=None)) in (19, 20, 21)


def test_whoever_types_without_a_pause_is_disturbed_seldom_but_sees_what_comes() -> None:
    """Key after key, a picture still comes within the pace and the patience together, and hardly more often."""
    shown = shown_at(Pace(0.5), every(0.05), keys_every=0.1)
    gaps = [later - earlier for earlier, later in pairwise(shown)]
    assert shown
    assert all(PATIENCE_SECONDS + 0.5 - 0.06 <= gap <= PATIENCE_SECONDS + 0.5 + 0.06 for gap in gaps)


def test_the_first_pause_is_enough() -> None:
    """As soon as no key came for a moment, the picture that waited is shown."""
    pace = Pace(0.5)
    pace.shown(100.0)
    assert not pace.allows(100.6, pressed=100.55)
    assert not pace.allows(100.55 + PAUSE_SECONDS - 0.01, pressed=100.55)
    assert pace.allows(100.55 + PAUSE_SECONDS, pressed=100.55)


def test_what_was_written_here_is_seen_at_once() -> None:
    """An own entry waits neither for the pace nor for a pause."""
    pace = Pace(0.5)
    pace.shown(100.0)
    assert not pace.allows(100.1, pressed=LONG_AGO)
    pace.hurry()
    assert pace.allows(100.1, pressed=100.1)


class Counted:
    """Something that is followed, and counts how often it was looked at."""

    def __init__(self) -> None:
        self.looks = 0

    def take(self, new: Sequence[Entry]) -> bool:
        """Nothing new is of any interest."""
        return False

    def look(self) -> bool:
        """Once more."""
        self.looks += 1
        return True

    def picture(self) -> object:
        """How often."""
        return self.looks


def test_what_is_counted_now_and_then_is_not_counted_between_two_keys(tmp_path: Path) -> None:
    """It waits for a pause; whoever has written something has it at once."""
    feed, counted = (
        Feed(Laptop.new(tmp_path / "laptop", Clock(NOON), Chance(1)).surroundings(), readonly=True),
        Counted(),
    )
    feed._followed = {"counted": counted}
    feed._look()
    feed.pressed()
    feed._look_pace.shown(monotonic() - 0.2)
    feed._look()
    assert counted.looks == 1
    feed._pressed -= PAUSE_SECONDS
    feed._look()
    assert counted.looks == 2
    feed._hurry()
    feed._look()
    assert counted.looks == 3
