"""What a scanned badge does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from plfacilitate.core.presence import Mark, Presence, Stay
from plfacilitate.core.scan import AGAIN, meaning

NOW = datetime(2023, 12, 6, 18, 42, tzinfo=UTC)
LONG_AGO, A_MOMENT_AGO = NOW - timedelta(hours=2), NOW - AGAIN / 2


def here(came: datetime, left: datetime | None = None) -> Presence:
    """Somebody who came then, and left then."""
    mark = Mark("e1", "e1", is_in=True, at=came, means="badge", by="desk")
    gone = Mark("e2", "e2", is_in=False, at=left, means="badge", by="desk") if left is not None else None
    return Presence((Stay(mark, gone),), ())


NOBODY = Presence((), ())


@pytest.mark.parametrize("out", [False, True], ids=["by day", "at the end"])
def test_whoever_was_never_here_comes_in(out: bool) -> None:
    """At the end too: nobody is out who was not in."""
    assert meaning(NOBODY, NOW, out=out) == "in"


def test_a_scan_by_day_signs_nobody_out() -> None:
    """Who is in stays in; who went comes back."""
    assert meaning(here(LONG_AGO), NOW, out=False) == "in-already"
    assert meaning(here(LONG_AGO, LONG_AGO + timedelta(hours=1)), NOW, out=False) == "in"


def test_a_scan_at_the_end_signs_out_once() -> None:
    """And a second one says so."""
    assert meaning(here(LONG_AGO), NOW, out=True) == "out"
    assert meaning(here(LONG_AGO, NOW - timedelta(minutes=5)), NOW, out=True) == "out-already"


def test_a_badge_that_is_read_twice_is_one_scan() -> None:
    """Neither a sign-out of who has just come, nor a return of who has just left."""
    assert meaning(here(A_MOMENT_AGO), NOW, out=True) == "in-already"
    assert meaning(here(LONG_AGO, A_MOMENT_AGO), NOW, out=False) == "out-already"
