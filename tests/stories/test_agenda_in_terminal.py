"""A day that runs late, kept by real keys in a real terminal: brought back by a spread, killed, gone on with to the second."""

from __future__ import annotations

import os
import re
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from plfacilitate.core.keeping.run import Run
from plfacilitate.core.keeping.standing import MINUTE, standing
from plfacilitate.core.plan import Plan, Segment, Session
from plfacilitate.core.timing import seconds
from plfacilitate.steps import keeping
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import read_fold
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.test_doorkeeper import until
from tests.front.door.day import plan, prepare, surroundings
from tests.front.door.running import now

if sys.platform == "win32":
    pytest.skip("needs a terminal of POSIX", allow_module_level=True)
from tests.front.desk.test_terminal import Window, window

RIGHT = "\x1b[C"
AGO = timedelta(minutes=60)  # the plan began so long ago
AGENDA = (
    Segment(30, "instruction", "Welcome"),
    Segment(40, "protocol", "Consultancy"),
    Segment(30, "work-time", "Planning"),
    Segment(45, "meal", "Lunch"),
    Segment(60, "instruction", "Afternoon"),
)


def late(root: Path) -> tuple[Surroundings, str]:
    """A day whose plan began an hour ago; welcome has run since then, thirty minutes too long."""
    around, began = surroundings(root, now, os.urandom), (now() - AGO).replace(second=0, microsecond=0)
    of: Plan = plan(minutes=1, starts=f"{began:%H:%M}")
    (session, *_) = of.sessions
    of = replace(of, sessions=(Session(session.id, "Late", f"{began:%H:%M}", AGENDA),))
    event = prepare(around, day=began.date(), tz="UTC", of=of)
    with closing(around.open_ledger()) as ledger:
        run = read_fold(ledger, event).run
        draft = keeping.start(Hand(around.by, "facilitator", now, os.urandom), event, run, 0)
        ledger.append_one(replace(draft, happened_at=run.spans[0].starts_at))
    return around, event


def kept(around: Surroundings, event: str) -> Run:
    """The agenda as anybody reads it who opens the ledger."""
    with closing(around.open_ledger(readonly=True)) as ledger:
        return read_fold(ledger, event).run


def runs(around: Surroundings, event: str, place: int) -> bool:
    """Whether this segment runs."""
    return kept(around, event).running == place


def shown_left(one: Window) -> int:
    """Seconds that the terminal showed last as left of the running segment."""
    found = re.findall(rb"(?:(\d+):)?(\d+):(\d\d) left", bytes(one.shown))
    hours, minutes, rest = found[-1]
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(rest)


def test_a_late_day_is_brought_back_killed_and_gone_on_with(tmp_path: Path) -> None:
    """Half an hour late before lunch; after the spread lunch is on time; kill -9 costs not a second."""
    around, event = late(tmp_path)
    with window(around, event) as first:
        first.type("a", sees="Does it still fit?")
        first.type(RIGHT, sees="Consultancy runs: 40 min")
        until(lambda: kept(around, event).running == 1, "the second segment runs")
        first.type("r", sees="Spread over 2")
        until(lambda: sum(kept(around, event).minutes[1:3]) in (39, 40), "thirty minutes are won, and those begun")
        stands = standing(kept(around, event), now())
        assert (stands.missed, abs(stands.drift) < MINUTE) == ((), True)
        assert kept(around, event).minutes[3:] == (45, 60)
        first.desk.kill()
        first.desk.wait(10)
    with window(around, event) as again:
        until(lambda: b" left" in again.shown, "what is left is shown")
        truth = seconds(standing(kept(around, event), now()).left)
        assert abs(shown_left(again) - truth) <= 2
        again.type("+", sees="Consultancy 2")
        until(lambda: sum(kept(around, event).minutes[1:3]) in (40, 41), "a minute more")
        again.type("u", sees="Taken back")
        until(lambda: sum(kept(around, event).minutes[1:3]) in (39, 40), "and not")
        again.type("a", sees="Does it still fit?")
        again.type(" ", sees="is paused")
        until(lambda: kept(around, event).paused, "the clock stands still")
        again.type(" ", sees="Consultancy runs")
        for place in (2, 3, 4):
            again.type(RIGHT, sees="runs")
            until(partial(runs, around, event, place), f"segment {place} runs")
        again.type(RIGHT, sees="The agenda has ended")
        until(lambda: kept(around, event).ended_at is not None, "the day is over")
    assert [piece.segment for piece in kept(around, event).pieces if not piece.paused] == [0, 1, 1, 2, 3, 4]
