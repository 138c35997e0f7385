"""A protocol led by real keys in a real terminal: three groups, killed in the middle, gone on with to the second."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from plfacilitate.core.plan import Plan, Segment, Session
from plfacilitate.core.running.run import Run
from plfacilitate.steps.run import read_runs
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.test_doorkeeper import until
from tests.front.door.running import now, today

if sys.platform == "win32":
    pytest.skip("needs a terminal of POSIX", allow_module_level=True)
from tests.front.desk.test_terminal import window
from tests.stories.test_visit_in_terminal import drafts

ENTER, ESCAPE, TAB, F2 = "\r", "\x1b", "\t", "\x1bOQ"


def meeting(minutes: int = 38) -> Plan:
    """A meeting that began three minutes ago with a protocol."""
    starts = (now() - timedelta(minutes=3)).strftime("%H:%M")
    agenda = (Segment(minutes, "protocol", "In threes across schools", "troika"), Segment(60, "break", "Break"))
    return Plan(
        id="meeting", title="Network meeting", kind="network", office="psesd", approved_hundredths=0,
        credit="each-session", sessions=(Session("s1", "Fall meeting", starts, agenda),),
    )  # fmt: skip


def led(around: Surroundings, event: str) -> Run:
    """What is led, as anybody reads it who opens the ledger."""
    with closing(around.open_ledger(readonly=True)) as ledger:
        runs = read_runs(ledger, event).runs
    assert len(runs) == 1, runs
    return runs[0]


def at(around: Surroundings, event: str) -> list[int]:
    """How far each group is."""
    return [group.at for group in led(around, event).groups]


def test_a_protocol_is_led_killed_and_gone_on_with(tmp_path: Path) -> None:
    """Every key is durable when it is seen; after kill -9 each clock goes on to the second, and the half line is there."""
    around, event = today(tmp_path, of=meeting())
    with window(around, event) as first:
        first.type("p", sees="Troika consulting")
        first.type("3" + F2, sees="All groups")
        until(lambda: at(around, event) == [0, 0, 0], "three groups have begun")
        first.type("2n", sees="Group 2")
        until(lambda: at(around, event) == [0, 1, 0], "the second is further")
        first.type("+", sees="a minute more")
        first.type("3 ", sees="paused")
        first.type("0N", sees="next step")
        until(lambda: at(around, event) == [1, 2, 1], "all are one further")
        first.type("1i", sees="of group 1")
        first.type("why now?" + ENTER, sees="kept")
        first.type(TAB, sees="commitment of group 1")
        first.type("half a li", sees="half a li")
        until(lambda: b"half a li" in drafts(around), "the draft is kept")
        first.desk.kill()
        first.desk.wait(10)
    before = led(around, event)
    moment = now()
    left = [group.now.left(moment) for group in before.groups]
    assert [group.now.place.key for group in before.groups] == [("share", 1), ("clarify", 1), ("share", 1)]
    assert [(one.group, one.step, one.kind, one.text) for one in before.captured] == [
        (1, "share", "question", "why now?")
    ]
    with window(around, event) as again:
        again.type("p", sees="half a li")
        after = led(around, event)
        assert [group.now.left(moment) for group in after.groups] == left
        again.type("2b", sees="Group 2")
        until(lambda: at(around, event) == [1, 1, 1], "the second is back where it was")
        assert led(around, event).groups[1].now.minutes == 3
        again.type("u", sees="Taken back")
        until(lambda: at(around, event) == [1, 2, 1], "and on again")
        again.type("w", sees="█")
        again.type(ESCAPE, sees="Groups")
        again.type("e", sees="End it?")
        again.type("y", sees="ENDED")
        until(lambda: led(around, event).ended_at is not None, "it has ended")


def test_keys_in_a_burst_are_dealt_with_in_their_order(tmp_path: Path) -> None:
    """Lines typed quicker than the screen follows: each is one line, in order, and no letter becomes a command."""
    around, event = today(tmp_path, of=meeting())
    with window(around, event) as desk:
        desk.type("p", sees="Troika consulting")
        desk.type(F2, sees="since")
        desk.type("i", sees="Enter keeps it")
        for number in range(15):
            os.write(desk.master, f"line {number} nnxe{ENTER}".encode())
        until(lambda: len(led(around, event).captured) == 15, "fifteen lines are durable")
    run = led(around, event)
    assert [one.text for one in run.captured] == [f"line {number} nnxe" for number in range(15)]
    assert (run.groups[0].at, run.ended_at) == (0, None)
